"""me and members: the one who is signed in, and the colleagues to give work to."""

from tests.passwords import was_given
from tests.world import HOUSEKEEPER, RECEPTION, STRANGER, World


def test_me_is_one_row(undone: World) -> None:
    with undone.member(RECEPTION):
        rows = undone.rows("select name, session_type, tenant_slug, permissions, properties from api.me")
    assert [row[:3] for row in rows] == [("Mohsin", "staff", "hamsun")]
    assert "hotel:requests:write" in rows[0][3]
    assert [house["code"] for house in rows[0][4]] == ["CLF", "EXT", "FSL"]


def test_me_names_the_properties_one_works_at(undone: World) -> None:
    undone.conn.execute(
        "update identity.memberships m set property_ids = array[p.id]"
        " from public.properties p, identity.users u"
        " where p.code = 'EXT' and u.id = m.user_id and u.email = %s",
        (HOUSEKEEPER,),
    )
    with undone.member(HOUSEKEEPER):
        assert [house["code"] for house in undone.value("select properties from api.me")] == ["EXT"]
        assert undone.rows("select code from api.properties") == [("EXT",)]


def test_me_says_what_is_still_to_be_done(undone: World) -> None:
    asked = "select onboarding_completed, must_change_password from api.me"
    with undone.member(RECEPTION):
        assert undone.rows(asked) == [(True, False)]
    undone.conn.execute("update public.tenants set onboarding_completed_at = null where slug = 'hamsun'")
    was_given(undone, RECEPTION)
    with undone.member(RECEPTION):
        assert undone.rows(asked) == [(False, True)]


def test_members_are_colleagues_without_their_addresses(undone: World) -> None:
    with undone.member(RECEPTION):
        names = {row[0] for row in undone.rows("select name from api.members")}
        columns = [
            column.name for column in undone.conn.execute("select * from api.members").description or []
        ]
    assert {"Mohsin", "Sana", "Bilal"} <= names
    assert columns == ["id", "name", "session_type", "teams", "property_ids"]


def test_who_left_is_no_colleague(undone: World) -> None:
    undone.conn.execute("update identity.memberships set is_active = false where display_name = 'Sana'")
    with undone.member(RECEPTION):
        assert undone.rows("select name from api.members where name = 'Sana'") == []


def test_the_stranger_meets_nobody_of_ours(undone: World) -> None:
    with undone.member(STRANGER):
        assert "Mohsin" not in str(undone.rows("select name from api.members"))
        assert undone.value("select tenant_slug from api.me") == "alpine"
        assert undone.rows("select code from api.properties") == [("ALP",)]
