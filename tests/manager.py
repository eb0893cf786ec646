"""Commands that set a house up, in domain words."""

from typing import Any

from psycopg.types.json import Jsonb

from tests.world import MANAGER, OWNER, World


def call(world: World, command: str, by: str = MANAGER, **given: Any) -> Any:
    """One command, as a member."""
    names = ", ".join(f"{name} => %s" for name in given)
    values = [Jsonb(value) if isinstance(value, dict | list) else value for value in given.values()]
    with world.member(by):
        return world.value(f"select api.{command}({names})", *values)


def invite(world: World, by: str = OWNER, **member: Any) -> Any:
    """A member is invited: Noor, of the staff, unless said otherwise."""
    given = {"email": "noor@example.com", "name": "Noor", "roles": ["STAFF"]} | member
    return call(world, "invite_member", by, p_member=given)


def member_id(world: World, email: str, tenant: str = "hamsun") -> str:
    """The membership of somebody."""
    return str(
        world.value(
            "select m.id from identity.memberships m join identity.users u on u.id = m.user_id"
            " join public.tenants t on t.id = m.tenant_id where u.email = %s and t.slug = %s",
            *(email, tenant),
        )
    )


def open_session(world: World, email: str) -> str:
    """Somebody signs in; the session's id."""
    return str(world.value("select app.open_development_session(%s) ->> 'session_id'", email))


def is_open(world: World, session_id: str) -> bool:
    """Whether a session still stands."""
    return bool(world.value("select ended_at is null from identity.sessions where id = %s", session_id))
