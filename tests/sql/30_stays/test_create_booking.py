"""create_booking: a stay is noted, or asked for."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.desk import HOUSEKEEPER, MANAGER, STRANGER, Desk, refused, slug


def guest_of(desk: Desk, booking: dict[str, Any]) -> dict[str, Any]:
    """The guest's row."""
    found: dict[str, Any] = desk.one(
        "select to_jsonb(g) from public.guests as g where id = %s", booking["guest_id"]
    )
    return found


def test_notes_a_draft_that_holds_nothing(desk: Desk) -> None:
    booking = desk.book(1, 3, room="L1")

    assert (booking["status"], booking["checkin_status"], booking["nights"]) == ("draft", "PENDING", 2)
    assert (booking["room_number"], booking["code"], booking["state"]) == ("L1", None, None)
    assert (desk.sold(), desk.segments(booking)) == ({}, [])
    assert desk.events(booking) == ["booking.created"]


def test_a_pending_booking_holds_its_nights(desk: Desk) -> None:
    booking = desk.book(1, 3, status="pending")

    assert booking["status"] == "pending"
    assert desk.sold() == {1: 1, 2: 1}


def test_a_pending_booking_holds_the_room_it_names(desk: Desk) -> None:
    booking = desk.book(1, 3, room="L1", status="pending")

    assert desk.segments(booking) == [("L1", 1, 3)]
    assert desk.sold() == {1: 1, 2: 1}


def test_a_day_use_counts_on_its_own_date(desk: Desk) -> None:
    booking = desk.book(1, 1, status="pending")

    assert (booking["nights"], desk.sold()) == (0, {1: 1})


def test_the_price_is_the_rate_a_night(desk: Desk) -> None:
    assert desk.book(1, 4)["total_price"] == 30000
    assert desk.book(1, 1)["total_price"] == desk.book(1, 1)["nightly_rate"] == 10000
    assert desk.book(1, 4, total_price=12345.5)["total_price"] == 12345.5
    assert desk.book(1, 4, total_price=12345.5)["nightly_rate"] == 4115.16


def test_a_phone_is_kept_as_whatsapp_wants_it(desk: Desk) -> None:
    person = {"first_name": " Noor ", "last_name": "Haq", "phone": "00 1 (202) 555-0147", "language": "ES"}
    booking = create(desk, guest=person)

    assert guest_of(desk, booking)["phone"] == "+12025550147"
    assert guest_of(desk, booking)["language"] == "es"
    assert booking["guest_name"] == "Noor Haq"


def test_a_guest_who_comes_again_is_the_same_guest(desk: Desk) -> None:
    person = {"first_name": "Noor", "last_name": "Haq", "phone": "+12025550147"}
    one = create(desk, guest=person)
    two = create(desk, guest=person | {"phone": "+1 202 555 0147"})
    other = create(desk, guest=person | {"phone": "+12025550148"})

    assert one["guest_id"] == two["guest_id"] != other["guest_id"]


def test_a_guest_is_taken_by_id(desk: Desk) -> None:
    known = desk.book()
    again = create(desk, guest=None, guest_id=known["guest_id"])

    assert (again["guest_id"], again["guest_name"]) == (known["guest_id"], "Noor Haq")


def test_without_a_property_it_is_the_default_one(desk: Desk) -> None:
    booking = create(desk, property_code=None, room_type_code="DELUXE")

    assert booking["property_code"] == "FSL"


def create(desk: Desk, by: str = MANAGER, key: str | None = None, **changes: Any) -> Any:
    """The command with a plain booking, some fields of it changed or (None) left out."""
    booking = {
        "property_code": desk.code,
        "room_type_code": f"{desk.code}LOFT",
        "guest": {"first_name": "Noor", "last_name": "Haq"},
        "check_in": desk.day(1).isoformat(),
        "check_out": desk.day(3).isoformat(),
    } | changes
    given = {name: value for name, value in booking.items() if value is not None}
    return desk.call("create_booking", by, p_booking=Jsonb(given), p_idempotency_key=key)


@pytest.mark.parametrize(
    ("changes", "refusal", "status"),
    [
        ({"check_in": None}, "field_missing", 422),
        ({"check_out": None}, "field_missing", 422),
        ({"room_type_code": None}, "field_missing", 422),
        ({"guest": None}, "field_missing", 422),
        ({"arrival": "2026-04-24"}, "field_unknown", 422),
        ({"guest": {"name": "Noor"}}, "field_unknown", 422),
        ({"guest": "Noor"}, "field_invalid", 422),
        ({"guest": {"first_name": "Noor"}}, "guest_has_a_name", 422),
        (
            {"guest": {"first_name": "Noor", "last_name": "Haq", "phone": "0300 1234567"}},
            "guest_phone_is_e164",
            422,
        ),
        (
            {"guest": {"first_name": "Noor", "last_name": "Haq", "language": "English"}},
            "guest_language_is_a_code",
            422,
        ),
        ({"check_in": "tomorrow week"}, "field_invalid", 422),
        ({"check_out": "infinity"}, "field_invalid", 422),
        ({"adults": "two"}, "field_invalid", 422),
        ({"adults": 0}, "field_invalid", 422),
        ({"children": -1}, "field_invalid", 422),
        ({"total_price": -1}, "field_invalid", 422),
        ({"total_price": "NaN"}, "field_invalid", 422),
        ({"special_requests": "a" * 2001}, "field_invalid", 422),
        ({"channel": "a" * 51}, "field_invalid", 422),
        ({"guest": {"first_name": "Noor", "last_name": "Haq", "notes": "a" * 2001}}, "field_invalid", 422),
        ({"guest": {"first_name": "Noor", "last_name": "Haq", "email": "a" * 255}}, "field_invalid", 422),
        ({"status": "confirmed"}, "field_invalid", 422),
        ({"property_code": "XXX"}, "property_not_found", 404),
        ({"room_type_code": "DELUXE"}, "room_type_not_found", 404),
        ({"room_number": "G06"}, "room_not_found", 404),
        ({"guest": None, "guest_id": "00000000-0000-0000-0000-000000000000"}, "guest_not_found", 404),
    ],
)
def test_refuses_what_makes_no_sense(desk: Desk, changes: dict[str, Any], refusal: str, status: int) -> None:
    with refused(refusal, status):
        create(desk, **changes)


def test_refuses_dates_in_the_wrong_order_too_long_or_past(desk: Desk) -> None:
    with refused("booking_check_out_is_not_before_check_in", 422):
        desk.book(3, 1)
    with refused("booking_is_at_most_a_year", 422):
        desk.book(0, 367)
    with refused("stay_is_over"):
        desk.book(-3, -1)


def test_refuses_a_hold_that_does_not_fit(desk: Desk) -> None:
    desk.book(1, 3, room="L1", status="pending")
    with refused("room_is_not_double_booked"):
        desk.book(2, 4, room="L1", status="pending")
    desk.book(1, 3, status="pending")
    with refused("room_type_is_not_oversold"):
        desk.book(2, 4, status="pending")


def test_refuses_the_wrong_role(desk: Desk) -> None:
    with refused("permission_missing", 403):
        desk.book(by=HOUSEKEEPER)


def test_does_not_find_another_hotels_property(desk: Desk) -> None:
    with refused("property_not_found", 404):
        desk.book(by=STRANGER)


def test_does_not_find_another_hotels_guest(desk: Desk) -> None:
    booking = desk.book()
    with refused("guest_not_found", 404):
        create(
            desk,
            by=STRANGER,
            property_code=None,
            room_type_code="DELUXE",
            guest=None,
            guest_id=booking["guest_id"],
        )


def test_the_same_key_is_the_same_booking(desk: Desk) -> None:
    one, two = (desk.book(key="walk-in-1") for _ in range(2))

    assert one == two
    assert desk.one("select count(*) from public.bookings where property_id = %s", desk.property_id) == 1


def test_refuses_a_key_with_another_body(desk: Desk) -> None:
    desk.book(0, 2, key="walk-in-1")
    with refused("idempotency_key_reused", 422):
        desk.book(0, 3, key="walk-in-1")


def test_refuses_another_callers_key_for_another_guest(desk: Desk) -> None:
    desk.book(key="walk-in-1")
    with refused("idempotency_key_reused", 422):
        desk.book(key="walk-in-1", guest="Aiko Sato", by=MANAGER)


def test_a_kiosk_session_asking_again_gets_its_booking(desk: Desk) -> None:
    one = desk.book(session_id="kiosk-7", guest="Noor Haq")
    two = desk.book(session_id="kiosk-7", guest="NOOR HAQ")
    other_dates = desk.book(0, 3, session_id="kiosk-7")

    assert one["id"] == two["id"] != other_dates["id"]
    key = desk.one("select idempotency_key from public.bookings where id = %s", one["id"])
    assert key == f"{desk.tenant_id}:kiosk-7:{one['room_type_id']}:{desk.day(0)}:{desk.day(2)}:noor haq"


def test_twins_at_once_make_one_booking(desk: Desk) -> None:
    one, two = desk.at_once(
        lambda c: desk.book(session_id="kiosk-7", conn=c), lambda c: desk.book(session_id="kiosk-7", conn=c)
    )

    assert one["id"] == two["id"]
    assert desk.one("select count(*) from public.bookings where property_id = %s", desk.property_id) == 1


def test_twins_at_once_with_a_key_make_one_booking(desk: Desk) -> None:
    one, two = desk.at_once(lambda c: desk.book(key="k", conn=c), lambda c: desk.book(key="k", conn=c))

    assert one == two


def test_of_two_holds_at_once_for_the_last_room_one_is_taken(desk: Desk) -> None:
    won, lost = desk.at_once(
        lambda c: desk.book(1, 2, room_type="CABIN", status="pending", conn=c),
        lambda c: desk.book(1, 2, room_type="CABIN", status="pending", conn=c),
    )

    assert won["status"] == "pending"
    assert slug(lost) == "room_type_is_not_oversold"
