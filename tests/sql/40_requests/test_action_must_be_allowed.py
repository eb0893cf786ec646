"""action_must_be_allowed: an approval is a manager's in the database, not on a page."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from functions.cli.seed import reference
from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, Refused, World

LATE = {"type_slug": "booking_action", "subtype": "late_checkout", "note": "until five, please"}
AMOUNT = {"amount": "2000"}
# What a command tells the trigger, with the status it leads to.
FORGED = [
    ("approve", "approved", AMOUNT),
    ("reject", "rejected", {"reason": "sold out"}),
]


@pytest.fixture
def waiting(world: World) -> Any:
    """A guest's late check-out that waits for approval."""
    world.conn.execute("update portal.request_types set is_offered = true where slug = 'booking_action'")
    with world.guest("Marutani"):
        return world.submit(LATE, "late")["body"]["request"]["id"]


def status(world: World, request: Any) -> Any:
    return world.value("select status from portal.requests where id = %s", request)


def write(world: World, request: Any, action: str, to: str, given: dict[str, Any]) -> None:
    """The row itself, as a command would write it."""
    said = Jsonb({"request_id": str(request), "key": action, "input": given})
    world.conn.execute("select set_config('app.action', %s::jsonb::text, true)", (said,))
    world.conn.execute("update portal.requests set status = %s where id = %s", (to, request))


def write_as(world: World, email: str, request: Any, *how: Any) -> None:
    """Past the command: a member's settings, with engine's right to write."""
    with world.owner():
        world.conn.execute("select app.act_as_member(%s)", (email,))
        world.conn.execute("set local role engine")
        write(world, request, *how)


@pytest.mark.shows("subflow/booking_action_manager", "subflow/booking_action_amount")
def test_a_manager_approves(world: World, waiting: Any) -> None:
    with pytest.raises(Refused) as refused, world.member(MANAGER):
        world.act(waiting, "approve", "pending_approval")
    assert (refused.value.slug, refused.value.hint) == ("input_missing", "amount")
    with world.member(MANAGER):
        assert world.act(waiting, "approve", "pending_approval", AMOUNT)["status"] == "approved"


@pytest.mark.shows("subflow/booking_action_manager")
@pytest.mark.parametrize(("action", "given"), [("approve", AMOUNT), ("reject", {"reason": "sold out"})])
@pytest.mark.parametrize("by", [RECEPTION, HOUSEKEEPER])
def test_others_do_not_by_command(
    world: World, waiting: Any, by: str, action: str, given: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused, world.member(by):
        world.act(waiting, action, "pending_approval", given)
    assert (refused.value.slug, refused.value.code) == ("permission_missing", "PT403")
    assert status(world, waiting) == "pending_approval"


@pytest.mark.parametrize(("action", "to", "given"), FORGED)
@pytest.mark.parametrize("by", [RECEPTION, HOUSEKEEPER])
def test_nor_past_the_command(
    world: World, waiting: Any, by: str, action: str, to: str, given: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        write_as(world, by, waiting, action, to, given)
    assert refused.value.slug == "permission_missing"
    assert status(world, waiting) == "pending_approval"


@pytest.mark.parametrize(("action", "to", "given"), FORGED)
def test_past_the_command_a_manager_still_may(
    world: World, waiting: Any, action: str, to: str, given: dict[str, Any]
) -> None:
    write_as(world, OWNER, waiting, action, to, given)
    assert status(world, waiting) == to


@pytest.mark.parametrize(("action", "to", "given"), FORGED)
def test_without_a_session_nobody_decides(
    world: World, waiting: Any, action: str, to: str, given: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused, world.owner():
        write(world, waiting, action, to, given)
    assert refused.value.slug == "permission_missing"


def test_a_guest_does_not_approve_the_own_wish(world: World, waiting: Any) -> None:
    with pytest.raises(Refused) as refused, world.guest("Marutani"):
        world.act(waiting, "approve", "pending_approval", AMOUNT)
    assert refused.value.slug == "action_not_available"

    def forge() -> None:
        with world.guest("Marutani"):
            world.conn.execute("set local role engine")
            write(world, waiting, "approve", "approved", AMOUNT)

    with pytest.raises(Refused) as refused:
        forge()
    assert refused.value.slug == "permission_missing"
    with world.guest("Marutani"):
        assert world.act(waiting, "cancel", "pending_approval")["status"] == "cancelled"


def test_no_session_writes_the_row(world: World, waiting: Any) -> None:
    for role in ("anon", "guest", "staff", "admin", "kiosk", "platform"):
        assert not world.value("select has_any_column_privilege(%s, 'portal.requests', 'update')", role)


def test_the_other_hotels_manager_finds_none(world: World, waiting: Any) -> None:
    with pytest.raises(Refused) as refused, world.member(STRANGER):
        world.act(waiting, "approve", "pending_approval", AMOUNT)
    assert refused.value.slug == "request_not_found"


def test_the_trigger_alone_holds_it(world: World, waiting: Any) -> None:
    world.conn.execute(
        "create or replace function app.action_must_be_allowed(p_action jsonb) returns void"
        " language sql stable set search_path = '' as 'select'"
    )
    write_as(world, RECEPTION, waiting, "approve", "approved", AMOUNT)
    assert status(world, waiting) == "approved"


@pytest.mark.parametrize("permission", ["hotel:requests:write", None, "hotel:requests:approve"])
def test_nobody_publishes_the_approval_into_their_own_hands(world: World, permission: str | None) -> None:
    world.conn.execute(
        "insert into identity.role_permissions select tenant_id, id, 'hotel:workflows:write'"
        " from identity.roles where key = 'RECEPTION'"
    )
    document = next(one for one in reference("request_types") if one["slug"] == "booking_action")
    document["workflow"]["actions"]["approve"]["permission"] = permission
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        world.value("select api.publish_workflow('booking_action', %s)", Jsonb(document))
    assert refused.value.slug == "permission_missing"
    with world.member(MANAGER):
        assert world.value("select api.publish_workflow('booking_action', %s)", Jsonb(document))


def test_nor_makes_a_colleagues_step_ask_for_what_they_lack(world: World) -> None:
    world.conn.execute(
        "insert into identity.role_permissions select tenant_id, id, 'hotel:workflows:write'"
        " from identity.roles where key = 'RECEPTION'"
    )
    document = next(one for one in reference("request_types") if one["slug"] == "concierge")
    with world.member(RECEPTION):
        assert world.value("select api.publish_workflow('concierge', %s)", Jsonb(document))
    action = next(iter(document["workflow"]["actions"]))
    document["workflow"]["actions"][action]["permission"] = "hotel:audit:read"
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        world.value("select api.publish_workflow('concierge', %s)", Jsonb(document))
    assert refused.value.slug == "permission_missing"
