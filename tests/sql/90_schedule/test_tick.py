"""tick: what is due, asked once a minute."""

import pytest

from tests.house import Database
from tests.world import World

FORGOTTEN_OR_KEPT = """
insert into app.idempotency_keys (tenant_id, caller, command, key, body_digest, created_at)
select t.id, 'staff:x', 'order', k.key, '', app.now() - k.age
from public.tenants as t, (values ('old', interval '8 days'), ('young', interval '6 days')) as k (key, age);
update app.job_plans set next_at = app.now() where job = 'retention'
"""


OPEN_FAILURES = """
select details ->> 'step' from app.platform_alerts where kind = 'tick_failed' and resolved_at is null
"""


def test_a_step_that_fails_holds_none_of_the_others_up(undone: World) -> None:
    undone.conn.execute(FORGOTTEN_OR_KEPT)
    undone.conn.execute("alter function app.seal_audit() rename to seal_audit_not")
    for _ in range(2):
        undone.conn.execute("select app.tick()")
        assert undone.rows(OPEN_FAILURES) == [("seal_audit",)]
    assert undone.value("select count(*) from app.idempotency_keys where key = 'old'") == 0
    undone.conn.execute("alter function app.seal_audit_not() rename to seal_audit")
    undone.conn.execute("select app.tick()")
    assert undone.rows(OPEN_FAILURES) == []


def test_it_seals_what_was_written_before(undone: World) -> None:
    undone.conn.execute("select app.tick()")
    assert undone.value("select count(*) from public.audit_seals") == 2


def test_it_leaves_no_tenant_behind(undone: World) -> None:
    undone.conn.execute("select app.tick()")
    assert undone.value("select app.tenant_id()") is None


def test_twice_changes_nothing(undone: World) -> None:
    undone.conn.execute(FORGOTTEN_OR_KEPT)
    for _ in range(2):
        undone.conn.execute("select app.tick()")
    assert undone.value("select count(*) from app.idempotency_keys where caller = 'staff:x'") == 2


def test_a_second_tick_at_the_same_time_does_nothing(database: Database) -> None:
    with database.connect() as one, database.connect() as other:
        other.execute(FORGOTTEN_OR_KEPT)
        with one.transaction():
            one.execute("select pg_advisory_xact_lock(hashtextextended('app.tick', 0))")
            other.execute("select app.tick()")
            assert World(other).value("select count(*) from app.idempotency_keys where key = 'old'") == 2
        other.execute("select app.tick()")
        assert World(other).value("select count(*) from app.idempotency_keys where key = 'old'") == 0


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "engine"])
def test_only_the_clockwork_ticks(undone: World, role: str) -> None:
    assert not undone.value("select has_function_privilege(%s, 'app.tick()', 'execute')", role)
