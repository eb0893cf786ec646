"""create_role: a tenant's own role."""

from typing import Any

import pytest

from tests.roles import NIGHT, create, refusal, role_id
from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, World


def test_a_manager_makes_one(undone: World) -> None:
    role = create(undone, MANAGER)
    assert (role["key"], role["name"], role["session_type"]) == ("NIGHT_PORTER", "Night porter", "staff")
    assert (role["is_default"], role["is_edited"], role["permissions"]) == (False, False, NIGHT)
    with undone.member(OWNER):
        assert undone.rows("select permissions, members from api.roles where key = 'NIGHT_PORTER'") == [
            (NIGHT, 0)
        ]


def test_it_belongs_to_one_hotel(undone: World) -> None:
    create(undone, MANAGER)
    create(undone, STRANGER)
    with undone.member(STRANGER):
        assert undone.value("select count(*) from api.roles where key = 'NIGHT_PORTER'") == 1


@pytest.mark.parametrize("by", [RECEPTION, HOUSEKEEPER])
def test_who_does_not_manage_staff_makes_none(undone: World, by: str) -> None:
    assert refusal(create, undone, by) == ("permission_missing", "PT403")


def test_nobody_makes_one_that_carries_more_than_they_hold(undone: World) -> None:
    undone.conn.execute(
        "insert into identity.role_permissions select tenant_id, id, 'hotel:staff:write'"
        " from identity.roles where key = 'RECEPTION'"
    )
    assert create(undone, RECEPTION)["permissions"] == NIGHT
    more = [*NIGHT, "hotel:charges:reverse"]
    assert refusal(create, undone, RECEPTION, "BOSS", more) == ("role_exceeds_yours", "PT403")
    office: dict[str, Any] = {"key": "CLERK", "session_type": "admin"}
    assert refusal(create, undone, RECEPTION, **office) == ("role_exceeds_yours", "PT403")
    assert create(undone, MANAGER, **office)["session_type"] == "admin"


def test_a_key_is_taken_once(undone: World) -> None:
    create(undone, MANAGER)
    taken = ("role_key_is_unique_in_its_tenant", "PT409")
    assert refusal(create, undone, MANAGER) == taken
    assert refusal(create, undone, MANAGER, "OWNER") == taken


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        ({"key": "night porter"}, "role_key_invalid"),
        ({"key": ""}, "role_key_invalid"),
        ({"key": None}, "role_key_invalid"),
        ({"name": {}}, "role_name_invalid"),
        ({"name": {"en": " "}}, "role_name_invalid"),
        ({"name": {"en": "x" * 81}}, "role_name_invalid"),
        ({"name": {"en": 5}}, "role_name_invalid"),
        ({"name": {"es": "Portero"}}, "role_name_invalid"),
        ({"name": {"en": "Porter", "fr": "Portier"}}, "role_name_invalid"),
        ({"name": ["Porter"]}, "role_name_invalid"),
        ({"session_type": "guest"}, "session_type_unknown"),
        ({"session_type": "kiosk"}, "session_type_unknown"),
        ({"session_type": None}, "session_type_unknown"),
        ({"permissions": ["hotel:everything:write"]}, "permission_unknown"),
        ({"permissions": [None]}, "permission_unknown"),
    ],
)
def test_what_is_no_role_is_refused(undone: World, wrong: dict[str, Any], slug: str) -> None:
    assert refusal(create, undone, MANAGER, **wrong) == (slug, "PT422")


def test_a_role_may_carry_nothing(undone: World) -> None:
    assert create(undone, MANAGER, permissions=[])["permissions"] == []
    assert role_id(undone, "NIGHT_PORTER")
