"""app.receive_message: what a guest writes is kept once, obeyed or answered by people."""

from typing import Any
from uuid import UUID

import pytest

from tests import races
from tests.house import Database
from tests.notify.ledger import Ledger
from tests.notify.writing import SIDS, Guest, quiet_guest
from tests.world import RECEPTION

STRANGER = "+12025550199"


@pytest.fixture
def guest(ledger: Ledger) -> Guest:
    return quiet_guest(ledger)


def requests(guest: Guest) -> list[tuple[Any, ...]]:
    return guest.world.rows(
        "select type_slug, source, note from portal.requests where booking_id = %s and phase <> 'closed'",
        guest.booking,
    )


def comments(guest: Guest) -> list[str]:
    rows = guest.world.rows(
        "select c.body from portal.request_comments c join portal.requests r on r.id = c.request_id"
        " where r.booking_id = %s and r.phase <> 'closed' order by c.created_at, c.id",
        guest.booking,
    )
    return [row[0] for row in rows]


@pytest.mark.shows("subflow/cleaning_opt_in_whatsapp")
@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("DAILY", "daily"),
        ("  daily. ", "daily"),
        ("Diario!", "daily"),
        ("ＤＡＩＬＹ", "daily"),
        ("روزانہ", "daily"),
        ("SKIP", "skip"),
        ("«Saltar»", "skip"),
        ("Stop", "stop"),
        ("PARAR", "stop"),
        ("álto", "stop"),
        ("stop   all", "stop_all"),
        ("STOP-ALL 🙏", "stop_all"),
        ("Baja", "stop_all"),
        ("parar todo", "stop_all"),
        ("START", "start"),
        ("Alta", "start"),
        ("Please stop the noise", None),
        ("daily paper, please", None),
        ("", None),
        ("🙂", None),
        ("stop" + " " * 60 + "all", None),
    ],
)
def test_read_command(ledger_once: Ledger, word: str, command: str | None) -> None:
    assert ledger_once.value("select app.read_command(%s)", word) == command


@pytest.mark.shows("subflow/cleaning_opt_in_whatsapp")
def test_daily_is_switched_on_and_answered_even_when_it_was_on(guest: Guest) -> None:
    for _ in range(2):
        assert guest.writes("DAILY") == "obeyed"
        assert guest.has_daily_cleaning
    assert guest.hears() == ["cleaning_pref_changed", "cleaning_pref_changed"]
    assert (
        guest.ledger.value("select cleaning_opt_in_source from public.bookings where id = %s", guest.booking)
        == "whatsapp"
    )


@pytest.mark.shows("subflow/cleaning_opt_in_whatsapp", "template/cleaning_skip_confirmed")
def test_skip_leaves_today_out(guest: Guest) -> None:
    assert guest.writes("Saltar") == "obeyed"
    assert guest.hears() == ["cleaning_skip_confirmed"]
    skipped = "select cleaning_skip_on is not null from public.bookings where id = %s"
    assert guest.ledger.value(skipped, guest.booking) is True
    assert guest.writes("DAILY") == "obeyed"
    assert guest.ledger.value(skipped, guest.booking) is False


@pytest.mark.shows("notification/cleaning_opt_in_whatsapp", "subflow/cleaning_opt_in_whatsapp")
def test_stop_ends_daily_cleaning_first_and_offers_stop_all(guest: Guest) -> None:
    guest.writes("DAILY")
    assert guest.writes("STOP") == "obeyed"
    assert not guest.has_daily_cleaning
    assert not guest.is_suppressed
    assert guest.hears() == ["cleaning_pref_changed", "cleaning_stopped"]


def test_stop_said_twice_ends_everything_and_reception_hears(guest: Guest) -> None:
    guest.writes("DAILY")
    guest.writes("STOP")
    guest.writes("Stop")
    assert guest.is_suppressed
    assert guest.hears()[-1] == "messages_stopped"
    told = "select count(*) from public.notification_log where event_key = 'guest_opted_out'"
    assert guest.ledger.value(told) == 1


@pytest.mark.parametrize(("hours", "is_about_cleaning"), [(1, True), (23, True), (25, False)])
def test_stop_answers_a_cleaning_question_for_a_day(
    guest: Guest, hours: int, is_about_cleaning: bool
) -> None:
    guest.ledger.as_engine(
        "select app.notify_guest(%s, 'checkin_welcome_cleaning_opt_in', '{}', null, 'asked')", guest.booking
    )
    guest.ledger.conn.execute("update app.clock set shift = shift + make_interval(hours => %s)", (hours,))
    guest.writes("STOP")
    assert guest.is_suppressed is not is_about_cleaning


def test_stop_out_of_the_blue_suppresses_and_its_answer_still_leaves(guest: Guest) -> None:
    guest.writes("PARAR")
    assert guest.is_suppressed
    sent = guest.ledger.outbox.begin(guest.ledger.claim())
    assert [message.event_key for message in sent] == ["messages_stopped"]
    assert guest.world.rows(
        "select scope, is_given, proof ->> 'word' from notify.consents where not is_given order by scope"
    ) == [("marketing", False, "PARAR"), ("stay_service", False, "PARAR")]


def test_start_lifts_it(guest: Guest) -> None:
    guest.writes("STOP ALL")
    assert guest.is_suppressed
    guest.writes("START")
    assert not guest.is_suppressed
    assert (
        guest.ledger.value(
            "select app.consent_missing_for(%s, %s, 'utility', false)", guest.ledger.tenant, guest.phone
        )
        is None
    )
    assert guest.hears() == ["messages_stopped", "messages_resumed"]


def test_words_open_a_concierge_request_and_the_next_join_it(guest: Guest) -> None:
    assert guest.writes("Is the pool open? 🏊 هل المسبح مفتوح") == "joined"
    assert guest.writes("And until when?") == "joined"
    assert requests(guest) == [("concierge", "whatsapp", "Is the pool open? 🏊 هل المسبح مفتوح")]
    assert comments(guest) == ["And until when?"]
    told = "select variables ->> 'note' from public.notification_log where event_key = 'guest_wrote'"
    assert guest.world.rows(told) == [("And until when?",)]
    assert guest.hears() == ["request_received"]


def test_words_join_what_is_open_and_was_talked_about_last(guest: Guest) -> None:
    ids = []
    for key, what in (("a", "towel"), ("b", "towel")):
        with guest.world.guest("Marutani"):
            answer = guest.world.submit(
                {"type_slug": "housekeeping", "items": [{"sku": what, "quantity": 1}]}, key
            )
            ids.append(answer["body"]["request"]["id"])
    with guest.world.member(RECEPTION):
        guest.world.value("select api.add_request_comment(%s, 'Large ones?', false)", ids[0])
    guest.writes("Yes please")
    kept = guest.world.rows(
        "select request_id::text, author_kind from portal.request_comments where body = 'Yes please'"
    )
    assert kept == [(ids[0], "guest")]


def test_nothing_of_a_long_message_is_lost(guest: Guest) -> None:
    guest.writes("x" * 4500)
    [(_, _, note)] = requests(guest)
    assert len(note) + sum(map(len, comments(guest))) == 4500


def test_media_wait_to_be_fetched_and_more_than_ten_are_left(guest: Guest) -> None:
    media = [{"url": f"https://api.twilio.example/{n}", "type": "image/jpeg"} for n in range(12)]
    guest.writes("", media=media)
    assert requests(guest)[0][2] == "📎 12"
    assert guest.world.rows(
        "select state, reason, count(*) from portal.request_attachments group by 1, 2 order by 1 desc"
    ) == [("waiting", None, 10), ("refused", "too_many", 2)]


def test_an_unknown_number_gets_one_polite_answer_and_no_data(guest: Guest) -> None:
    for words in ("Hello?", "Anybody?", "DAILY"):
        assert guest.writes(words, phone=STRANGER) == "unknown"
    rows = guest.world.rows("select event_key, recipient, variables, booking_id from public.notification_log")
    assert [(row[0], row[1], row[3]) for row in rows] == [("unknown_number", STRANGER, None)]
    assert set(rows[0][2]) == {"property_name"}
    assert guest.ledger.value("select count(*) from notify.inbound_messages where booking_id is null") == 3


def test_a_machine_that_says_stop_is_answered_once_a_day(guest: Guest) -> None:
    for words in ("STOP ALL", "STOP ALL", "stop all"):
        guest.writes(words, phone=STRANGER)
    assert guest.world.rows("select event_key, recipient from public.notification_log") == [
        ("messages_stopped", STRANGER)
    ]


def test_the_same_message_again_changes_nothing(guest: Guest) -> None:
    sid = next(SIDS)
    assert [guest.writes("Hello", sid=sid) for _ in range(3)] == ["joined", "known", "known"]
    assert (len(requests(guest)), comments(guest)) == (1, [])


def test_the_tenant_is_whose_number_was_written_to(guest: Guest) -> None:
    guest.hotel = guest.ledger.value(
        "select address from notify.senders where tenant_id = %s and channel = 'whatsapp'",
        guest.ledger.stranger,
    )
    assert guest.writes("Hello") == "unknown"
    assert requests(guest) == []
    guest.hotel = "+12025550188"
    assert guest.writes("Hello") == "misdirected"


def test_in_house_comes_before_the_nearest_arrival(guest: Guest) -> None:
    find = "select app.booking_of_phone(%s)"
    guest.ledger.conn.execute(
        "update public.guests set phone = %s where last_name in ('Okafor', 'Lindqvist')", (guest.phone,)
    )

    def found() -> UUID:
        booking: UUID = guest.ledger.as_engine(find, guest.phone)
        return booking

    assert found() == guest.booking
    guest.ledger.conn.execute("update public.guests set phone = null where last_name = 'Marutani'")
    assert found() == guest.ledger.booking_of("Okafor")
    guest.ledger.conn.execute("update public.guests set phone = null where last_name = 'Okafor'")
    assert found() == guest.ledger.booking_of("Lindqvist")


def test_a_hundred_at_once_have_one_effect(guest: Guest, database: Database) -> None:
    sid = next(SIDS)

    def write(conn: races.Connection) -> Any:
        return conn.execute(
            "select app.receive_message(%s, %s, %s, 'Hello', '[]')", (guest.hotel, guest.phone, sid)
        ).fetchone()

    outcomes = [outcome for _ in range(10) for outcome in races.all_at_once(database, [write] * 10)]
    assert sorted(map(str, outcomes)).count("('joined',)") == 1
    assert len(requests(guest)) == 1


def test_two_messages_at_once_open_one_conversation(guest: Guest, database: Database) -> None:
    def write(words: str) -> races.Act:
        return lambda conn: conn.execute(
            "select app.receive_message(%s, %s, %s, %s, '[]')", (guest.hotel, guest.phone, next(SIDS), words)
        ).fetchone()

    assert races.at_once(database, write("One"), write("Two")) == (("joined",), ("joined",))
    assert [row[2] for row in requests(guest)] == ["One"]
    assert comments(guest) == ["Two"]


def test_erased_nothing_of_the_conversation_is_left(guest: Guest) -> None:
    guest.writes("My room is 101")
    guest.writes("STOP ALL")
    guest.ledger.conn.execute("select app.set_caller(%s)", (guest.ledger.tenant,))
    with guest.world.owner():
        guest.ledger.conn.execute("select app.set_caller(%s)", (guest.ledger.tenant,))
        guest.ledger.conn.execute(
            "select app.forget_conversation(g, array[%s]::uuid[])"
            " from public.guests g where g.last_name = 'Marutani'",
            (guest.booking,),
        )
    kept = guest.world.rows("select distinct address, body from notify.inbound_messages")
    assert kept == [("•••", "")]
    assert guest.ledger.value("select count(*) from notify.suppressions") == 0
    assert guest.ledger.value("select count(*) from notify.consents where address = %s", guest.phone) == 0


def test_long_ago_what_was_written_is_forgotten_and_that_it_was_stays(guest: Guest) -> None:
    guest.writes("My room is 101")
    guest.writes("Who are you?", phone=STRANGER)
    house = guest.ledger.property_id()
    forget = "select app.forget_messages(%s, app.now() + make_interval(days => %s), 10)"
    guest.ledger.as_engine(forget, house, -1)
    kept = "select body from notify.inbound_messages order by received_at, id"
    assert guest.world.rows(kept) == [("My room is 101",), ("Who are you?",)]
    guest.ledger.as_engine(forget, house, 1)
    assert guest.world.rows(kept) == [("",), ("",)]
