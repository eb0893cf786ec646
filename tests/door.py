"""The guest's way in, in domain words: a code, wrong ones, the second fact."""

from typing import Any

from tests.world import World

ADDRESS = "198.51.100.7"


def code(world: World, guest: str = "Marutani") -> str:
    """The code of a guest's latest booking."""
    return str(world.value("select code from portal.codes where booking_id = %s", world.booking(guest)))


def opened(world: World, typed: str, address: str = ADDRESS, device: bytes = b"device") -> dict[str, Any]:
    """What opening a code answers, as the function portal-session asks it."""
    with world.owner():
        world.conn.execute("set local role service")
        answer: dict[str, Any] = world.value(
            "select app.open_portal_session(%s, %s, %s)", typed, address, device
        )
    return answer


def guess(world: World, times: int, address: str = ADDRESS) -> list[str]:
    """The outcomes of so many wrong codes."""
    return [opened(world, f"WRNG{n:02}", address)["outcome"] for n in range(times)]


def confirm(world: World, session: dict[str, Any], **fact: str) -> dict[str, Any]:
    """What the second fact answers in an opened session."""
    with world.owner():
        world.conn.execute(
            "select app.enter_as_guest(%(tenant_id)s, %(booking_id)s, %(session_id)s, 'context')", session
        )
        world.conn.execute("set local role guest")
        answer: dict[str, Any] = world.value(
            "select api.portal_confirm_identity(%s, %s)", fact.get("last_name"), fact.get("phone_last4")
        )
    return answer


def resolved(world: World, typed: str, address: str = ADDRESS) -> tuple[dict[str, Any], str]:
    """What a code resolves to for a visitor without a session, and the HTTP status."""
    with world.owner():
        world.conn.execute("set local role anon")
        world.conn.execute(
            "select set_config('request.headers', %s, true)", ('{"x-forwarded-for": "' + address + '"}',)
        )
        world.conn.execute("select hook.pre_request()")
        answer: dict[str, Any] = world.value("select api.portal_resolve_code(%s)", typed)
        return answer, world.value("select current_setting('response.status', true)")
