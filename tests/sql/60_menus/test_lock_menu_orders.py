"""lock_menu_orders: every five minutes, what is to be cooked soon is locked, once."""

import pytest

from tests.clockwork import tick
from tests.kitchen import ordered, set_hour
from tests.world import RECEPTION, World


@pytest.fixture(autouse=True)
def evening(world: World) -> None:
    set_hour(world)
    world.conn.execute(
        "delete from app.job_runs; update app.job_plans set is_on = false where job <> 'lock_menu_orders'"
    )


def status(world: World, request: str) -> str:
    return str(world.value("select status from portal.requests where id = %s", request))


def runs(world: World) -> int:
    return int(
        world.value(
            "select count(*) from app.job_runs where job = 'lock_menu_orders' and outcome ->> 'locked' = '1'"
        )
    )


@pytest.mark.shows("cron/lock-menu-orders", "table/sessions")
def test_it_is_locked_at_its_minute_and_not_before(world: World) -> None:
    request = ordered(world)
    set_hour(world, "07:19:30", 1)
    tick(world)
    assert status(world, request) == "placed"
    set_hour(world, "07:20:30")
    tick(world)
    tick(world)
    assert (status(world, request), runs(world)) == ("locked", 1)
    sessions = world.rows("select taken, locked_at is not null from service_menus.sessions where taken > 0")
    assert sessions == [(1, True)]
    history = world.rows(
        "select action, actor_kind from portal.request_status_history where request_id = %s"
        " order by position",
        request,
    )
    assert history == [(None, "guest"), ("lock", "system")]


def test_only_those_whose_time_has_come(world: World) -> None:
    soon, later = ordered(world, key="a"), ordered(world, key="b", at="09:30")
    set_hour(world, "07:25", 1)
    tick(world)
    assert (status(world, soon), status(world, later)) == ("locked", "placed")


def test_the_menu_says_how_long_before(world: World) -> None:
    request = ordered(world)
    world.conn.execute("update service_menus.menus set lock_minutes_before = 600")
    set_hour(world, "22:05")
    tick(world)
    assert status(world, request) == "locked"


def test_after_an_outage_it_is_made_up_for(world: World) -> None:
    request = ordered(world)
    set_hour(world, "07:55", 1)
    tick(world)
    assert status(world, request) == "locked"


def test_what_is_locked_is_prepared_and_delivered(world: World) -> None:
    request = ordered(world)
    set_hour(world, "07:25", 1)
    tick(world)
    with world.member(RECEPTION):
        world.act(request, "prepare")
        world.act(request, "deliver")
    assert status(world, request) == "delivered"


def test_app_lock_menu_orders_answers_what_it_did(world: World) -> None:
    ordered(world)
    set_hour(world, "07:25", 1)
    tick(world)
    assert world.value(
        "select app.lock_menu_orders(r) from app.job_runs as r where outcome ->> 'locked' = '1'"
    ) == {
        "locked": 0,
        "is_unfinished": False,
    }
