"""Roles and members of the cast in domain words."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import Refused, World

NIGHT = ["hotel:requests:read", "hotel:requests:write"]


def role_id(world: World, key: str, tenant: str = "hamsun") -> Any:
    """A role of a tenant by its key."""
    return world.value(
        "select r.id from identity.roles r join public.tenants t on t.id = r.tenant_id"
        " where r.key = %s and t.slug = %s",
        *(key, tenant),
    )


def member_id(world: World, email: str) -> Any:
    """A membership by its login e-mail."""
    return world.value(
        "select m.id from identity.memberships m join identity.users u on u.id = m.user_id"
        " where u.email = %s",
        email,
    )


def create(
    world: World,
    by: str,
    key: str = "NIGHT_PORTER",
    permissions: list[str] | None = None,
    name: object = None,
    session_type: str | None = "staff",
) -> dict[str, Any]:
    """create_role's answer."""
    with world.member(by):
        answer: dict[str, Any] = world.value(
            "select api.create_role(%s, %s, %s, %s)",
            key,
            Jsonb({"en": "Night porter", "es": "Portero de noche"} if name is None else name),
            NIGHT if permissions is None else permissions,
            session_type,
        )
    return answer


def change(
    world: World, by: str, role: Any, name: object = None, permissions: list[str] | None = None
) -> dict[str, Any]:
    """change_role's answer."""
    with world.member(by):
        answer: dict[str, Any] = world.value(
            "select api.change_role(%s, %s, %s)", role, None if name is None else Jsonb(name), permissions
        )
    return answer


def give(world: World, by: str, email: str, *keys: str) -> dict[str, Any]:
    """give_roles' answer; roles are those of the first hotel."""
    roles, member = [role_id(world, key) for key in keys], member_id(world, email)
    with world.member(by):
        answer: dict[str, Any] = world.value("select api.give_roles(%s, %s)", member, roles)
    return answer


def held(world: World, email: str) -> list[str]:
    """Keys of the roles somebody has."""
    return [
        row[0]
        for row in world.rows(
            "select r.key from identity.membership_roles mr join identity.roles r on r.id = mr.role_id"
            " where mr.membership_id = %s order by r.key",
            member_id(world, email),
        )
    ]


def refusal(act: Any, *given: Any, **named: Any) -> tuple[str | None, str | None]:
    """Slug and status of what an act is refused with."""
    with pytest.raises(Refused) as refused:
        act(*given, **named)
    return refused.value.slug, refused.value.code
