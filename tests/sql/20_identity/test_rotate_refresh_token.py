"""rotate_refresh_token: a browser's secret is shown once and gives way; shown after that, it is theft."""

import os
from typing import Any

import psycopg
import pytest

from tests import races
from tests.house import Database
from tests.world import RECEPTION, World

SECRET = b"\x01" * 32


@pytest.fixture
def session(undone: World) -> dict[str, Any]:
    """A receptionist's session whose browser keeps a secret."""
    return signed_in(undone)


def signed_in(world: World) -> dict[str, Any]:
    opened: dict[str, Any] = world.value("select app.open_development_session(%s)", RECEPTION)
    remember(world, opened)
    return opened


def remember(world: World, session: dict[str, Any], digest: bytes = SECRET, lifetime: str = "7 days") -> None:
    world.value(
        "select app.issue_refresh_token(%s, %s, %s, %s)",
        *(session["tenant_id"], session["session_id"], digest, lifetime),
    )


def show(world: World, digest: bytes = SECRET, *roles: str) -> tuple[dict[str, Any] | None, bytes]:
    """What a secret stands for, and the next one."""
    following = os.urandom(32)
    claims = world.value(
        "select app.rotate_refresh_token(%s, %s, %s)", digest, following, list(roles or ("staff",))
    )
    return claims, following


def later(world: World) -> None:
    """More than ten seconds pass for the secrets."""
    world.conn.execute("update identity.refresh_tokens set used_at = used_at - interval '11 seconds'")


def why_ended(world: World, session: dict[str, Any]) -> object:
    return world.value(
        "select ended_because from identity.sessions where id = %s and ended_at is not null",
        session["session_id"],
    )


def test_a_secret_gives_the_claims_of_its_session(undone: World, session: dict[str, Any]) -> None:
    assert show(undone)[0] == session


def test_a_guests_secret_gives_a_guest(undone: World) -> None:
    code = undone.value("select code from portal.codes where booking_id = %s", undone.booking("Marutani"))
    opened = undone.value("select app.open_portal_session(%s, '198.51.100.7', null)", code)
    remember(undone, opened)
    claims, _ = show(undone, SECRET, "guest")
    assert claims is not None
    assert (claims["role"], claims["booking_id"], claims["level"]) == (
        "guest",
        opened["booking_id"],
        "context",
    )


def test_each_secret_gives_way_to_the_next(undone: World, session: dict[str, Any]) -> None:
    digest = SECRET
    for _ in range(4):
        claims, digest = show(undone, digest)
        assert claims == session
        later(undone)


def test_a_secret_in_another_flow_s_cookie_is_nothing(undone: World, session: dict[str, Any]) -> None:
    for role in ("guest", "admin", "platform"):
        assert show(undone, SECRET, role)[0] is None
    assert show(undone)[0] == session


def test_an_unknown_secret_is_nothing(undone: World, session: dict[str, Any]) -> None:
    assert show(undone, b"\x02" * 32)[0] is None


def test_callers_that_come_together_all_come_in(undone: World, session: dict[str, Any]) -> None:
    _, first = show(undone)
    _, second = show(undone)
    assert show(undone, second)[0] == session
    assert show(undone, first)[0] is None
    assert why_ended(undone, session) == "refresh_reused"


def test_an_answer_that_was_lost_is_given_again(undone: World, session: dict[str, Any]) -> None:
    _, lost = show(undone)
    later(undone)
    claims, arrived = show(undone)
    assert claims == session
    assert show(undone, arrived)[0] == session
    assert show(undone, lost)[0] is None
    assert why_ended(undone, session) == "refresh_reused"


def test_a_secret_shown_after_its_successor_ends_the_family(undone: World, session: dict[str, Any]) -> None:
    _, second = show(undone)
    later(undone)
    _, third = show(undone, second)
    assert show(undone)[0] is None
    assert why_ended(undone, session) == "refresh_reused"
    assert show(undone, third)[0] is None


def test_reuse_is_told_to_the_user_and_the_owner(undone: World, session: dict[str, Any]) -> None:
    _, second = show(undone)
    show(undone, second)
    show(undone)
    with undone.member(RECEPTION):
        assert undone.value("select kind from api.my_notices") == "refresh_reused"
    assert undone.value(
        "select count(*) from public.alerts where kind = 'refresh_reused' and details ->> 'session_id' = %s",
        session["session_id"],
    )


def test_a_secret_dies_by_the_real_clock(undone: World, session: dict[str, Any]) -> None:
    undone.conn.execute("update app.clock set shift = interval '400 days'")
    claims, following = show(undone)
    assert claims == session
    undone.conn.execute(
        "update identity.refresh_tokens set expires_at = clock_timestamp() where digest = %s", (following,)
    )
    assert show(undone, following)[0] is None
    assert why_ended(undone, session) is None


def test_a_secret_lives_seven_days_and_never_longer_than_its_session(
    undone: World, session: dict[str, Any]
) -> None:
    show(undone)
    left = (
        "select extract(epoch from max(expires_at) - clock_timestamp()) / 3600 from identity.refresh_tokens"
    )
    assert 167 < undone.value(left + " where parent_id is not null") <= 168
    undone.conn.execute("update identity.sessions set expires_at = clock_timestamp() + interval '1 hour'")
    _, last = show(undone)
    assert 0 < undone.value(left + " where digest = %s", last) <= 1


@pytest.mark.parametrize(
    "ended",
    [
        "update identity.sessions set ended_at = now()",
        "update identity.sessions set expires_at = clock_timestamp()",
        "update identity.memberships set is_active = false where display_name = 'Mohsin'",
    ],
)
def test_a_secret_ends_with_its_session(undone: World, session: dict[str, Any], ended: str) -> None:
    undone.conn.execute(ended.encode())
    assert show(undone)[0] is None


def test_two_rotations_at_once_make_two_living_siblings(database: Database) -> None:
    with database.connect() as conn:
        session = signed_in(World(conn))

    def rotation(conn: "psycopg.Connection[tuple[Any, ...]]") -> Any:
        return show(World(conn))

    (first, _), (second, arrived) = races.at_once(database, rotation, rotation)
    assert first == second == session
    with database.connect() as conn:
        assert show(World(conn), arrived)[0] == session


def test_a_thief_and_the_browser_at_once_end_the_family(database: Database) -> None:
    """The browser turns the successor while the thief shows what it took the place of."""
    with database.connect() as conn:
        world = World(conn)
        session = signed_in(world)
        _, held_by_the_browser = show(world)

        _, (stolen, _) = races.at_once(
            database, lambda one: show(World(one), held_by_the_browser), lambda one: show(World(one))
        )
        assert stolen is None
        assert why_ended(world, session) == "refresh_reused"


def test_an_access_token_is_alive_as_long_as_its_session(undone: World, session: dict[str, Any]) -> None:
    alive = (
        "select app.token_is_alive(%s::jsonb || jsonb_build_object('aud', 'staybase', 'iss', 'staybase',"
        " 'exp', extract(epoch from clock_timestamp())::integer + 60))"
    )
    told = psycopg.types.json.Jsonb(
        {name: session[name] for name in ("role", "sub", "session_id", "tenant_id")}
    )
    assert undone.value(alive, told) is True
    undone.conn.execute("select app.set_caller(%s)", (session["tenant_id"],))
    undone.conn.execute("select app.end_session(%s, 'signed_out')", (session["session_id"],))
    assert undone.value(alive, told) is False


def test_the_secret_itself_is_never_stored(undone: World, session: dict[str, Any]) -> None:
    columns = undone.rows(
        "select column_name from information_schema.columns where table_name = 'refresh_tokens'"
    )
    assert ("digest",) in columns
    assert not {("secret",), ("token",)} & set(columns)
