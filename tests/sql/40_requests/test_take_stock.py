"""take_stock: what an order takes from the shelf, and never more than there is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.house import Database
from tests.races import Connection, all_at_once
from tests.world import MANAGER, RECEPTION, Refused, World

ORDER = {
    "type_slug": "mini_shop",
    "items": [{"sku": "cola", "quantity": 2}, {"sku": "water", "quantity": 1}],
}
COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}
TOWEL = {"type_slug": "housekeeping", "subtype": "towels", "items": [{"sku": "towel", "quantity": 1}]}
SHELF = (
    "select i.id, i.stock from portal.catalog_items i join public.properties p on p.id = i.property_id"
    " where p.code = 'FSL' and i.sku = %s"
)


def ask(world: World, request: dict[str, Any]) -> Any:
    with world.guest("Marutani"):
        return world.submit(request, "k")["body"]["request"]["id"]


def take(world: World, request: Any, *lines: dict[str, Any]) -> None:
    """As a command calls it: in the guest's name, with engine's rights."""
    with world.owner():
        world.conn.execute("select app.set_caller(tenant_id) from portal.requests where id = %s", (request,))
        world.conn.execute("set local role engine")
        world.conn.execute("select app.take_stock(%s, %s)", (request, Jsonb({"lines": lines})))


def line(item: Any, quantity: int, is_counted: bool = True) -> dict[str, Any]:
    return {"item_id": str(item), "quantity": quantity, "is_counted": is_counted}


def moves(world: World, request: Any) -> list[tuple[Any, ...]]:
    return world.rows(
        "select i.sku, m.reason, m.delta"
        " from portal.stock_moves m join portal.catalog_items i on i.id = m.item_id"
        " where m.request_id = %s order by 1, 2",
        request,
    )


@pytest.mark.shows("subflow/mini_shop_stock")
def test_an_order_takes_each_item_and_says_why(undone: World) -> None:
    before = {sku: undone.rows(SHELF, sku)[0][1] for sku in ("cola", "water")}
    request = ask(undone, ORDER)
    after = {sku: undone.rows(SHELF, sku)[0][1] for sku in ("cola", "water")}
    assert {sku: before[sku] - after[sku] for sku in before} == {"cola": 2, "water": 1}
    assert moves(undone, request) == [("cola", "ordered", -2), ("water", "ordered", -1)]


def test_what_is_not_counted_is_not_taken(undone: World) -> None:
    assert moves(undone, ask(undone, TOWEL)) == []


def test_it_takes_only_the_counted_lines(undone: World) -> None:
    request = ask(undone, TOWEL)
    [(cola, stock)], [(water, still)] = undone.rows(SHELF, "cola"), undone.rows(SHELF, "water")
    take(undone, request, line(cola, 3), line(water, 2, is_counted=False))
    assert undone.rows(SHELF, "cola") == [(cola, stock - 3)]
    assert undone.rows(SHELF, "water") == [(water, still)]
    assert moves(undone, request) == [("cola", "ordered", -3)]


def test_more_than_there_is_cannot_be_taken(undone: World) -> None:
    request = ask(undone, TOWEL)
    [(cola, stock)] = undone.rows(SHELF, "cola")
    with pytest.raises(Refused, match="stock_is_never_negative"):
        take(undone, request, line(cola, stock + 1))
    assert undone.rows(SHELF, "cola") == [(cola, stock)]


def test_another_hotels_shelf_is_out_of_reach(undone: World) -> None:
    request = ask(undone, TOWEL)
    theirs = (
        "select i.id, i.stock from portal.catalog_items i join public.tenants t on t.id = i.tenant_id"
        " where t.slug = 'alpine' and i.stock is not null order by i.id limit 1"
    )
    [(item, stock)] = undone.rows(theirs)
    take(undone, request, line(item, 1))
    assert undone.rows(theirs) == [(item, stock)]
    assert moves(undone, request) == []


GUESTS, CALLS, ON_THE_SHELF = 25, 50, 12


def bookings_of_many(world: World) -> list[tuple[Any, Any]]:
    """Guests to come, each with a booking of their own; tenant and booking. The shop is open to them."""
    world.conn.execute("update portal.feature_windows set is_open = true where feature = 'mini_shop'")
    room_type = world.value(
        "select t.code from public.room_types t join public.properties p on p.id = t.property_id"
        " where p.code = 'FSL' order by t.code limit 1"
    )
    first_day = world.value("select app.today_in('Asia/Karachi')") + timedelta(days=100)
    made = []
    for number in range(GUESTS):
        arrival = first_day + timedelta(days=2 * number)
        booking = {
            "property_code": "FSL",
            "room_type_code": room_type,
            "guest": {"first_name": "Guest", "last_name": f"Number {number}"},
            "check_in": arrival.isoformat(),
            "check_out": (arrival + timedelta(days=1)).isoformat(),
        }
        with world.member(RECEPTION):
            made.append(world.value("select api.create_booking(%s)", Jsonb(booking))["id"])
            world.conn.execute("select api.confirm_booking(%s)", (made[-1],))
    return world.rows("select tenant_id, id from public.bookings where id = any (%s::uuid[])", made)


def order(tenant: Any, booking: Any, key: str) -> Callable[[Connection], str]:
    def go(conn: Connection) -> str:
        try:
            with conn.transaction():
                conn.execute("select app.enter_as_guest(%s, %s, null, 'identified')", (tenant, booking))
                conn.execute("set local role guest")
                World(conn).submit(COLA, key)
        except psycopg.Error as error:
            return str(error.diag.message_detail)
        return "served"

    return go


def adjust(item: Any, delta: int) -> Callable[[Connection], int]:
    def go(conn: Connection) -> int:
        world = World(conn)
        try:
            with world.member(MANAGER):
                world.conn.execute("select api.portal_adjust_catalog_stock(%s, %s)", (item, delta))
        except Refused as refused:
            if refused.slug != "stock_is_never_negative":
                raise
            return 0
        return delta

    return go


def test_fifty_at_once_never_take_more_than_there_is(database: Database, world: World) -> None:
    [(cola, stock)] = world.rows(SHELF, "cola")
    with world.member(MANAGER):
        world.conn.execute("select api.portal_adjust_catalog_stock(%s, %s)", (cola, ON_THE_SHELF - stock))
    guests = bookings_of_many(world)
    assert len(guests) == GUESTS
    orders = [order(*guests[number % GUESTS], f"order {number}") for number in range(CALLS)]
    counts = [adjust(cola, delta) for delta in (1, -1, 2, -2, 3, -3, 1, -1)]
    acts: list[Callable[[Connection], Any]] = []
    for number, one in enumerate(orders):
        acts += [one, counts[number // 7]] if number % 7 == 3 else [one]

    answers = all_at_once(database, acts)

    served = answers.count("served")
    counted = sum(answer for answer in answers if isinstance(answer, int))
    assert served + answers.count("sold_out") == CALLS, answers
    assert world.rows(SHELF, "cola") == [(cola, ON_THE_SHELF + counted - served)]
    assert 1 < served <= ON_THE_SHELF + 7
    assert served == world.value(
        "select count(distinct r.id) from portal.stock_moves m join portal.requests r on r.id = m.request_id"
        " where m.item_id = %s and m.reason = 'ordered' and r.booking_id = any (%s)",
        cola,
        [booking for _, booking in guests],
    )
