"""Every command asks members for a permission, or stands on a short list that says why it does not."""

from typing import Any

import psycopg
import pytest

Connection = psycopg.Connection[tuple[Any, ...]]

# Command: why nobody needs a permission for it.
ASKS_NOTHING = {
    "portal_resolve_code": "a code is all that a guest has yet; tries are counted",
    "portal_confirm_identity": "a guest proves who they are, for the own booking alone",
    "caller_context": "everyone may hear who they themselves are",
    "set_language": "everyone chooses the language they read in",
    "dismiss_notices": "everyone puts away what was said to them alone",
    "my_platform_notices": "somebody of the platform hears what concerns them alone",
    "sign_out": "everyone ends their own session",
    "explain_access": "everyone may ask what decides about themselves",
    "sign_out_everywhere": "everyone ends their own sessions",
}
SILENT = "select r.command from app.command_rights() r where r.session_types <> '{}' and r.needs = '{}'"


def rights(db: Connection, command: str) -> dict[str, Any]:
    """What the derivation says of one command."""
    cursor = db.execute("select * from app.command_rights() where command = %s", (command,))
    row = cursor.fetchone()
    assert row is not None, command
    return dict(zip((column.name for column in cursor.description or []), row, strict=True))


def test_every_command_asks_for_a_permission(db: Connection) -> None:
    assert {row[0] for row in db.execute(SILENT.encode())} - set(ASKS_NOTHING) == set()


def test_a_command_that_asks_nothing_is_found(db: Connection) -> None:
    with db.transaction(force_rollback=True):
        db.execute(
            "create function api.ring() returns void language sql set search_path = '' as 'select';"
            " grant execute on function api.ring() to staff"
        )
        assert ("ring",) in db.execute(SILENT.encode()).fetchall()


@pytest.mark.parametrize(
    ("command", "session_types", "needs", "sometimes"),
    [
        ("reverse_charge", {"staff", "admin"}, {"hotel:charges:reverse"}, set()),
        ("post_charge", {"staff", "admin", "kiosk"}, {"hotel:charges:write"}, set()),
        (
            "portal_update_request_status",
            {"guest", "staff", "admin"},
            {"hotel:requests:read", "hotel:requests:write"},
            set(),
        ),
        (
            "portal_submit_request",
            {"guest", "staff", "admin"},
            {"hotel:requests:write"},
            {"hotel:requests:assign"},
        ),
        ("request_actions", {"guest", "staff", "admin"}, {"hotel:requests:read"}, set()),
    ],
)
def test_command_rights(
    db: Connection, command: str, session_types: set[str], needs: set[str], sometimes: set[str]
) -> None:
    found = rights(db, command)
    assert (set(found["session_types"]), set(found["needs"])) == (session_types, needs)
    assert set(found["sometimes_needs"]) == sometimes


def test_a_read_is_told_from_a_write(db: Connection) -> None:
    assert rights(db, "events_since")["is_read"] is True
    assert rights(db, "move_room")["is_read"] is False


def test_what_is_asked_exists(db: Connection) -> None:
    unknown = db.execute(
        "select r.command, p from app.command_rights() r, unnest(r.needs || r.sometimes_needs) p"
        " where p not in (select key from identity.permissions)"
    ).fetchall()
    assert unknown == []
