"""set_password, sign_out, sign_out_everywhere: what ends, what goes on."""

import os
from typing import Any

import pytest

from tests import races
from tests.house import Database
from tests.passwords import has_chosen, kept, was_given
from tests.world import RECEPTION, World

HASH = "$argon2id$v=19$m=47104,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"

OLD = HASH.replace("c2Fs", "b2xk")
GIVEN = "abcdefghjkmnpqrs"
LIVING = "select count(*) from identity.sessions where membership_id = %s and ended_at is null"


def signed_in(world: World, times: int = 1) -> list[dict[str, Any]]:
    """The receptionist has chosen a password, and is signed in."""
    has_chosen(world, RECEPTION, OLD)
    return [world.value("select app.open_development_session(%s)", RECEPTION) for _ in range(times)]


def is_open(world: World, session: dict[str, Any]) -> bool:
    return bool(
        world.value("select ended_at is null from identity.sessions where id = %s", session["session_id"])
    )


def at_another_hotel(world: World, password_hash: str = OLD) -> dict[str, Any]:
    """Somebody with the receptionist's e-mail address works at the other hotel, and is signed in there."""
    member = world.value(
        "insert into identity.memberships (tenant_id, user_id, display_name, session_type)"
        " select t.id, u.id, 'Mohsin', 'staff' from public.tenants t, identity.users u"
        " where t.slug = 'alpine' and u.email = %s returning id",
        RECEPTION,
    )
    world.conn.execute(
        "insert into identity.passwords (tenant_id, membership_id, password_hash, accepted_at, changed_at)"
        " select t.id, %s, %s, now(), now() from public.tenants t where t.slug = 'alpine'",
        (member, password_hash),
    )
    opened: dict[str, Any] = world.value(
        "select app.open_member_session(t.id, %s) from public.tenants t where t.slug = 'alpine'", member
    )
    return opened


def choose(world: World, session: dict[str, Any], chosen: str = HASH, known: str = OLD) -> bool:
    return bool(
        world.value(
            "select app.set_password(%s, %s, %s, %s, %s, '198.51.100.7')",
            *(session["tenant_id"], session["sub"], session["session_id"], known, chosen),
        )
    )


def sign_in(world: World, session: dict[str, Any]) -> Any:
    """What follows once the password that stood before has been verified."""
    return world.value(
        "select app.accept_login(%s, '198.51.100.7', %s, %s, %s, null, %s)",
        *(RECEPTION, session["tenant_id"], session["sub"], OLD, os.urandom(32)),
    )


def rotate(world: World, digest: bytes, following: bytes | None = None) -> Any:
    return world.value(
        "select app.rotate_refresh_token(%s, %s, '{staff}')", digest, following or os.urandom(32)
    )


def sign_out_everywhere(conn: races.Connection) -> Any:
    world = World(conn)
    with world.member(RECEPTION):
        return world.value("select api.sign_out_everywhere()")


def test_a_new_password_ends_every_other_session(undone: World) -> None:
    here, elsewhere = signed_in(undone, 2)
    other_hotel = at_another_hotel(undone)
    assert choose(undone, here)
    assert (is_open(undone, here), is_open(undone, elsewhere), is_open(undone, other_hotel)) == (
        True,
        False,
        False,
    )
    assert kept(undone, RECEPTION) == kept(undone, RECEPTION, "alpine") == (HASH, None, True)
    assert (
        undone.value("select count(*) from identity.login_attempts where outcome = 'password_changed'") == 1
    )


def test_a_change_that_knows_another_password_is_not_kept(undone: World) -> None:
    here, elsewhere = signed_in(undone, 2)
    assert not choose(undone, here, known="another")
    assert is_open(undone, elsewhere)
    assert kept(undone, RECEPTION)[0] == OLD


def test_a_session_that_is_over_changes_nothing(undone: World) -> None:
    here = signed_in(undone)[0]
    undone.conn.execute("update identity.sessions set ended_at = now() where id = %s", (here["session_id"],))
    assert not choose(undone, here)
    assert kept(undone, RECEPTION)[0] == OLD


def test_of_two_changes_at_once_one_is_kept(database: Database) -> None:
    """The second had verified the password that the first one changed; its session is over."""
    with database.connect() as conn:
        world = World(conn)
        ahead, behind = signed_in(world, 2)
        done = races.at_once(
            database,
            lambda one: choose(World(one), ahead),
            lambda one: choose(World(one), behind, "$argon2id$another"),
        )
        assert done == (True, False)
        assert kept(world, RECEPTION)[0] == HASH
        assert (is_open(world, ahead), is_open(world, behind)) == (True, False)


def test_a_sign_in_with_the_password_that_is_being_changed_opens_nothing(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        here = signed_in(world)[0]
        changed, opened = races.at_once(
            database, lambda one: choose(World(one), here), lambda one: sign_in(World(one), here)
        )
        assert (changed, opened) == (True, None)
        assert world.value(LIVING, here["sub"]) == 1


def test_a_change_ends_the_session_of_a_sign_in_at_that_moment(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        here = signed_in(world)[0]
        opened, changed = races.at_once(
            database, lambda one: sign_in(World(one), here), lambda one: choose(World(one), here)
        )
        assert changed
        assert not is_open(world, opened)
        assert is_open(world, here)


@pytest.mark.parametrize("is_first", [True, False])
def test_signing_out_everywhere_leaves_no_session_that_was_just_refreshed(
    database: Database, is_first: bool
) -> None:
    """Whichever comes first: neither the secret that was shown nor the next one opens anything."""
    shown, following = os.urandom(32), os.urandom(32)
    with database.connect() as conn:
        world = World(conn)
        session = signed_in(world)[0]
        world.value(
            "select app.issue_refresh_token(%s, %s, %s, '7 days')",
            *(session["tenant_id"], session["session_id"], shown),
        )

        def refresh(one: races.Connection) -> Any:
            return rotate(World(one), shown, following)

        acts = (sign_out_everywhere, refresh) if is_first else (refresh, sign_out_everywhere)
        led, followed = races.at_once(database, *acts)
        ended, refreshed = (led, followed) if is_first else (followed, led)
        assert ended == {"ended": 1}
        assert (refreshed is None) is is_first
        assert not is_open(world, session)
        assert rotate(world, shown) is rotate(world, following) is None


def test_what_a_change_has_to_know(undone: World) -> None:
    session = signed_in(undone)[0]
    told = undone.value("select app.password_of(%s, %s)", session["tenant_id"], session["sub"])
    assert (told["email"], told["password_hash"], told["one_time"]) == (RECEPTION, OLD, None)
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


def test_one_e_mail_address_is_not_one_person(undone: World) -> None:
    """Whoever has another password is somebody else: not signed out, and their password stays."""
    here, stranger = signed_in(undone)[0], at_another_hotel(undone, HASH.replace("c2Fs", "AAAA"))
    before = kept(undone, RECEPTION, "alpine")
    assert choose(undone, here)
    assert kept(undone, RECEPTION, "alpine") == before
    with undone.member(RECEPTION):
        assert undone.value("select api.sign_out_everywhere()") == {"ended": 1}
    assert is_open(undone, stranger)


def test_a_password_for_once_gives_way_to_a_chosen_one(undone: World) -> None:
    here = signed_in(undone)[0]
    was_given(undone, RECEPTION, GIVEN)
    digest = undone.value("select encode(sha256(%s), 'hex')", GIVEN.encode())
    assert not choose(undone, here)
    assert choose(undone, here, known=digest)
    assert kept(undone, RECEPTION) == (HASH, None, True)
    assert not choose(undone, here, known=digest)


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
