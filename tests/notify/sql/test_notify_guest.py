"""app.notify_guest: a WhatsApp message to the guest of a booking."""

import re
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from functions.notify.wording import body
from tests.notify.ledger import Ledger
from tests.world import RECEPTION, World

BY_MAIL = (
    "select app.notify_guest(%s, 'booking_confirmation', app.confirmation_variables(%s), null, 'm', 'email')"
)


def mailed(ledger: Ledger, last_name: str) -> dict[str, Any]:
    """The mail that confirms a guest's booking."""
    booking = ledger.booking_of(last_name)
    ledger.as_engine(BY_MAIL, booking, booking)
    return ledger.row(ledger.value("select id from public.notification_log where dedupe_key = 'mail:m'"))


def tell(ledger: Ledger, last_name: str, event: str, dedupe: str, **variables: Any) -> dict[str, Any]:
    ledger.as_engine(
        "select app.notify_guest(%s, %s, %s, null, %s)",
        ledger.booking_of(last_name),
        event,
        Jsonb(variables),
        dedupe,
    )
    found = ledger.value("select id from public.notification_log where dedupe_key = %s", f"guest:{dedupe}")
    return ledger.row(found)


def test_it_knows_guest_and_house_by_itself(ledger: Ledger) -> None:
    told = tell(ledger, "Marutani", "checkout_summary", "a")
    assert told["state"] == "queued"
    assert told["recipient"] == "+12025550101"
    assert told["variables"]["property_name"] == "Hamsun FSL"
    assert told["variables"]["room_number"] == "G06"
    assert told["variables"]["guest_first_name"]


def test_it_speaks_the_guests_language(ledger: Ledger) -> None:
    told = tell(
        ledger, "Alvarez", "request_done", "b", title={"en": "Towels", "es": "Toallas"}, number="FSL-1"
    )
    assert told["language"] == "es"
    assert told["variables"]["request_title"] == "Toallas"


def test_a_language_that_the_template_lacks_falls_back_to_english(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.templates set bodies = bodies - 'es'")
    assert tell(ledger, "Alvarez", "request_done", "c")["language"] == "en"


def test_without_a_phone_the_row_says_so(ledger: Ledger) -> None:
    ledger.conn.execute("update public.guests set phone = null where last_name = 'Marutani'")
    told = tell(ledger, "Marutani", "request_done", "d")
    assert (told["state"], told["error_code"]) == ("suppressed", "guest_has_no_phone")


def test_without_an_approved_template_nothing_leaves_and_somebody_hears(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.templates set status = 'paused' where key = 'request_done'")
    told = tell(ledger, "Marutani", "request_done", "e")
    assert (told["state"], told["error_code"]) == ("suppressed", "template_not_approved")
    assert len(ledger.alerts("template_not_approved")) == 1


@pytest.mark.shows("invariant/notifications_are_idempotent")
def test_twice_is_once(ledger: Ledger) -> None:
    assert (
        tell(ledger, "Marutani", "request_done", "f")["id"]
        == tell(ledger, "Marutani", "request_done", "f")["id"]
    )


@pytest.mark.shows("code/is_in_both_welcomes")
@pytest.mark.parametrize("welcome", ["welcome_with_portal", "checkin_welcome_cleaning_opt_in"])
def test_both_welcomes_carry_the_link(ledger: Ledger, welcome: str) -> None:
    told = tell(ledger, "Marutani", welcome, "w")
    code = ledger.value("select code from portal.codes where booking_id = %s", told["booking_id"])
    [message] = ledger.outbox.contents([told["tenant_id"]], [told["id"]])
    assert f"https://stay.example/?c={code}" in body(message, "https://stay.example")


def test_the_code_is_not_kept_with_the_message(ledger: Ledger) -> None:
    told = tell(ledger, "Marutani", "request_received", "g")
    code = ledger.value("select code from portal.codes where booking_id = %s", told["booking_id"])
    assert code
    assert code not in str(told["variables"])
    assert ledger.outbox.contents([told["tenant_id"]], [told["id"]])[0].portal_code == code


@pytest.mark.parametrize(
    ("last_name", "said"),
    [
        ("Marutani", ("Friday 24 April", "Monday 27 April", "Sunday 26 April, 06:10", "EUR 1,850.50")),
        (
            "Alvarez",
            ("viernes 24 de abril", "lunes 27 de abril", "domingo 26 de abril, 06:10", "1.850,50 EUR"),
        ),
    ],
)
def test_dates_times_and_money_are_in_the_guests_words(
    ledger: Ledger, last_name: str, said: tuple[str, ...]
) -> None:
    told = tell(
        ledger,
        last_name,
        "welcome_with_portal",
        "h",
        check_in="2026-04-24",
        check_out="2026-04-27",
        scheduled_for="2026-04-26T01:10:00+00:00",
        balance={"amount": 1850.5, "currency": "EUR"},
    )["variables"]
    assert (told["check_in"], told["check_out"], told["scheduled_for"], told["balance"]) == said


def test_a_receipt_is_in_the_guests_words(ledger: Ledger) -> None:
    ledger.conn.execute("update public.guests set language = 'es' where last_name = 'Marutani'")
    receipt = ledger.as_engine(
        'select app.receipt_variables(f.id, \'{"en": "Laundry", "es": "Lavandería"}\', 1850.5)'
        " from public.folios f where f.booking_id = %s",
        ledger.booking_of("Marutani"),
    )
    told = tell(ledger, "Marutani", "folio_charge_posted", "i", **receipt)["variables"]
    assert (told["description"], told["amount"]) == ("Lavandería", "1.850,50 PKR")
    assert told["balance"].endswith(" PKR")


def test_a_mail_goes_to_the_guests_address_in_their_words(ledger: Ledger) -> None:
    told = mailed(ledger, "Alvarez")
    assert (told["channel"], told["state"], told["recipient"]) == ("email", "queued", "lucia@guests.example")
    assert told["language"] == "es"
    said = told["variables"]
    assert (said["check_in_time"], said["nights"], said["property_name"]) == ("14:00", 3, "Hamsun FSL")
    assert said["total"].endswith(" PKR")
    [message] = ledger.outbox.contents([told["tenant_id"]], [told["id"]])
    assert message.subject == "Su estancia en {{property_name}} desde el {{check_in}} está confirmada"


def test_where_no_address_is_known_there_is_no_mail(ledger: Ledger) -> None:
    ledger.conn.execute("update public.guests set email = null where last_name = 'Alvarez'")
    booking = ledger.booking_of("Alvarez")
    ledger.as_engine(BY_MAIL, booking, booking)
    assert ledger.value("select count(*) from public.notification_log") == 0


def test_a_booking_without_a_price_is_confirmed_without_one(ledger: Ledger) -> None:
    ledger.conn.execute("update public.bookings set total_price = null, nightly_rate = null")
    assert "total" not in mailed(ledger, "Alvarez")["variables"]


def test_a_guest_who_reads_urdu_is_welcomed_in_it_and_answered_in_english_where_it_ends(
    ledger: Ledger,
) -> None:
    ledger.conn.execute("update public.guests set language = 'ur' where last_name = 'Marutani'")
    first = tell(
        ledger, "Marutani", "request_received", "u", title={"en": "Towels", "ur": "تولیے"}, number="FSL-1"
    )
    assert (first["language"], first["variables"]["request_title"]) == ("ur", "تولیے")
    assert tell(ledger, "Marutani", "request_done", "v")["language"] == "en"


def test_what_holds_of_cleaning_is_told_in_urdu(ledger: Ledger) -> None:
    ledger.conn.execute("update public.guests set language = 'ur' where last_name = 'Marutani'")
    change, booking = "select api.set_cleaning_preferences(%s, %s)", ledger.booking_of("Marutani")
    for daily in (True, False):
        with World(ledger.conn).member(RECEPTION) as reception:
            reception.value(change, Jsonb({"daily": daily}), booking)
    said = ledger.conn.execute(
        "select language, variables ->> 'preference' from public.notification_log"
        " where template_key = 'cleaning_pref_changed' order by created_at, id"
    ).fetchall()
    assert said == [("ur", "روزانہ صفائی ہوگی، تقریباً 10:00 بجے"), ("ur", "روزانہ صفائی نہیں ہوگی")]


def test_the_confirmation_is_a_mail_in_urdu(ledger: Ledger) -> None:
    ledger.conn.execute("update public.guests set language = 'ur' where last_name = 'Alvarez'")
    mail = mailed(ledger, "Alvarez")
    assert mail["language"] == "ur"
    assert re.search("[\u0600-\u06ff]", mail["variables"]["check_in"])


def test_without_a_phone_it_goes_by_mail_once(ledger: Ledger) -> None:
    ledger.conn.execute(
        "update public.guests set phone = null, email = 'kenji@guests.example' where last_name = 'Marutani'"
    )
    for _ in range(2):
        first = tell(ledger, "Marutani", "request_done", "w", title={"en": "Towels"}, number="FSL-1")
    found = ledger.conn.execute(
        "select channel, state, recipient, variables ->> 'request_title' from public.notification_log"
        " where fallback_of = %s",
        (first["id"],),
    ).fetchall()
    assert found == [("email", "queued", "kenji@guests.example", "Towels")]


def test_a_declared_type_decides_how_a_value_is_written(ledger: Ledger) -> None:
    declared = [
        {"name": name, "type": kind}
        for name, kind in (
            ("on", "date"),
            ("at", "moment"),
            ("clock", "time"),
            ("said", "date"),
            ("text", "text"),
        )
    ]
    values = {
        "on": "2026-04-24",
        "at": "2026-04-26T09:00:00+00:00",
        "clock": "10:00:00",
        "said": "tomorrow",
        "text": "2026-04-24",
        "other": 3,
    }
    written = ledger.value(
        "select app.typed_variables(%s, %s, 'es', 'Asia/Karachi')", Jsonb(declared), Jsonb(values)
    )
    assert written == {
        "on": "viernes 24 de abril",
        "at": "domingo 26 de abril, 14:00",
        "clock": "10:00",
        "said": "tomorrow",
        "text": "2026-04-24",
        "other": 3,
    }
