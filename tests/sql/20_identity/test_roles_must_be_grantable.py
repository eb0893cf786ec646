"""roles_must_be_grantable: nobody gives a role that carries more than they hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, Refused, World


@contextmanager
def command_of(world: World, email: str) -> Iterator[None]:
    """Inside a command of a member's: their settings, engine's rights."""
    with world.owner():
        world.conn.execute("select app.act_as_member(%s)", (email,))
        world.conn.execute("set local role engine")
        yield


def role(world: World, key: str, tenant: str = "hamsun") -> Any:
    return world.value(
        "select r.id from identity.roles r join public.tenants t on t.id = r.tenant_id"
        " where r.key = %s and t.slug = %s",
        *(key, tenant),
    )


def ask(world: World, email: str, *role_ids: Any) -> None:
    with command_of(world, email):
        world.conn.execute("select app.roles_must_be_grantable(%s)", (list(role_ids),))


def refusal(world: World, email: str, *role_ids: Any) -> tuple[str | None, str | None]:
    with pytest.raises(Refused) as refused:
        ask(world, email, *role_ids)
    return refused.value.slug, refused.value.code


@pytest.mark.parametrize(("email", "key"), [(OWNER, "OWNER"), (MANAGER, "MANAGER"), (RECEPTION, "STAFF")])
def test_what_one_holds_one_may_give(undone: World, email: str, key: str) -> None:
    ask(undone, email, role(undone, key))


def test_nothing_is_always_grantable(undone: World) -> None:
    ask(undone, HOUSEKEEPER)


@pytest.mark.parametrize("key", ["RECEPTION", "MANAGER"])
def test_more_than_one_holds_is_refused(undone: World, key: str) -> None:
    assert refusal(undone, HOUSEKEEPER, role(undone, "STAFF"), role(undone, key)) == (
        "role_exceeds_yours",
        "PT403",
    )


def test_an_owner_is_made_by_an_owner(undone: World) -> None:
    assert refusal(undone, MANAGER, role(undone, "OWNER")) == ("owner_is_made_by_an_owner", "PT403")


def test_whoever_signs_in_as_staff_lets_nobody_into_the_office(undone: World) -> None:
    undone.conn.execute(
        "insert into identity.roles (tenant_id, key, name, session_type)"
        " select id, 'CLERK', '{\"en\": \"Clerk\"}', 'admin' from public.tenants where slug = 'hamsun'"
    )
    assert refusal(undone, RECEPTION, role(undone, "CLERK")) == ("role_exceeds_yours", "PT403")
    ask(undone, MANAGER, role(undone, "CLERK"))


@pytest.mark.parametrize("key", ["AI_AGENT", "KIOSK_MACHINE"])
def test_a_device_s_role_is_not_for_people(undone: World, key: str) -> None:
    assert refusal(undone, OWNER, role(undone, key)) == ("role_is_not_for_people", "PT409")


def test_another_hotel_s_role_does_not_exist(undone: World) -> None:
    missing = undone.value("select gen_random_uuid()")
    assert refusal(undone, OWNER, role(undone, "STAFF", "alpine")) == ("role_not_found", "PT404")
    assert refusal(undone, OWNER, missing) == refusal(undone, STRANGER, role(undone, "STAFF"))


def test_what_counts_is_held_now(undone: World) -> None:
    def ask_after_losing_one() -> None:
        with command_of(undone, RECEPTION):
            undone.conn.execute("reset role")
            undone.conn.execute(
                "delete from identity.role_permissions rp using identity.roles r where r.id = rp.role_id"
                " and r.key = 'RECEPTION' and rp.permission = 'hotel:rooms:read'"
            )
            undone.conn.execute("select app.roles_must_be_grantable(%s)", ([role(undone, "STAFF")],))

    with pytest.raises(Refused) as refused:
        ask_after_losing_one()
    assert (refused.value.slug, refused.value.hint) == (
        "role_exceeds_yours",
        "You do not hold: hotel:rooms:read.",
    )
