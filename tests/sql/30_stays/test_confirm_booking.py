"""confirm_booking: the house promises the stay."""

import re

import pytest

from tests.desk import HOUSEKEEPER, STRANGER, Desk, refused, slug


@pytest.mark.shows(
    "code/made_when_confirmed", "notification/booking_confirmed_whatsapp", "template/welcome_with_portal"
)
def test_takes_the_nights_of_the_type_and_makes_the_code(desk: Desk) -> None:
    booking = desk.confirm(desk.book(1, 3))

    assert (booking["status"], booking["room_number"]) == ("confirmed", None)
    assert re.fullmatch("[2-9A-HJ-NP-Z]{6}", booking["code"])
    assert desk.sold() == {1: 1, 2: 1}
    # of a guest without phone or mail reception hears instead
    assert desk.events(booking) == ["booking.created", "request.created", "booking.confirmed"]
    assert desk.messages(booking) == ["welcome_with_portal"]


def test_gives_the_room_wished_for(desk: Desk) -> None:
    booking = desk.confirm(desk.book(1, 3, room="L2"))

    assert booking["room_number"] == "L2"
    assert desk.segments(booking) == [("L2", 1, 3)]
    assert desk.sold() == {1: 1, 2: 1}


def test_gives_another_room_than_the_one_wished_for(desk: Desk) -> None:
    booking = desk.confirm(desk.book(1, 3, room="L2", status="pending"), room="L1")

    assert desk.segments(booking) == [("L1", 1, 3)]
    assert desk.segments(booking, released=True) == [("L2", 1, 3)]
    assert desk.sold() == {1: 1, 2: 1}


def test_an_upgrade_counts_on_the_type_of_the_room(desk: Desk) -> None:
    desk.confirm(desk.book(1, 3, room_type="CABIN"), room="L1")

    assert (desk.sold("CABIN"), desk.sold("LOFT")) == ({}, {1: 1, 2: 1})


def test_a_departure_day_is_the_next_arrival_day(desk: Desk) -> None:
    desk.confirmed(1, 3, room="L1")
    later = desk.confirmed(3, 5, room="L1")

    assert desk.segments(later) == [("L1", 3, 5)]


def test_twice_is_once(desk: Desk) -> None:
    booking = desk.book(1, 3)

    assert desk.confirm(booking) == desk.confirm(booking)
    assert desk.sold() == {1: 1, 2: 1}
    assert desk.events(booking).count("booking.confirmed") == 1
    assert desk.messages(booking) == ["welcome_with_portal"]


def test_refuses_the_wrong_role(desk: Desk) -> None:
    booking = desk.book()
    with refused("permission_missing", 403):
        desk.confirm(booking, by=HOUSEKEEPER)


def test_does_not_find_another_hotels_booking(desk: Desk) -> None:
    booking = desk.book()
    with refused("booking_not_found", 404):
        desk.confirm(booking, by=STRANGER)


def test_does_not_find_a_booking_of_a_property_the_caller_does_not_work_at(desk: Desk) -> None:
    booking = desk.book()
    with desk.bound_to("CLF"), refused("booking_not_found", 404):
        desk.confirm(booking)


def test_refuses_what_was_cancelled(desk: Desk) -> None:
    booking = desk.book()
    desk.cancel(booking)
    with refused("booking_not_open"):
        desk.confirm(booking)


def test_refuses_another_room_once_confirmed(desk: Desk) -> None:
    booking = desk.confirmed(1, 3, room="L1")
    with refused("booking_not_open") as caught:
        desk.confirm(booking, room="L2")
    assert "move_room" in (caught.value.diag.message_hint or "")


def test_refuses_a_stay_that_is_over(desk: Desk) -> None:
    booking = desk.book(0, 1)
    desk.wait_days(2)
    with refused("stay_is_over"):
        desk.confirm(booking)


def test_refuses_a_sold_out_type_and_says_what_is_free(desk: Desk) -> None:
    desk.confirmed(1, 3)
    desk.confirmed(2, 4)
    third = desk.book(1, 3)
    with refused("room_type_is_not_oversold") as caught:
        desk.confirm(third)
    assert caught.value.diag.message_hint == "Free on these nights: Cabin C1."


def test_refuses_a_room_that_is_taken_and_says_what_is_free(desk: Desk) -> None:
    desk.confirmed(1, 3, room="L1")
    second = desk.book(2, 4, room="L1")
    with refused("room_is_not_double_booked") as caught:
        desk.confirm(second)
    assert caught.value.diag.message_hint == "Free on these nights: Cabin C1; Loft L2."


def test_refuses_a_room_out_of_order(desk: Desk) -> None:
    desk.block("L1", 2, 3)
    booking = desk.book(1, 3, room="L1")
    with refused("room_is_not_double_booked"):
        desk.confirm(booking)


def test_an_allowance_sells_one_more_than_there_are(desk: Desk) -> None:
    desk.db.execute(
        "update public.room_types set overbooking_allowance = 1 where code = %s", (f"{desk.code}CABIN",)
    )
    desk.confirmed(1, 2, room_type="CABIN")
    desk.confirmed(1, 2, room_type="CABIN")

    third = desk.book(1, 2, room_type="CABIN")
    with refused("room_type_is_not_oversold"):
        desk.confirm(third)


def test_of_two_at_once_for_the_last_room_of_a_type_one_is_confirmed(desk: Desk) -> None:
    one, two = (desk.book(1, 3, room_type="CABIN") for _ in range(2))

    won, lost = desk.at_once(lambda c: desk.confirm(one, conn=c), lambda c: desk.confirm(two, conn=c))

    assert won["status"] == "confirmed"
    assert slug(lost) == "room_type_is_not_oversold"
    assert desk.sold("CABIN") == {1: 1, 2: 1}


def test_of_two_at_once_for_one_room_one_gets_it(desk: Desk) -> None:
    one, two = (desk.book(1, 3, room="L1") for _ in range(2))

    won, lost = desk.at_once(lambda c: desk.confirm(one, conn=c), lambda c: desk.confirm(two, conn=c))

    assert won["room_number"] == "L1"
    assert slug(lost) == "room_is_not_double_booked"


def test_of_eight_at_once_exactly_as_many_win_as_there_are_rooms(desk: Desk) -> None:
    nights = [(1, 3), (3, 5), (2, 4), (1, 5)] * 2
    bookings = [desk.book(*dates) for dates in nights]

    outcomes = desk.all_at_once([lambda c, b=b: desk.confirm(b, conn=c) for b in bookings])  # type: ignore[misc]

    lost = [slug(outcome) for outcome in outcomes if not isinstance(outcome, dict)]
    assert set(lost) <= {"room_type_is_not_oversold"}
    assert max(desk.sold().values()) == 2
    assert sum(desk.sold().values()) == sum(o["nights"] for o in outcomes if isinstance(o, dict))


def test_confirmed_twice_at_once_is_one_confirmation(desk: Desk) -> None:
    booking = desk.book(1, 3)

    one, two = desk.at_once(lambda c: desk.confirm(booking, conn=c), lambda c: desk.confirm(booking, conn=c))

    assert one == two
    assert desk.sold() == {1: 1, 2: 1}


@pytest.mark.shows("notification/booking_confirmed_email")
def test_whose_address_is_known_gets_it_in_writing_once(desk: Desk) -> None:
    booking = desk.book(1, 3)
    desk.db.execute(
        "update public.guests set email = 'noor@guests.example' where id = %s", (booking["guest_id"],)
    )
    desk.confirm(booking)
    desk.confirm(booking)

    mails = desk.db.execute(
        "select event_key, recipient from public.notification_log"
        " where booking_id = %s and channel = 'email' and fallback_of is null",
        (booking["id"],),
    ).fetchall()
    assert mails == [("booking_confirmation", "noor@guests.example")]
