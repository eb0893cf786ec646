"""set_password, sign_out, sign_out_everywhere: what ends, what goes on."""

from typing import Any

import pytest

from tests.world import RECEPTION, World

HASH = "$argon2id$v=19$m=47104,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"


def signed_in(world: World, times: int = 1) -> list[dict[str, Any]]:
    return [world.value("select app.open_development_session(%s)", RECEPTION) for _ in range(times)]


def is_open(world: World, session: dict[str, Any]) -> bool:
    return bool(
        world.value("select ended_at is null from identity.sessions where id = %s", session["session_id"])
    )


def at_another_hotel(world: World) -> dict[str, Any]:
    """The receptionist works at the other hotel too, and is signed in there."""
    member = world.value(
        "insert into identity.memberships (tenant_id, user_id, display_name, session_type)"
        " select t.id, u.id, 'Mohsin', 'staff' from public.tenants t, identity.users u"
        " where t.slug = 'alpine' and u.email = %s returning id",
        RECEPTION,
    )
    opened: dict[str, Any] = world.value(
        "select app.open_member_session(t.id, %s) from public.tenants t where t.slug = 'alpine'", member
    )
    return opened


def choose(world: World, session: dict[str, Any]) -> None:
    world.value(
        "select app.set_password(%s, %s, %s, %s, '198.51.100.7')",
        *(session["tenant_id"], session["sub"], session["session_id"], HASH),
    )


def test_a_new_password_ends_every_other_session(undone: World) -> None:
    here, elsewhere = signed_in(undone, 2)
    other_hotel = at_another_hotel(undone)
    undone.conn.execute(
        "update identity.users set must_change_password = true where email = %s", (RECEPTION,)
    )
    choose(undone, here)
    assert (is_open(undone, here), is_open(undone, elsewhere), is_open(undone, other_hotel)) == (
        True,
        False,
        False,
    )
    assert undone.rows(
        "select password_hash, must_change_password, password_changed_at is not null"
        " from identity.users where email = %s",
        RECEPTION,
    ) == [(HASH, False, True)]
    assert (
        undone.value("select count(*) from identity.login_attempts where outcome = 'password_changed'") == 1
    )


def test_what_a_change_has_to_know(undone: World) -> None:
    session = signed_in(undone)[0]
    told = undone.value("select app.password_of(%s, %s)", session["tenant_id"], session["sub"])
    assert (told["email"], told["must_change_password"]) == (RECEPTION, False)
    assert RECEPTION in told["near"]
    assert "Mohsin" in told["near"]


def test_sign_out_ends_this_session_alone(undone: World) -> None:
    here, elsewhere = signed_in(undone, 2)
    with undone.owner():
        undone.conn.execute(
            "select app.enter_as_member(%(tenant_id)s, %(sub)s, %(session_id)s)",
            here,
        )
        undone.conn.execute("set local role staff")
        undone.conn.execute("select api.sign_out()")
    assert (is_open(undone, here), is_open(undone, elsewhere)) == (False, True)
    assert (
        undone.value("select ended_because from identity.sessions where id = %s", here["session_id"])
        == "signed_out"
    )


def test_sign_out_everywhere_means_every_device_and_hotel(undone: World) -> None:
    sessions = [*signed_in(undone, 2), at_another_hotel(undone)]
    with undone.member(RECEPTION):
        assert undone.value("select api.sign_out_everywhere()") == {"ended": 3}
        assert undone.value("select current_setting('app.tenant_id')") == sessions[0]["tenant_id"]
    assert not any(is_open(undone, session) for session in sessions)


@pytest.mark.parametrize(
    "function",
    [
        "begin_login",
        "begin_badge_login",
        "refuse_login",
        "accept_login",
        "set_password",
        "password_of",
        "open_member_session",
        "rotate_refresh_token",
    ],
)
@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform"])
def test_no_api_role_signs_anybody_in(undone: World, function: str, role: str) -> None:
    assert not undone.value(
        "select bool_or(has_function_privilege(%s, oid, 'execute')) from pg_proc where proname = %s",
        role,
        function,
    )
