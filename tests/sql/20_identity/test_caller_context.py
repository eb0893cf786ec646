"""caller_context: the assistant is told who is talking, or it is told nothing."""

import pytest

from tests.world import HOUSEKEEPER, MANAGER, Refused, World


def context(world: World) -> dict[str, object]:
    found: dict[str, object] = world.value("select api.caller_context()")
    return found


def test_staff_ai_chat_includes_staff_id_context(world: World) -> None:
    with world.member(HOUSEKEEPER):
        found, me = context(world), world.value("select id::text from api.me")
    assert (found["role"], found["staff_id"]) == ("staff", me)
    assert found["capabilities"] == {
        "canAccessKB": True,
        "canViewTickets": True,
        "canCreateTickets": True,
    }


def test_capabilities_follow_the_roles(world: World) -> None:
    world.conn.execute("delete from identity.role_permissions where permission = 'hotel:knowledge:read'")
    with world.member(HOUSEKEEPER):
        assert context(world)["capabilities"] == {
            "canAccessKB": False,
            "canViewTickets": True,
            "canCreateTickets": True,
        }


def test_admin_context(world: World) -> None:
    with world.member(MANAGER):
        assert context(world)["role"] == "admin"


@pytest.mark.parametrize("level", ["context", "identified"])
def test_guest_ai_chat_includes_guest_id_and_room_id_context(world: World, level: str) -> None:
    booking = world.booking("Marutani")
    row = world.rows("select guest_id::text, room_id::text from public.bookings where id = %s", booking)[0]
    with world.guest("Marutani", level):
        found = context(world)
    assert (found["role"], found["guest_id"], found["room_id"]) == ("guest", *row)
    assert found["tenant_id"]


def asked_by_nobody(world: World) -> None:
    with world.owner():
        world.conn.execute("set local role anon")
        context(world)


def test_ai_chat_blocks_without_proper_context(world: World) -> None:
    with pytest.raises(Refused) as refused:
        asked_by_nobody(world)
    assert (refused.value.slug, refused.value.code) == ("context_missing", "PT403")
    with pytest.raises(Refused) as refused, world.guest("Marutani", "unproven"):
        context(world)
    assert refused.value.slug == "context_missing"
