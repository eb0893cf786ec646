"""tg_bookings__requests_follow_dates: what was agreed for a day that a stay loses ends with that day."""

from datetime import timedelta
from typing import Any

import pytest

from tests.kitchen import posted, set_hour, today
from tests.world import MANAGER, RECEPTION, World


@pytest.fixture
def world(undone: World) -> World:
    """It is evening."""
    set_hour(undone)
    return undone


def state(world: World, request: Any) -> str:
    return str(world.value("select status from portal.requests where id = %s", request))


def told(world: World, request: Any) -> list[Any]:
    """What the guest was told of a request's end."""
    return [
        row[0]
        for row in world.rows(
            "select variables ->> 'reason' from public.notification_log"
            " where request_id = %s and event_key = 'request_cancelled' and channel = 'whatsapp'",
            request,
        )
    ]


def leave(world: World, days: int) -> None:
    """Marutani's stay ends so many days from today."""
    booking, day = world.booking("Marutani"), today(world) + timedelta(days=days)
    with world.member(RECEPTION):
        world.value("select api.change_stay_dates(%s, null, %s)", booking, day.isoformat())


def asked(world: World, **request: Any) -> Any:
    with world.guest("Marutani"):
        return world.submit(request, str(request))["body"]["request"]["id"]


def late_check_out(world: World) -> Any:
    """One that a manager approved for 5,000."""
    request = asked(world, type_slug="booking_action", subtype="late_checkout")
    with world.member(MANAGER):
        world.act(request, "approve", None, {"amount": "5000"})
    return request


def test_what_is_meant_for_a_day_that_stays_goes_on(world: World) -> None:
    call = asked(world, type_slug="wake_up_call", scheduled_for=f"{today(world) + timedelta(days=1)}T06:30")
    leave(world, 1)
    assert state(world, call) == "new"
    assert told(world, call) == []


def test_nobody_is_called_awake_who_has_left(world: World) -> None:
    call = asked(world, type_slug="wake_up_call", scheduled_for=f"{today(world) + timedelta(days=1)}T06:30")
    leave(world, 0)
    assert state(world, call) == "expired"
    with world.guest("Marutani"):
        why = world.value("select reason from api.portal_requests where id = %s", call)
    assert why == "stay_dates_changed"


@pytest.mark.parametrize("days", [1, 9])
def test_a_late_check_out_agreed_for_another_day_is_not_charged(world: World, days: int) -> None:
    request = late_check_out(world)
    leave(world, days)
    assert state(world, request) == "expired"
    assert posted(world, request) == []
    assert told(world, request) == ["the days of your stay have changed"]


def test_the_same_dates_again_change_nothing(world: World) -> None:
    request = late_check_out(world)
    world.conn.execute(
        "update public.bookings set check_out = check_out where id = %s", (world.booking("Marutani"),)
    )
    assert state(world, request) == "approved"
