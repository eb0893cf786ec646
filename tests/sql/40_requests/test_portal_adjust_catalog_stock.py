"""portal_adjust_catalog_stock: stock counted, received or broken."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.house import Database
from tests.world import MANAGER, RECEPTION, STRANGER, Refused, World, is_waiting_for_a_lock, wait_for


def item(world: World, sku: str = "cola", house: str = "FSL") -> Any:
    return world.value(
        "select i.id from portal.catalog_items i join public.properties p on p.id = i.property_id"
        " where p.code = %s and i.sku = %s",
        *(house, sku),
    )


def adjust(
    world: World, item_id: Any, delta: int | None, reason: str | None = "counted", key: str | None = None
) -> dict[str, Any]:
    answer: dict[str, Any] = world.value(
        "select api.portal_adjust_catalog_stock(%s, %s, %s, %s)", item_id, delta, reason, key
    )
    return answer


def stock(world: World, item_id: Any) -> int | None:
    count: int | None = world.value("select stock from portal.catalog_items where id = %s", item_id)
    return count


def set_stock(world: World, item_id: Any, count: int | None) -> None:
    world.conn.execute("update portal.catalog_items set stock = %s where id = %s", (count, item_id))


@pytest.fixture
def cola(undone: World) -> Any:
    """Five colas on the shelf."""
    item_id = item(undone)
    set_stock(undone, item_id, 5)
    return item_id


@pytest.mark.shows("function/portal_adjust_catalog_stock", "subflow/mini_shop_stock", "table/catalog_items")
def test_stock_moves_and_says_why(undone: World, cola: Any) -> None:
    with undone.member(MANAGER):
        assert adjust(undone, cola, 24, "delivery")["stock"] == 29
    with undone.member(MANAGER):
        assert adjust(undone, cola, -2, "broken")["stock"] == 27
    moves = undone.rows(
        "select delta, reason, note from portal.stock_moves where item_id = %s and reason = 'adjusted'",
        cola,
    )
    assert sorted(moves) == [(-2, "adjusted", "broken"), (24, "adjusted", "delivery")]


def test_it_leaves_an_event(undone: World, cola: Any) -> None:
    with undone.member(MANAGER):
        adjust(undone, cola, 1)
    assert undone.rows("select topic from public.event_log where entity_id = %s", cola) == [
        ("catalog.stock_adjusted",)
    ]


def test_an_uncounted_item_begins_at_nothing(undone: World, cola: Any) -> None:
    set_stock(undone, cola, None)
    with undone.member(MANAGER):
        assert adjust(undone, cola, 12)["stock"] == 12


@pytest.mark.parametrize("counted", [0, 5, None])
def test_stock_is_never_negative(undone: World, cola: Any, counted: int | None) -> None:
    set_stock(undone, cola, counted)
    with pytest.raises(Refused) as refused, undone.member(MANAGER):
        adjust(undone, cola, -6)
    assert (refused.value.slug, refused.value.code) == ("stock_is_never_negative", "PT409")
    assert stock(undone, cola) == counted


def test_stock_is_never_negative_for_whoever_types_it(undone: World, cola: Any) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="stock_is_never_negative"):
        set_stock(undone, cola, -1)


@pytest.mark.parametrize("delta", [0, None, 1000001, -1000001])
def test_it_says_by_how_much(undone: World, cola: Any, delta: int | None) -> None:
    with pytest.raises(Refused) as refused, undone.member(MANAGER):
        adjust(undone, cola, delta)
    assert (refused.value.slug, refused.value.code) == ("input_invalid", "PT422")


def test_with_a_key_a_repeat_changes_nothing(undone: World, cola: Any) -> None:
    answers = []
    for _ in range(3):
        with undone.member(MANAGER):
            answers.append(adjust(undone, cola, 7, key="delivery 12"))
    assert [answer["stock"] for answer in answers] == [12, 12, 12]
    assert stock(undone, cola) == 12


def test_without_a_key_each_call_moves_stock(undone: World, cola: Any) -> None:
    with undone.member(MANAGER):
        assert [adjust(undone, cola, 1)["stock"] for _ in range(2)] == [6, 7]


def test_a_role_without_the_right_is_refused(undone: World, cola: Any) -> None:
    with pytest.raises(Refused) as refused, undone.member(RECEPTION):
        adjust(undone, cola, 1)
    assert (refused.value.slug, refused.value.code) == ("permission_missing", "PT403")


def test_a_stranger_finds_no_such_item(undone: World, cola: Any) -> None:
    with pytest.raises(Refused) as refused, undone.member(STRANGER):
        adjust(undone, cola, 1)
    assert (refused.value.slug, refused.value.code) == ("item_unknown", "PT404")


def test_a_member_of_another_property_finds_none(undone: World, cola: Any) -> None:
    undone.conn.execute(
        "update identity.memberships"
        " set property_ids = array(select id from public.properties where code = 'CLF')"
    )
    with pytest.raises(Refused) as refused, undone.member(MANAGER):
        adjust(undone, cola, 1)
    assert refused.value.slug == "item_unknown"


def test_guests_have_no_hand_in_it(undone: World) -> None:
    command = "api.portal_adjust_catalog_stock(uuid, integer, text, text)"
    for role in ("anon", "guest", "kiosk"):
        assert not undone.value("select has_function_privilege(%s, %s, 'execute')", role, command)


def test_two_at_once_take_no_more_than_there_is(database: Database) -> None:
    with database.connect() as ahead, database.connect() as behind, ThreadPoolExecutor(1) as pool:
        leader, follower = World(ahead), World(behind)
        cola = item(leader)
        set_stock(leader, cola, 5)

        def take() -> str | None:
            try:
                with follower.member(MANAGER):
                    adjust(follower, cola, -4)
            except Refused as refused:
                return refused.slug
            return "taken"

        with leader.member(MANAGER):
            adjust(leader, cola, -3)
            other: Future[str | None] = pool.submit(take)
            wait_for(lambda: is_waiting_for_a_lock(ahead, behind), "the other's wait")
        assert other.result(timeout=10) == "stock_is_never_negative"
        assert stock(leader, cola) == 2


def test_a_guest_orders_while_stock_is_counted(database: Database) -> None:
    with database.connect() as ahead, database.connect() as behind, ThreadPoolExecutor(1) as pool:
        leader, guest = World(ahead), World(behind)
        cola = item(leader)
        set_stock(leader, cola, 1)

        def order() -> str | None:
            try:
                with guest.guest("Marutani"):
                    guest.submit({"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}, "k")
            except Refused as refused:
                return refused.slug
            return "served"

        with leader.member(MANAGER):
            adjust(leader, cola, -1, "broken")
            ordering: Future[str | None] = pool.submit(order)
            wait_for(lambda: is_waiting_for_a_lock(ahead, behind), "the guest's wait")
        assert ordering.result(timeout=10) == "sold_out"
        assert stock(leader, cola) == 0
