"""app.set_worker_asleep: a worker's own row: awake or asleep, and when it was last seen."""

import uuid

import pytest

from tests.notify.ledger import Ledger

SAY = "select app.set_worker_asleep(%s, %s, %s)"


def workers(ledger: Ledger) -> dict[uuid.UUID, bool]:
    return dict(ledger.conn.execute("select id, is_asleep from notify.workers").fetchall())


def test_a_worker_has_one_row_that_follows_it(ledger: Ledger) -> None:
    worker = uuid.uuid4()
    for is_asleep in (False, True, False):
        ledger.outbox.connection.execute(SAY, (worker, "outbox", is_asleep))
        assert workers(ledger)[worker] is is_asleep


def test_workers_not_seen_for_two_minutes_are_swept_and_their_own_kind_alone(ledger: Ledger) -> None:
    gone, late, other = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    for worker, kind, seconds in ((gone, "outbox", 121), (late, "outbox", 100), (other, "events", 600)):
        ledger.conn.execute(
            "insert into notify.workers (id, kind, is_asleep, seen_at)"
            " values (%s, %s, true, clock_timestamp() - %s * interval '1 second')",
            (worker, kind, seconds),
        )
    ledger.outbox.connection.execute(SAY, (uuid.uuid4(), "outbox", False))
    assert {gone, late, other} & set(workers(ledger)) == {late, other}


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "engine"])
def test_only_the_worker_calls_it(ledger: Ledger, role: str) -> None:
    function = "app.set_worker_asleep(uuid, text, boolean)"
    assert not ledger.value("select has_function_privilege(%s, %s, 'execute')", role, function)
