"""A breakfast as guests order it: the demo's menu at FSL, looked up by name, at an hour of our choosing."""

from datetime import date, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from tests.world import World

EVENING = "18:00"


def set_hour(world: World, hour: str = EVENING, days: int = 0) -> None:
    """It is that time on the wall of FSL, so many days from the day of the demo."""
    world.conn.execute(
        "update app.clock set shift = ((app.today_in('Asia/Karachi') + %s + %s::time)"
        " at time zone 'Asia/Karachi') - now()",
        (days, hour),
    )


def today(world: World) -> date:
    """The date at FSL."""
    found: date = world.value("select app.today_in('Asia/Karachi')")
    return found


def menu(world: World, meal: str = "breakfast", house: str = "FSL") -> str:
    """The id of a menu."""
    return str(
        world.value(
            "select m.id from service_menus.menus as m join public.properties as p on p.id = m.property_id"
            " where p.code = %s and m.meal = %s order by m.position desc limit 1",
            house,
            meal,
        )
    )


def second_breakfast(world: World, slug: str = "family-breakfast") -> str:
    """Another breakfast of FSL beside the first: one cocoa at 08:00, PKR 350; the menu's id."""
    return str(
        world.value(
            "with made as (insert into service_menus.menus"
            " (tenant_id, property_id, slug, meal, name, pricing_mode, state, form_at)"
            ' select m.tenant_id, m.property_id, %s, m.meal, \'{"en": "Family breakfast"}\','
            " m.pricing_mode, 'active', m.form_at from service_menus.menus as m where m.id = %s"
            " returning tenant_id, id),"
            " slots as (insert into service_menus.time_slots (tenant_id, menu_id, starts_at, capacity)"
            " select tenant_id, id, '08:00', 9 from made),"
            " drinks as (insert into service_menus.drinks (tenant_id, menu_id, name, price)"
            ' select tenant_id, id, \'{"en": "Cocoa"}\', 350 from made) select id from made',
            slug,
            menu(world),
        )
    )


def part(world: World, name: str, meal: str = "breakfast", house: str = "FSL") -> str:
    """The id of a dish, a side or a drink."""
    menu_id = menu(world, meal, house)
    for table in ("menu_items", "sides", "drinks"):
        found = world.value(
            f"select id from service_menus.{table} where menu_id = %s and name ->> 'en' = %s", menu_id, name
        )
        if found:
            return str(found)
    raise AssertionError(f"nobody serves {name}")


def group(world: World, dish: str, name: str) -> str:
    """The id of a dish's choice group."""
    return str(
        world.value(
            "select id from service_menus.choice_groups where menu_item_id = %s and name ->> 'en' = %s",
            part(world, dish),
            name,
        )
    )


def slot(world: World, at: str = "08:00", meal: str = "breakfast", house: str = "FSL") -> str:
    """The id of a time."""
    return str(
        world.value(
            "select id from service_menus.time_slots where menu_id = %s and starts_at = %s",
            menu(world, meal, house),
            at,
        )
    )


def eggs(world: World, *with_them: str, how: str = "scrambled", quantity: int = 1) -> dict[str, Any]:
    """Eggs, chosen."""
    return {
        "id": part(world, "Eggs your way"),
        "quantity": quantity,
        "choices": {
            group(world, "Eggs your way", "How"): [how],
            group(world, "Eggs your way", "With"): list(with_them),
        },
    }


def breakfast(world: World, at: str = "08:00", days: int = 1, **more: Any) -> dict[str, Any]:
    """Scrambled eggs and a coffee for one, tomorrow at eight: PKR 1,200."""
    return {
        "menu_id": menu(world),
        "slot_id": slot(world, at),
        "served_on": (today(world) + timedelta(days=days)).isoformat(),
        "people": 1,
        "items": [eggs(world)],
        "drinks": [{"id": part(world, "Coffee"), "quantity": 1}],
    } | more


def order(world: World, wanted: dict[str, Any], key: str = "k") -> dict[str, Any]:
    """submit_menu_order's whole answer."""
    answer: dict[str, Any] = world.value("select api.submit_menu_order(%s, %s)", Jsonb(wanted), key)
    return answer


def change(world: World, request_id: str, wanted: dict[str, Any], key: str = "c") -> dict[str, Any]:
    """change_menu_order's whole answer."""
    answer: dict[str, Any] = world.value(
        "select api.change_menu_order(%s, %s, %s)", request_id, Jsonb(wanted), key
    )
    return answer


def ordered(world: World, last_name: str = "Marutani", key: str = "k", **wish: Any) -> str:
    """A guest's breakfast, ordered; the request's id."""
    wanted = breakfast(world, **wish)
    with world.guest(last_name):
        return str(order(world, wanted, key)["body"]["request"]["id"])


def taken(world: World, at: str = "08:00") -> int:
    """Places taken at that time, whatever the day."""
    return int(
        world.value(
            "select coalesce(sum(taken), 0) from service_menus.sessions where slot_id = %s", slot(world, at)
        )
    )


def posted(world: World, request_id: str) -> list[float]:
    """What the request has put on the folio, in order."""
    return [
        float(row[0])
        for row in world.rows(
            "select gross from public.charges where request_id = %s order by id", request_id
        )
    ]
