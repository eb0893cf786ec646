"""set_catalog_stock: a shelf counted, sold out, or not counted any more; and an order at the same moment."""

from typing import Any

import pytest

from tests.house import Database
from tests.races import Connection, at_once
from tests.world import KITCHEN, MANAGER, STRANGER, Refused, World

COLA = (
    "(select i.id from portal.catalog_items i join public.properties p on p.id = i.property_id"
    " where p.code = 'FSL' and i.sku = 'cola')"
)
STOCK = f"select stock from portal.catalog_items where id = {COLA}"


def count(world: World, number: int | None) -> Any:
    item = world.value(f"select {COLA}")
    with world.member(MANAGER):
        return world.value("select api.set_catalog_stock(%s, %s)", item, number)


def test_a_count_says_what_is_there(undone: World) -> None:
    undone.conn.execute(f"update portal.catalog_items set stock = 5 where id = {COLA}")
    answers = [count(undone, number)["stock"] for number in (12, 12, 0, None, 7)]
    assert answers == [12, 12, 0, None, 7]
    assert undone.rows(
        "select delta, note from portal.stock_moves"
        f" where item_id = {COLA} and reason = 'adjusted' order by id"
    ) == [(7, "counted"), (-12, "counted"), (7, "counted")]


@pytest.mark.parametrize("number", [-1, 1_000_001])
def test_what_cannot_be_there_is_refused(undone: World, number: int) -> None:
    with pytest.raises(Refused) as refused:
        count(undone, number)
    assert (refused.value.slug, refused.value.code) == ("input_invalid", "PT422")


@pytest.mark.parametrize(("email", "slug"), [(KITCHEN, "permission_missing"), (STRANGER, "item_unknown")])
def test_others_count_nothing(undone: World, email: str, slug: str) -> None:
    item = undone.value(f"select {COLA}")
    with pytest.raises(Refused) as refused, undone.member(email):
        undone.value("select api.set_catalog_stock(%s, 3)", item)
    assert refused.value.slug == slug


def test_a_count_waits_for_the_order_before_it(database: Database) -> None:
    def order(conn: Connection) -> Any:
        world = World(conn)
        with world.guest("Marutani"):
            return world.submit(
                {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 2}]},
                "two colas while counting",
            )

    def counted(conn: Connection) -> Any:
        return count(World(conn), 30)["stock"]

    with database.connect() as conn:
        before = World(conn).value(STOCK)
        assert at_once(database, order, counted)[1] == 30
        assert World(conn).value(STOCK) == 30
        count(World(conn), before)
