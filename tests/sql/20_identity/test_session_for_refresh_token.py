"""session_for_refresh_token: what a browser's secret stands for, if it still stands."""

from typing import Any

import pytest

from tests.world import RECEPTION, World

SECRET = b"\x01" * 32


@pytest.fixture
def session(undone: World) -> dict[str, Any]:
    """A receptionist's session whose browser keeps a secret."""
    opened: dict[str, Any] = undone.value("select app.open_development_session(%s)", RECEPTION)
    remember(undone, opened)
    return opened


def remember(world: World, session: dict[str, Any], digest: bytes = SECRET, lifetime: str = "7 days") -> None:
    world.value(
        "select app.issue_refresh_token(%s, %s, %s, %s)",
        *(session["tenant_id"], session["session_id"], digest, lifetime),
    )


def stands_for(world: World, digest: bytes = SECRET) -> dict[str, Any] | None:
    claims: dict[str, Any] | None = world.value("select app.session_for_refresh_token(%s)", digest)
    return claims


def test_a_secret_gives_the_claims_of_its_session(undone: World, session: dict[str, Any]) -> None:
    assert stands_for(undone) == session


def test_a_guests_secret_gives_a_guest(undone: World) -> None:
    code = undone.value("select code from portal.codes where booking_id = %s", undone.booking("Marutani"))
    opened = undone.value("select app.open_portal_session(%s, '198.51.100.7', null)", code)
    remember(undone, opened)
    claims = stands_for(undone)
    assert claims is not None
    assert (claims["role"], claims["booking_id"], claims["level"]) == (
        "guest",
        opened["booking_id"],
        "context",
    )


def test_an_unknown_secret_is_nothing(undone: World, session: dict[str, Any]) -> None:
    assert stands_for(undone, b"\x02" * 32) is None


def test_a_secret_dies_by_the_real_clock(undone: World, session: dict[str, Any]) -> None:
    undone.conn.execute("update app.clock set shift = interval '400 days'")
    assert stands_for(undone) == session
    remember(undone, session, b"\x03" * 32, "-1 second")
    assert stands_for(undone, b"\x03" * 32) is None


def test_a_used_secret_is_not_found(undone: World, session: dict[str, Any]) -> None:
    undone.conn.execute("update identity.refresh_tokens set used_at = now()")
    assert stands_for(undone) is None
    assert undone.rows("select * from app.resolve_refresh_token(%s)", SECRET) == []


@pytest.mark.parametrize(
    "ended",
    [
        "update identity.sessions set ended_at = now()",
        "update identity.sessions set expires_at = clock_timestamp()",
        "update identity.memberships set is_active = false",
    ],
)
def test_a_secret_ends_with_its_session(undone: World, session: dict[str, Any], ended: str) -> None:
    undone.conn.execute(ended.encode())
    assert stands_for(undone) is None


def test_the_secret_itself_is_never_stored(undone: World, session: dict[str, Any]) -> None:
    columns = undone.rows(
        "select column_name from information_schema.columns where table_name = 'refresh_tokens'"
    )
    assert ("digest",) in columns
    assert not {("secret",), ("token",)} & set(columns)
