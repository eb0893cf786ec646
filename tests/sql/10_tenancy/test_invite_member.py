"""invite_member: somebody becomes a member of the house."""

import re
from typing import Any

import pytest

from tests import races
from tests.house import Database
from tests.manager import invite, member_id
from tests.passwords import has_chosen, kept
from tests.world import MANAGER, OWNER, RECEPTION, STRANGER, Refused, World


def staff(world: World, email: str) -> tuple[Any, ...]:
    with world.member(OWNER):
        (row,) = world.rows(
            "select name, session_type, teams, roles, cardinality(property_ids), last_signed_in_at"
            " from api.staff where email = %s",
            email,
        )
    return row


def opens(world: World, password: str, email: str = "noor@example.com") -> list[tuple[str, str | None]]:
    """The hotels of an e-mail address, and what this password for once is to them."""
    begun = world.value(
        "select app.begin_login('console', %s, '198.51.100.7', sha256(%s))",
        *(email, password.replace("-", "").encode()),
    )
    return [(login["tenant_slug"], login["one_time"]) for login in begun["logins"]]


def test_somebody_new_may_sign_in_and_must_choose_a_password(undone: World) -> None:
    made = invite(undone, teams=["kitchen"], properties=["FSL"])
    assert made["session_type"] == "staff"
    assert opens(undone, made["one_time_password"]) == [("hamsun", "right")]
    assert opens(undone, "abcd-efgh-jkmn-pqrs") == [("hamsun", None)]
    role = {"key": "STAFF", "name": "Staff"}
    assert staff(undone, "noor@example.com") == ("Noor", "staff", ["kitchen"], [role], 1, None)


def test_a_manager_signs_in_as_an_admin(undone: World) -> None:
    assert invite(undone, roles=["STAFF", "MANAGER"])["session_type"] == "admin"


def test_the_e_mail_is_one_however_it_is_written(undone: World) -> None:
    assert invite(undone, email="  Noor@Example.com ")["email"] == "noor@example.com"
    with pytest.raises(Refused) as refused:
        invite(undone, email="NOOR@example.com")
    assert (refused.value.slug, refused.value.code) == ("already_a_member", "PT409")


def test_the_password_is_eighty_random_bits(undone: World) -> None:
    given = {invite(undone, email=f"noor{n}@example.com")["one_time_password"] for n in range(20)}
    assert len(given) == 20
    assert all(re.fullmatch("([a-km-z2-9]{4}-){3}[a-km-z2-9]{4}", one) and "o" not in one for one in given)


def test_somebody_of_another_hotel_keeps_their_password_and_it_opens_nothing_here(undone: World) -> None:
    has_chosen(undone, STRANGER)
    before = kept(undone, STRANGER, "alpine")
    known, unknown = invite(undone, email=STRANGER, name="Sam"), invite(undone)
    assert kept(undone, STRANGER, "alpine") == before
    assert kept(undone, STRANGER)[0] is None
    assert opens(undone, known["one_time_password"], STRANGER) == [("alpine", None), ("hamsun", "right")]
    assert known.keys() == unknown.keys()
    assert member_id(undone, STRANGER) != member_id(undone, STRANGER, "alpine")


def test_nobody_gives_what_they_do_not_hold(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        invite(undone, MANAGER, roles=["OWNER"])
    assert (refused.value.slug, refused.value.code) == ("owner_is_made_by_an_owner", "PT403")
    assert undone.rows("select 1 from identity.users where email = 'noor@example.com'") == []


def test_who_works_at_one_house_invites_for_that_house(undone: World) -> None:
    undone.conn.execute(
        "update identity.memberships set property_ids = array(select id from public.properties"
        " where code = 'FSL') where id = %s",
        (member_id(undone, MANAGER),),
    )
    invite(undone, MANAGER)
    assert staff(undone, "noor@example.com")[4] == 1
    with pytest.raises(Refused) as refused:
        invite(undone, MANAGER, email="ana@example.com", properties=["CLF"])
    assert refused.value.slug == "property_not_found"


@pytest.mark.parametrize(
    ("slug", "wrong"),
    [
        ("member_name_missing", {"name": "  "}),
        ("member_name_missing", {"name": None}),
        ("member_email_invalid", {"email": "noor"}),
        ("member_email_invalid", {"email": None}),
        ("roles_missing", {"roles": []}),
        ("role_not_found", {"roles": ["STAFF", "BARON"]}),
        ("role_is_not_for_people", {"roles": ["KIOSK_MACHINE"]}),
        ("team_unknown", {"teams": ["pirates"]}),
        ("property_not_found", {"properties": ["ALP"]}),
        ("language_unknown", {"language": "fr"}),
        ("field_unknown", {"salary": 1}),
        ("field_invalid", {"roles": "STAFF"}),
    ],
)
def test_what_makes_no_sense_is_refused(undone: World, slug: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        invite(undone, **wrong)
    assert refused.value.slug == slug


def test_it_needs_the_right(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        invite(undone, RECEPTION)
    assert refused.value.slug == "permission_missing"


def test_the_stranger_invites_at_home(undone: World) -> None:
    invite(undone, STRANGER)
    assert member_id(undone, "noor@example.com", "alpine") != "None"
    with undone.member(OWNER):
        assert undone.rows("select name from api.staff where name = 'Noor'") == []


def test_who_may_not_manage_staff_sees_no_list(undone: World) -> None:
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:staff:write'")
    with undone.member(MANAGER):
        assert undone.rows("select 1 from api.staff") == []


def bring(by: str) -> races.Act:
    """Noor is invited on a connection of its own."""
    return lambda conn: invite(World(conn), by)


@pytest.mark.parametrize("leader", [OWNER, MANAGER])
def test_invited_twice_at_once_somebody_is_a_member_once(database: Database, leader: str) -> None:
    def lead(conn: races.Connection) -> Any:
        return invite(World(conn), leader)

    def follow(conn: races.Connection) -> Any:
        with pytest.raises(Refused) as refused:
            invite(World(conn), MANAGER)
        return refused.value.slug

    _, second = races.at_once(database, lead, follow)
    assert second == "already_a_member"


def test_two_hotels_at_once_invite_one_person(database: Database) -> None:
    ours, theirs = races.at_once(database, bring(OWNER), bring(STRANGER))
    assert ours["email"] == theirs["email"]
    with database.connect() as conn:
        world = World(conn)
        assert world.value("select count(*) from identity.users where email = 'noor@example.com'") == 1
        assert (
            world.value(
                "select count(*) from identity.memberships m join identity.users u on u.id = m.user_id"
                " where u.email = 'noor@example.com'"
            )
            == 2
        )
