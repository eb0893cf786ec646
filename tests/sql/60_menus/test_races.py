"""At the same moment: the last place, a change as the kitchen locks, a dish sold out as it is ordered."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.house import Database
from tests.kitchen import breakfast, menu, order, ordered, part, posted, set_hour, taken
from tests.races import Connection, all_at_once, at_once
from tests.world import OWNER, Refused, World

GUESTS = ("Marutani", "Alvarez")


@pytest.fixture(autouse=True)
def evening(world: World, database: Database) -> None:
    set_hour(world)


def ordering(guest: str, wanted: dict[str, Any], key: str = "k") -> Any:
    def act(conn: Connection) -> Any:
        world = World(conn)
        try:
            with world.guest(guest):
                return order(world, wanted, key)["status"]
        except Refused as refused:
            return refused.slug

    return act


def test_the_last_place_is_taken_once(world: World, database: Database) -> None:
    world.conn.execute("update service_menus.time_slots set capacity = 1")
    wanted = breakfast(world)
    first, second = at_once(database, ordering("Marutani", wanted), ordering("Alvarez", wanted))
    assert (first, second, taken(world)) == (201, "slot_full", 1)


def test_two_orders_of_one_stay_do_not_both_pass_for_its_people(world: World, database: Database) -> None:
    world.conn.execute("update service_menus.menus set pricing_mode = 'included' where meal = 'breakfast'")
    early, late = breakfast(world), breakfast(world, "09:00")
    assert at_once(database, ordering("Marutani", early, "a"), ordering("Marutani", late, "b")) == (
        201,
        "party_is_served",
    )


def test_a_dish_sold_out_at_this_moment_is_not_ordered(world: World, database: Database) -> None:
    wanted = breakfast(world)

    def sell_out(conn: Connection) -> None:
        conn.execute(
            "update service_menus.drinks set is_sold_out = true where id = %s", (part(World(conn), "Coffee"),)
        )

    assert at_once(database, sell_out, ordering("Marutani", wanted))[1] == "sold_out"


def test_a_choice_taken_away_at_this_moment_is_gone(world: World, database: Database) -> None:
    wanted = breakfast(world)

    def take_away(conn: Connection) -> None:
        conn.execute(
            'update service_menus.choice_groups set choices = \'[{"key": "raw", "label": {"en": "raw"}}]\''
            " where name ->> 'en' = 'How'"
        )

    assert at_once(database, take_away, ordering("Marutani", wanted))[1] == "choice_gone"


def test_a_change_at_the_moment_of_locking_comes_too_late(world: World, database: Database) -> None:
    request = ordered(world)
    wanted = breakfast(world, "09:00")
    world.conn.execute("update service_menus.menus set lock_minutes_before = 1440")

    property_id = str(world.value("select property_id from service_menus.menus where id = %s", menu(world)))

    def locking(conn: Connection) -> Any:
        conn.execute("select app.set_caller(tenant_id) from public.properties where id = %s", (property_id,))
        return conn.execute("select app.lock_due_orders(%s)", (property_id,)).fetchone()

    def changing(conn: Connection) -> Any:
        other = World(conn)
        try:
            with other.guest("Marutani"):
                return other.value("select api.change_menu_order(%s, %s, 'c')", request, Jsonb(wanted))
        except Refused as refused:
            return refused.slug

    assert at_once(database, locking, changing)[1] == "order_is_locked"
    assert (taken(world), posted(world, request)) == (1, [1200.0])


def test_many_taps_on_one_key_are_one_order(world: World, database: Database) -> None:
    wanted = breakfast(world)
    answers = all_at_once(database, [ordering("Marutani", wanted)] * 8)
    assert (answers.count(201), answers.count(200), taken(world)) == (1, 7, 1)


def test_orders_and_changes_across_two_times_come_to_no_deadlock(world: World, database: Database) -> None:
    one, two = ordered(world, "Marutani", at="08:00"), ordered(world, "Alvarez", at="09:00")
    there, back = breakfast(world, "09:00"), breakfast(world, "08:00")

    def changing(guest: str, request: str, wanted: dict[str, Any]) -> Any:
        def act(conn: Connection) -> Any:
            other = World(conn)
            with other.guest(guest):
                return other.value(
                    "select api.change_menu_order(%s, %s, 'c') ->> 'status'", request, Jsonb(wanted)
                )

        return act

    crossing = [changing("Marutani", one, there), changing("Alvarez", two, back)]
    assert all_at_once(database, crossing) == ["200", "200"]
    assert (taken(world, "08:00"), taken(world, "09:00")) == (1, 1)


def moving(conn: Connection) -> Any:
    world = World(conn)
    with world.member(OWNER):
        return world.value("select api.save_property('FSL', %s)", Jsonb({"time_zone": "Europe/Madrid"}))


@pytest.mark.parametrize("is_ordered_first", [True, False])
def test_an_order_as_the_zone_is_set_right(world: World, database: Database, is_ordered_first: bool) -> None:
    guest = ordering("Marutani", breakfast(world))
    answers = at_once(database, guest, moving) if is_ordered_first else at_once(database, moving, guest)
    assert 201 in answers
    served = (
        "select (s.starts_at at time zone 'Europe/Madrid')::time::text, r.scheduled_for = s.starts_at"
        " from service_menus.orders as o join service_menus.sessions as s on s.id = o.session_id"
        " join portal.requests as r on r.id = o.request_id where s.locked_at is null"
    )
    assert world.rows(served) == [("08:00:00", True)]
