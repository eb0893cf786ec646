"""orders_follow_stay: nobody pays for a breakfast at which they are not here any more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.house import Database
from tests.kitchen import ordered, posted, set_hour, taken, today
from tests.world import MANAGER, RECEPTION, World, is_waiting_for_a_lock, wait_for

STATUS = "select status from portal.requests where id = %s"


@pytest.fixture(autouse=True)
def evening(world: World) -> None:
    set_hour(world)


def leaves(world: World, days: int) -> None:
    """Reception has Marutani leave so many days from today."""
    day, booking = (today(world) + timedelta(days=days)).isoformat(), world.booking("Marutani")
    with world.member(RECEPTION):
        world.value("select api.change_stay_dates(%s, null, %s)", booking, day)


def checks_out(world: World) -> None:
    booking = world.booking("Marutani")
    with world.member(RECEPTION):
        world.value("select api.check_out_guest(%s, 'the company pays')", booking)


def test_a_day_that_the_stay_loses_takes_its_order_along(world: World) -> None:
    request = ordered(world)
    leaves(world, 0)
    assert world.value(STATUS, request) == "expired"
    assert (posted(world, request), taken(world)) == ([1200.0, -1200.0], 0)
    by = (
        "select actor_kind, input ->> 'reason' from portal.request_status_history"
        " where request_id = %s and action = 'expire'"
    )
    assert world.rows(by, request) == [("system", "stay_dates_changed")]


def test_the_last_morning_still_has_its_breakfast(world: World) -> None:
    request = ordered(world)
    leaves(world, 1)
    assert (world.value(STATUS, request), taken(world)) == ("placed", 1)


def test_who_leaves_before_the_meal_does_not_pay_for_it(world: World) -> None:
    request = ordered(world)
    leaves(world, 1)
    set_hour(world, "06:30", 1)
    checks_out(world)
    assert (world.value(STATUS, request), sum(posted(world, request)), taken(world)) == ("expired", 0, 0)
    assert world.value("select count(*) from public.alerts where kind = 'charge_not_reversed'") == 0


def test_what_the_kitchen_has_begun_stays_on_the_bill(world: World) -> None:
    request = ordered(world)
    leaves(world, 1)
    set_hour(world, "07:30", 1)
    world.conn.execute("select app.tick()")
    checks_out(world)
    assert (world.value(STATUS, request), posted(world, request)) == ("locked", [1200.0])


def test_an_order_called_off_and_a_check_out_come_to_no_deadlock(world: World, database: Database) -> None:
    """What is approved is charged only once all orders are held."""
    request = ordered(world)
    leaves(world, 1)
    day = (today(world) + timedelta(days=1)).isoformat()
    wish = {"type_slug": "booking_action", "subtype": "special_occasion", "occasion": "other", "date": day}
    with world.guest("Marutani"):
        approved = world.submit(wish, "a cake")["body"]["request"]["id"]
    with world.member(MANAGER):
        world.act(approved, "approve", None, {"amount": "500"})
    set_hour(world, "06:30", 1)
    with database.connect() as ahead, database.connect() as behind, ThreadPoolExecutor(1) as pool:
        with ahead.transaction():
            ahead.execute("select from portal.requests where id = %s for update", (request,))
            leaving = pool.submit(checks_out, World(behind))
            wait_for(lambda: is_waiting_for_a_lock(world.conn, behind), "the check-out's wait")
            with World(ahead).guest("Marutani") as guest:
                guest.act(request, "cancel")
        leaving.result(20)
    assert (world.value(STATUS, request), sum(posted(world, request)), taken(world)) == ("cancelled", 0, 0)
    assert posted(world, approved) == [500.0]
