"""Every request type lives as its seed says: open when it should be, each action taken by whom it is for."""

from datetime import timedelta
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from functions.cli.seed import reference
from tests.kitchen import breakfast, order, set_hour, today
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, Refused, World

TYPES = {entry["slug"]: entry for entry in reference("request_types")}
CHANGES = "booking_action"  # each of its kinds asks the house first, in tests of its own
LIVING = sorted(slug for slug in TYPES if slug == "task" or (TYPES[slug]["is_offered"] and slug != CHANGES))
ON_PORTAL = sorted(slug for slug in LIVING if TYPES[slug]["feature"])
WINDOWS = {entry["feature"]: entry["states"] for entry in reference("feature_windows")}
GUESTS = {
    "pre_checkin": "Okafor",
    "arrival_day": "Alvarez",
    "in_house": "Marutani",
    "departure_day": "Haddad",
    "post_checkout": "Lindqvist",
}
GOODS = {"kitchen_fnb": "club_sandwich", "mini_shop": "cola"}
KINDS = [f"{slug}/{kind['key']}" for slug in (*ON_PORTAL, CHANGES) for kind in TYPES[slug]["subtypes"]]
AT_THE_DESK = sorted({*KINDS, *(slug for slug in ON_PORTAL if not TYPES[slug]["subtypes"]), "menu_order"})
DONE_FOR = (
    "select r.booking_id, r.on_behalf_of, r.guest_id = b.guest_id, r.source, m.display_name, h.actor_kind,"
    " h.actor_name from portal.requests r join public.bookings b on b.id = r.booking_id"
    " join identity.memberships m on m.id = r.created_by"
    " join portal.request_status_history h on h.request_id = r.id and h.from_status is null where r.id = %s"
)
TOLD = (
    "select n.event_key, n.recipient from public.notification_log n"
    " where n.request_id = %s and n.channel = 'whatsapp' and n.event_key = 'request_received'"
)
PHONE = "select g.phone from public.guests g join public.bookings b on b.guest_id = g.id where b.id = %s"


def given(world: World, rules: dict[str, Any]) -> dict[str, Any]:
    """Something sound for each thing that is asked for."""
    kinds = {
        "timestamp": "select app.now()::text",
        "member": "select m.id::text from identity.memberships m join identity.users u on u.id = m.user_id"
        " where u.email = 'technician@hamsun.example'",
    }
    return {
        key: world.value(kinds[rule["type"]])
        if rule["type"] in kinds
        else rule["options"][0]
        if rule["type"] == "choice"
        else "100"
        if rule["type"] == "money"
        else "Said so."
        for key, rule in rules.items()
    }


def wish(world: World, slug: str, **more: Any) -> dict[str, Any]:
    """A request of a type with everything that it asks for."""
    kind = TYPES[slug]
    asked = {key: rule for key, rule in kind["asks"].items() if rule.get("required", True)}
    goods = [{"sku": GOODS[slug], "quantity": 1}] if kind["takes_items"] == "required" else []
    return {
        "type_slug": slug,
        **({"subtype": kind["subtypes"][0]["key"]} if kind["subtypes"] else {}),
        **({"items": goods} if goods else {}),
        **given(world, asked),
        **more,
    }


def take(world: World, kind: str, request: Any, action: str, rules: dict[str, Any], by: str = MANAGER) -> str:
    """The status after an action by a guest, a member or the system."""
    asked = {key: rule for key, rule in rules.items() if kind in rule.get("by", [kind])}
    inputs = given(world, asked)
    if kind == "guest":
        with world.guest("Marutani"):
            return str(world.act(request, action, None, inputs)["status"])
    if kind == "staff":
        with world.member(by):
            return str(world.act(request, action, None, inputs)["status"])
    with world.owner():
        world.conn.execute("select app.set_caller(tenant_id) from portal.requests where id = %s", (request,))
        world.conn.execute(
            "select app.perform_action(r, %s, %s) from portal.requests r where id = %s",
            (action, Jsonb(inputs), request),
        )
        return str(world.value("select status from portal.requests where id = %s", request))


def way_to(slug: str, status: str) -> list[str]:
    """The shortest row of actions from a type's first status to another."""
    workflow = TYPES[slug]["workflow"]
    ways: dict[str, list[str]] = {workflow["initial"]: []}
    for here in (line := [workflow["initial"]]):
        for key, action in workflow["actions"].items():
            if here in action["from"] and action["to"] not in ways:
                ways[action["to"]] = [*ways[here], key]
                line.append(action["to"])
    return ways[status]


def brought_to(world: World, slug: str, status: str, number: int) -> Any:
    """A guest's request that has come as far as this status."""
    about = {} if slug == "task" else {"on_behalf_of": str(world.booking("Marutani"))}
    wanted = wish(world, slug, **about)
    with world.member(MANAGER):
        request = world.submit(wanted, f"life-{number}")["body"]["request"]["id"]
    actions = TYPES[slug]["workflow"]["actions"]
    for key in way_to(slug, status):
        take(
            world,
            "staff" if "staff" in actions[key]["by"] else "system",
            request,
            key,
            actions[key]["requires"],
        )
    return request


@pytest.mark.shows("subflow/concierge_types_of_their_own")
def test_what_was_asked_of_the_concierge_once_lives_by_itself() -> None:
    own = {"wake_up_call", "complaint", "lost_and_found"}
    assert own <= set(ON_PORTAL)
    assert own.isdisjoint(subtype["key"] for subtype in TYPES["concierge"]["subtypes"])


@pytest.mark.shows(
    "subflow/kitchen_fnb_life",
    "subflow/housekeeping_life",
    "subflow/maintenance_life",
    "subflow/airport_transport_life",
)
@pytest.mark.parametrize("slug", LIVING)
def test_each_action_is_taken_by_whom_it_is_for(undone: World, slug: str) -> None:
    workflow = TYPES[slug]["workflow"]
    number = 0
    for key, action in workflow["actions"].items():
        start = workflow["initial"] if action["from"] == "*" else action["from"][0]
        for kind in action["by"]:
            request = brought_to(undone, slug, start, number := number + 1)
            assert take(undone, kind, request, key, action["requires"]) == action["to"], (key, kind)
        for kind in {"guest", "staff"} - set(action["by"]) - ({"guest"} if slug == "task" else set()):
            request = brought_to(undone, slug, start, number := number + 1)
            with pytest.raises(Refused) as refused:
                take(undone, kind, request, key, {})
            assert refused.value.slug == "action_not_available", (key, kind)
        if action["permission"] not in (None, "hotel:requests:write"):
            request = brought_to(undone, slug, start, number := number + 1)
            with pytest.raises(Refused) as refused:
                take(undone, "staff", request, key, action["requires"], HOUSEKEEPER)
            assert refused.value.slug == "permission_missing", key


@pytest.mark.parametrize("slug", ON_PORTAL)
def test_a_guest_takes_back_what_nobody_has_begun(undone: World, slug: str) -> None:
    workflow = TYPES[slug]["workflow"]
    begun = next(
        status
        for status in workflow["path"]
        if status not in workflow["actions"]["cancel"].get("guest_from", workflow["path"])
    )
    request = brought_to(undone, slug, begun, 1)
    with pytest.raises(Refused) as refused:
        take(undone, "guest", request, "cancel", {})
    assert refused.value.slug == "action_not_available"


@pytest.mark.parametrize("state", GUESTS)
def test_each_type_is_open_when_the_table_says(undone: World, state: str) -> None:
    for slug in ON_PORTAL:
        request = wish(undone, slug)
        if state in WINDOWS[TYPES[slug]["feature"]]:
            with undone.guest(GUESTS[state]):
                assert undone.submit(request, slug)["status"] == 201, slug
        else:
            with pytest.raises(Refused) as refused, undone.guest(GUESTS[state]):
                undone.submit(request, slug)
            assert refused.value.slug == "feature_closed", slug


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_form_says_what_it_asks_in_the_guest_s_words(undone: World, language: str) -> None:
    with undone.guest("Marutani"):
        undone.conn.execute("select set_config('app.language', %s, true)", (language,))
        forms = undone.rows("select slug, guest_label, asks, subtypes from api.portal_request_types")
    assert {row[0] for row in forms} == {*ON_PORTAL, CHANGES}
    for slug, words, asks, subtypes in forms:
        assert words == TYPES[slug]["guest_label"][language]
        assert set(asks) == set(TYPES[slug]["asks"])
        assert all(rule["label"] == TYPES[slug]["asks"][key]["label"][language] for key, rule in asks.items())
        assert all(one["label"] for one in subtypes)


@pytest.mark.parametrize("slug", ["complaint", "lost_and_found"])
@pytest.mark.parametrize("note", [None, "", "  "])
def test_a_note_is_a_must_where_it_is_the_matter(undone: World, slug: str, note: str | None) -> None:
    with pytest.raises(Refused) as refused, undone.guest("Marutani"):
        undone.submit({"type_slug": slug, "note": note}, "k")
    assert (refused.value.slug, refused.value.hint) == ("input_missing", "note")


def asked_at_the_desk(world: World, kind: str, guest: str) -> Any:
    """A request of this kind that reception makes for a guest; its id."""
    slug, _, subtype = kind.partition("/")
    about = {"on_behalf_of": str(world.booking(guest))}
    day = today(world)
    inputs: dict[str, dict[str, Any]] = {
        "early_checkin": {"check_in_time": "12:00"},
        "extend_stay": {"check_out": str(day + timedelta(days=5))},
        "shorten_stay": {"check_out": str(day + timedelta(days=1))},
        "room_change": {"because": "The lift is loud"},
        "special_occasion": {"occasion": "birthday", "date": str(day + timedelta(days=1))},
    }
    if slug == "menu_order":
        wanted = breakfast(world) | about
        with world.member(RECEPTION):
            return order(world, wanted, kind)["body"]["request"]["id"]
    wanted = wish(world, slug, **about) | ({"subtype": subtype} if subtype else {}) | inputs.get(subtype, {})
    with world.member(RECEPTION):
        return world.submit(wanted, kind)["body"]["request"]["id"]


@pytest.mark.parametrize("kind", AT_THE_DESK)
def test_reception_does_for_a_guest_what_the_guest_could(undone: World, kind: str) -> None:
    guest = "Alvarez" if kind.endswith("early_checkin") else "Marutani"
    set_hour(undone, "09:00")
    booking = undone.booking(guest)
    request = asked_at_the_desk(undone, kind, guest)
    by_mohsin = ("staff", "Mohsin", "staff", "Mohsin")
    assert undone.rows(DONE_FOR, request) == [(booking, booking, True, *by_mohsin)]
    assert undone.rows(TOLD, request) == [("request_received", undone.value(PHONE, booking))]
    with undone.guest(guest):
        [actions] = undone.rows("select actions from api.portal_requests where id = %s", request)
        assert "cancel" in {action["key"] for action in actions[0]}
        assert undone.act(request, "cancel")["phase"] == "closed"
