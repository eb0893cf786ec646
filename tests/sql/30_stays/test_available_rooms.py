"""available_rooms: the one answer to "what is free"."""

from typing import Any

from tests.desk import Booking, Desk


def free(
    desk: Desk, arrives: int, leaves: int, booking: Booking | None = None
) -> dict[str, tuple[int, list[str]]]:
    """How many of each type can be sold, and which rooms are free."""
    with desk.db.transaction():
        desk.db.execute("select app.act_as_member('reception@hamsun.example')")
        rows: list[Any] = desk.db.execute(
            "select room_type_name, sellable, room_numbers from app.available_rooms(%s, %s, %s, %s)",
            (desk.property_id, desk.day(arrives), desk.day(leaves), booking and booking["id"]),
        ).fetchall()
    return {name: (sellable, numbers) for name, sellable, numbers in rows}


def test_an_empty_house_is_free(desk: Desk) -> None:
    assert free(desk, 0, 3) == {"Loft": (2, ["L1", "L2"]), "Cabin": (1, ["C1"])}


def test_a_room_given_is_subtracted_on_its_nights(desk: Desk) -> None:
    desk.confirmed(1, 3, room="L1")

    assert free(desk, 1, 2)["Loft"] == (1, ["L2"])
    assert free(desk, 0, 1)["Loft"] == (2, ["L1", "L2"])
    assert free(desk, 3, 4)["Loft"] == (2, ["L1", "L2"])


def test_a_booking_without_a_room_is_subtracted_from_its_type(desk: Desk) -> None:
    desk.confirmed(1, 3)

    assert free(desk, 0, 4)["Loft"] == (1, ["L1", "L2"])


def test_a_hold_is_subtracted_and_a_draft_is_not(desk: Desk) -> None:
    desk.book(1, 3, status="pending")
    desk.book(1, 3)

    assert free(desk, 1, 3)["Loft"] == (1, ["L1", "L2"])


def test_a_room_out_of_order_leaves_inventory_and_one_out_of_service_does_not(desk: Desk) -> None:
    desk.block("L1", 1, 2)
    desk.block("L2", 1, 2, kind="out_of_service")

    assert free(desk, 0, 3)["Loft"] == (1, ["L2"])
    assert free(desk, 2, 3)["Loft"] == (2, ["L1", "L2"])


def test_a_released_block_and_a_cancelled_booking_give_back(desk: Desk) -> None:
    desk.block("L1", 1, 2)
    desk.cancel(desk.confirmed(1, 3, room="L2"))
    desk.db.execute(
        "update public.room_blocks set released_at = now() where room_id = %s", (desk.rooms["L1"],)
    )

    assert free(desk, 1, 3)["Loft"] == (2, ["L1", "L2"])


def test_what_the_booking_itself_holds_is_not_in_its_way(desk: Desk) -> None:
    booking = desk.confirmed(1, 3, room_type="CABIN", room="C1")

    assert free(desk, 1, 4)["Cabin"] == (0, [])
    assert free(desk, 1, 4, booking)["Cabin"] == (1, ["C1"])


def test_a_day_use_fits_between_a_departure_and_not_into_a_stay(desk: Desk) -> None:
    desk.confirmed(1, 3, room="L1")

    assert "L1" in free(desk, 3, 3)["Loft"][1]
    assert "L1" not in free(desk, 2, 2)["Loft"][1]


def test_ready_rooms_come_first(desk: Desk) -> None:
    desk.mark("L1", cleanliness="dirty")

    assert free(desk, 0, 1)["Loft"][1] == ["L2", "L1"]


def test_a_room_no_longer_in_use_is_not_offered(desk: Desk) -> None:
    desk.db.execute("update public.rooms set is_active = false where id = %s", (desk.rooms["L1"],))

    assert free(desk, 0, 1)["Loft"] == (1, ["L2"])
