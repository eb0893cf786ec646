"""app.queue_notification: one row in the outbox for an event."""

import psycopg
import pytest

from tests.notify.ledger import GUEST_PHONE, Ledger


@pytest.mark.shows("table/notification_log")
def test_it_is_queued_with_its_cause(ledger: Ledger) -> None:
    notification = ledger.row(ledger.queue())
    assert (notification["state"], notification["channel"], notification["recipient"]) == (
        "queued",
        "whatsapp",
        GUEST_PHONE,
    )
    assert notification["tenant_id"] == ledger.tenant


def test_a_cause_that_is_rolled_back_leaves_no_message(ledger: Ledger) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        ledger.as_engine(
            "select app.queue_notification('slack', 'request_received', '#kitchen-fsl', 'rolled back'), 1 / 0"
        )
    assert ledger.value("select count(*) from public.notification_log where dedupe_key = 'rolled back'") == 0


def test_the_same_event_twice_is_one_row(ledger: Ledger) -> None:
    assert ledger.queue(dedupe="once") == ledger.queue(dedupe="once")
    assert ledger.value("select count(*) from public.notification_log where dedupe_key = 'once'") == 1


def test_two_at_the_same_moment_are_one_row(ledger: Ledger) -> None:
    statement = b"select app.queue_notification('slack', 'request_received', '#kitchen-fsl', 'race')"
    with ledger.database.connect() as other, other.transaction():
        for connection in (ledger.conn, other):
            connection.execute("select set_config('app.tenant_id', %s, false)", (str(ledger.tenant),))
        other.execute(statement)
        ledger.conn.execute("set lock_timeout = '50ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            ledger.conn.execute(statement)
    ledger.conn.execute(statement)
    assert ledger.value("select count(*) from public.notification_log where dedupe_key = 'race'") == 1


def test_the_same_event_of_another_tenant_is_its_own(ledger: Ledger) -> None:
    ledger.queue(dedupe="shared")
    ledger.as_engine(
        "select app.queue_notification('slack', 'request_received', '#kitchen-fsl', 'shared')",
        tenant=ledger.stranger,
    )
    assert ledger.value("select count(*) from public.notification_log where dedupe_key = 'shared'") == 2
