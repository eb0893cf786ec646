"""require_tax_codes: a type that charges can be taxed at every property."""

import json
from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import Refused, World


def require(world: World, slug: str) -> None:
    document: dict[str, Any] = json.loads(Path(f"seeds/reference/workflows/{slug}.json").read_text())
    with world.owner():
        world.conn.execute("select app.set_caller(id) from public.tenants where slug = 'hamsun'")
        world.conn.execute("select app.require_tax_codes(%s)", (Jsonb(document),))


def untax(world: World, category: str, house: str) -> None:
    world.conn.execute(
        "update public.tax_codes x set categories = array_remove(categories, %s)"
        " from public.properties p where p.id = x.property_id and p.code = %s",
        (category, house),
    )


@pytest.mark.parametrize(
    "slug", ["kitchen_fnb", "mini_shop", "airport_transport", "booking_action", "concierge"]
)
def test_the_cast_is_taxed(undone: World, slug: str) -> None:
    require(undone, slug)


def test_what_is_missing_is_named_with_its_house(undone: World) -> None:
    untax(undone, "room_service", "CLF")
    with pytest.raises(Refused) as refused:
        require(undone, "kitchen_fnb")
    assert (refused.value.slug, refused.value.code) == ("tax_code_missing", "PT422")
    assert "CLF room_service" in refused.value.sentence
    assert "FSL" not in refused.value.sentence


def test_a_code_that_has_ended_covers_nothing(undone: World) -> None:
    undone.conn.execute("update public.tax_codes set valid_until = valid_from + 1")
    with pytest.raises(Refused) as refused:
        require(undone, "kitchen_fnb")
    assert refused.value.slug == "tax_code_missing"


def test_exempt_is_covered(undone: World) -> None:
    undone.conn.execute("update public.tax_codes set rate = null")
    require(undone, "kitchen_fnb")


def test_a_type_that_charges_nothing_needs_none(undone: World) -> None:
    undone.conn.execute("update public.tax_codes set categories = '{}'")
    require(undone, "concierge")


def test_another_tenants_houses_do_not_matter(undone: World) -> None:
    untax(undone, "room_service", "ALP")
    require(undone, "kitchen_fnb")
