"""app.expire_leases: rows whose worker went silent."""

import uuid

from functions.notify.outbox import Outbox
from tests.notify.ledger import Ledger


def test_without_an_attempt_it_is_simply_queued_again(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.claim()
    ledger.lease_runs_out()
    assert ledger.outbox.expire() == 1
    row = ledger.row(notification)
    assert (row["state"], row["attempt_count"]) == ("queued", 0)


def test_with_an_attempt_its_outcome_is_unknown(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.outbox.begin(ledger.claim())
    ledger.lease_runs_out()
    ledger.outbox.expire()
    row = ledger.row(notification)
    assert (row["state"], row["attempt_count"]) == ("unknown", 1)
    assert row["next_lookup_at"] is not None


def test_a_lease_that_runs_is_left_alone(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.claim()
    assert ledger.outbox.expire() == 0
    assert ledger.state(notification) == "sending"


def test_an_attempt_of_an_earlier_claim_does_not_count(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.outbox.begin(ledger.claim())
    ledger.conn.execute(
        "update public.notification_log set state = 'queued', lease_until = null where id = %s",
        (notification,),
    )
    ledger.claim()
    ledger.lease_runs_out()
    ledger.outbox.expire()
    assert ledger.state(notification) == "queued"


def test_a_row_whose_attempt_is_being_committed_is_not_taken_back(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.channels set lease = interval '1 millisecond'")
    notification = ledger.queue()
    claims = ledger.claim()
    other = Outbox(ledger.database.service_url, uuid.uuid4())
    with ledger.outbox.connection.transaction():
        ledger.outbox.connection.execute(
            "select from public.notification_log where id = %s for no key update", (notification,)
        )
        assert other.expire() == 0
    assert other.expire() == 1
    other.close()
    assert ledger.outbox.begin(claims) == []
    assert ledger.state(notification) == "queued"
