"""app.mark_unknown: nobody can say whether the provider took it."""

import pytest

from functions.notify.messages import Accepted, Sent, Unknown
from tests.notify.ledger import Ledger

LOST = Unknown("no_answer", "ReadTimeoutError")


def test_the_try_is_written_down_and_a_look_up_is_due(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.try_one(LOST)
    row = ledger.row(notification)
    assert (row["state"], row["error_code"], row["attempt_count"], row["failure_count"]) == (
        "unknown",
        "no_answer",
        1,
        0,
    )
    assert (row["lease_until"], row["lookup_count"]) == (None, 0)
    assert ledger.value(
        "select next_lookup_at <= clock_timestamp() from public.notification_log where id = %s", notification
    )
    assert [attempt["outcome"] for attempt in ledger.attempts(notification)] == ["unknown"]


def test_it_is_never_claimed_again_by_itself(ledger: Ledger) -> None:
    ledger.queue()
    ledger.try_one(LOST)
    ledger.time_passes()
    assert ledger.claim() == []


def test_without_a_look_up_a_human_is_asked_at_once(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.channels set can_look_up = false where key = 'whatsapp'")
    notification = ledger.queue()
    ledger.try_one(LOST)
    row = ledger.row(notification)
    assert (row["state"], row["error_code"], row["next_lookup_at"]) == ("unknown", "no_look_up", None)
    assert len(ledger.alerts("notification_unknown")) == 1


def test_an_older_fence_no_longer_counts(ledger: Ledger) -> None:
    notification = ledger.queue()
    [old] = ledger.claim()
    ledger.lease_runs_out()
    ledger.outbox.expire()
    [new] = ledger.claim()
    ledger.outbox.mark([Sent(old, LOST)])
    assert ledger.state(notification) == "sending"
    ledger.outbox.begin([new])
    ledger.outbox.mark([Sent(new, Accepted("SM1"))])
    assert ledger.state(notification) == "sent"


def test_what_was_answered_stays_answered(ledger: Ledger) -> None:
    notification = ledger.queue()
    claim = ledger.try_one(Accepted("SM1"))
    ledger.outbox.mark([Sent(claim, LOST)])
    assert ledger.state(notification) == "sent"
    assert [attempt["outcome"] for attempt in ledger.attempts(notification)] == ["accepted"]


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "engine"])
def test_only_the_worker_calls_it(ledger: Ledger, role: str) -> None:
    function = "app.mark_unknown(uuid, uuid, bigint, text, text)"
    assert not ledger.value("select has_function_privilege(%s, %s, 'execute')", role, function)
