"""app.record_callback: the provider's word comes late, twice and in any order, and always converges."""

import itertools
from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.notify.messages import Failed
from tests.notify.ledger import Ledger

RANK = {"sent": 1, "failed": 2, "delivered": 3, "read": 4}
SID = "SM" + "1" * 32


def told(ledger: Ledger, notification: UUID, states: Sequence[str], provider_id: str = SID) -> None:
    for state in states:
        assert ledger.outbox.connection.execute(
            "select app.record_callback(%s, %s, %s, %s, %s)",
            (ledger.tenant, notification, provider_id, state, "63016" if state == "failed" else None),
        ).fetchone() == (True,)


@pytest.mark.parametrize("order", list(itertools.permutations(RANK)), ids="-".join)
def test_any_order_ends_the_same(ledger_once: Ledger, order: tuple[str, ...]) -> None:
    notification = ledger_once.sent(SID)
    told(ledger_once, notification, order)
    row = ledger_once.row(notification)
    assert (row["state"], row["error_code"]) == ("read", None)
    assert row["read_at"] is not None
    assert row["delivered_at"] is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(st.sampled_from(sorted(RANK)), min_size=1, max_size=12))
def test_any_story_with_repeats_ends_at_its_highest(ledger_once: Ledger, states: list[str]) -> None:
    notification = ledger_once.sent(SID)
    highest = "sent"
    for state in states:
        told(ledger_once, notification, [state])
        highest = max(highest, state, key=RANK.__getitem__)
        assert ledger_once.state(notification) == highest
    assert (ledger_once.row(notification)["error_code"] is not None) == (highest == "failed")


def test_a_callback_before_the_answer_settles_the_row(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.outbox.begin(ledger.claim())
    told(ledger, notification, ["sent"])
    row = ledger.row(notification)
    assert (row["state"], row["provider_id"], row["lease_until"]) == ("sent", SID, None)
    assert ledger.attempts(notification)[0]["outcome"] == "accepted"


def test_a_row_that_was_queued_again_is_not_sent_twice(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.outbox.begin(ledger.claim())
    ledger.conn.execute(
        "update public.notification_log set state = 'queued', lease_until = null, is_resent = true"
    )
    told(ledger, notification, ["sent"])
    assert ledger.state(notification) == "sent"
    assert ledger.claim() == []


def test_a_word_about_another_message_changes_nothing(ledger: Ledger) -> None:
    notification = ledger.sent(SID)
    told(ledger, notification, ["read"], "SM" + "2" * 32)
    assert ledger.state(notification) == "sent"


def test_a_late_word_about_an_earlier_try_does_not_end_the_replay(ledger: Ledger) -> None:
    notification = ledger.sent(SID)
    told(ledger, notification, ["failed"])
    ledger.conn.execute(
        "update public.notification_log set state = 'queued', fence = fence + 1, provider_id = null"
    )
    told(ledger, notification, ["failed", "delivered"])
    assert ledger.state(notification) == "queued"


def test_what_was_given_up_is_settled_by_its_callback(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.try_one(Failed("20500", "", is_final=True))
    assert ledger.state(notification) == "dead"
    told(ledger, notification, ["delivered"])
    assert ledger.state(notification) == "delivered"
    assert ledger.alerts("notification_dead") == []


def test_of_another_tenant_it_knows_nothing(ledger: Ledger) -> None:
    notification = ledger.sent(SID)
    assert (
        ledger.value(
            "select app.record_callback(%s, %s, %s, 'read', null)", ledger.stranger, notification, SID
        )
        is False
    )
    assert ledger.state(notification) == "sent"


def test_a_hand_typed_update_cannot_take_a_state_back(ledger: Ledger) -> None:
    notification = ledger.sent(SID)
    told(ledger, notification, ["delivered"])
    ledger.conn.execute("update public.notification_log set state = 'queued' where id = %s", (notification,))
    assert ledger.state(notification) == "delivered"


def test_staff_hear_of_a_rise_once_and_the_guest_does_not(ledger: Ledger) -> None:
    notification = ledger.sent(SID)
    request = ledger.conn.execute(
        "update public.notification_log n set request_id = r.id, property_id = r.property_id"
        " from portal.requests r where r.tenant_id = n.tenant_id and n.id = %s returning r.id",
        (notification,),
    ).fetchone()
    told(ledger, notification, ["delivered", "delivered", "sent", "read"])
    heard = ledger.conn.execute(
        "select topic, booking_id, request_id from public.event_log where entity_id = %s order by id",
        (notification,),
    ).fetchall()
    assert request is not None
    assert heard == [("notification.delivered", None, request[0]), ("notification.read", None, request[0])]


def test_what_did_not_arrive_raises_an_alert_until_it_does(ledger: Ledger) -> None:
    notification = ledger.sent(SID)
    told(ledger, notification, ["failed", "failed"])
    [alert] = ledger.alerts("notification_failed")
    assert alert["details"] == {"notification_id": str(notification), "error_code": "63016"}
    told(ledger, notification, ["sent"])
    assert len(ledger.alerts("notification_failed")) == 1
    told(ledger, notification, ["delivered"])
    assert ledger.alerts("notification_failed") == []


def test_a_failure_does_not_close_the_alert_of_what_was_given_up(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.try_one(Failed("20500", "", is_final=True))
    told(ledger, notification, ["failed"])
    assert len(ledger.alerts("notification_dead")) == 1
