"""change_role: what a role is called and carries; role_difference: how it differs from its seed."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from functions.cli.seed import reference
from tests.roles import NIGHT, change, create, give, member_id, refusal, role_id
from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, World

STAFF = next(role for role in reference("roles") if role["key"] == "STAFF")


def difference(world: World, role: Any, by: str = OWNER) -> dict[str, Any]:
    with world.member(by):
        answer: dict[str, Any] = world.value("select api.role_difference(%s)", role)
    return answer


def permissions_of(world: World, email: str) -> list[str]:
    with world.member(email):
        return list(world.value("select permissions from api.me"))


def test_whoever_holds_it_has_it_with_the_next_call(undone: World) -> None:
    role = create(undone, MANAGER)["id"]
    give(undone, MANAGER, HOUSEKEEPER, "NIGHT_PORTER")
    assert permissions_of(undone, HOUSEKEEPER) == NIGHT
    answer = change(undone, MANAGER, role, permissions=["hotel:rooms:read"])
    assert answer["permissions"] == permissions_of(undone, HOUSEKEEPER) == ["hotel:rooms:read"]


def test_what_is_left_out_stays(undone: World) -> None:
    role = create(undone, MANAGER)["id"]
    assert change(undone, MANAGER, role, {"en": "Nights"})["permissions"] == NIGHT
    assert change(undone, MANAGER, role, permissions=[])["name"] == "Nights"


def test_an_edited_default_keeps_apart_from_the_seeds(undone: World) -> None:
    staff = role_id(undone, "STAFF")
    assert change(undone, OWNER, staff, permissions=NIGHT)["is_edited"] is True
    undone.conn.execute(
        "select app.load_reference('roles', %s)", (Jsonb([STAFF | {"label": {"en": "Crew"}}]),)
    )
    undone.conn.execute("select app.copy_reference(id) from public.tenants")
    assert undone.rows("select name ->> 'en', is_default from identity.roles where id = %s", staff) == [
        ("Staff", True)
    ]
    assert (
        undone.value(
            "select name ->> 'en' from identity.roles where id = %s", role_id(undone, "STAFF", "alpine")
        )
        == "Crew"
    )


def test_the_difference_to_the_seed_is_shown(undone: World) -> None:
    staff = role_id(undone, "STAFF")
    assert difference(undone, staff) == {
        "is_edited": False,
        "is_renamed": False,
        "added": [],
        "missing": [],
        "seed": {"names": STAFF["label"], "permissions": STAFF["permissions"]},
    }
    kept = [one for one in STAFF["permissions"] if one != "hotel:menus:read"]
    change(undone, OWNER, staff, {"en": "Crew"}, [*kept, "hotel:qr:write"])
    found = difference(undone, staff)
    assert (found["is_edited"], found["is_renamed"]) == (True, True)
    assert (found["added"], found["missing"]) == (["hotel:qr:write"], ["hotel:menus:read"])


def test_back_to_the_seed_it_follows_again(undone: World) -> None:
    staff = role_id(undone, "STAFF")
    change(undone, OWNER, staff, {"en": "Crew"}, NIGHT)
    seed = difference(undone, staff)["seed"]
    assert change(undone, OWNER, staff, seed["names"], seed["permissions"])["is_edited"] is False
    assert undone.value(
        "select r.reference_digest = d.digest from identity.roles r"
        " join app.reference_data d on d.kind = 'roles' and d.key = r.key where r.id = %s",
        staff,
    )


def test_a_tenant_s_own_role_has_no_seed(undone: World) -> None:
    found = difference(undone, create(undone, MANAGER)["id"])
    assert (found["is_edited"], found["seed"], found["added"], found["missing"]) == (False, None, [], [])


def test_nobody_edits_a_role_of_their_own(undone: World) -> None:
    assert refusal(change, undone, MANAGER, role_id(undone, "MANAGER"), {"en": "Boss"}) == (
        "own_role_is_not_edited",
        "PT403",
    )


@pytest.mark.parametrize("by", [OWNER, MANAGER])
def test_the_owner_s_role_is_fixed(undone: World, by: str) -> None:
    fixed = ("owner_role_is_fixed", "PT409")
    assert refusal(change, undone, by, role_id(undone, "OWNER"), permissions=NIGHT) == fixed


def test_neither_what_it_carried_nor_what_it_shall_carry_exceeds_the_editor(undone: World) -> None:
    undone.conn.execute(
        "insert into identity.role_permissions select tenant_id, id, 'hotel:staff:write'"
        " from identity.roles where key = 'RECEPTION'"
    )
    exceeds = ("role_exceeds_yours", "PT403")
    staff, manager = role_id(undone, "STAFF"), role_id(undone, "MANAGER")
    assert change(undone, RECEPTION, staff, permissions=NIGHT)["permissions"] == NIGHT
    assert refusal(change, undone, RECEPTION, staff, permissions=["hotel:audit:read"]) == exceeds
    assert refusal(change, undone, RECEPTION, manager, permissions=NIGHT) == exceeds


@pytest.mark.parametrize("by", [RECEPTION, HOUSEKEEPER])
def test_who_does_not_manage_staff_changes_and_compares_none(undone: World, by: str) -> None:
    staff = role_id(undone, "STAFF")
    assert refusal(change, undone, by, staff, permissions=[]) == ("permission_missing", "PT403")
    assert refusal(difference, undone, staff, by) == ("permission_missing", "PT403")


def test_another_hotel_s_role_does_not_exist(undone: World) -> None:
    staff = role_id(undone, "STAFF")
    assert refusal(change, undone, STRANGER, staff, permissions=[]) == ("role_not_found", "PT404")
    assert refusal(difference, undone, staff, STRANGER) == ("role_not_found", "PT404")
    assert refusal(change, undone, OWNER, member_id(undone, OWNER)) == ("role_not_found", "PT404")


def test_the_same_twice_is_the_same(undone: World) -> None:
    role = create(undone, MANAGER)["id"]
    first = change(undone, MANAGER, role, {"en": "Nights"}, NIGHT)
    assert change(undone, MANAGER, role, {"en": "Nights"}, NIGHT) == first


def test_a_name_is_still_a_name(undone: World) -> None:
    role = create(undone, MANAGER)["id"]
    assert refusal(change, undone, MANAGER, role, {"en": ""}) == ("role_name_invalid", "PT422")
    assert refusal(change, undone, MANAGER, role, None, ["hotel:x:y"]) == ("permission_unknown", "PT422")


def test_who_works_at_some_properties_edits_no_role_of_all(undone: World) -> None:
    undone.conn.execute(
        "update identity.memberships set property_ids = array(select id from public.properties"
        " where code = 'EXT') where id = %s",
        (member_id(undone, MANAGER),),
    )
    staff = role_id(undone, "STAFF")
    assert refusal(change, undone, MANAGER, staff, permissions=[]) == ("permission_missing", "PT403")
