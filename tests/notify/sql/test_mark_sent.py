"""app.mark_sent: the provider accepted."""

from functions.notify.messages import Accepted, Sent
from tests.notify.ledger import Ledger


def test_the_providers_id_is_kept(ledger: Ledger) -> None:
    row = ledger.row(ledger.sent("SM1"))
    assert (row["state"], row["provider_id"], row["attempt_count"]) == ("sent", "SM1", 1)
    assert row["lease_until"] is None
    assert row["sent_at"] is not None
    assert [attempt["outcome"] for attempt in ledger.attempts(row["id"])] == ["accepted"]


def test_twice_is_once(ledger: Ledger) -> None:
    notification = ledger.queue()
    claim = ledger.try_one(Accepted("SM1"))
    before = ledger.row(notification)
    ledger.outbox.mark([Sent(claim, Accepted("SM1"))])
    assert ledger.row(notification) == before


def test_an_older_fence_no_longer_counts(ledger: Ledger) -> None:
    notification = ledger.queue()
    [old] = ledger.claim()
    ledger.lease_runs_out()
    ledger.outbox.expire()
    ledger.claim()
    ledger.outbox.mark([Sent(old, Accepted("SM late"))])
    row = ledger.row(notification)
    assert (row["state"], row["provider_id"]) == ("sending", None)


def test_an_answer_after_the_lease_still_tells_the_truth(ledger: Ledger) -> None:
    notification = ledger.queue()
    claims = ledger.claim()
    ledger.outbox.begin(claims)
    ledger.lease_runs_out()
    ledger.outbox.expire()
    assert ledger.state(notification) == "unknown"
    ledger.outbox.mark([Sent(claims[0], Accepted("SM1"))])
    assert ledger.state(notification) == "sent"


def test_a_callback_that_was_faster_is_not_taken_back(ledger: Ledger) -> None:
    notification = ledger.queue()
    claims = ledger.claim()
    ledger.outbox.begin(claims)
    ledger.outbox.connection.execute(
        "select app.record_callback(%s, %s, 'SM1', 'delivered', null)", (ledger.tenant, notification)
    )
    ledger.outbox.mark([Sent(claims[0], Accepted("SM1"))])
    row = ledger.row(notification)
    assert (row["state"], row["provider_id"], row["attempt_count"]) == ("delivered", "SM1", 1)
