"""setting: a property's own value, else the tenant's, else the default given."""

from typing import Any

import pytest

from tests.world import World

KEY = "welcome_drink"


@pytest.fixture
def hotel(undone: World) -> World:
    """The tenant of the cast, in whose name settings are read."""
    undone.conn.execute("select app.set_caller(id) from public.tenants where slug = 'hamsun'")
    return undone


def state(world: World, value: str, house: str | None = None, tenant: str = "hamsun") -> None:
    world.conn.execute(
        "insert into public.app_settings (tenant_id, property_id, key, value)"
        " select t.id, (select id from public.properties where code = %s), %s, to_jsonb(%s::text)"
        " from public.tenants t where t.slug = %s",
        (house, KEY, value, tenant),
    )


def read(world: World, house: str, default: str | None = None) -> Any:
    return world.value(
        "select app.setting((select id from public.properties where code = %s), %s, to_jsonb(%s::text))",
        *(house, KEY, default),
    )


def test_the_default_holds_where_nothing_is_stated(hotel: World) -> None:
    assert read(hotel, "FSL", "tea") == "tea"
    assert read(hotel, "FSL") is None


def test_the_nearest_statement_wins(hotel: World) -> None:
    state(hotel, "coffee")
    state(hotel, "lassi", "FSL")
    assert read(hotel, "FSL", "tea") == "lassi"
    assert read(hotel, "CLF", "tea") == "coffee"


def test_another_tenants_word_does_not_count(hotel: World) -> None:
    state(hotel, "glühwein", tenant="alpine")
    assert read(hotel, "FSL", "tea") == "tea"
