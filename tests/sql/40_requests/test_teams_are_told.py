"""Who hears what of maintenance and transport: the technician by name, the guest who drives them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.manager import member_id
from tests.world import MANAGER, RECEPTION, World

BROKEN = {"type_slug": "maintenance", "subtype": "plumbing", "severity": "urgent", "note": "It drips."}
TOMORROW = datetime.now(UTC).date() + timedelta(days=1)
RIDE = {"type_slug": "airport_transport", "subtype": "airport_drop", "scheduled_for": f"{TOMORROW}T06:10"}
TECHNICIAN = "technician@hamsun.example"


def ask(world: World, request: dict[str, Any]) -> Any:
    with world.guest("Marutani"):
        return world.submit(request, str(request))["body"]["request"]["id"]


def act(world: World, by: str, request: Any, *steps: tuple[str, dict[str, Any]]) -> str:
    with world.member(by):
        return str([world.act(request, action, None, given)["status"] for action, given in steps][-1])


def messages(world: World, request: Any, channel: str) -> list[tuple[str, dict[str, Any]]]:
    rows = world.rows(
        "select event_key, variables from public.notification_log"
        " where request_id = %s and channel = %s and event_key <> 'card_renewed' order by id",
        *(request, channel),
    )
    return [(row[0], row[1]) for row in rows]


@pytest.fixture
def assigned(undone: World) -> Any:
    """A leak that Bilal is to look at."""
    request = ask(undone, BROKEN)
    bilal = member_id(undone, TECHNICIAN)
    act(undone, RECEPTION, request, ("triage", {"severity": "urgent"}))
    act(undone, MANAGER, request, ("assign", {"assignee": bilal}))
    return request


@pytest.mark.shows("subflow/maintenance_technician")
def test_a_technician_is_told_by_name_in_the_teams_channel(undone: World, assigned: Any) -> None:
    event, told = messages(undone, assigned, "slack")[-1]
    assert (event, told["team"]) == ("request_status", "maintenance")
    assert (told["assignee"], told["assignee_slack"]) == ("Bilal", "U0BILAL0001")


def test_waiting_for_parts_is_said_to_the_guest_and_goes_on(undone: World, assigned: Any) -> None:
    assert act(undone, TECHNICIAN, assigned, ("start", {})) == "in_progress"
    assert act(undone, TECHNICIAN, assigned, ("wait_for_parts", {"note": "A valve"})) == "waiting_parts"
    event, told = messages(undone, assigned, "whatsapp")[-1]
    assert (event, told["guest_status_label"]) == ("request_update", "Waiting for parts")
    assert act(undone, TECHNICIAN, assigned, ("resume", {}), ("complete", {})) == "done"
    assert messages(undone, assigned, "whatsapp")[-1][0] == "request_done"


@pytest.mark.shows("template/request_cancelled")
def test_what_cannot_be_repaired_says_why_to_guest_and_reception(undone: World, assigned: Any) -> None:
    act(undone, TECHNICIAN, assigned, ("cannot_resolve", {"reason": "The wall has to be opened"}))
    event, told = messages(undone, assigned, "whatsapp")[-1]
    assert (event, told["reason"]) == ("request_cancelled", "The wall has to be opened")
    assert messages(undone, assigned, "slack")[-1][1]["team"] == "reception"


def test_a_guest_reads_who_drives_and_when(undone: World) -> None:
    request = ask(undone, RIDE)
    act(
        undone,
        RECEPTION,
        request,
        ("schedule", {"scheduled_for": f"{TOMORROW}T06:00"}),
        ("assign_driver", {"driver": "Asif, white Corolla LEB 4821"}),
    )
    planned, said = messages(undone, request, "whatsapp")[-2]
    assert planned == "ride_scheduled"
    assert "06:00" in said["scheduled_for"]
    event, told = messages(undone, request, "whatsapp")[-1]
    assert (event, told["driver"]) == ("driver_assigned", "Asif, white Corolla LEB 4821")
    assert "06:00" in told["scheduled_for"]


@pytest.mark.shows("subflow/airport_transport_charge")
def test_a_ride_is_charged_when_it_is_over(undone: World) -> None:
    request = ask(undone, RIDE)
    charged = "select category, gross::integer from public.charges where request_id = %s"
    steps = (("schedule", {"scheduled_for": f"{TOMORROW}T06:00"}), ("assign_driver", {"driver": "Asif"}))
    assert act(undone, RECEPTION, request, *steps, ("depart", {})) == "in_transit"
    assert undone.rows(charged, request) == []
    assert act(undone, RECEPTION, request, ("complete", {})) == "completed"
    assert undone.rows(charged, request) == [("airport_transfer", 4500)]
