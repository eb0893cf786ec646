"""Rooms are listed as they lie along a corridor, not as words are sorted."""

from functions.pages.inbox.rows import door


def test_doors_are_in_the_order_of_their_numbers() -> None:
    rooms = [{"room_number": number} for number in ("11", "G10", "208", None, "3", "12A", "G6", "12", "²")]
    assert [room["room_number"] for room in sorted(rooms, key=door)] == [
        "3", "11", "12", "12A", "208", "G6", "G10", None, "²",
    ]  # fmt: skip
