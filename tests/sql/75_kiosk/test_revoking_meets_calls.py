"""A kiosk is revoked at the very moment at which it calls, or is given its next token."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests import races
from tests.house import Database
from tests.world import MANAGER, Refused, World

Kiosk = dict[str, Any]


@pytest.fixture
def kiosk(database: Database) -> Kiosk:
    with database.connect() as conn, World(conn).member(MANAGER) as world:
        made: Kiosk = world.value("select api.register_kiosk(%s)", Jsonb({"name": "Lobby"}))
    return made


def command(name: str, kiosk: Kiosk) -> races.Act:
    """One of the manager's commands about it; a refusal as its slug."""

    def act(conn: races.Connection) -> Any:
        try:
            with World(conn).member(MANAGER) as world:
                return world.value(f"select api.{name}(%s)", kiosk["id"])
        except Refused as refused:
            return refused.slug

    return act


@contextmanager
def calling(conn: races.Connection, claims: dict[str, Any]) -> Iterator[World]:
    """A call of the kiosk, as PostgREST enters it, for as long as the block lasts."""
    whole = {**claims, "aud": "staybase", "iss": "staybase", "exp": int(time.time()) + 900}
    with conn.transaction():
        conn.execute(
            "select set_config('request.jwt.claims', %s, true), set_config('request.headers', '{}', true)",
            (json.dumps(whole),),
        )
        conn.execute("set local role kiosk")
        conn.execute("select hook.pre_request()")
        yield World(conn)


def refusal(conn: races.Connection, claims: dict[str, Any]) -> str | None:
    try:
        with calling(conn, claims):
            return None
    except psycopg.Error as error:
        return error.diag.message_detail


def test_a_call_under_way_holds_no_revocation_up_and_is_the_last(database: Database, kiosk: Kiosk) -> None:
    with database.connect() as device, database.connect() as desk:
        desk.execute("set lock_timeout = '5s'")
        with calling(device, kiosk["claims"]) as call:
            assert command("revoke_kiosk", kiosk)(desk)["revoked"]
            assert call.rows("select name from api.kiosks") == [("Lobby",)]
        assert refusal(device, kiosk["claims"]) == "session_over"


def test_the_token_made_at_that_moment_is_revoked_too(database: Database, kiosk: Kiosk) -> None:
    made, revoked = races.at_once(
        database, command("rotate_kiosk_token", kiosk), command("revoke_kiosk", kiosk)
    )
    assert revoked["revoked"]
    with database.connect() as device:
        assert refusal(device, kiosk["claims"]) == refusal(device, made["claims"]) == "session_over"
        sessions = [kiosk["claims"]["session_id"], made["claims"]["session_id"]]
        living = "select count(*) from identity.sessions where id = any(%s::uuid[]) and ended_at is null"
        assert World(device).value(living, sessions) == 0


def test_no_token_is_made_for_a_kiosk_that_is_being_revoked(database: Database, kiosk: Kiosk) -> None:
    revoked, made = races.at_once(
        database, command("revoke_kiosk", kiosk), command("rotate_kiosk_token", kiosk)
    )
    assert (revoked["revoked"], made) == (True, "kiosk_is_revoked")
    with database.connect() as device:
        assert refusal(device, kiosk["claims"]) == "session_over"
