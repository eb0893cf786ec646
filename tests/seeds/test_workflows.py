"""The request types at the start: keys, phases, ways and inputs, held against the agreed table."""

from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from functions.cli.seed import reference

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Life:
    """One row of the table. Statuses as key:phase[/outcome], actions as key:from,…>to[?input,…]."""

    statuses: str
    actions: str
    guest_cancels: str = "new"
    subtypes: str = ""
    charge: str | None = None


LIVES = {
    "kitchen_fnb": Life(
        "new:open confirmed:active preparing:active ready:active delivered:closed/success "
        "declined:closed/declined",
        "confirm:new>confirmed prepare:confirmed>preparing mark_ready:preparing>ready "
        "deliver:ready>delivered decline:new,confirmed>declined?reason",
        charge="deliver room_service lines",
    ),
    "mini_shop": Life(
        "new:open confirmed:active delivered:closed/success declined:closed/declined",
        "confirm:new>confirmed deliver:confirmed>delivered decline:new,confirmed>declined?reason",
        charge="deliver grocery lines",
    ),
    "housekeeping": Life(
        "new:open acknowledged:active assigned:active in_progress:active done:closed/success",
        "acknowledge:new>acknowledged assign:acknowledged>assigned?assignee "
        "start:acknowledged,assigned>in_progress complete:acknowledged,in_progress>done",
        subtypes="towels linen amenities laundry_pickup",
    ),
    "cleaning": Life(
        "new:open assigned:active in_progress:active done:closed/success skipped:closed/skipped",
        "assign:new>assigned?assignee start:assigned>in_progress complete:in_progress>done "
        "skip:new,assigned>skipped?reason",
        subtypes="one_off daily_clean post_checkout deep_clean turndown",
    ),
    "maintenance": Life(
        "new:open triaged:active assigned:active in_progress:active waiting_parts:waiting "
        "done:closed/success cannot_resolve:closed/failure",
        "triage:new>triaged?severity assign:triaged>assigned?assignee start:assigned>in_progress "
        "complete:in_progress>done wait_for_parts:in_progress>waiting_parts?note "
        "resume:waiting_parts>in_progress "
        "cannot_resolve:triaged,assigned,in_progress,waiting_parts>cannot_resolve?reason",
        subtypes="ac_heating plumbing electrical wifi_tv furniture appliance other",
    ),
    "airport_transport": Life(
        "new:open scheduled:active driver_assigned:active in_transit:active completed:closed/success "
        "declined:closed/declined",
        "schedule:new>scheduled?scheduled_for assign_driver:scheduled>driver_assigned?driver "
        "depart:driver_assigned>in_transit complete:in_transit>completed "
        "decline:new,scheduled>declined?reason",
        subtypes="airport_pickup airport_drop city_drop city_tour",
        charge="complete airport_transfer price",
    ),
    "concierge": Life(
        "new:open acknowledged:active in_progress:active done:closed/success",
        "acknowledge:new>acknowledged start:acknowledged>in_progress complete:in_progress>done",
        subtypes="info_request recommendation other",
    ),
    "wake_up_call": Life(
        "new:open confirmed:waiting done:closed/success no_answer:closed/failure",
        "confirm:new>confirmed complete:confirmed>done no_answer:confirmed>no_answer",
    ),
    "complaint": Life(
        "new:open acknowledged:active investigating:active resolved:resolved closed:closed/success",
        "acknowledge:new>acknowledged investigate:acknowledged>investigating "
        "resolve:investigating>resolved?resolution close:resolved>closed reopen:resolved>investigating",
    ),
    "lost_and_found": Life(
        "new:open searching:active found:waiting returned:closed/success not_found:closed/failure",
        "search:new>searching found:searching>found?storage_location hand_over:found>returned "
        "not_found:searching>not_found",
    ),
    "booking_action": Life(
        "new:open pending_approval:waiting approved:active completed:closed/success rejected:closed/declined",
        "request_approval:new>pending_approval approve:pending_approval>approved?amount "
        "complete:approved>completed reject:pending_approval>rejected?reason",
        guest_cancels="new pending_approval",
        subtypes="late_checkout early_checkin extend_stay shorten_stay room_change special_occasion",
        charge="complete by_subtype input",
    ),
    "menu_order": Life(
        "placed:open locked:active preparing:active delivered:closed/success",
        "lock:placed>locked prepare:locked>preparing deliver:preparing>delivered",
        guest_cancels="placed",
    ),
    "task": Life(
        "new:open assigned:active in_progress:active waiting:waiting done:resolved closed:closed/success",
        "assign:new>assigned?assignee start:assigned>in_progress wait:in_progress>waiting?reason "
        "resume:waiting>in_progress complete:in_progress>done close:done>closed reopen:done>in_progress",
        guest_cancels="",
    ),
}

WORKING_NOW = {
    "booking_action",
    "kitchen_fnb",
    "mini_shop",
    "housekeeping",
    "cleaning",
    "maintenance",
    "airport_transport",
    "concierge",
    "wake_up_call",
    "complaint",
    "lost_and_found",
}  # and task, which is staff's own and never on the portal
SYSTEM_ONLY = {("booking_action", "request_approval"), ("menu_order", "lock")}
SYSTEM_TOO = {("cleaning", "skip")}  # where the guest wants none that day, or moved
NEEDS_A_MANAGER = {("booking_action", "approve"), ("booking_action", "reject")}

TYPES = {entry["slug"]: entry for entry in reference("request_types")}
each_type = pytest.mark.parametrize("slug", sorted(LIVES))


def own_actions(slug: str) -> dict[str, Any]:
    """A type's actions without the two that every type has."""
    actions: dict[str, Any] = TYPES[slug]["workflow"]["actions"]
    return {key: action for key, action in actions.items() if key not in {"cancel", "expire"}}


def test_all_thirteen_types_are_seeded() -> None:
    assert set(TYPES) == set(LIVES)


@each_type
def test_the_validator_finds_no_problem(seeded: Connection, slug: str) -> None:
    row = seeded.execute("select app.workflow_problems(%s)", (Jsonb(TYPES[slug]),)).fetchone()

    assert row == ([],)


@pytest.mark.shows(
    "subflow/kitchen_fnb_life",
    "subflow/housekeeping_life",
    "subflow/maintenance_life",
    "subflow/airport_transport_life",
    "subflow/booking_action_life",
)
@each_type
def test_statuses_are_those_of_the_table(slug: str) -> None:
    written = {
        f"{key}:{status['phase']}" + (f"/{status['outcome']}" if "outcome" in status else "")
        for key, status in TYPES[slug]["workflow"]["statuses"].items()
    }

    assert written == {*LIVES[slug].statuses.split(), "cancelled:closed/cancelled", "expired:closed/expired"}


@each_type
def test_actions_are_those_of_the_table(slug: str) -> None:
    written = set()
    for key, action in own_actions(slug).items():
        needed = [field for field, rule in action["requires"].items() if rule.get("required", True)]
        inputs = f"?{','.join(needed)}" if needed else ""
        written.add(f"{key}:{','.join(sorted(action['from']))}>{action['to']}{inputs}")

    assert written == {in_order(action) for action in LIVES[slug].actions.split()}


def in_order(action: str) -> str:
    """The same action of the table with its origins sorted."""
    key, rest = action.split(":")
    origins, target = rest.split(">")
    return f"{key}:{','.join(sorted(origins.split(',')))}>{target}"


@each_type
def test_every_type_can_be_cancelled_and_can_expire(slug: str) -> None:
    actions = TYPES[slug]["workflow"]["actions"]
    cancel, expire = actions["cancel"], actions["expire"]

    assert (cancel["from"], cancel["to"], expire["from"], expire["to"]) == ("*", "cancelled", "*", "expired")
    assert cancel["by"] == (["guest", "staff"] if LIVES[slug].guest_cancels else ["staff"])
    assert cancel.get("guest_from", []) == LIVES[slug].guest_cancels.split()
    assert cancel["requires"]["reason"]["by"] == ["staff"]
    assert expire["by"] == ["system"]


@each_type
def test_who_may_act(slug: str) -> None:
    for key, action in own_actions(slug).items():
        system = ["system"] if (slug, key) in SYSTEM_ONLY | SYSTEM_TOO else []
        staff = [] if (slug, key) in SYSTEM_ONLY else ["staff"]
        assert action["by"] == staff + system
        if (slug, key) in NEEDS_A_MANAGER:
            assert action["permission"] == "hotel:requests:approve"
        elif action["to"] == "assigned":
            assert action["permission"] == "hotel:requests:assign"
        elif "staff" in action["by"]:
            assert action["permission"] == "hotel:requests:write"


@pytest.mark.shows(
    "subflow/housekeeping_subtypes",
    "subflow/maintenance_subtypes",
    "subflow/airport_transport_subtypes",
    "subflow/concierge_subtypes",
)
@each_type
def test_subtypes_are_those_of_the_table(slug: str) -> None:
    assert [subtype["key"] for subtype in TYPES[slug]["subtypes"]] == LIVES[slug].subtypes.split()


@each_type
def test_what_is_charged_and_when(slug: str) -> None:
    charges = [
        f"{key} {action['posts_charge']['category']} {action['posts_charge']['amount']}"
        for key, action in own_actions(slug).items()
        if action["posts_charge"]
    ]

    assert charges == ([LIVES[slug].charge] if LIVES[slug].charge else [])


@each_type
def test_the_guests_track_leads_from_the_start_to_success(slug: str) -> None:
    workflow = TYPES[slug]["workflow"]
    path, statuses = workflow["path"], workflow["statuses"]

    assert path[0] == workflow["initial"]
    assert statuses[path[-1]]["outcome"] == "success"
    assert all(status.get("step", path[0]) in path for status in statuses.values())


def test_only_what_works_is_offered() -> None:
    assert {slug for slug, entry in TYPES.items() if entry["is_offered"]} == WORKING_NOW


def test_a_price_is_stated_in_each_currency_of_the_demo() -> None:
    prices = [
        subtype["price"] for entry in TYPES.values() for subtype in entry["subtypes"] if subtype["price"]
    ]

    assert prices
    assert all(set(price) == {"PKR", "EUR"} for price in prices)


@each_type
def test_guests_hear_of_what_is_refused_to_them(slug: str) -> None:
    statuses = TYPES[slug]["workflow"]["statuses"]
    silent = {"no_answer", "skip"}  # they slept through it; they asked for it

    for key, action in own_actions(slug).items():
        refused = statuses[action["to"]].get("outcome") in {"declined", "failure", "skipped"}
        assert action["notify_guest_on_action"] or not refused or key in silent


@each_type
def test_success_is_told_by_request_done_and_not_twice(slug: str) -> None:
    statuses = TYPES[slug]["workflow"]["statuses"]

    for action in own_actions(slug).values():
        assert not (statuses[action["to"]].get("outcome") == "success" and action["notify_guest_on_action"])
