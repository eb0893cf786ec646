"""What the functions write says who did it, by which address and in which call, whichever role they take."""

from collections.abc import Iterator

import pytest

from functions.identity.passwords import hash_password
from tests import loops
from tests.house import Database
from tests.isolation.actors import MEMBERS
from tests.isolation.catalog import Connection
from tests.isolation.doors import Doors, bearer, open_doors
from tests.isolation.seeds import ACCOUNT, PASSWORD, TWILIO, FunctionSeeds
from tests.isolation.trail import Trace, Trail

LOGOUT = "/functions/v1/auth-logout"
# A provider that calls back is nobody's; a hotel begins before its owner has a session.
WITHOUT_ACTOR = {"/functions/v1/whatsapp-status/{tenant_id}/{notification_id}"}
WITHOUT_SESSION = {*WITHOUT_ACTOR, "/functions/v1/auth-register", "/functions/v1/whatsapp-inbound"}
ONLY_READ = {f"/functions/v1/{name}" for name in ("health", "events", "folio-pdf", "get-menu-context")}
# They change nothing that the log holds: secrets, which it never sees, states of messages, nobody's sign-out.
LEAVE_NOTHING = {*WITHOUT_ACTOR, "/functions/v1/auth-refresh", "/api/auth/refresh", LOGOUT}


@pytest.fixture(scope="module")
def doors(furnished: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """Both doors."""
    folder = tmp_path_factory.mktemp("doors")
    with open_doors(furnished, folder, TWILIO_ACCOUNT_SID=ACCOUNT, TWILIO_AUTH_TOKEN=TWILIO) as doors:
        yield doors


@pytest.fixture(scope="module")
def seeds(conn: Connection, doors: Doors) -> FunctionSeeds:
    """What each function accepts."""
    return FunctionSeeds(conn, doors, loops.run(hash_password(PASSWORD, "anybody@hamsun.example")))


def test_each_row_says_who_by_what_and_in_which_call(
    conn: Connection, doors: Doors, seeds: FunctionSeeds
) -> None:
    found: dict[str, object] = {}
    for path, (may, seed) in seeds.known.items():
        for role in may if path not in ONLY_READ else ():
            sent = seed(role)
            token = doors.token(role) if (role, "hamsun") in doors.actors else None
            headers = {**bearer(token), **sent.pop("headers", {})}
            trail = Trail(conn)
            answer = doors.house.client.request("POST", sent.pop("path", path), headers=headers, **sent)
            assert answer.status_code < 300, (path, role, answer.text)
            rows = trail.rows()
            if not rows and path not in LEAVE_NOTHING:
                found[f"{path} as {role}"] = "left nothing"
            lacking = [row for row in rows if not is_whole(row, path, answer.headers["x-request-id"])]
            if lacking:
                found[f"{path} as {role}"] = lacking
    assert found == {}


@pytest.mark.parametrize("role", ["guest", "staff", "admin"])
def test_a_sign_out_is_the_session_s_own(conn: Connection, doors: Doors, role: str) -> None:
    trail = Trail(conn)
    answer = doors.ask("POST", LOGOUT, doors.token(role, "alpine"), json={})
    assert answer.status_code == 200
    rows = trail.rows()
    assert rows
    assert list(trail.lacks(rows, doors.claims(role, "alpine"))) == []
    assert {(row.command, row.call) for row in rows} == {(LOGOUT, answer.headers["x-request-id"])}


def is_whole(row: Trace, path: str, call: str) -> bool:
    """Whether it says all that can be said."""
    has_actor = row.actor is not None or path in WITHOUT_ACTOR
    has_session = row.session is not None or path in WITHOUT_SESSION
    return has_actor and has_session and (row.command, row.call) == (path, call)


def test_a_wrong_password_is_nobody_s_but_a_call_s(
    conn: Connection, doors: Doors, seeds: FunctionSeeds
) -> None:
    trail = Trail(conn)
    answer = doors.ask(
        "POST",
        "/functions/v1/auth-login",
        None,
        json={"email": MEMBERS["admin"]["hamsun"], "password": "not the right one"},
    )
    assert answer.status_code == 401
    [row] = trail.rows()
    assert row == Trace(
        "identity.login_attempts", None, None, "/functions/v1/auth-login", answer.headers["x-request-id"]
    )
