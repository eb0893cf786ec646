"""report_stuck_requests: work on which nobody took a step for too long is told to its team, once."""

import json
from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, Refused, World

RUN = (
    "select app.report_stuck_requests(r) from (select (jsonb_populate_record(null::app.job_runs,"
    " jsonb_build_object('tenant_id', p.tenant_id, 'property_id', p.id, 'job', 'report_stuck_requests',"
    " 'slot', app.now()))).* from public.properties as p where p.code = 'FSL') as r"
)
TOLD = (
    "select recipient, variables ->> 'number' from public.notification_log"
    " where event_key = 'request_stuck' and request_id = %s"
)


def towels(world: World) -> Any:
    with world.guest("Marutani") as guest:
        asked = {"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 1}]}
        return guest.submit(asked, "stuck")["body"]["request"]


def minutes_pass(world: World, minutes: int) -> None:
    world.conn.execute("update app.clock set shift = shift + make_interval(mins => %s)", (minutes,))


def run(world: World) -> int:
    """A run at FSL; how many were told."""
    with world.owner():
        world.conn.execute("select app.set_caller(t.id) from public.tenants as t where t.slug = 'hamsun'")
        return int(world.value(RUN)["stuck"])


@pytest.fixture
def tidy(world: World) -> World:
    """Nothing of the demo's own is stuck any more."""
    minutes_pass(world, 20_000)
    for _ in range(5):
        run(world)
    return world


@pytest.mark.shows("notification/status_change_slack")
def test_its_team_is_told_once(tidy: World) -> None:
    request = towels(tidy)
    minutes_pass(tidy, 59)
    assert run(tidy) == 0
    minutes_pass(tidy, 2)
    assert run(tidy) == 1
    assert tidy.rows(TOLD, request["id"]) == [("#housekeeping-fsl", request["number"])]
    minutes_pass(tidy, 600)
    assert run(tidy) == 0


def test_a_step_begins_the_time_anew(tidy: World) -> None:
    request = towels(tidy)
    minutes_pass(tidy, 50)
    with tidy.member(RECEPTION) as reception:
        reception.act(request["id"], "acknowledge", "new")
    minutes_pass(tidy, 50)
    assert run(tidy) == 0
    minutes_pass(tidy, 20)
    assert run(tidy) == 1


def test_what_is_over_is_not_stuck(tidy: World) -> None:
    request = towels(tidy)
    with tidy.guest("Marutani") as guest:
        guest.act(request["id"], "cancel", "new")
    minutes_pass(tidy, 600)
    assert run(tidy) == 0


def test_what_is_agreed_for_later_is_not_late_before(tidy: World) -> None:
    request = towels(tidy)
    with tidy.owner() as owner:
        owner.conn.execute(
            "update portal.requests set scheduled_for = app.now() + interval '5 hours' where id = %s",
            (request["id"],),
        )
    minutes_pass(tidy, 330)
    assert run(tidy) == 0
    minutes_pass(tidy, 60)
    assert run(tidy) == 1


def test_a_wish_that_nobody_decides_is_stuck_and_a_part_that_is_awaited_is_not(tidy: World) -> None:
    day = str(tidy.value("select check_out from public.bookings where id = %s", tidy.booking("Marutani")))
    wish = {"type_slug": "booking_action", "subtype": "special_occasion", "occasion": "other", "date": day}
    with tidy.guest("Marutani") as guest:
        undecided = guest.submit(wish, "undecided")["body"]["request"]
        broken = {"type_slug": "maintenance", "subtype": "plumbing"}
        awaited = guest.submit(broken, "awaited")["body"]["request"]
    with tidy.owner() as owner:
        owner.conn.execute("alter table portal.requests disable trigger requests__follow_workflow")
        owner.conn.execute(
            "update portal.requests set status = 'waiting_parts', phase = 'waiting' where id = %s",
            (awaited["id"],),
        )
    minutes_pass(tidy, 119)
    assert run(tidy) == 0
    minutes_pass(tidy, 600)
    assert run(tidy) == 1
    assert tidy.rows(TOLD, undecided["id"]) == [("#reception-fsl", undecided["number"])]


@pytest.mark.parametrize(("minutes", "told"), [(0, 0), (10, 1), (600, 0)])
def test_a_house_has_its_own_patience(tidy: World, minutes: int, told: int) -> None:
    with tidy.member("manager@hamsun.example") as manager:
        manager.value(f"select api.set_setting('FSL', 'stuck_minutes:housekeeping', '{minutes}')")
    towels(tidy)
    minutes_pass(tidy, 70)
    assert run(tidy) == told


def test_a_type_says_after_how_long_where_no_house_does(tidy: World) -> None:
    """publish_request_type keeps it."""
    document = json.loads(Path("seeds/reference/workflows/housekeeping.json").read_text())
    with tidy.member(MANAGER) as manager:
        manager.value(
            "select api.publish_workflow('housekeeping', %s)", Jsonb(document | {"stuck_minutes": 20})
        )
        shown = "select stuck_minutes from api.request_types where slug = 'housekeeping'"
        assert manager.value(shown) == 20
    towels(tidy)
    minutes_pass(tidy, 19)
    assert run(tidy) == 0
    minutes_pass(tidy, 2)
    assert run(tidy) == 1


@pytest.mark.parametrize("email", [HOUSEKEEPER, STRANGER])
def test_nobody_else_sets_it(world: World, email: str) -> None:
    with pytest.raises(Refused), world.member(email) as member:
        member.value("select api.set_setting('FSL', 'stuck_minutes:housekeeping', '5')")
