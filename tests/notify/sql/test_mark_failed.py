"""app.mark_failed: the provider definitely did not take it."""

from functions.notify.messages import Failed, Throttled
from tests.notify.ledger import Ledger

REFUSED = Failed("20500", "Internal Server Error")


def test_it_waits_longer_after_each_failure(ledger: Ledger) -> None:
    notification = ledger.queue()
    waits = []
    for _ in range(4):
        ledger.time_passes()
        ledger.try_one(REFUSED)
        waits.append(
            ledger.value(
                "select extract(epoch from send_after - app.now())"
                " from public.notification_log where id = %s",
                notification,
            )
        )
    first = 2.0
    for number, wait in enumerate(waits):
        assert first * 2**number * 0.7 < float(wait) < first * 2**number * 1.3


def test_after_the_last_failure_it_is_dead_and_visible(ledger: Ledger) -> None:
    notification = ledger.queue()
    for _ in range(6):
        assert ledger.state(notification) == "queued"
        ledger.time_passes()
        ledger.try_one(REFUSED)
    row = ledger.row(notification)
    assert (row["state"], row["error_code"], row["attempt_count"]) == ("dead", "20500", 6)
    [alert] = ledger.alerts("notification_dead")
    assert alert["details"]["notification_id"] == str(notification)


def test_what_can_never_succeed_is_dead_at_once(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.try_one(Failed("21211", "Invalid 'To' Phone Number", is_final=True))
    assert ledger.state(notification) == "dead"


def test_being_throttled_only_waits(ledger: Ledger) -> None:
    notification = ledger.queue()
    for _ in range(12):
        ledger.time_passes()
        ledger.try_one(Throttled("ratelimited", 3.0))
    row = ledger.row(notification)
    assert (row["state"], row["failure_count"], row["attempt_count"]) == ("queued", 0, 12)
    assert ledger.attempts(notification)[-1]["outcome"] == "throttled"


def test_words_that_cannot_be_stored_do_not_stop_the_worker(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.try_one(Failed("20500", "nul \x00 and half a sign \ud800"))
    assert ledger.row(notification)["error_message"] == "nul  and half a sign ?"


def test_an_address_that_fails_again_and_again_is_told_of_once(ledger: Ledger) -> None:
    for number in range(4):
        assert len(ledger.alerts("notifications_pile_up")) == (number == 3)
        ledger.queue("slack")
        ledger.try_one(Failed("channel_not_found", "", is_final=True), "slack")
    [alert] = ledger.alerts("notifications_pile_up")
    assert alert["details"] == {"channel": "slack", "slack_channel": "#kitchen-fsl"}
    ledger.sent("C1:1", channel="slack")
    assert ledger.alerts("notifications_pile_up") == []


def test_three_addresses_are_no_pile(ledger: Ledger) -> None:
    for phone in ("+12025550101", "+12025550102", "+12025550103"):
        ledger.queue(recipient=phone)
        ledger.try_one(Failed("21211", "", is_final=True))
    assert ledger.alerts("notifications_pile_up") == []
