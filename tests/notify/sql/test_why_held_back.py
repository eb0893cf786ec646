"""app.why_held_back: suppression, consent, the 24-hour window and quiet hours, in the send path."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from psycopg.types.json import Jsonb

from functions.notify.messages import Message
from tests.notify.ledger import GUEST_PHONE, Ledger

NOW = "update app.clock set shift = %s::timestamptz - now()"


@pytest.fixture
def once(ledger_once: Ledger) -> Iterator[Ledger]:
    """One database for all of it; nobody has said anything yet."""
    yield ledger_once
    ledger_once.conn.execute(
        "truncate public.notification_log, public.notification_attempts, public.alerts,"
        " notify.suppressions, notify.inbound_messages, notify.consents, portal.request_attachments"
    )
    ledger_once.conn.execute("delete from public.app_settings where key = 'quiet_hours'")
    ledger_once.conn.execute("update app.clock set shift = '0'")
    ledger_once.conn.execute("update notify.templates set status = 'approved', category = 'utility'")


def leaves(ledger: Ledger) -> list[Message]:
    """What the worker hands to the channel now."""
    return ledger.outbox.begin(ledger.claim())


def fate(ledger: Ledger, notification: UUID) -> tuple[str, str | None]:
    row = ledger.row(notification)
    return row["state"], row["error_code"]


def suppress(ledger: Ledger, reason: str) -> None:
    ledger.value("select app.suppress_address(%s, %s, %s, 'x', '{}')", ledger.tenant, GUEST_PHONE, reason)


def writes(ledger: Ledger, hours_ago: float = 0, tenant: UUID | None = None) -> None:
    """The guest wrote to the hotel."""
    ledger.conn.execute(
        "insert into notify.inbound_messages (tenant_id, channel, provider_id, address, received_at)"
        " values (%s, 'whatsapp', gen_random_uuid()::text, %s, app.now() - %s)",
        (tenant or ledger.tenant, GUEST_PHONE, timedelta(hours=hours_ago)),
    )


def quiet(ledger: Ledger, start: str, end: str, house: str = "FSL") -> None:
    ledger.conn.execute(
        "insert into public.app_settings (tenant_id, property_id, key, value)"
        " values (%s, %s, 'quiet_hours', %s)",
        (ledger.tenant, ledger.property_id(house), Jsonb({"from": start, "until": end})),
    )


def free_text(ledger: Ledger, body: str = "On our way", answer: bool = True) -> UUID:
    notification = ledger.queue(event="reply", body=body)
    ledger.conn.execute(
        "update public.notification_log set template_key = null, is_answer = %s where id = %s",
        (answer, notification),
    )
    return notification


def test_after_stop_only_direct_answers_leave(once: Ledger) -> None:
    suppress(once, "stop")
    writes(once)
    told, answered = once.queue(), free_text(once)
    assert [message.id for message in leaves(once)] == [answered]
    assert fate(once, told) == ("suppressed", "suppressed_by_stop")


def test_what_the_provider_refuses_gets_nothing_at_all(once: Ledger) -> None:
    suppress(once, "provider")
    writes(once)
    answered = free_text(once)
    assert leaves(once) == []
    assert fate(once, answered) == ("suppressed", "suppressed_by_provider")


def test_a_stop_is_said_to_one_hotel(once: Ledger) -> None:
    once.value("select app.suppress_address(%s, %s, 'stop', 'x', '{}')", once.stranger, GUEST_PHONE)
    once.queue()
    assert len(leaves(once)) == 1


def test_lifted_it_leaves_again(once: Ledger) -> None:
    suppress(once, "provider_marketing")
    once.conn.execute("update notify.suppressions set lifted_at = app.now()")
    once.conn.execute("truncate notify.consents")
    once.queue()
    assert len(leaves(once)) == 1


def test_marketing_needs_a_consent_of_its_own(once: Ledger) -> None:
    once.conn.execute("update notify.templates set category = 'marketing' where key = 'feedback_request'")
    held, stay = once.queue(event="feedback_request"), once.queue()
    assert [message.id for message in leaves(once)] == [stay]
    assert fate(once, held) == ("suppressed", "no_consent_to_marketing")
    once.value(
        "select app.keep_consent(%s, null, %s, 'marketing', true, 'staff', '{}')", once.tenant, GUEST_PHONE
    )
    agreed = once.queue(event="feedback_request")
    assert [message.id for message in leaves(once)] == [agreed]


def test_what_was_agreed_to_can_be_taken_back(once: Ledger) -> None:
    for given in (True, False, False, True):
        once.value(
            "select app.keep_consent(%s, null, %s, 'stay_service', %s, 'staff', '{}')",
            once.tenant,
            GUEST_PHONE,
            given,
        )
    assert once.value("select array_agg(is_given order by at, id) from notify.consents") == [
        True,
        False,
        True,
    ]
    once.value(
        "select app.keep_consent(%s, null, %s, 'stay_service', false, 'staff', '{}')",
        once.tenant,
        GUEST_PHONE,
    )
    held = once.queue()
    assert leaves(once) == []
    assert fate(once, held) == ("suppressed", "no_consent_to_stay_service")


def test_a_phone_given_with_a_booking_is_a_consent_with_its_proof(once: Ledger) -> None:
    once.conn.execute(
        "insert into public.guests (tenant_id, first_name, last_name, phone, language)"
        " values (%s, 'Ada', 'Proof', '+12025550177', 'en')",
        (once.tenant,),
    )
    row = once.conn.execute("select scope, is_given, source, proof from notify.consents").fetchone()
    assert row == ("stay_service", True, "booking", {"with": "booking"})


@pytest.mark.parametrize(("hours_ago", "open_"), [(0, True), (23.99, True), (24, False), (30, False)])
def test_free_text_leaves_only_inside_the_window(once: Ledger, hours_ago: float, open_: bool) -> None:
    writes(once, hours_ago)
    answer = free_text(once)
    sent = leaves(once)
    assert [message.body for message in sent] == (["On our way"] if open_ else [])
    assert all(message.is_free_text for message in sent)
    assert fate(once, answer) == (("sending", None) if open_ else ("suppressed", "window_closed"))


def test_the_window_closes_while_the_clock_goes_and_a_new_word_opens_it(once: Ledger) -> None:
    writes(once)
    once.conn.execute("update app.clock set shift = shift + interval '24 hours'")
    free_text(once)
    assert leaves(once) == []
    writes(once)
    free_text(once)
    assert len(leaves(once)) == 1


def test_our_own_message_opens_no_window_and_another_hotels_neither(once: Ledger) -> None:
    once.sent(recipient=GUEST_PHONE)
    writes(once, tenant=once.stranger)
    free_text(once)
    assert leaves(once) == []


def test_an_unapproved_text_leaves_inside_the_window_only(once: Ledger) -> None:
    held = once.queue()
    once.conn.execute("update notify.templates set status = 'submitted' where key = 'request_done'")
    assert leaves(once) == []
    assert fate(once, held) == ("suppressed", "template_not_approved")
    writes(once)
    once.queue()
    [message] = leaves(once)
    assert (message.is_free_text, message.body is not None) == (True, True)


KARACHI, MADRID = ZoneInfo("Asia/Karachi"), ZoneInfo("Europe/Madrid")


def local(zone: ZoneInfo, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=zone, fold=fold)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("house", "hours", "at", "until"),
    [
        ("FSL", ("22:00", "07:00"), local(KARACHI, 2031, 5, 1, 23, 30), local(KARACHI, 2031, 5, 2, 7)),
        ("FSL", ("22:00", "07:00"), local(KARACHI, 2031, 5, 2, 6, 59, 59), local(KARACHI, 2031, 5, 2, 7)),
        ("FSL", ("22:00", "07:00"), local(KARACHI, 2031, 5, 2, 7), None),
        ("FSL", ("22:00", "07:00"), local(KARACHI, 2031, 5, 1, 21, 59, 59), None),
        ("FSL", ("13:00", "15:00"), local(KARACHI, 2031, 5, 1, 13), local(KARACHI, 2031, 5, 1, 15)),
        # the night that loses an hour, and the one that has one twice
        ("EXT", ("23:00", "08:00"), local(MADRID, 2031, 3, 29, 23, 30), local(MADRID, 2031, 3, 30, 8)),
        ("EXT", ("23:00", "02:30"), local(MADRID, 2031, 3, 30, 1, 30), local(MADRID, 2031, 3, 30, 3, 30)),
        ("EXT", ("23:00", "08:00"), local(MADRID, 2031, 10, 25, 23, 30), local(MADRID, 2031, 10, 26, 8)),
        (
            "EXT",
            ("23:00", "08:00"),
            local(MADRID, 2031, 10, 26, 2, 30, fold=1),
            local(MADRID, 2031, 10, 26, 8),
        ),
        # night in Karachi, evening in Madrid
        ("EXT", ("22:00", "07:00"), local(KARACHI, 2031, 5, 1, 23), None),
    ],
)
def test_quiet_hours_defer_by_the_propertys_clock(
    once: Ledger, house: str, hours: tuple[str, str], at: datetime, until: datetime | None
) -> None:
    quiet(once, *hours, house=house)
    once.conn.execute(NOW, (at,))
    notification = once.queue()
    once.conn.execute("update public.notification_log set property_id = %s", (once.property_id(house),))
    sent = leaves(once)
    if until is None:
        assert len(sent) == 1
        return
    assert sent == []
    row = once.row(notification)
    assert (row["state"], row["error_code"]) == ("queued", "quiet_hours")
    assert abs(row["send_after"] - until) < timedelta(seconds=2)


def test_what_was_deferred_leaves_once_when_the_hour_comes(once: Ledger) -> None:
    quiet(once, "22:00", "07:00")
    once.conn.execute(NOW, (local(KARACHI, 2031, 5, 1, 23),))
    notification = once.queue()
    for _ in range(3):
        assert leaves(once) == []
    once.conn.execute(NOW, (local(KARACHI, 2031, 5, 2, 7, 0, 5),))
    assert [message.id for message in leaves(once)] == [notification]
    assert leaves(once) == []
    assert len(once.attempts(notification)) == 1


def test_what_is_urgent_passes(once: Ledger) -> None:
    quiet(once, "00:00", "23:59")
    once.conn.execute(NOW, (local(KARACHI, 2031, 5, 1, 12),))
    acknowledged = once.queue(event="request_received")
    writes(once)
    answered = free_text(once)
    about = once.queue()
    request = once.value(
        "update portal.requests set priority = 'urgent' where id ="
        " (select id from portal.requests where tenant_id = %s limit 1) returning id",
        once.tenant,
    )
    once.conn.execute("update public.notification_log set request_id = %s where id = %s", (request, about))
    once.queue()
    assert {message.id for message in leaves(once)} == {acknowledged, answered, about}


def test_slack_knows_no_quiet_hours(once: Ledger) -> None:
    quiet(once, "00:00", "23:59")
    once.queue("slack")
    assert len(once.outbox.begin(once.claim("slack"))) == 1


CODES: list[tuple[str, str | None]] = [
    ("21610", "provider"),
    ("63014", "provider"),
    ("63033", "provider_marketing"),
    ("63016", None),
    ("30008", None),
]


@pytest.mark.parametrize(("code", "reason"), CODES)
def test_a_provider_that_says_they_opted_out_is_believed(once: Ledger, code: str, reason: str | None) -> None:
    notification = once.sent()
    callback = "select app.record_callback(%s, %s, %s, 'failed', %s)"
    for _ in range(3):  # replays change nothing
        once.value(callback, once.tenant, notification, "SM" + "1" * 32, code)
    found: list[Any] = once.conn.execute("select reason, code, address from notify.suppressions").fetchall()
    assert found == ([] if reason is None else [(reason, code, GUEST_PHONE)])


def test_a_refusal_at_the_door_suppresses_too(once: Ledger) -> None:
    once.queue()
    [claim] = once.claim()
    once.outbox.begin([claim])
    once.value(
        "select app.mark_failed(%s, %s, %s, '21610', 'unsubscribed', true)",
        claim.tenant_id,
        claim.id,
        claim.fence,
    )
    assert once.value("select app.suppression_of(%s, %s, 'utility', false)", once.tenant, GUEST_PHONE) == (
        "suppressed_by_provider"
    )
