"""The catalogue is plain settings: who keeps it adds to it, at the own house, in its currency, uncounted."""

from typing import Any

import pytest

from tests.world import KITCHEN, MANAGER, RECEPTION, STRANGER, Refused, World

ADD = (
    "insert into api.catalog_items (property_id, kind, category, sku, name, price, currency)"
    ' select %s, kind, category, %s, \'{"en": "Lassi"}\', 350, %s'
    " from api.catalog_items where sku = 'cola' limit 1"
)


def house(world: World, code: str = "FSL") -> Any:
    return world.value("select id from public.properties where code = %s", code)


def add(world: World, email: str, *, code: str = "FSL", sku: str = "lassi", currency: str = "PKR") -> None:
    property_id = house(world, code)
    with world.member(email):
        world.conn.execute(ADD, (property_id, sku, currency))


def test_a_manager_adds_an_item(undone: World) -> None:
    add(undone, MANAGER)
    assert undone.rows(
        "select t.slug, i.stock, i.state"
        " from portal.catalog_items i join public.tenants t on t.id = i.tenant_id"
        " where i.sku = 'lassi'"
    ) == [("hamsun", None, "active")]


def test_a_sku_is_there_once(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        add(undone, MANAGER, sku="cola")
    assert refused.value.code == "23505"


@pytest.mark.parametrize("email", [RECEPTION, KITCHEN])
def test_who_may_not_write_the_catalogue_may_not(undone: World, email: str) -> None:
    with undone.member(email):
        assert not undone.value("select 'hotel:catalog:write' = any (permissions) from api.me")
    with pytest.raises(Refused) as refused:
        add(undone, email)
    assert refused.value.code == "42501"


def test_the_stranger_adds_nothing_here(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        add(undone, STRANGER)
    assert refused.value.code == "42501"


def test_another_currency_than_the_propertys_is_refused(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        add(undone, MANAGER, currency="EUR")
    assert refused.value.code == "42501"


def test_stock_is_withheld(undone: World) -> None:
    may = "select has_column_privilege(%s, 'api.catalog_items', 'stock', 'insert')"
    assert [undone.value(may, role) for role in ("anon", "guest", "staff", "admin")] == [False] * 4
