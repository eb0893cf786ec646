"""api.rooms: the house as it stands, in the one word of the room board."""

import pytest

from tests.desk import Desk


def status(desk: Desk, number: str) -> str:
    """What the room board says."""
    rows = desk.seen(
        "select status from api.rooms where property_id = %s and room_number = %s", desk.property_id, number
    )
    return str(rows[0][0])


def test_a_clean_empty_room_is_available(desk: Desk) -> None:
    assert status(desk, "L1") == "available"


def test_a_room_with_a_guest_is_occupied_even_if_closed_from_today(desk: Desk) -> None:
    desk.in_house(0, 2, room="L1")
    desk.block("L1", 0, 1)

    assert status(desk, "L1") == "occupied"


@pytest.mark.parametrize("kind", ["out_of_order", "out_of_service"])
def test_a_room_closed_today_is_in_maintenance_and_the_day_after_not(desk: Desk, kind: str) -> None:
    desk.block("L1", 0, 1, kind)
    assert status(desk, "L1") == "maintenance"

    desk.wait_days()
    assert status(desk, "L1") == "available"


@pytest.mark.parametrize("cleanliness", ["dirty", "pickup"])
def test_a_room_that_is_not_clean_is_being_cleaned(desk: Desk, cleanliness: str) -> None:
    desk.mark("L1", cleanliness=cleanliness)

    assert status(desk, "L1") == "cleaning"
