"""return_stock: what an order took goes back, once."""

import json
from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import MANAGER, RECEPTION, World

ORDER = {
    "type_slug": "mini_shop",
    "items": [{"sku": "cola", "quantity": 2}, {"sku": "water", "quantity": 1}],
}


@pytest.fixture
def request_id(undone: World) -> Any:
    """Two colas and a water."""
    with undone.guest("Marutani"):
        return undone.submit(ORDER, "k")["body"]["request"]["id"]


def moves(world: World, request: Any) -> list[tuple[Any, ...]]:
    return world.rows(
        "select i.sku, m.reason, m.delta"
        " from portal.stock_moves m join portal.catalog_items i on i.id = m.item_id"
        " where m.request_id = %s order by 1, 2",
        request,
    )


def give_back(world: World, request: Any) -> None:
    world.conn.execute("select app.set_caller(tenant_id) from portal.requests where id = %s", (request,))
    world.conn.execute("select app.return_stock(%s)", (request,))


def test_it_goes_back_once(undone: World, request_id: Any) -> None:
    counted = "select sku, sum(stock) from portal.catalog_items where sku in ('cola', 'water') group by 1"
    before = dict(undone.rows(counted))
    give_back(undone, request_id)
    after = dict(undone.rows(counted))
    assert (after["cola"] - before["cola"], after["water"] - before["water"]) == (2, 1)
    give_back(undone, request_id)
    assert dict(undone.rows(counted)) == after
    assert len(moves(undone, request_id)) == 4


def test_an_item_no_longer_counted_stays_uncounted(undone: World, request_id: Any) -> None:
    undone.conn.execute("update portal.catalog_items set stock = null where sku = 'cola'")
    give_back(undone, request_id)
    assert undone.value("select count(stock) from portal.catalog_items where sku = 'cola'") == 0


@pytest.mark.parametrize(
    ("actions", "back"),
    [(["cancel"], True), (["decline"], True), (["confirm", "cancel"], True), (["confirm", "deliver"], False)],
)
def test_only_what_was_not_delivered_goes_back(
    undone: World, request_id: Any, actions: list[str], back: bool
) -> None:
    for action in actions:
        with undone.member(RECEPTION):
            undone.act(request_id, action, None, {"reason": "x"} if action in ("cancel", "decline") else {})
    assert (("cola", "returned", 2) in moves(undone, request_id)) is back


KEEP = "update portal.catalog_items set on_cancel = 'keep_once_begun' where sku = 'cola'"
CHARGED = (
    "select c.description ->> 'en', c.quantity from public.charges as c where c.request_id = %s order by 1, 2"
)


def charge_on_confirming(world: World) -> None:
    """A house that wants its money as soon as it has said yes."""
    document = json.loads(Path("seeds/reference/workflows/mini_shop.json").read_text())
    actions = document["workflow"]["actions"]
    actions["confirm"]["posts_charge"] = actions["deliver"].pop("posts_charge")
    with world.member(MANAGER):
        world.value("select api.publish_workflow('mini_shop', %s)", Jsonb(document))


def priced(world: World) -> Any:
    """A cola, which is kept once begun, and crisps, which are not."""
    items = [{"sku": "cola", "quantity": 1}, {"sku": "crisps", "quantity": 1}]
    with world.guest("Marutani"):
        return world.submit({"type_slug": "mini_shop", "items": items}, "p")["body"]["request"]["id"]


@pytest.mark.parametrize(
    ("actions", "kept"),
    [
        (["cancel"], False),
        (["confirm", "decline"], False),
        (["confirm", "cancel"], True),
        (["confirm", "undo", "cancel"], False),
    ],
)
def test_an_item_that_is_kept_once_begun_stays_taken_and_charged(
    undone: World, actions: list[str], kept: bool
) -> None:
    """gives_item_back, has_been_begun."""
    undone.conn.execute("delete from public.app_settings where key = 'undo_seconds'")
    undone.conn.execute(KEEP)
    charge_on_confirming(undone)
    request = priced(undone)
    for action in actions:
        with undone.member(RECEPTION):
            if action == "undo":
                undone.value("select api.portal_undo_action(%s)", request)
            else:
                given = {"reason": "x"} if action in ("cancel", "decline") else {}
                undone.act(request, action, None, given)
    back = [sku for sku, reason, _ in moves(undone, request) if reason == "returned"]
    assert back == (["crisps"] if kept else ["cola", "crisps"])
    standing = undone.rows(CHARGED, request)
    assert sum(quantity for name, quantity in standing if name == "Cola") == int(kept)
    assert sum(quantity for _, quantity in standing) == int(kept)
