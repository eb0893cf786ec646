"""Every list asks members for a permission, or stands on a short list that says why it does not."""

from typing import Any

import psycopg
import pytest

Connection = psycopg.Connection[tuple[Any, ...]]

# List: why no member needs a permission for it.
ASKS_NOTHING = {
    "alerts": "what is wrong at one's own houses concerns everyone there",
    "me": "everyone may hear who they themselves are",
    "member_roles": "everyone may see their own roles",
    "members": "colleagues know one another by name",
    "my_notices": "what was said to oneself alone",
    "permissions": "names of rights, which are the same everywhere",
    "properties": "everyone knows the houses they work at",
    "qr_purposes": "what codes can be for, which is the same everywhere",
    "request_types": "everyone who works here may be asked for any of them",
    "roles": "everyone may see what their own roles carry",
    "teams": "everyone knows who does what",
}
OPEN = "select list from app.read_rights() where session_types && '{staff,admin}' and needs = '[]'"
LISTS = "select relname from pg_class where relnamespace = 'api'::regnamespace and relkind = 'v'"


def test_every_list_is_known(db: Connection) -> None:
    known = {row[0] for row in db.execute("select list from app.read_rights()")}
    assert known == {row[0] for row in db.execute(LISTS)}


def test_every_list_asks_for_a_permission(db: Connection) -> None:
    assert {row[0] for row in db.execute(OPEN.encode())} == set(ASKS_NOTHING)


def test_a_list_that_asks_nothing_is_found(db: Connection) -> None:
    with db.transaction(force_rollback=True):
        db.execute(
            "create view api.names with (security_invoker = true) as select m.id from identity.memberships m;"
            " grant select on api.names to staff"
        )
        assert ("names",) in db.execute(OPEN.encode()).fetchall()


@pytest.mark.parametrize(
    ("name", "session_types", "needs", "more_with"),
    [
        ("bookings", ["staff", "admin"], [["hotel:bookings:read"]], []),
        # its rows follow the charges', and theirs the folio's
        ("charge_taxes", ["staff", "admin"], [["hotel:charges:read"]], []),
        ("catalog_items", ["staff", "admin"], [["hotel:catalog:read", "hotel:catalog:write"]], []),
        (
            "guests",
            ["staff", "admin"],
            [["hotel:bookings:read", "hotel:guests:read", "hotel:requests:read"]],
            [],
        ),
        ("staff", ["admin"], [["hotel:staff:write"]], []),
        ("roles", ["staff", "admin"], [], ["hotel:staff:write"]),
        ("open_requests", ["staff", "admin"], [["hotel:requests:read"]], []),
        ("portal_folio", ["guest"], None, None),
        ("platform_tenants", ["platform"], None, None),
    ],
)
def test_read_rights(
    db: Connection, name: str, session_types: list[str], needs: Any, more_with: list[str] | None
) -> None:
    row = db.execute(
        "select session_types, needs, more_with from app.read_rights() where list = %s", (name,)
    ).fetchone()
    assert row is not None
    assert row[0] == session_types
    if needs is not None:
        assert row[1:] == (needs, more_with)


def test_what_is_asked_exists(db: Connection) -> None:
    known = {row[0] for row in db.execute("select key from identity.permissions")}
    asked = {
        permission
        for needs, more in db.execute("select needs, more_with from app.read_rights()")
        for permission in [*more, *(one for group in needs for one in group)]
    }
    assert len(asked) > 8
    assert asked <= known
