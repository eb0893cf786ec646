"""Guest reached, or a human knows: every way in which a message to a guest can end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from functions.notify.messages import Failed, Outcome, Unauthorized, Unknown
from tests.notify.ladder import BAD_NUMBER, NO, heard, sent, tasks, told, ways
from tests.notify.ledger import Ledger
from tests.world import RECEPTION, World

PHONE, MAIL = "+12025550101", "kenji@guests.example"


@dataclass
class End:
    """What happened to a message, and who knows of it."""

    ways: list[tuple[str, str]] = field(default_factory=list)
    alert: str | None = None
    why: str | None = None


Story = Callable[[Ledger], UUID]


def suppress(ledger: Ledger, address: str, reason: str) -> None:
    ledger.as_engine("select app.suppress_address(app.tenant_id(), %s, %s, null, '{}')", address, reason)


def tried(ledger: Ledger, *outcomes: Outcome) -> None:
    """The next message of each rung leaves, or tries to."""
    for channel, outcome in zip(("whatsapp", "sms", "email"), outcomes, strict=False):
        ledger.try_one(outcome, channel)


def held(ledger: Ledger, channel: str = "whatsapp") -> None:
    """The next message of a channel is claimed, and may not leave."""
    [claim] = ledger.claim(channel)
    assert ledger.outbox.begin([claim]) == []


def undeliverable(ledger: Ledger) -> UUID:
    first = told(ledger)
    heard(ledger, first, sent(ledger), "failed", BAD_NUMBER)
    return first


def failed_for_good(ledger: Ledger) -> UUID:
    first = told(ledger)
    tried(ledger, NO)
    return first


def dead_after_retries(ledger: Ledger) -> UUID:
    first = told(ledger)
    for _ in range(6):
        ledger.time_passes()
        tried(ledger, Failed("20500", "Twilio is ill"))
    return first


def every_way_failed(ledger: Ledger) -> UUID:
    first = told(ledger)
    tried(ledger, NO, NO, NO)
    return first


def no_mail_address_left(ledger: Ledger) -> UUID:
    ledger.conn.execute("update public.guests set email = null")
    first = told(ledger)
    tried(ledger, NO, NO)
    return first


def said_stop(ledger: Ledger) -> UUID:
    suppress(ledger, PHONE, "stop")
    first = told(ledger)
    held(ledger)
    return first


def said_stop_on_the_way(ledger: Ledger) -> UUID:
    first = failed_for_good(ledger)
    suppress(ledger, PHONE, "stop")
    held(ledger, "sms")
    return first


def took_consent_back(ledger: Ledger) -> UUID:
    ledger.as_engine(
        "select app.keep_consent(app.tenant_id(), null, %s, 'stay_service', false, 'staff', '{}')", PHONE
    )
    first = told(ledger)
    held(ledger)
    return first


def provider_refuses_the_number(ledger: Ledger) -> UUID:
    suppress(ledger, PHONE, "provider")
    first = told(ledger)
    held(ledger)
    held(ledger, "sms")
    return first


def provider_and_mail_server_refuse(ledger: Ledger) -> UUID:
    suppress(ledger, MAIL, "bounce")
    first = provider_refuses_the_number(ledger)
    held(ledger, "email")
    return first


def no_phone_but_mail(ledger: Ledger) -> UUID:
    ledger.conn.execute("update public.guests set phone = null where last_name = 'Marutani'")
    return told(ledger)


def no_phone_and_mail_fails(ledger: Ledger) -> UUID:
    first = no_phone_but_mail(ledger)
    ledger.try_one(Failed("no_such_mailbox", "", is_final=True), "email")
    refused = "select address from notify.suppressions where reason = 'bounce'"
    assert ledger.value(refused) == MAIL
    return first


def no_address_at_all(ledger: Ledger) -> UUID:
    ledger.conn.execute("update public.guests set phone = null, email = null where last_name = 'Marutani'")
    return told(ledger)


def bill_to_a_mailbox_that_is_gone(ledger: Ledger) -> UUID:
    suppress(ledger, MAIL, "bounce")
    ledger.as_engine(
        "select app.notify_guest(%s, 'invoice', '{}', null, 'm', 'email')",
        ledger.booking_of("Marutani"),
    )
    held(ledger, "email")
    found: UUID = ledger.value("select id from public.notification_log where channel = 'email'")
    return found


def template_is_not_approved(ledger: Ledger) -> UUID:
    ledger.conn.execute("update notify.templates set status = 'paused'")
    return told(ledger)


def template_was_paused_meanwhile(ledger: Ledger) -> UUID:
    first = told(ledger)
    ledger.conn.execute("update notify.templates set status = 'paused'")
    held(ledger)
    return first


def nobody_can_tell(ledger: Ledger) -> UUID:
    first = failed_for_good(ledger)
    ledger.try_one(NO, "sms")
    ledger.try_one(Unknown("no_answer", ""), "email")
    return first


def our_account_is_closed(ledger: Ledger) -> UUID:
    first = told(ledger)
    tried(ledger, Unauthorized("20003", ""))
    return first


def quiet_hours(ledger: Ledger) -> UUID:
    ledger.conn.execute(
        "insert into public.app_settings (tenant_id, key, value) values"
        ' (%s, \'quiet_hours\', \'{"from": "00:00", "until": "23:59"}\')',
        (ledger.tenant,),
    )
    first = told(ledger)
    held(ledger)
    assert ledger.row(first)["error_code"] == "quiet_hours"
    return first


def answer_that_came_too_late(ledger: Ledger) -> UUID:
    """A member's free text, queued inside the window and claimed after it."""
    ledger.as_engine(
        "select app.queue_notification('whatsapp', 'reply', %s, 'guest:reply:1',"
        " '{\"body\": \"Your taxi is here.\"}', null, 'en', %s, %s)",
        PHONE,
        ledger.property_id(),
        ledger.booking_of("Marutani"),
    )
    held(ledger)
    found: UUID = ledger.value("select id from public.notification_log where dedupe_key = 'guest:reply:1'")
    return found


ENDS: list[tuple[Story, str, End]] = [
    (undeliverable, "failed", End([("sms", "queued")], "notification_failed")),
    (failed_for_good, "dead", End([("sms", "queued")], "notification_dead")),
    (dead_after_retries, "dead", End([("sms", "queued")], "notification_dead")),
    (every_way_failed, "dead", End([("sms", "dead"), ("email", "dead")], "notification_dead", "not_reached")),
    (no_mail_address_left, "dead", End([("sms", "dead")], "notification_dead", "not_reached")),
    (said_stop, "suppressed", End(why="wants_none")),
    (said_stop_on_the_way, "dead", End([("sms", "suppressed")], "notification_dead", "wants_none")),
    (took_consent_back, "suppressed", End(why="wants_none")),
    (provider_refuses_the_number, "suppressed", End([("sms", "suppressed"), ("email", "queued")])),
    (
        provider_and_mail_server_refuse,
        "suppressed",
        End([("sms", "suppressed"), ("email", "suppressed")], None, "not_reached"),
    ),
    (no_phone_but_mail, "suppressed", End([("email", "queued")])),
    (no_phone_and_mail_fails, "suppressed", End([("email", "dead")], "notification_dead", "not_reached")),
    (no_address_at_all, "suppressed", End(why="no_address")),
    (bill_to_a_mailbox_that_is_gone, "suppressed", End(why="mail_refused")),
    (template_is_not_approved, "suppressed", End(alert="template_not_approved")),
    (template_was_paused_meanwhile, "suppressed", End(alert="template_not_approved")),
    (nobody_can_tell, "dead", End([("sms", "dead"), ("email", "unknown")], "notification_unknown")),
    (our_account_is_closed, "queued", End(alert="channel_closed")),
    (quiet_hours, "queued", End()),
    (answer_that_came_too_late, "suppressed", End([("sms", "queued")])),
]


def wiped(ledger: Ledger) -> None:
    """Nothing was sent yet, nobody refused anything, no task stands."""
    for statement in (
        "delete from public.notification_attempts",
        "delete from public.notification_log",
        "delete from public.alerts",
        "delete from notify.suppressions",
        "delete from notify.consents where source <> 'booking'",
        "delete from public.app_settings where key = 'quiet_hours'",
        "update notify.templates set status = 'approved'",
        "update portal.requests set details = '{}' where details ? 'guest_not_reached'",
    ):
        ledger.conn.execute(statement.encode())
    ledger.conn.execute(
        "update public.guests set phone = %s, email = %s where last_name = 'Marutani'", (PHONE, MAIL)
    )


@pytest.mark.parametrize(("story", "state", "end"), ENDS, ids=[each[0].__name__ for each in ENDS])
def test_the_guest_is_reached_or_a_human_knows(
    ledger_once: Ledger, story: Story, state: str, end: End
) -> None:
    wiped(ledger_once)
    first = story(ledger_once)
    assert (ledger_once.state(first), ways(ledger_once, first)) == (state, end.ways)
    kinds = ledger_once.value("select array_agg(distinct kind) from public.alerts where resolved_at is null")
    assert end.alert in kinds if end.alert else kinds is None
    asked = ledger_once.conn.execute(
        "select details ->> 'why', details ->> 'messages' = format('[\"%%s\"]', %s::uuid), note"
        " from portal.requests where details ? 'guest_not_reached'",
        (first,),
    ).fetchall()
    assert [row[:2] for row in asked] == ([(end.why, True)] if end.why else [])
    said = "Your bill" if end.why == "mail_refused" else "“Towels” (FSL-1) is done"
    assert all(said in row[2] and "{{portal_url}}" not in row[2] for row in asked)
    waits = ledger_once.value("select count(*) from public.notification_log where state = 'queued'")
    assert waits or end.alert or end.why, "nobody was reached and nobody knows"


def test_the_guest_does_not_read_what_reception_is_asked(ledger: Ledger) -> None:
    every_way_failed(ledger)
    assert len(tasks(ledger)) == 1
    with World(ledger.conn).guest("Marutani") as guest:
        assert guest.value("select count(*) from api.portal_requests where type_slug = 'task'") == 0
        assert guest.value("select count(*) from api.portal_requests") > 0


def test_whoever_has_no_address_is_asked_for_once(ledger: Ledger) -> None:
    no_address_at_all(ledger)
    told(ledger, "b")
    assert [task[0] for task in tasks(ledger)] == ["open"]
    with World(ledger.conn).member(RECEPTION) as reception:
        task = reception.value("select id from api.open_requests where type_slug = 'task' order by id desc")
        reception.act(task, "cancel", "new", {"reason": "They left a number."})
    told(ledger, "c")
    assert [task[0] for task in tasks(ledger)] == ["closed"]
