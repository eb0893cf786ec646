"""change_member, set_member_active, give_one_time_password: what managers do with their colleagues."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.manager import call, invite, is_open, member_id, open_session
from tests.passwords import has_chosen, kept
from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, Refused, World

Act = Callable[..., Any]


def change(world: World, member: str, by: str = MANAGER, **given: Any) -> Any:
    whole = {"name": "Sana", "teams": ["housekeeping"]} | given
    return call(world, "change_member", by, p_member_id=member, p_member=whole)


def leave(world: World, member: str, by: str = MANAGER, *, returns: bool = False) -> Any:
    return call(world, "set_member_active", by, p_member_id=member, p_is_active=returns)


def reset(world: World, member: str, by: str = MANAGER) -> Any:
    return call(world, "give_one_time_password", by, p_member_id=member)


def test_a_member_is_written_as_a_whole(undone: World) -> None:
    sana = member_id(undone, HOUSEKEEPER)
    change(undone, sana, name="Sana K.", teams=["housekeeping", "kitchen"], language="es", properties=["FSL"])
    with undone.member(MANAGER):
        (row,) = undone.rows(
            "select name, teams, language, cardinality(property_ids) from api.staff where id = %s",
            sana,
        )
    assert row == ("Sana K.", ["housekeeping", "kitchen"], "es", 1)


def test_whoever_leaves_is_signed_out_and_may_come_back(undone: World) -> None:
    sana, session = member_id(undone, HOUSEKEEPER), open_session(undone, HOUSEKEEPER)
    for _ in range(2):
        assert leave(undone, sana)["is_active"] is False
    assert not is_open(undone, session)
    assert undone.value("select app.open_development_session(%s)", HOUSEKEEPER) is None
    leave(undone, sana, returns=True)
    assert open_session(undone, HOUSEKEEPER) != "None"


def test_a_one_time_password_signs_out_and_takes_the_place_of_the_other(undone: World) -> None:
    has_chosen(undone, HOUSEKEEPER)
    session = open_session(undone, HOUSEKEEPER)
    given = reset(undone, member_id(undone, HOUSEKEEPER))["one_time_password"].replace("-", "")
    digest = undone.value("select sha256(%s)", given.encode())
    assert kept(undone, HOUSEKEEPER) == (None, digest, True)
    assert not is_open(undone, session)
    with undone.member(HOUSEKEEPER):
        assert undone.rows("select must_change_password, permissions from api.me") == [(True, [])]


def test_another_hotel_s_invitation_does_not_stand_in_the_way(undone: World) -> None:
    has_chosen(undone, HOUSEKEEPER)
    invite(undone, STRANGER, email=HOUSEKEEPER, name="Sana")
    abroad = kept(undone, HOUSEKEEPER, "alpine")
    reset(undone, member_id(undone, HOUSEKEEPER))
    assert kept(undone, HOUSEKEEPER)[0] is None
    assert kept(undone, HOUSEKEEPER, "alpine") == abroad


def test_a_password_that_opens_another_hotel_stays(undone: World) -> None:
    has_chosen(undone, STRANGER)
    invite(undone, email=STRANGER, name="Sam")
    before, away = kept(undone, STRANGER, "alpine"), open_session(undone, "reception@alpine.example")
    answer = reset(undone, member_id(undone, STRANGER))
    assert kept(undone, STRANGER, "alpine") == before
    assert answer.keys() == reset(undone, member_id(undone, HOUSEKEEPER)).keys()
    assert is_open(undone, away)


def test_a_password_that_opens_the_platform_stays(undone: World) -> None:
    undone.conn.execute(
        "with u as (update identity.users set password_hash = 'theirs' where email = %s returning id)"
        " insert into identity.platform_users (user_id, display_name) select id, 'Sana' from u",
        (HOUSEKEEPER,),
    )
    reset(undone, member_id(undone, HOUSEKEEPER), OWNER)
    theirs = undone.value("select password_hash from identity.users where email = %s", HOUSEKEEPER)
    assert theirs == "theirs"


@pytest.mark.parametrize("act", [change, leave, reset])
@pytest.mark.parametrize(
    ("by", "whom", "slug"),
    [
        (MANAGER, MANAGER, "own_membership_stays"),
        (OWNER, OWNER, "own_membership_stays"),
        (MANAGER, OWNER, "owner_is_made_by_an_owner"),
        (RECEPTION, HOUSEKEEPER, "permission_missing"),
        (STRANGER, HOUSEKEEPER, "member_not_found"),
    ],
)
def test_whom_one_may_not_manage(undone: World, act: Act, by: str, whom: str, slug: str) -> None:
    with pytest.raises(Refused) as refused:
        act(undone, member_id(undone, whom), by)
    assert refused.value.slug == slug


@pytest.mark.parametrize("act", [change, leave, reset])
def test_a_foreign_member_and_a_missing_one_are_alike(undone: World, act: Act) -> None:
    said = []
    for member in (member_id(undone, STRANGER, "alpine"), str(undone.value("select gen_random_uuid()"))):
        with pytest.raises(Refused) as refused:
            act(undone, member, OWNER)
        said.append((refused.value.slug, refused.value.sentence, refused.value.code))
    assert said[0] == said[1]


@pytest.mark.parametrize("act", [change, leave, reset])
def test_who_works_at_one_house_manages_those_of_that_house(undone: World, act: Act) -> None:
    undone.conn.execute(
        "update identity.memberships set property_ids = array(select id from public.properties"
        " where code = 'FSL') where id = %s",
        (member_id(undone, MANAGER),),
    )
    with pytest.raises(Refused) as refused:
        act(undone, member_id(undone, HOUSEKEEPER))
    assert refused.value.slug == "member_not_found"
