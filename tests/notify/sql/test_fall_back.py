"""app.fall_back, app.note_reached: WhatsApp, SMS, e-mail, a task. Guest reached, or a human knows."""

import itertools
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg
import pytest

from functions.notify.messages import Accepted
from tests import races
from tests.notify.ladder import BAD_NUMBER, CALLBACK, NO, WHO_KNOWS, heard, sent, tasks, told, way, ways
from tests.notify.ledger import Ledger
from tests.world import RECEPTION, World


def test_undeliverable_it_goes_by_sms_in_the_same_words(ledger: Ledger) -> None:
    first = told(ledger)
    heard(ledger, first, sent(ledger), "failed", BAD_NUMBER)
    rung = way(ledger, first, "sms")
    assert (rung["state"], rung["recipient"], rung["event_key"]) == ("queued", "+12025550101", "request_done")
    assert rung["variables"] == ledger.row(first)["variables"]
    [message] = ledger.outbox.begin(ledger.claim("sms"))
    assert message.body == ledger.value(
        "select bodies ->> 'en' from notify.templates where key = 'request_done' and tenant_id = %s",
        ledger.tenant,
    )
    assert message.portal_code


def test_all_the_way_down_to_a_task(ledger: Ledger) -> None:
    first = told(ledger)
    for channel in ("whatsapp", "sms", "email"):
        assert tasks(ledger) == []
        ledger.try_one(NO, channel)
    assert ways(ledger, first) == [("sms", "dead"), ("email", "dead")]
    assert way(ledger, first, "email")["recipient"] == "kenji@guests.example"
    assert tasks(ledger) == [("open", None, "Huésped no localizado", "high")]
    card = ledger.value(
        "select recipient from public.notification_log"
        " where channel = 'slack' and event_key = 'request_received'"
    )
    assert card == "#reception-fsl"


def test_a_mail_that_left_is_the_end_of_it(ledger: Ledger) -> None:
    first = told(ledger)
    ledger.try_one(NO)
    ledger.try_one(NO, "sms")
    ledger.try_one(Accepted("<a@b>"), "email")
    assert ways(ledger, first) == [("sms", "dead"), ("email", "sent")]
    assert tasks(ledger) == []
    assert ledger.alerts("notification_dead") == []


def test_without_a_mail_address_reception_is_asked(ledger: Ledger) -> None:
    ledger.conn.execute("update public.guests set email = null where last_name = 'Marutani'")
    first = told(ledger)
    ledger.try_one(NO)
    ledger.try_one(NO, "sms")
    assert ways(ledger, first) == [("sms", "dead")]
    assert len(tasks(ledger)) == 1


def test_several_messages_make_one_task_of_a_stay(ledger: Ledger) -> None:
    for dedupe in "ab":
        told(ledger, dedupe)
        for channel in ("whatsapp", "sms", "email"):
            ledger.try_one(NO, channel)
    assert len(tasks(ledger)) == 1


def test_a_failure_that_is_not_for_good_is_given_a_moment(ledger: Ledger) -> None:
    first = told(ledger)
    heard(ledger, first, sid := sent(ledger), "failed", WHO_KNOWS)
    assert ledger.claim("sms") == []
    heard(ledger, first, sid, "delivered")
    assert ways(ledger, first) == [("sms", "cancelled")]
    assert ledger.alerts("notification_failed") == []


STORY = [("sent", None), ("failed", BAD_NUMBER), ("failed", BAD_NUMBER), ("delivered", None)]


@pytest.mark.parametrize("order", sorted(set(itertools.permutations(STORY)), key=str), ids=str)
def test_callbacks_in_any_order_try_each_way_once_at_most(
    ledger_once: Ledger, order: Sequence[tuple[str, str | None]]
) -> None:
    ledger_once.conn.execute("delete from public.notification_attempts")
    ledger_once.conn.execute("delete from public.notification_log")
    first = told(ledger_once)
    sid = sent(ledger_once)
    for state, code in order:
        heard(ledger_once, first, sid, state, code)
    assert ledger_once.state(first) == "delivered"
    assert ways(ledger_once, first) in ([], [("sms", "cancelled")])
    assert ledger_once.alerts("notification_failed") == []


def test_late_word_of_the_first_calls_the_rest_off_and_the_task_too(ledger: Ledger) -> None:
    first = told(ledger)
    sid = sent(ledger)
    heard(ledger, first, sid, "failed", BAD_NUMBER)
    ledger.try_one(NO, "sms")
    ledger.try_one(NO, "email")
    heard(ledger, first, sid, "delivered")
    assert tasks(ledger)[0][:2] == ("closed", "expired")
    assert ledger.alerts("notification_dead") == []


def test_a_task_that_somebody_has_begun_stays_theirs(ledger: Ledger) -> None:
    first = told(ledger)
    sid = sent(ledger)
    heard(ledger, first, sid, "failed", BAD_NUMBER)
    ledger.try_one(NO, "sms")
    ledger.try_one(NO, "email")
    with World(ledger.conn).member(RECEPTION) as reception:
        member = reception.value("select id from api.members limit 1")
        task = reception.value("select id from api.open_requests where type_slug = 'task' order by id desc")
        reception.act(task, "assign", "new", {"assignee": str(member)})
    heard(ledger, first, sid, "read")
    assert tasks(ledger)[0][0] == "active"


def test_a_text_message_that_arrives_ends_it(ledger: Ledger) -> None:
    first = told(ledger)
    heard(ledger, first, sent(ledger), "failed", BAD_NUMBER)
    rung = way(ledger, first, "sms")
    sid = sent(ledger, 2, "sms")
    heard(ledger, rung["id"], sid, "failed", WHO_KNOWS)
    assert ways(ledger, first) == [("sms", "failed"), ("email", "queued")]
    heard(ledger, rung["id"], sid, "delivered")
    assert ways(ledger, first) == [("sms", "delivered"), ("email", "cancelled")]
    assert ledger.alerts("notification_failed") == []


def test_word_of_another_message_leaves_the_task_alone(ledger: Ledger) -> None:
    sids = {}
    for number, dedupe in enumerate("ab"):
        first = told(ledger, dedupe)
        sids[first] = sent(ledger, number)
        heard(ledger, first, sids[first], "failed", BAD_NUMBER)
        ledger.try_one(NO, "sms")
        ledger.try_one(NO, "email")
    other = told(ledger, "c")
    heard(ledger, other, sid := sent(ledger, 7), "failed", WHO_KNOWS)
    heard(ledger, other, sid, "delivered")
    assert [task[0] for task in tasks(ledger)] == ["open"]
    for left, (first, sid) in enumerate(sids.items()):
        heard(ledger, first, sid, "delivered")
        assert tasks(ledger)[0][0] == ("closed" if left else "open")


def test_a_replay_that_arrives_calls_the_rest_off(ledger: Ledger) -> None:
    first = told(ledger)
    ledger.try_one(NO)
    ledger.conn.execute(
        "update public.notification_log set state = 'queued', fence = fence + 1 where id = %s", (first,)
    )
    ledger.time_passes()
    heard(ledger, first, sent(ledger), "delivered")
    assert ways(ledger, first) == [("sms", "cancelled")]


def test_what_fails_again_after_a_replay_goes_no_second_way(ledger: Ledger) -> None:
    first = told(ledger)
    ledger.try_one(NO)
    ledger.conn.execute(
        "update public.notification_log set state = 'queued', fence = fence + 1 where id = %s", (first,)
    )
    ledger.time_passes()
    ledger.try_one(NO)
    assert ways(ledger, first) == [("sms", "queued")]


def test_a_formal_mail_has_no_other_way(ledger: Ledger) -> None:
    booking = ledger.booking_of("Marutani")
    ledger.as_engine("select app.notify_guest(%s, 'booking_confirmation', '{}', null, 'm', 'email')", booking)
    ledger.try_one(NO, "email")
    assert tasks(ledger) == []
    assert len(ledger.alerts("notification_dead")) == 1


def test_a_card_for_a_team_has_no_other_way(ledger: Ledger) -> None:
    ledger.queue("slack")
    ledger.try_one(NO, "slack")
    assert ledger.value("select count(*) from public.notification_log") == 1


def test_twice_at_once_is_one_way(ledger: Ledger) -> None:
    first = told(ledger)
    sid = sent(ledger)

    def fails(conn: psycopg.Connection[Any]) -> None:
        conn.execute(CALLBACK, (ledger.tenant, first, sid, "failed", BAD_NUMBER))

    races.at_once(ledger.database, fails, fails)
    assert ways(ledger, first) == [("sms", "queued")]


def test_two_messages_of_a_stay_that_end_at_once_make_one_task(ledger: Ledger) -> None:
    rungs = []
    for number, dedupe in enumerate("ab"):
        first = told(ledger, dedupe)
        ledger.try_one(NO)
        ledger.try_one(NO, "sms")
        rungs.append(way(ledger, first, "email")["id"])
        ledger.conn.execute(
            "update public.notification_log set send_after = app.now() + interval '1 hour' where id = %s",
            (rungs[number],),
        )

    def dies(rung: UUID) -> races.Act:
        return lambda conn: conn.execute(
            "update public.notification_log set state = 'dead' where id = %s", (rung,)
        )

    races.at_once(ledger.database, dies(rungs[0]), dies(rungs[1]))
    assert len(tasks(ledger)) == 1


def test_arriving_and_failing_at_once_agree(ledger: Ledger) -> None:
    first = told(ledger)
    sid = sent(ledger)
    heard(ledger, first, sid, "failed", BAD_NUMBER)
    rung = way(ledger, first, "sms")["id"]
    second = sent(ledger, 2, "sms")

    def arrives(conn: psycopg.Connection[Any]) -> None:
        conn.execute(CALLBACK, (ledger.tenant, first, sid, "delivered", None))

    def fails(conn: psycopg.Connection[Any]) -> None:
        conn.execute(CALLBACK, (ledger.tenant, rung, second, "failed", BAD_NUMBER))

    races.at_once(ledger.database, arrives, fails)
    assert ways(ledger, first) == [("sms", "failed")]
    assert tasks(ledger) == []
