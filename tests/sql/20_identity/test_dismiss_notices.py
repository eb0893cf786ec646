"""my_notices and dismiss_notices: what a member is told about their own sign-ins, and that they saw it."""

from tests.world import HOUSEKEEPER, RECEPTION, STRANGER, World


def leave_notice(world: World, email: str) -> None:
    world.conn.execute(
        "insert into identity.notices (tenant_id, membership_id, kind)"
        " select r.tenant_id, r.membership_id, 'refresh_reused' from app.resolve_login(%s) as r",
        (email,),
    )


def test_a_notice_stands_until_it_is_seen(undone: World) -> None:
    leave_notice(undone, RECEPTION)
    with undone.member(RECEPTION):
        assert undone.rows("select kind from api.my_notices") == [("refresh_reused",)]
    with undone.member(RECEPTION):
        assert undone.value("select api.dismiss_notices()") == {"seen": 1}
    with undone.member(RECEPTION):
        assert undone.rows("select kind from api.my_notices") == []
        assert undone.value("select api.dismiss_notices()") == {"seen": 0}


def test_nobody_sees_or_dismisses_another_s(undone: World) -> None:
    leave_notice(undone, RECEPTION)
    for other in (HOUSEKEEPER, STRANGER):
        with undone.member(other):
            assert undone.rows("select kind from api.my_notices") == []
        with undone.member(other):
            assert undone.value("select api.dismiss_notices()") == {"seen": 0}
    with undone.member(RECEPTION):
        assert undone.rows("select kind from api.my_notices") == [("refresh_reused",)]


def test_guests_and_kiosks_have_none(undone: World) -> None:
    for role in ("anon", "guest", "kiosk"):
        assert not undone.value("select has_function_privilege(%s, 'api.dismiss_notices()', 'execute')", role)
