"""delete_role: a tenant's own role that nobody holds any more."""

from typing import Any

import pytest

from tests.roles import create, give, refusal, role_id
from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, World


def delete(world: World, by: str, role: Any) -> None:
    with world.member(by):
        world.value("select api.delete_role(%s)", role)


def test_it_is_gone_and_the_audit_keeps_it(undone: World) -> None:
    role = create(undone, MANAGER)["id"]
    delete(undone, OWNER, role)
    assert undone.value("select count(*) from identity.roles where id = %s", role) == 0
    assert undone.value("select count(*) from identity.role_permissions where role_id = %s", role) == 0
    assert (
        undone.value(
            "select old_values ->> 'key' from public.audit_log where operation = 'DELETE'"
            " and table_name = 'identity.roles' and row_key ->> 'id' = %s",
            role,
        )
        == "NIGHT_PORTER"
    )


def test_a_second_call_finds_none(undone: World) -> None:
    role = create(undone, MANAGER)["id"]
    delete(undone, OWNER, role)
    assert refusal(delete, undone, OWNER, role) == ("role_not_found", "PT404")


def test_a_role_that_somebody_has_stays(undone: World) -> None:
    role = create(undone, MANAGER)["id"]
    give(undone, MANAGER, HOUSEKEEPER, "NIGHT_PORTER")
    assert refusal(delete, undone, MANAGER, role) == ("role_is_held", "PT409")


def test_a_default_stays(undone: World) -> None:
    assert refusal(delete, undone, OWNER, role_id(undone, "STAFF")) == ("role_is_a_default", "PT409")
    assert refusal(delete, undone, OWNER, role_id(undone, "OWNER")) == ("owner_role_is_fixed", "PT409")


@pytest.mark.parametrize("by", [RECEPTION, HOUSEKEEPER])
def test_who_does_not_manage_staff_deletes_none(undone: World, by: str) -> None:
    role = create(undone, MANAGER)["id"]
    assert refusal(delete, undone, by, role) == ("permission_missing", "PT403")


def test_another_hotel_s_role_does_not_exist(undone: World) -> None:
    role = create(undone, MANAGER)["id"]
    assert refusal(delete, undone, STRANGER, role) == ("role_not_found", "PT404")
