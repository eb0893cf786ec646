"""app.follow_unheard: what the provider took and says no more of. Led on once, or shown to reception."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from functions.notify.messages import Accepted
from tests import races
from tests.notify.ladder import BAD_NUMBER, CALLBACK, NO, heard, sent, tasks, told, ways
from tests.notify.ledger import Ledger
from tests.world import World

RUN = (
    "select app.follow_unheard(r) from (select (jsonb_populate_record(null::app.job_runs,"
    " jsonb_build_object('tenant_id', p.tenant_id, 'property_id', p.id, 'job', 'follow_unheard',"
    " 'slot', app.now()))).* from public.properties as p where p.code = 'FSL') as r"
)
SHOW = "select app.show_silence(n) from public.notification_log as n where n.id = %s"
LATER = "update app.clock set shift = shift + make_interval(mins => %s)"
SETTING = (
    "insert into public.app_settings (tenant_id, property_id, key, value)"
    " select p.tenant_id, p.id, %s, %s from public.properties as p where p.code = 'FSL'"
)
BAD_NEWS = "request_cancelled"


def look(ledger: Ledger, minutes: int = 0) -> tuple[int, int]:
    """The job at FSL when so many minutes have passed: how many it led on, how many it showed."""
    ledger.conn.execute(LATER, (minutes,))
    with ledger.conn.transaction():
        return looked(ledger.conn, ledger.tenant)


def looked(conn: "psycopg.Connection[Any]", tenant: UUID) -> tuple[int, int]:
    conn.execute("select app.set_caller(%s)", (tenant,))
    row = conn.execute(RUN).fetchone()
    assert row
    return row[0]["led_on"], row[0]["shown"]


def silent(ledger: Ledger, event: str = BAD_NEWS, **told_of: Any) -> tuple[UUID, str]:
    """A message that the provider took; its id, and the provider's."""
    first = told(ledger, event=event, **told_of)
    return first, sent(ledger)


def test_what_cannot_wait_goes_by_sms_after_a_quarter_of_an_hour_once(ledger: Ledger) -> None:
    first, _ = silent(ledger)
    assert look(ledger, 14) == (0, 0)
    assert look(ledger, 2) == (1, 0)
    assert look(ledger, 2) == (0, 0)
    assert ways(ledger, first) == [("sms", "queued")]
    assert ledger.state(first) == "sent"
    assert ledger.alerts("guest_unheard") == []


def test_a_silent_text_message_is_led_on_too_and_mail_is_the_end_of_it(ledger: Ledger) -> None:
    first, _ = silent(ledger)
    look(ledger, 16)
    sent(ledger, 2, "sms")
    assert look(ledger, 16) == (1, 0)
    ledger.try_one(Accepted("<a@b>"), "email")
    assert look(ledger, 600) == (0, 0)
    assert ways(ledger, first) == [("sms", "sent"), ("email", "sent")]
    assert tasks(ledger) == []


def test_without_a_mail_address_reception_is_asked(ledger: Ledger) -> None:
    ledger.conn.execute("update public.guests set email = null where last_name = 'Marutani'")
    silent(ledger)
    look(ledger, 16)
    sent(ledger, 2, "sms")
    look(ledger, 16)
    assert len(tasks(ledger)) == 1


def test_late_word_of_it_does_no_harm(ledger: Ledger) -> None:
    first, sid = silent(ledger)
    look(ledger, 16)
    heard(ledger, first, sid, "delivered")
    assert ways(ledger, first) == [("sms", "cancelled")]
    heard(ledger, first, sid, "sent")
    heard(ledger, first, sid, "read")
    assert (look(ledger, 16), ledger.state(first)) == ((0, 0), "read")
    assert ways(ledger, first) == [("sms", "cancelled")]


def test_late_word_calls_reception_off(ledger: Ledger) -> None:
    first, sid = silent(ledger)
    look(ledger, 16)
    ledger.try_one(NO, "sms")
    ledger.try_one(NO, "email")
    assert tasks(ledger)[0][0] == "open"
    heard(ledger, first, sid, "read")
    assert tasks(ledger)[0][:2] == ("closed", "expired")


def test_a_late_failure_takes_no_second_way(ledger: Ledger) -> None:
    first, sid = silent(ledger)
    look(ledger, 16)
    heard(ledger, first, sid, "failed", BAD_NUMBER)
    assert ways(ledger, first) == [("sms", "queued")]


@pytest.mark.parametrize(
    "event", ["request_received", "folio_charge_posted", "menu_form", "feedback_request"]
)
def test_what_can_wait_is_shown_after_hours_and_goes_no_other_way(ledger: Ledger, event: str) -> None:
    first, sid = silent(ledger, event)
    assert look(ledger, 359) == (0, 0)
    assert look(ledger, 2) == (0, 1)
    assert look(ledger, 60) == (0, 0)
    [alert] = ledger.alerts("guest_unheard")
    booking = str(ledger.booking_of("Marutani"))
    assert alert["details"] == {
        "notification_id": str(first),
        "booking_id": booking,
        "room_number": "G06",
    }
    assert (ways(ledger, first), tasks(ledger)) == ([], [])
    heard(ledger, first, sid, "delivered")
    assert ledger.alerts("guest_unheard") == []


def test_several_of_a_stay_are_shown_as_one(ledger: Ledger) -> None:
    for number, dedupe in enumerate("abc"):
        told(ledger, dedupe)
        sent(ledger, number)
    assert look(ledger, 400) == (0, 1)
    assert len(ledger.alerts("guest_unheard")) == 1


def test_who_has_left_is_not_looked_for(ledger: Ledger) -> None:
    first = told(ledger, guest="Lindqvist")
    sent(ledger)
    assert look(ledger, 400) == (0, 0)
    assert ledger.row(first)["unheard_at"]
    assert ledger.as_engine(SHOW, first) is False
    assert ledger.alerts("guest_unheard") == []


def test_a_house_says_how_long_and_whether(ledger: Ledger) -> None:
    ledger.conn.execute(SETTING, ("unheard:text_after_minutes", Jsonb(60)))
    ledger.conn.execute(SETTING, ("unheard:tell_after_hours", Jsonb(0)))
    told(ledger, "b")
    sent(ledger, 1)
    silent(ledger)
    assert look(ledger, 59) == (0, 0)
    assert look(ledger, 2) == (1, 0)
    assert look(ledger, 2000) == (0, 0)


def test_where_no_text_message_is_wanted_it_is_shown(ledger: Ledger) -> None:
    ledger.conn.execute(SETTING, ("unheard:text_after_minutes", Jsonb(0)))
    first, _ = silent(ledger)
    assert look(ledger, 120) == (0, 0)
    assert look(ledger, 241) == (0, 1)
    assert ways(ledger, first) == []


def test_nobody_digs_out_what_is_days_old(ledger: Ledger) -> None:
    silent(ledger)
    assert look(ledger, 3 * 24 * 60 + 1) == (0, 0)


def test_one_that_is_sent_again_has_its_own_time(ledger: Ledger) -> None:
    first, sid = silent(ledger)
    heard(ledger, first, sid, "failed", BAD_NUMBER)
    ledger.as_engine("select app.requeue_notification(%s, %s)", ledger.tenant, first)
    ledger.conn.execute(LATER, (60,))
    sent(ledger, 5)
    assert look(ledger, 1) == (0, 0)
    look(ledger, 15)
    assert ledger.row(first)["unheard_at"]


def test_what_is_about_urgent_work_cannot_wait_while_it_goes_on(ledger: Ledger) -> None:
    with World(ledger.conn).guest("Marutani") as guest:
        asked = {"type_slug": "maintenance", "subtype": "plumbing", "severity": "urgent"}
        request = guest.submit(asked, "flood")["body"]["request"]["id"]
    for phase, outcome, waits in (("open", None, False), ("closed", "success", True)):
        ledger.conn.execute("alter table portal.requests disable trigger user")
        ledger.conn.execute(
            "update portal.requests set phase = %s, outcome = %s where id = %s", (phase, outcome, request)
        )
        first = told(ledger, phase, event="request_update", request=request)
        assert (
            ledger.value("select app.cannot_wait(n) from public.notification_log as n where n.id = %s", first)
            is not waits
        )


def test_word_that_comes_while_the_job_looks_is_heard(ledger: Ledger) -> None:
    first, sid = silent(ledger)
    ledger.conn.execute(LATER, (16,))
    with ledger.database.connect() as provider, ledger.database.connect() as clock:
        with provider.transaction():
            provider.execute(CALLBACK, (ledger.tenant, first, sid, "delivered", None))
            with clock.transaction():
                assert looked(clock, ledger.tenant) == (0, 0)
        assert look(ledger) == (0, 0)
    assert ways(ledger, first) == []


def test_word_that_comes_while_the_job_decides_calls_it_off(ledger: Ledger) -> None:
    first, sid = silent(ledger)
    ledger.conn.execute(LATER, (16,))

    def decides(conn: "psycopg.Connection[Any]") -> tuple[int, int]:
        return looked(conn, ledger.tenant)

    def arrives(conn: "psycopg.Connection[Any]") -> None:
        conn.execute(CALLBACK, (ledger.tenant, first, sid, "delivered", None))

    led, _ = races.at_once(ledger.database, decides, arrives)
    assert led == (1, 0)
    assert (ledger.state(first), ways(ledger, first)) == ("delivered", [("sms", "cancelled")])
    assert ledger.claim("sms") == []


def test_two_jobs_at_once_lead_it_on_once(ledger: Ledger) -> None:
    first, _ = silent(ledger)
    ledger.conn.execute(LATER, (16,))
    with ledger.database.connect() as one, ledger.database.connect() as other, one.transaction():
        assert looked(one, ledger.tenant) == (1, 0)
        with other.transaction():
            assert looked(other, ledger.tenant) == (0, 0)
    assert ways(ledger, first) == [("sms", "queued")]
