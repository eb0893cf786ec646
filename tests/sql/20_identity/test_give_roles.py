"""give_roles: which roles a colleague has; and the trigger that never lets the last owner go."""

from typing import Any

import psycopg
import pytest

from tests import races
from tests.house import Database
from tests.races import Connection
from tests.roles import create, give, held, member_id, refusal, role_id
from tests.world import HOUSEKEEPER, KITCHEN, MANAGER, OWNER, RECEPTION, STRANGER, Refused, World


def bind(world: World, email: str, *codes: str) -> None:
    """Somebody works at these properties alone."""
    world.conn.execute(
        "update identity.memberships set property_ids = array(select id from public.properties"
        " where code = any (%s)) where id = %s",
        (list(codes), member_id(world, email)),
    )


def roles_seen(world: World, by: str) -> set[tuple[Any, ...]]:
    with world.member(by):
        return set(world.rows("select key, members from api.roles"))


def test_a_colleague_has_exactly_these(undone: World) -> None:
    create(undone, MANAGER)
    answer = give(undone, MANAGER, HOUSEKEEPER, "STAFF", "NIGHT_PORTER")
    assert (answer["roles"], answer["session_type"]) == (["NIGHT_PORTER", "STAFF"], "staff")
    give(undone, MANAGER, HOUSEKEEPER, "NIGHT_PORTER")
    assert held(undone, HOUSEKEEPER) == ["NIGHT_PORTER"]


def test_the_same_twice_is_the_same(undone: World) -> None:
    first = give(undone, MANAGER, HOUSEKEEPER, "STAFF", "RECEPTION")
    assert give(undone, MANAGER, HOUSEKEEPER, "STAFF", "RECEPTION") == first


def test_session_type_of_follows_the_roles_and_old_sessions_end(undone: World) -> None:
    reception = member_id(undone, RECEPTION)
    undone.conn.execute(
        "insert into identity.sessions (tenant_id, session_type, membership_id, expires_at)"
        " select tenant_id, 'staff', id, clock_timestamp() + interval '1 day'"
        " from identity.memberships where id = %s",
        (reception,),
    )
    assert give(undone, OWNER, RECEPTION, "RECEPTION", "MANAGER")["session_type"] == "admin"
    assert undone.rows(
        "select distinct ended_because from identity.sessions where membership_id = %s", reception
    ) == [("roles_changed",)]
    assert give(undone, OWNER, RECEPTION, "RECEPTION")["session_type"] == "staff"


@pytest.mark.parametrize("by", [OWNER, MANAGER])
def test_nobody_changes_their_own(undone: World, by: str) -> None:
    assert refusal(give, undone, by, by, "STAFF") == ("own_roles_are_not_changed", "PT403")


@pytest.mark.parametrize("by", [RECEPTION, HOUSEKEEPER])
def test_who_does_not_manage_staff_gives_none(undone: World, by: str) -> None:
    assert refusal(give, undone, by, KITCHEN, "STAFF") == ("permission_missing", "PT403")


def test_nobody_gives_or_takes_more_than_they_hold(undone: World) -> None:
    undone.conn.execute(
        "insert into identity.role_permissions select tenant_id, id, 'hotel:staff:write'"
        " from identity.roles where key = 'RECEPTION'"
    )
    exceeds = ("role_exceeds_yours", "PT403")
    assert refusal(give, undone, RECEPTION, HOUSEKEEPER, "STAFF", "MANAGER") == exceeds
    assert refusal(give, undone, RECEPTION, MANAGER, "STAFF") == exceeds
    assert give(undone, RECEPTION, HOUSEKEEPER, "RECEPTION")["roles"] == ["RECEPTION"]


def test_an_owner_is_made_and_unmade_by_owners(undone: World) -> None:
    by_owners = ("owner_is_made_by_an_owner", "PT403")
    assert refusal(give, undone, MANAGER, HOUSEKEEPER, "OWNER") == by_owners
    assert refusal(give, undone, MANAGER, OWNER, "STAFF") == by_owners
    assert give(undone, OWNER, MANAGER, "OWNER")["roles"] == ["OWNER"]
    assert give(undone, MANAGER, OWNER, "MANAGER")["roles"] == ["MANAGER"]


def test_a_member_has_a_role(undone: World) -> None:
    assert refusal(give, undone, OWNER, HOUSEKEEPER) == ("roles_missing", "PT422")


def test_whoever_works_elsewhere_is_left_alone(undone: World) -> None:
    bind(undone, MANAGER, "FSL")
    elsewhere = ("member_works_elsewhere", "PT403")
    assert refusal(give, undone, MANAGER, HOUSEKEEPER, "RECEPTION") == elsewhere
    bind(undone, HOUSEKEEPER, "FSL", "CLF")
    assert refusal(give, undone, MANAGER, HOUSEKEEPER, "RECEPTION") == elsewhere
    bind(undone, HOUSEKEEPER, "FSL")
    assert give(undone, MANAGER, HOUSEKEEPER, "RECEPTION")["roles"] == ["RECEPTION"]


def test_the_other_hotel_has_neither_this_member_nor_these_roles(undone: World) -> None:
    assert refusal(give, undone, STRANGER, HOUSEKEEPER, "STAFF") == ("member_not_found", "PT404")
    theirs, housekeeper = role_id(undone, "STAFF", "alpine"), member_id(undone, HOUSEKEEPER)
    with pytest.raises(Refused) as refused, undone.member(OWNER):
        undone.value("select api.give_roles(%s, %s)", housekeeper, [theirs])
    assert refused.value.slug == "role_not_found"


def test_who_left_is_no_member(undone: World) -> None:
    undone.conn.execute(
        "update identity.memberships set is_active = false where id = %s", (member_id(undone, KITCHEN),)
    )
    assert refusal(give, undone, OWNER, KITCHEN, "STAFF") == ("member_not_found", "PT404")


def test_roles_are_seen_by_those_who_give_them_and_by_those_who_have_them(undone: World) -> None:
    assert ("OWNER", 1) in roles_seen(undone, MANAGER)
    assert roles_seen(undone, HOUSEKEEPER) == {("STAFF", 1)}
    with undone.member(HOUSEKEEPER):
        assert undone.rows("select key from api.member_roles") == [("STAFF",)]
        assert undone.value("select count(*) from api.permissions") == undone.value(
            "select count(*) from api.permissions where description <> ''"
        )
    with undone.member(MANAGER):
        assert undone.value("select count(distinct membership_id) from api.member_roles") > 4
    ours = {
        str(row[0]) for row in undone.rows("select id from identity.memberships where display_name = 'Sana'")
    }
    with undone.member(STRANGER):
        theirs = {str(row[0]) for row in undone.rows("select membership_id from api.member_roles")}
    assert theirs
    assert not ours & theirs


@pytest.mark.parametrize(
    "loss",
    [
        "delete from identity.membership_roles where membership_id = %s",
        "update identity.memberships set is_active = false where id = %s",
        "update identity.membership_roles mr set role_id = r.id from identity.roles r"
        " where mr.membership_id = %s and r.tenant_id = mr.tenant_id and r.key = 'STAFF'",
    ],
)
def test_keep_an_owner(undone: World, loss: str) -> None:
    owner, manager = member_id(undone, OWNER), member_id(undone, MANAGER)
    with pytest.raises(psycopg.Error) as refused, undone.conn.transaction():
        undone.conn.execute(loss.encode(), (owner,))
    assert (refused.value.diag.message_detail, refused.value.sqlstate) == ("last_owner_stays", "PT409")
    undone.conn.execute(loss.encode(), (manager,))


def test_the_trigger_alone_holds_it(undone: World) -> None:
    undone.conn.execute("alter table identity.membership_roles disable trigger keep_an_owner")
    undone.conn.execute(
        "delete from identity.membership_roles where membership_id = %s", (member_id(undone, OWNER),)
    )
    assert held(undone, OWNER) == []


def test_two_owners_unmake_one_another(database: Database, db: Connection) -> None:
    world = World(db)
    give(world, OWNER, MANAGER, "OWNER")

    def unmake(by: str, email: str) -> Any:
        return lambda conn: give_staff(conn, by, email)

    _, second = races.at_once(database, unmake(OWNER, MANAGER), unmake(MANAGER, OWNER))
    assert isinstance(second, psycopg.Error)
    # whoever waited is no owner any more, and gives what they no longer hold
    assert second.diag.message_detail == "role_exceeds_yours"
    assert (held(world, OWNER), held(world, MANAGER)) == (["OWNER"], ["STAFF"])


def test_two_owners_leave_at_the_same_moment_by_hand(database: Database, db: Connection) -> None:
    world = World(db)
    give(world, OWNER, MANAGER, "OWNER")

    def leave(email: str) -> Any:
        member = member_id(world, email)
        return lambda conn: conn.execute(
            "update identity.memberships set is_active = false where id = %s", (member,)
        )

    _, second = races.at_once(database, leave(OWNER), leave(MANAGER))
    assert isinstance(second, psycopg.Error)
    assert second.diag.message_detail == "last_owner_stays"


def give_staff(conn: Connection, by: str, email: str) -> None:
    """give_roles on a connection whose transaction somebody else ends."""
    world = World(conn)
    staff, member = role_id(world, "STAFF"), member_id(world, email)
    with conn.transaction():
        conn.execute("select app.act_as_member(%s)", (by,))
        conn.execute("set local role admin")
        conn.execute("select api.give_roles(%s, %s)", (member, [staff]))
        conn.execute("reset role")
