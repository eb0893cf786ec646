"""check_out_guest: a guest leaves and owes nothing."""

import pytest
from psycopg.types.json import Jsonb

from tests.desk import HOUSEKEEPER, STRANGER, Booking, Desk, refused, slug


def charge(desk: Desk, booking: Booking) -> None:
    """Something to pay stands on the folio."""
    desk.call(
        "post_charge",
        p_charge=Jsonb(
            {"booking_id": booking["id"], "category": "other", "description": "Laundry", "unit_price": "500"}
        ),
        p_idempotency_key=f"laundry:{booking['id']}",
    )


@pytest.mark.shows("notification/checkout_whatsapp", "template/checkout_summary")
def test_the_room_is_vacant_and_dirty_and_the_folio_closed(desk: Desk) -> None:
    booking = desk.in_house(0, 1, room="L1")
    desk.mark("L1", service_status="do_not_disturb")
    desk.wait_days()

    booking = desk.check_out(booking)

    assert (booking["checkin_status"], booking["state"]) == ("CHECKED_OUT", "post_checkout")
    assert booking["checked_out_on"] == desk.day(1).isoformat()
    assert desk.room("L1") == {"occupancy": "vacant", "cleanliness": "dirty", "service_status": "none"}
    assert desk.one("select closed_at is not null from public.folios where booking_id = %s", booking["id"])
    assert desk.events(booking)[-1] == "booking.checked_out"
    assert desk.messages(booking)[-1] == "checkout_summary"
    assert desk.segments(booking) == [("L1", 0, 1)]


def test_a_day_use_leaves_on_its_day(desk: Desk) -> None:
    booking = desk.check_out(desk.in_house(0, 0, room="L1"))

    assert booking["checkin_status"] == "CHECKED_OUT"
    assert desk.segments(booking) == [("L1", 0, 0)]


def test_who_leaves_late_was_there_until_then(desk: Desk) -> None:
    booking = desk.in_house(0, 1, room="L1")
    desk.wait_days(3)
    booking = desk.check_out(booking)

    assert (booking["check_out"], booking["checked_out_on"]) == (
        desk.day(1).isoformat(),
        desk.day(3).isoformat(),
    )
    assert desk.segments(booking) == [("L1", 0, 3)]
    assert desk.sold() == {0: 1, 1: 1, 2: 1}


def test_who_leaves_late_was_there_until_the_next_guests_first_night(desk: Desk) -> None:
    booking = desk.in_house(0, 1, room="L1")
    desk.confirmed(2, 4, room="L1")
    desk.wait_days(3)
    desk.check_out(booking)

    assert desk.segments(booking) == [("L1", 0, 2)]


def test_who_leaves_late_is_not_held_back_by_a_sold_out_night(desk: Desk) -> None:
    booking = desk.in_house(0, 1, room_type="CABIN", room="C1")
    desk.confirmed(1, 2, room_type="CABIN")
    desk.wait_days(2)
    desk.check_out(booking)

    assert desk.segments(booking) == [("C1", 0, 2)]
    assert desk.sold("CABIN") == {0: 1, 1: 2}


def test_twice_is_once(desk: Desk) -> None:
    booking = desk.in_house(0, 0)

    assert desk.check_out(booking) == desk.check_out(booking)
    assert desk.events(booking).count("booking.checked_out") == 1


def test_refuses_before_the_last_day(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    desk.wait_days()
    with refused("stay_has_nights_left") as caught:
        desk.check_out(booking)
    assert "change_stay_dates" in (caught.value.diag.message_hint or "")


def test_refuses_an_open_folio_without_a_note(desk: Desk) -> None:
    booking = desk.in_house(0, 0)
    charge(desk, booking)
    with refused("folio_not_settled"):
        desk.check_out(booking)
    assert desk.room("L1")["occupancy"] == "occupied"


def test_a_note_says_why_the_folio_stays_open(desk: Desk) -> None:
    booking = desk.in_house(0, 0)
    charge(desk, booking)
    desk.check_out(booking, note="company pays")

    assert (
        desk.one("select closed_note from public.folios where booking_id = %s", booking["id"])
        == "company pays"
    )


def test_refuses_a_guest_who_never_came(desk: Desk) -> None:
    booking = desk.confirmed(0, 1, room="L1")
    with refused("guest_not_in_house"):
        desk.check_out(booking)


def test_refuses_the_wrong_role(desk: Desk) -> None:
    booking = desk.in_house(0, 0)
    with refused("permission_missing", 403):
        desk.check_out(booking, by=HOUSEKEEPER)


def test_does_not_find_another_hotels_booking(desk: Desk) -> None:
    booking = desk.in_house(0, 0)
    with refused("booking_not_found", 404):
        desk.check_out(booking, by=STRANGER)


def test_checked_out_twice_at_once_is_one_departure(desk: Desk) -> None:
    booking = desk.in_house(0, 0)

    one, two = desk.at_once(
        lambda c: desk.check_out(booking, conn=c), lambda c: desk.check_out(booking, conn=c)
    )

    assert one == two
    assert desk.events(booking).count("booking.checked_out") == 1


def test_an_extension_at_the_same_moment_comes_too_late(desk: Desk) -> None:
    booking = desk.in_house(0, 0)

    left, lost = desk.at_once(
        lambda c: desk.check_out(booking, conn=c), lambda c: desk.change(booking, leaves=2, conn=c)
    )

    assert left["checkin_status"] == "CHECKED_OUT"
    assert slug(lost) == "booking_checked_out"


@pytest.mark.shows("template/checkout_summary")
def test_the_summary_says_what_was_paid(desk: Desk) -> None:
    booking = desk.in_house(0, 0, room="L1", guest="Ana Paid")
    charge(desk, booking)
    folio = desk.one("select id::text from public.folios where booking_id = %s", booking["id"])
    paid = {"folio_id": folio, "amount": "500", "method": "cash"}
    desk.call("take_payment", p_payment=Jsonb(paid), p_idempotency_key=f"paid:{booking['id']}")

    desk.check_out(booking)

    said = desk.one(
        "select variables from public.notification_log"
        " where booking_id = %s and event_key = 'checkout_summary'",
        booking["id"],
    )
    assert (said["total"], said["balance"]) == ("PKR 500", "PKR 0")
