"""stays_cover_their_booking: at commit the rooms of a booking fit its dates, whoever types it."""

import pytest

from tests.desk import Booking, Desk, refused


@pytest.mark.parametrize(
    "statement",
    [
        "update public.bookings set check_out = check_out + 1, total_price = total_price * 2 where id = %s",
        "update public.bookings set check_in = check_in - 1, total_price = total_price * 2 where id = %s",
        "update public.bookings set room_id = null where id = %s",
        "update public.bookings set status = 'cancelled', cancelled_at = now() where id = %s",
        "update public.bookings as b set room_id = r.id from public.rooms as r"
        " where b.id = %s and r.property_id = b.property_id and r.room_number = 'L2'",
        "update public.stays set ends_on = ends_on - 1 where booking_id = %s",
        "update public.stays set ends_on = ends_on + 1 where booking_id = %s",
        "update public.stays set starts_on = starts_on + 1 where booking_id = %s",
        "update public.stays set released_at = now() where booking_id = %s",
        "delete from public.stays where booking_id = %s",
    ],
)
def test_refuses_what_does_not_fit(desk: Desk, statement: str) -> None:
    booking = desk.confirmed(1, 4, room="L1")
    with refused("stays_cover_their_booking"):
        desk.db.execute(statement.encode(), (booking["id"],))


def test_refuses_a_gap_between_two_rooms(desk: Desk) -> None:
    booking = desk.in_house(0, 4, room="L1")
    desk.wait_days()
    desk.move(booking, "L2")
    with refused("stays_cover_their_booking"):
        desk.db.execute(
            "update public.stays set starts_on = starts_on + 1 where booking_id = %s and room_id = %s",
            (booking["id"], desk.rooms["L2"]),
        )


def test_is_asked_at_commit_so_that_both_may_change_together(desk: Desk) -> None:
    booking = desk.confirmed(1, 4, room="L1")
    with desk.db.transaction():
        desk.db.execute(
            "update public.bookings set check_out = check_out + 1, total_price = total_price * 2"
            " where id = %s",
            (booking["id"],),
        )
        desk.db.execute(
            "update public.stays set ends_on = ends_on + 1 where booking_id = %s", (booking["id"],)
        )

    assert desk.segments(booking) == [("L1", 1, 5)]
    assert desk.sold() == {1: 1, 2: 1, 3: 1, 4: 1}


def test_without_its_triggers_the_mistake_would_pass(desk: Desk) -> None:
    booking = desk.confirmed(1, 4, room="L1")
    with desk.without_trigger("public.stays", "stays__cover_booking"):
        desk.db.execute(
            "update public.stays set ends_on = ends_on - 1 where booking_id = %s", (booking["id"],)
        )

    assert uncovered(desk, booking)


def uncovered(desk: Desk, booking: Booking) -> bool:
    """Whether the last night has no room."""
    return desk.segments(booking) == [("L1", 1, 3)]
