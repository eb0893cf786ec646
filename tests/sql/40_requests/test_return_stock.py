"""return_stock: what an order took goes back, once."""

from typing import Any

import pytest

from tests.world import RECEPTION, World

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
