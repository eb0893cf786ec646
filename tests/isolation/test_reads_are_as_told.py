"""read_rights tells the truth: whoever holds what a list asks for reaches a row of it, and nobody else."""

from typing import Any

import pytest

from tests.isolation.actors import MEMBERS
from tests.isolation.catalog import Connection

# Lists that stay empty even for whoever may read everything, because nothing of the kind has happened.
NOTHING_HAPPENED = {"login_attempts", "my_notices"}
Rights = list[dict[str, Any]]


@pytest.fixture(scope="module")
def rights(conn: Connection) -> Rights:
    """What is told of each list."""
    cursor = conn.execute("select * from app.read_rights()")
    names = [column.name for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def permissions(conn: Connection) -> list[str]:
    return [row[0] for row in conn.execute("select key from identity.permissions order by key")]


def told(rights: Rights, session_type: str, held: set[str]) -> set[str]:
    """Lists of which somebody reaches a row, as it is told."""
    return {
        one["list"]
        for one in rights
        if session_type in one["session_types"] and all(held & set(group) for group in one["needs"])
    }


def reached(conn: Connection, rights: Rights, session_type: str, held: set[str]) -> set[str]:
    """Lists of which they do."""
    lists = [one["list"] for one in rights if session_type in one["session_types"]]
    looks = [f"select '{one}' where exists (select from api.{one})" for one in lists]
    with conn.transaction(force_rollback=True):
        conn.execute("select app.act_as_member(%s)", (MEMBERS[session_type]["hamsun"],))
        conn.execute("select set_config('app.permissions', %s, true)", ("{" + ",".join(held) + "}",))
        conn.execute(f"set local role {session_type}".encode())
        return {row[0] for row in conn.execute(" union all ".join(looks).encode())}


@pytest.mark.parametrize("session_type", ["staff", "admin"])
def test_every_permission_opens_what_is_told_and_nothing_else(
    conn: Connection, rights: Rights, session_type: str
) -> None:
    found = {}
    for held in [set[str](), *({one} for one in permissions(conn)), set(permissions(conn))]:
        differing = told(rights, session_type, held) ^ reached(conn, rights, session_type, held)
        if differing - NOTHING_HAPPENED:
            found[" ".join(sorted(held))] = differing - NOTHING_HAPPENED
    assert found == {}


def test_a_list_that_asks_for_more_than_is_told_is_found(conn: Connection) -> None:
    """The control: a condition that stands where it is not looked for."""
    with conn.transaction(force_rollback=True):
        conn.execute(
            "create view api.secrets with (security_invoker = true) as select r.id from public.rooms r"
            " where r.is_active and (select app.can('hotel:audit:read'));"
            " grant select on api.secrets to staff"
        )
        row = conn.execute("select needs, more_with from app.read_rights() where list = 'secrets'").fetchone()
        assert row == ([["hotel:rooms:read"]], ["hotel:audit:read"])
        rights: Rights = [{"list": "secrets", "session_types": ["staff"], "needs": [["hotel:rooms:read"]]}]
        held = {"hotel:rooms:read"}
        assert told(rights, "staff", held) != reached(conn, rights, "staff", held)
