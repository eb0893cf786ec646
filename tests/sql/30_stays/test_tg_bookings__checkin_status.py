"""checkin_status_only_moves_forward: a guest arrives once and leaves once, whoever types it."""

import pytest

from tests.desk import Desk, refused


@pytest.mark.parametrize("status", ["PENDING", "CHECKED_IN"])
def test_nobody_comes_back_from_check_out(desk: Desk, status: str) -> None:
    booking = desk.check_out(desk.in_house(0, 0))
    with refused("checkin_status_only_moves_forward"):
        desk.db.execute(
            "update public.bookings set checkin_status = %s where id = %s", (status, booking["id"])
        )


def test_nobody_leaves_before_arriving(desk: Desk) -> None:
    booking = desk.confirmed(0, 1, room="L1")
    with refused("checkin_status_only_moves_forward"):
        desk.db.execute(
            "update public.bookings set checkin_status = 'CHECKED_OUT' where id = %s", (booking["id"],)
        )


def test_nobody_unarrives(desk: Desk) -> None:
    booking = desk.in_house()
    with refused("checkin_status_only_moves_forward"):
        desk.db.execute(
            "update public.bookings set checkin_status = 'PENDING' where id = %s", (booking["id"],)
        )
