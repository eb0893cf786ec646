"""tick: what is due, asked once a minute."""

import pytest

from tests.house import Database
from tests.world import World

FORGOTTEN_OR_KEPT = """
insert into app.idempotency_keys (tenant_id, caller, command, key, body_digest, created_at)
select t.id, 'staff:x', 'order', k.key, '', app.now() - k.age
from public.tenants as t, (values ('old', interval '8 days'), ('young', interval '6 days')) as k (key, age)
"""


def test_keys_live_seven_days_for_every_tenant(undone: World) -> None:
    undone.conn.execute(FORGOTTEN_OR_KEPT)
    undone.conn.execute("select app.tick()")
    assert undone.rows(
        "select key, count(*) from app.idempotency_keys where caller = 'staff:x' group by 1"
    ) == [("young", 2)]


def test_limits_of_yesterday_are_forgotten_by_the_real_clock(undone: World) -> None:
    undone.conn.execute(
        "insert into app.limits values"
        " ('b', now() - interval '25 hours', 1), ('b', now() - interval '1 hour', 1)"
    )
    undone.conn.execute("update app.clock set shift = interval '10 days'")
    undone.conn.execute("select app.tick()")
    assert undone.value("select count(*) from app.limits where bucket = 'b'") == 1


def test_an_alert_of_guessed_codes_stands_for_a_day(undone: World) -> None:
    undone.conn.execute(
        "insert into app.platform_alerts (kind, dedupe_key, raised_at) values"
        " ('code_guessing', 'yesterday', app.now() - interval '25 hours'),"
        " ('code_guessing', 'today', app.now() - interval '23 hours'),"
        " ('channel_closed', 'channel:slack', app.now() - interval '3 days')"
    )
    undone.conn.execute("select app.tick()")
    assert undone.rows(
        "select dedupe_key from app.platform_alerts where resolved_at is null order by dedupe_key"
    ) == [("channel:slack",), ("today",)]


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
