"""change_stay_dates: a stay comes earlier or later, grows or shrinks."""

from decimal import Decimal

import pytest

from tests.desk import HOUSEKEEPER, STRANGER, Desk, refused, slug


def test_an_extension_takes_nights_and_costs_more(desk: Desk) -> None:
    booking = desk.change(desk.in_house(0, 2, room="L1"), leaves=4)

    assert (booking["nights"], booking["total_price"]) == (4, 40000)
    assert desk.segments(booking) == [("L1", 0, 4)]
    assert desk.sold() == {0: 1, 1: 1, 2: 1, 3: 1}
    assert desk.events(booking)[-1] == "booking.dates_changed"


@pytest.mark.parametrize("nights", [0, 1, 2, 7, 366])
@pytest.mark.parametrize("total", ["100.00", "0.02", "99999999.99"])
def test_there_and_back_costs_the_same(desk: Desk, total: str, nights: int) -> None:
    booking = desk.book(1, 4, total_price=total)
    there = desk.change(booking, leaves=1 + nights)
    back = desk.change(there, leaves=4)

    assert there["total_price"] >= there["nightly_rate"] * max(nights, 1)
    assert (back["total_price"], back["nightly_rate"]) == (booking["total_price"], booking["nightly_rate"])
    assert Decimal(str(back["total_price"])) == Decimal(total)


def test_what_does_not_divide_stays_with_the_stay(desk: Desk) -> None:
    booking = desk.book(1, 4, total_price=100)

    assert booking["nightly_rate"] == 33.33
    assert desk.change(booking, leaves=2)["total_price"] == 33.34
    assert desk.change(booking, leaves=1)["total_price"] == 33.34
    assert desk.change(booking, leaves=5)["total_price"] == 133.33


def test_the_way_there_does_not_change_the_price(desk: Desk) -> None:
    booking, straight = (desk.book(1, 4, total_price=100) for _ in range(2))
    for leaves in (2, 12, 1, 8):
        desk.change(booking, leaves=leaves)

    assert desk.change(booking, leaves=6)["total_price"] == desk.change(straight, leaves=6)["total_price"]


def test_shortening_gives_nights_back(desk: Desk) -> None:
    booking = desk.in_house(0, 4, room="L1")
    desk.wait_days()
    booking = desk.change(booking, leaves=1)

    assert (booking["state"], booking["total_price"]) == ("departure_day", 10000)
    assert desk.segments(booking) == [("L1", 0, 1)]
    assert desk.sold() == {0: 1}
    assert desk.check_out(booking)["checkin_status"] == "CHECKED_OUT"


def test_shortened_on_the_day_of_arrival_it_is_a_day_use(desk: Desk) -> None:
    booking = desk.change(desk.in_house(0, 4, room="L1"), leaves=0)

    assert desk.segments(booking) == [("L1", 0, 0)]
    assert desk.sold() == {0: 1}


def test_a_day_use_that_stays_the_night(desk: Desk) -> None:
    booking = desk.change(desk.in_house(0, 0, room="L1"), leaves=2)

    assert desk.segments(booking) == [("L1", 0, 2)]
    assert desk.sold() == {0: 1, 1: 1}


def test_shortened_on_the_day_of_a_move_the_new_room_is_given_back(desk: Desk) -> None:
    booking = desk.in_house(0, 4, room="L1")
    desk.wait_days()
    desk.move(booking, "L2")
    desk.change(booking, leaves=1)

    assert desk.segments(booking) == [("L1", 0, 1)]
    assert desk.check_out(booking)["room_number"] == "L2"
    assert desk.room("L2")["cleanliness"] == "dirty"


def test_extended_again_it_goes_on_in_the_new_room(desk: Desk) -> None:
    booking = desk.in_house(0, 4, room="L1")
    desk.wait_days()
    desk.move(booking, "L2")
    desk.change(booking, leaves=1)
    desk.change(booking, leaves=3)

    assert desk.segments(booking) == [("L1", 0, 1), ("L2", 1, 3)]


def test_who_has_stayed_too_long_can_stay_on(desk: Desk) -> None:
    booking = desk.in_house(0, 1, room="L1")
    desk.wait_days(2)
    desk.change(booking, leaves=4)

    assert desk.segments(booking) == [("L1", 0, 4)]


def test_before_arrival_both_dates_move(desk: Desk) -> None:
    booking = desk.change(desk.confirmed(1, 3, room="L1"), 2, 5)

    assert desk.segments(booking) == [("L1", 2, 5)]
    assert desk.sold() == {2: 1, 3: 1, 4: 1}


def test_before_arrival_the_nights_of_a_type_move(desk: Desk) -> None:
    desk.change(desk.confirmed(1, 3), 2, 5)

    assert desk.sold() == {2: 1, 3: 1, 4: 1}


def test_a_draft_moves_freely(desk: Desk) -> None:
    booking = desk.change(desk.book(1, 3, room="L1"), 2, 5)

    assert (booking["nights"], desk.sold(), desk.segments(booking)) == (3, {}, [])


def test_the_booking_may_take_its_own_last_room(desk: Desk) -> None:
    booking = desk.change(desk.confirmed(1, 3, room_type="CABIN"), leaves=4)

    assert booking["nights"] == 3


def test_twice_is_once(desk: Desk) -> None:
    booking = desk.in_house(0, 2)

    assert desk.change(booking, leaves=4) == desk.change(booking, leaves=4)
    assert desk.events(booking).count("booking.dates_changed") == 1


def test_refuses_a_room_promised_to_the_next_guest_and_says_what_is_free(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    desk.confirmed(2, 4, room="L1")
    with refused("room_is_not_double_booked") as caught:
        desk.change(booking, leaves=3)
    assert caught.value.diag.message_hint == "Free on these nights: Cabin C1; Loft L2."


def test_refuses_a_sold_out_type(desk: Desk) -> None:
    booking = desk.confirmed(1, 2, room_type="CABIN")
    desk.confirmed(2, 3, room_type="CABIN")
    with refused("room_type_is_not_oversold"):
        desk.change(booking, leaves=3)


def test_refuses_another_arrival_once_in_house(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    with refused("arrival_is_past"):
        desk.change(booking, arrives=1)


def test_refuses_a_departure_in_the_past(desk: Desk) -> None:
    booking = desk.in_house(0, 4)
    desk.wait_days(2)
    with refused("stay_is_over"):
        desk.change(booking, leaves=1)


def test_refuses_dates_in_the_wrong_order_or_too_long(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)
    with refused("booking_check_out_is_not_before_check_in", 422):
        desk.change(booking, 3, 1)
    with refused("booking_is_at_most_a_year", 422):
        desk.change(booking, 1, 400)


def test_refuses_what_was_cancelled_or_has_been(desk: Desk) -> None:
    cancelled, left = desk.confirmed(1, 3), desk.in_house(0, 0)
    desk.cancel(cancelled)
    desk.check_out(left)
    with refused("booking_not_open"):
        desk.change(cancelled, leaves=4)
    with refused("booking_checked_out"):
        desk.change(left, leaves=4)


def test_refuses_the_wrong_role(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)
    with refused("permission_missing", 403):
        desk.change(booking, leaves=4, by=HOUSEKEEPER)


def test_does_not_find_another_hotels_booking(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)
    with refused("booking_not_found", 404):
        desk.change(booking, leaves=4, by=STRANGER)


def test_an_extension_and_a_booking_at_once_for_the_last_night(desk: Desk) -> None:
    staying = desk.in_house(0, 1, room_type="CABIN", room="C1")
    coming = desk.book(1, 2, room_type="CABIN")

    won, lost = desk.at_once(
        lambda c: desk.change(staying, leaves=2, conn=c), lambda c: desk.confirm(coming, conn=c)
    )

    assert won["nights"] == 2
    assert slug(lost) == "room_type_is_not_oversold"


def test_extended_and_shortened_at_once_the_later_word_stands(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")

    _, last = desk.at_once(
        lambda c: desk.change(booking, leaves=4, conn=c), lambda c: desk.change(booking, leaves=1, conn=c)
    )

    assert last["check_out"] == desk.day(1).isoformat()
    assert desk.segments(booking) == [("L1", 0, 1)]
    assert desk.sold() == {0: 1}
