"""Menus are plain settings: added and patched through the views by who may, whole or not at all."""

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.kitchen import menu, part
from tests.world import MANAGER, RECEPTION, STRANGER, Refused, World

NAME = Jsonb({"en": "Lunch", "es": "Almuerzo"})


def lunch(world: World) -> str:
    return str(
        world.value(
            "insert into api.menus (property_id, slug, meal, name, pricing_mode)"
            " select id, 'lunch', 'lunch', %s, 'per_item' from api.properties where code = 'FSL'"
            " returning id",
            NAME,
        )
    )


@pytest.mark.shows("table/menus", "table/time_slots", "table/menu_items", "table/sides", "table/drinks")
def test_a_manager_adds_a_menu_with_all_its_parts(world: World) -> None:
    with world.member(MANAGER):
        menu_id = lunch(world)
        world.value(
            "insert into api.menu_slots (menu_id, starts_at, capacity) values (%s, '12:30', 20) returning id",
            menu_id,
        )
        for view in ("menu_items", "menu_sides", "menu_drinks"):
            dish = world.value(
                f"insert into api.{view} (menu_id, name, price, allergens)"
                " values (%s, %s, 450, '{milk}') returning id",
                menu_id,
                Jsonb({"en": "Something"}),
            )
            world.conn.execute(
                f"update api.{view} set is_sold_out = true, price = 500 where id = %s", (dish,)
            )
        dish = world.value("select id from api.menu_items where menu_id = %s", menu_id)
        world.conn.execute(
            "insert into api.menu_choice_groups (menu_item_id, name, min_choices, max_choices, choices)"
            " values (%s, %s, 0, 1, %s)",
            (dish, Jsonb({"en": "With"}), Jsonb([{"key": "rice", "label": {"en": "Rice"}, "surcharge": 50}])),
        )
        world.conn.execute("update api.menus set state = 'active' where id = %s", (menu_id,))
        assert world.value("select currency from api.menus where id = %s", menu_id) == "PKR"


def test_reception_reads_and_does_not_write(world: World) -> None:
    menu_id = menu(world)
    with world.member(RECEPTION):
        assert world.value("select count(*) from api.menus") == 3
        world.conn.execute("update api.menus set position = 9 where id = %s", (menu_id,))
    assert world.value("select position from service_menus.menus where id = %s", menu_id) != 9
    with pytest.raises(Refused), world.member(RECEPTION):
        lunch(world)


def test_the_stranger_sees_only_the_own(world: World) -> None:
    with world.member(STRANGER):
        assert world.rows("select property_code, meal from api.menus") == [("ALP", "breakfast")]


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("update api.menu_items set price = 10.555 where id = %s", "price_does_not_fit"),
        ("update api.menu_items set price = -1 where id = %s", "price_does_not_fit"),
        ("update api.menu_items set price = 'NaN' where id = %s", "price_does_not_fit"),
        ("update api.menu_items set max_quantity = 0 where id = %s", "menu_item_quantity_is_bounded"),
        ("update api.menu_items set allergens = '{dust}' where id = %s", "menu_item_allergens_are_known"),
        ("update api.menu_items set name = '{}' where id = %s", "menu_item_name_speaks_english"),
        ("update api.menu_items set state = 'gone' where id = %s", "menu_item_state_is_known"),
        ("update api.menu_items set on_cancel = 'x' where id = %s", "menu_item_on_cancel_is_known"),
    ],
)
def test_what_makes_no_sense_is_not_kept(world: World, statement: str, name: str) -> None:
    dish = part(world, "Porridge")
    with pytest.raises(Refused) as found, world.member(MANAGER):
        world.conn.execute(statement.encode(), (dish,))
    cause = found.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert name in (found.value.slug, cause.diag.constraint_name)


@pytest.mark.parametrize(
    "choices",
    [
        [],
        "rice",
        [1],
        [{"key": "rice"}],
        [{"key": "Rice!", "label": {"en": "Rice"}}],
        [{"key": "rice", "label": "Rice"}],
        [{"key": "rice", "label": {"en": "Rice", "es": {"es": "Arroz"}}}],
        [{"key": "rice", "label": {"es": "Arroz"}}],
        [{"key": "rice", "label": {"en": "Rice"}, "surcharge": "5"}],
        [{"key": "rice", "label": {"en": "Rice"}, "surcharge": -5}],
        [{"key": "rice", "label": {"en": "Rice"}, "is_sold_out": "yes"}],
        [{"key": "rice", "label": {"en": "Rice"}}, {"key": "rice", "label": {"en": "Rice"}}],
        {"key": "rice"},
    ],
)
def test_choices_that_cannot_be_read_are_not_kept(world: World, choices: object) -> None:
    dish = part(world, "Porridge")
    with pytest.raises(Refused) as found, world.member(MANAGER):
        world.conn.execute(
            "update api.menu_choice_groups set choices = %s where menu_item_id = %s", (Jsonb(choices), dish)
        )
    assert found.value.slug in ("choices_not_readable", "price_does_not_fit", None)


def test_a_price_per_person_goes_with_its_mode(world: World) -> None:
    menu_id = menu(world)
    with pytest.raises(Refused), world.member(MANAGER):
        world.conn.execute("update api.menus set pricing_mode = 'per_person' where id = %s", (menu_id,))


def test_every_change_is_audited(world: World) -> None:
    dish = part(world, "Porridge")
    with world.member(MANAGER):
        world.conn.execute("update api.menu_items set price = 700 where id = %s", (dish,))
    assert (
        world.value(
            "select count(*) from public.audit_log"
            " where table_name = 'service_menus.menu_items' and operation = 'UPDATE'"
        )
        == 1
    )
