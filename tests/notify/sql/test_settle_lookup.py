"""An unknown outcome: looked up twice, then settled, queued again once, or left to a human."""

import uuid
from uuid import UUID

import pytest

from functions.notify.messages import LookedUp, Lookup, Unknown
from tests.notify.ledger import Ledger

LOST = Unknown("no_answer", "ReadTimeoutError")


def unknown(ledger: Ledger) -> UUID:
    notification = ledger.queue()
    ledger.try_one(LOST)
    return notification


def look_up(ledger: Ledger, *found: str) -> Lookup:
    """The next due look-up, and what it found."""
    [(lookup, _)] = ledger.outbox.claim_lookups(1)
    ledger.outbox.settle(LookedUp(lookup, list(found)))
    return lookup


def assert_waits_for_a_human(ledger: Ledger, notification: UUID, because: str) -> None:
    row = ledger.row(notification)
    assert (row["state"], row["error_code"], row["next_lookup_at"]) == ("unknown", because, None)
    assert len(ledger.alerts("notification_unknown")) == 1


def test_it_is_looked_up_at_once(ledger: Ledger) -> None:
    notification = unknown(ledger)
    assert ledger.state(notification) == "unknown"
    [(lookup, message)] = ledger.outbox.claim_lookups(5)
    assert (lookup.id, message.id) == (notification, notification)
    assert lookup.attempted_at == ledger.attempts(notification)[0]["started_at"]
    assert ledger.outbox.claim_lookups(5) == []


def test_one_candidate_is_the_message(ledger: Ledger) -> None:
    notification = unknown(ledger)
    look_up(ledger, "SM found")
    row = ledger.row(notification)
    assert (row["state"], row["provider_id"]) == ("sent", "SM found")


def test_not_found_is_asked_again_a_minute_later(ledger: Ledger) -> None:
    notification = unknown(ledger)
    look_up(ledger)
    seconds = ledger.value(
        "select extract(epoch from next_lookup_at - clock_timestamp())"
        " from public.notification_log where id = %s",
        notification,
    )
    assert 50 < seconds <= 60
    assert ledger.claim() == []


def test_not_found_twice_is_queued_again_once(ledger: Ledger) -> None:
    notification = unknown(ledger)
    for _ in range(2):
        ledger.time_passes()
        look_up(ledger)
    assert ledger.state(notification) == "queued"

    ledger.try_one(LOST)
    for _ in range(2):
        ledger.time_passes()
        look_up(ledger)
    assert_waits_for_a_human(ledger, notification, "not_found_again")
    assert ledger.claim() == []


def test_two_candidates_wait_for_a_human(ledger: Ledger) -> None:
    notification = unknown(ledger)
    look_up(ledger, "SM a", "SM b")
    assert_waits_for_a_human(ledger, notification, "several_candidates")


def test_a_message_of_another_notification_is_no_candidate(ledger: Ledger) -> None:
    ledger.sent("SM theirs")
    notification = unknown(ledger)
    look_up(ledger, "SM theirs", "SM ours")
    assert ledger.row(notification)["provider_id"] == "SM ours"


def test_two_lost_messages_never_take_the_same_one(ledger: Ledger) -> None:
    first, second = unknown(ledger), unknown(ledger)
    look_up(ledger, "SM only")
    look_up(ledger, "SM only")
    assert sorted([ledger.state(first), ledger.state(second)]) == ["sent", "unknown"]


def test_while_a_like_message_is_on_its_way_nothing_is_concluded(ledger: Ledger) -> None:
    notification = unknown(ledger)
    ledger.queue()
    ledger.outbox.begin(ledger.claim())
    look_up(ledger, "SM whose")
    row = ledger.row(notification)
    assert (row["state"], row["lookup_count"]) == ("unknown", 0)


def test_a_channel_without_look_up_waits_for_a_human_at_once(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.channels set can_look_up = false where key = 'whatsapp'")
    notification = unknown(ledger)
    assert_waits_for_a_human(ledger, notification, "no_look_up")


def test_a_provider_that_cannot_be_asked_is_asked_again_and_ends_with_a_human(ledger: Ledger) -> None:
    notification = unknown(ledger)
    for _ in range(10):
        assert ledger.row(notification)["next_lookup_at"] is not None
        ledger.time_passes()
        [(lookup, _)] = ledger.outbox.claim_lookups(1)
        ledger.outbox.settle(LookedUp(lookup, None))
    row = ledger.row(notification)
    assert (row["state"], row["error_code"], row["lookup_count"]) == ("unknown", "no_look_up", 0)


def test_an_answer_that_comes_late_changes_nothing(ledger: Ledger) -> None:
    notification = unknown(ledger)
    lookup = look_up(ledger, "SM a")
    ledger.outbox.settle(LookedUp(lookup, ["SM b"]))
    assert ledger.row(notification)["provider_id"] == "SM a"


@pytest.mark.parametrize("found", [[], ["SM x"]])
def test_a_look_up_under_an_older_number_no_longer_counts(ledger: Ledger, found: list[str]) -> None:
    notification = unknown(ledger)
    [(old, _)] = ledger.outbox.claim_lookups(1)
    ledger.time_passes()
    [(new, _)] = ledger.outbox.claim_lookups(1)
    assert new.number == old.number + 1
    ledger.outbox.settle(LookedUp(old, found))
    assert ledger.row(notification)["provider_id"] is None
    assert ledger.state(notification) == "unknown"


def test_its_callback_settles_it(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.channels set can_look_up = false where key = 'whatsapp'")
    notification = unknown(ledger)
    ledger.outbox.connection.execute(
        "select app.record_callback(%s, %s, 'SM told', 'sent', null)", (ledger.tenant, notification)
    )
    row = ledger.row(notification)
    assert (row["state"], row["provider_id"]) == ("sent", "SM told")
    assert ledger.alerts("notification_unknown") == []


def test_an_id_that_nobody_knows_is_no_row(ledger: Ledger) -> None:
    assert ledger.value("select app.settle_lookup(%s, %s, 1, '{}')", ledger.tenant, uuid.uuid4()) is None


def test_what_an_earlier_try_left_is_not_found_again(ledger: Ledger) -> None:
    notification = ledger.sent("SM first")
    ledger.conn.execute(
        "select app.record_callback(%s, %s, 'SM first', 'failed', '63016')", (ledger.tenant, notification)
    )
    ledger.conn.execute(
        "update public.notification_log set state = 'queued', fence = fence + 1, provider_id = null"
        " where id = %s",
        (notification,),
    )
    ledger.try_one(LOST)
    look_up(ledger, "SM first")
    assert ledger.state(notification) == "unknown"
