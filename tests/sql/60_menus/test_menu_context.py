"""menu_context: what can be ordered of a meal, when, and what the stay has ordered."""

from datetime import timedelta
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.kitchen import breakfast, order, ordered, second_breakfast, set_hour, today
from tests.world import RECEPTION, STRANGER, Refused, World


@pytest.fixture(autouse=True)
def evening(world: World) -> None:
    set_hour(world)


def context(world: World, meal: str | None = None, booking: Any = None) -> Any:
    return world.value("select api.menu_context(%s, %s)", meal, booking)


def test_a_guest_sees_the_menus_of_the_house(world: World) -> None:
    with world.guest("Marutani", "context"):
        seen = context(world)
    assert [(menu["meal"], menu["currency"]) for menu in seen["menus"]] == [
        ("breakfast", "PKR"),
        ("dinner", "PKR"),
    ]
    assert (seen["is_open"], seen["people"]) == (True, 1)


def test_parts_come_with_prices_allergens_and_choices(world: World) -> None:
    with world.guest("Alvarez"):
        (seen,) = context(world, "breakfast")["menus"]
    eggs = seen["parts"][0]
    assert (seen["name"], eggs["name"], eggs["allergens"], eggs["price"]) == (
        "Desayuno",
        "Huevos a su gusto",
        ["eggs"],
        850,
    )
    assert [(g["name"], g["min"], g["max"]) for g in eggs["groups"]] == [("Cómo", 1, 1), ("Con", 0, 2)]
    assert eggs["groups"][1]["choices"][0] == {
        "key": "cheese",
        "label": "queso",
        "surcharge": 150,
        "is_sold_out": False,
    }
    assert [part["kind"] for part in seen["parts"]] == sorted(
        (part["kind"] for part in seen["parts"]), key=["item", "side", "drink"].index
    )


def test_servings_say_when_they_close_and_how_many_places_are_left(world: World) -> None:
    day = today(world)
    ordered(world, people=3)
    with world.guest("Marutani"):
        (seen,) = context(world, "breakfast")["menus"]
    places = {serving["starts_at"]: serving["places_left"] for serving in seen["servings"]}
    assert len(places) == 6
    assert {serving["served_on"] for serving in seen["servings"]} > {day.isoformat()} or all(
        serving["served_on"] > day.isoformat() for serving in seen["servings"]
    )
    assert sorted(places.values()) == [8, 8, 12, 12, 13, 16]


def test_ones_orders_come_as_they_were_sent(world: World) -> None:
    wanted = breakfast(world)
    with world.guest("Marutani"):
        order(world, wanted)
        (mine,) = context(world, "breakfast")["menus"][0]["orders"]
    assert (mine["is_open"], mine["slot_id"], mine["served_on"]) == (
        True,
        wanted["slot_id"],
        wanted["served_on"],
    )
    chosen = {key: keys for key, keys in wanted["items"][0]["choices"].items() if keys}
    assert mine["lines"][0]["choices"] == chosen
    again = wanted | {
        "items": [{"id": mine["lines"][0]["id"], "quantity": 1, "choices": mine["lines"][0]["choices"]}]
    }
    with world.guest("Marutani"):
        assert (
            world.value(
                "select api.change_menu_order(%s, %s, 'c') ->> 'status'", mine["request_id"], Jsonb(again)
            )
            == "200"
        )


def test_before_the_stay_the_menu_is_there_to_read(world: World) -> None:
    with world.guest("Okafor"):
        seen = context(world, "breakfast")
    assert (seen["is_open"], seen["menus"][0]["servings"]) == (False, [])


def test_members_ask_for_a_booking(world: World) -> None:
    booking = world.booking("Marutani")
    with world.member(RECEPTION):
        assert len(context(world, "breakfast", booking)["menus"]) == 1
    with pytest.raises(Refused) as found, world.member(STRANGER):
        context(world, "breakfast", booking)
    assert found.value.slug == "booking_not_found"


def test_the_feature_is_there_where_a_menu_is(world: World) -> None:
    with world.guest("Marutani"):
        assert "menu_order" in world.value("select features from api.portal_stay")
    world.conn.execute("update service_menus.menus set state = 'draft'")
    with world.guest("Marutani"):
        assert "menu_order" not in world.value("select features from api.portal_stay")


def test_a_menu_is_served_on_its_days_of_the_week(world: World) -> None:
    tomorrow = today(world) + timedelta(days=1)
    world.conn.execute(
        "update service_menus.menus set days_ahead = 7, weekdays = array[%s]", (tomorrow.isoweekday(),)
    )
    later = breakfast(world, days=2)
    with world.guest("Marutani"):
        servings = context(world, "breakfast")["menus"][0]["servings"]
    assert {one["served_on"] for one in servings} == {tomorrow.isoformat()}
    with pytest.raises(Refused) as found, world.guest("Marutani"):
        order(world, later)
    assert found.value.slug == "slot_closed"


def test_two_breakfasts_are_both_there(world: World) -> None:
    second_breakfast(world)
    with world.guest("Marutani"):
        assert [menu["slug"] for menu in context(world, "breakfast")["menus"]] == [
            "family-breakfast",
            "breakfast",
        ]
