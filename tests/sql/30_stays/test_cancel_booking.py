"""cancel_booking: a stay that has not begun will not be."""

import pytest

from tests.desk import HOUSEKEEPER, STRANGER, Desk, refused, slug


def test_gives_nights_and_room_back(desk: Desk) -> None:
    booking = desk.cancel(desk.confirmed(1, 3, room="L1"), "missed the flight ")

    assert (booking["status"], booking["cancel_reason"]) == ("cancelled", "missed the flight")
    assert booking["cancelled_at"] is not None
    assert (desk.sold(), desk.segments(booking)) == ({}, [])
    assert desk.segments(booking, released=True) == [("L1", 1, 3)]
    assert desk.events(booking)[-1] == "booking.cancelled"


def test_gives_the_nights_of_a_type_back(desk: Desk) -> None:
    desk.cancel(desk.confirmed(1, 3))

    assert desk.sold() == {}


def test_frees_the_room_for_the_next_guest(desk: Desk) -> None:
    desk.cancel(desk.confirmed(1, 3, room="L1"))

    assert desk.segments(desk.confirmed(1, 3, room="L1")) == [("L1", 1, 3)]


def test_closes_the_portal(desk: Desk) -> None:
    assert desk.cancel(desk.confirmed(0, 2))["state"] is None


def test_cancels_open_requests_with_the_reason(desk: Desk) -> None:
    booking = desk.confirmed(0, 2)
    request = desk.ask(booking, "concierge")

    desk.cancel(booking, "missed the flight")

    assert desk.one("select outcome from portal.requests where id = %s", request) == "cancelled"
    assert "missed the flight" in desk.one(
        "select input::text from portal.request_status_history"
        " where request_id = %s and to_status = 'cancelled'",
        request,
    )


def test_twice_is_once(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)

    assert desk.cancel(booking, "first") == desk.cancel(booking, "second")
    assert desk.events(booking).count("booking.cancelled") == 1


@pytest.mark.parametrize("reason", [None, "  "])
def test_refuses_to_cancel_without_a_reason(desk: Desk, reason: str | None) -> None:
    booking = desk.confirmed(1, 3)
    with refused("reason_missing", 422):
        desk.cancel(booking, reason)


def test_refuses_a_guest_in_house(desk: Desk) -> None:
    booking = desk.in_house()
    with refused("booking_in_house"):
        desk.cancel(booking)


def test_refuses_a_guest_who_has_left(desk: Desk) -> None:
    booking = desk.in_house(0, 0)
    desk.check_out(booking)
    with refused("booking_checked_out"):
        desk.cancel(booking)


def test_refuses_a_no_show(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)
    desk.db.execute("update public.bookings set status = 'no_show' where id = %s", (booking["id"],))
    with refused("booking_is_a_no_show"):
        desk.cancel(booking)


def test_refuses_the_wrong_role(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)
    with refused("permission_missing", 403):
        desk.cancel(booking, by=HOUSEKEEPER)


def test_does_not_find_another_hotels_booking(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)
    with refused("booking_not_found", 404):
        desk.cancel(booking, by=STRANGER)


def test_a_check_in_at_the_same_moment_comes_too_late(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")

    cancelled, lost = desk.at_once(
        lambda c: desk.cancel(booking, conn=c), lambda c: desk.check_in(booking, conn=c)
    )

    assert cancelled["status"] == "cancelled"
    assert slug(lost) == "booking_not_confirmed"
    assert "cancelled" in str(lost)
