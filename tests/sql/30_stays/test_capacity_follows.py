"""What may be sold follows rooms, blocks and the allowance; what is sold is never unsold by them."""

from tests.desk import Desk, refused


def capacity(desk: Desk, day: int, room_type: str = "LOFT") -> int:
    """What may be sold of a type for a night that has been asked for."""
    found: int = desk.one(
        "select n.capacity"
        " from public.room_type_nights as n join public.room_types as t on t.id = n.room_type_id"
        " where t.code = %s and n.night = %s",
        desk.code + room_type,
        desk.day(day),
    )
    return found


def test_tg_room_blocks__capacity(desk: Desk) -> None:
    desk.confirmed(1, 3)
    desk.block("L1", 2, 3)
    assert (capacity(desk, 1), capacity(desk, 2)) == (2, 1)

    desk.db.execute(
        "update public.room_blocks set released_at = now() where room_id = %s", (desk.rooms["L1"],)
    )
    assert capacity(desk, 2) == 2


def test_tg_rooms__capacity_when_a_room_closes_for_good(desk: Desk) -> None:
    desk.confirmed(1, 3)
    desk.db.execute("update public.rooms set is_active = false where id = %s", (desk.rooms["L1"],))

    assert capacity(desk, 1) == 1


def test_tg_rooms__capacity_when_a_room_changes_its_type(desk: Desk) -> None:
    desk.confirmed(1, 3, room="L1")
    desk.confirmed(1, 3, room_type="CABIN")
    desk.db.execute(
        "update public.rooms set room_type_id = (select id from public.room_types where code = %s)"
        " where id = %s",
        (f"{desk.code}CABIN", desk.rooms["L1"]),
    )

    assert (desk.sold(), desk.sold("CABIN")) == ({}, {1: 2, 2: 2})
    assert (capacity(desk, 1), capacity(desk, 1, "CABIN")) == (1, 2)


def test_tg_room_types__capacity(desk: Desk) -> None:
    desk.confirmed(1, 3)
    desk.db.execute(
        "update public.room_types set overbooking_allowance = 3 where code = %s", (f"{desk.code}LOFT",)
    )

    assert capacity(desk, 1) == 5


def test_a_room_that_breaks_after_the_sale_does_not_unsell_it(desk: Desk) -> None:
    desk.confirmed(1, 3, room_type="CABIN")
    desk.block("C1", 1, 3)
    assert (capacity(desk, 1, "CABIN"), desk.sold("CABIN")) == (1, {1: 1, 2: 1})

    next_one = desk.book(1, 2, room_type="CABIN")
    with refused("room_type_is_not_oversold"):
        desk.confirm(next_one)


def test_a_block_and_a_sale_at_once_do_not_pass_each_other(desk: Desk) -> None:
    booking = desk.book(1, 2, room_type="CABIN")

    _, lost = desk.at_once(
        lambda c: c.execute(
            "insert into public.room_blocks (tenant_id, room_id, kind, starts_on, ends_on, reason)"
            " values (%s, %s, 'out_of_order', %s, %s, 'a burst pipe')",
            (desk.tenant_id, desk.rooms["C1"], desk.day(1), desk.day(2)),
        ),
        lambda c: desk.confirm(booking, conn=c),
    )

    assert desk.sold("CABIN") == {}
    assert "sold out" in str(lost)
