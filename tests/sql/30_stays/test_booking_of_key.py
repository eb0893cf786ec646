"""booking_of_key: the booking that a key has already made."""

from typing import Any

import pytest

from tests.desk import MANAGER, Desk, refused


def test_another_callers_key_with_the_same_words_is_the_same_booking(desk: Desk) -> None:
    assert desk.book(key="walk-in-1")["id"] == desk.book(key="walk-in-1", by=MANAGER)["id"]


@pytest.mark.parametrize(
    "changed",
    [{"leaves": 3}, {"adults": 2}, {"room": "L1"}, {"status": "pending"}, {"total_price": 5}],
    ids=lambda changed: next(iter(changed)),
)
def test_refuses_it_with_anything_else(desk: Desk, changed: dict[str, Any]) -> None:
    desk.book(key="walk-in-1")
    with refused("idempotency_key_reused", 422):
        desk.book(key="walk-in-1", by=MANAGER, **changed)


def test_later_changes_do_not_make_it_another_booking(desk: Desk) -> None:
    booking = desk.book(key="walk-in-1")
    desk.change(booking, leaves=5)

    assert desk.book(key="walk-in-1", by=MANAGER)["id"] == booking["id"]


def test_a_change_of_a_booking_holds_up_nothing_that_refers_to_it(desk: Desk) -> None:
    """The key's digest is generated: a plain unique index over it would have every update lock the key."""
    booking = desk.book(key="walk-in-1")
    with desk.database.connect() as changing, changing.transaction():
        changing.execute("update public.bookings set adults = 2 where id = %s", (booking["id"],))
        refer = "select id::text from public.bookings where id = %s for key share nowait"
        assert desk.db.execute(refer, (booking["id"],)).fetchone() == (booking["id"],)
