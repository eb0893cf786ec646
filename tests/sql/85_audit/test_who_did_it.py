"""Each row that a command leaves in the log says who, in which session, by which command and call."""

import json
import time
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import MANAGER, RECEPTION, World

BY_WHOM = """
select distinct actor_id is not null, session_id, command, call_id
from public.audit_log where position > %s
"""


def enter(world: World, session: dict[str, Any], path: str, call_id: str | None) -> None:
    """As PostgREST comes in."""
    claims = session | {"aud": "staybase", "iss": "staybase", "exp": int(time.time()) + 900}
    headers = {} if call_id is None else {"x-request-id": call_id}
    for name, value in (
        ("request.jwt.claims", json.dumps(claims)),
        ("request.headers", json.dumps(headers)),
        ("request.method", "POST"),
        ("request.path", path),
    ):
        world.conn.execute("select set_config(%s, %s, true)", (name, value))
    world.conn.execute(f"set local role {session['role']}".encode())
    world.conn.execute("select hook.pre_request()")


def guest_session(world: World) -> dict[str, Any]:
    code = world.value("select code from portal.codes where booking_id = %s", world.booking("Marutani"))
    session: dict[str, Any] = world.value("select app.open_portal_session(%s, '198.51.100.7', null)", code)
    return session | {"sub": session["booking_id"], "role": "guest"}


def member_session(world: World, email: str) -> dict[str, Any]:
    session: dict[str, Any] = world.value("select app.open_development_session(%s)", email)
    return session


def submit(world: World) -> None:
    world.submit({"type_slug": "concierge", "note": "?"}, "k")


def book(world: World) -> None:
    booking = {
        "property_code": "FSL",
        "room_type_code": world.value(
            "select t.code from api.room_types t join api.properties p on p.id = t.property_id"
            " where p.code = 'FSL' limit 1"
        ),
        "guest": {"first_name": "Ada", "last_name": "Byron"},
        "check_in": "2099-01-01",
        "check_out": "2099-01-02",
    }
    world.value("select api.create_booking(%s)", Jsonb(booking))


@pytest.mark.parametrize(
    ("who", "what"),
    [("guest", submit), (RECEPTION, book), (MANAGER, book)],
    ids=["guest", "reception", "manager"],
)
@pytest.mark.parametrize("call_id", ["call-1", None])
def test_every_row_of_a_command_says_who_did_it(
    undone: World, who: str, what: Any, call_id: str | None
) -> None:
    session = guest_session(undone) if who == "guest" else member_session(undone, who)
    before = undone.value("select max(position) from public.audit_log")
    with undone.owner():
        enter(undone, session, "/rpc/what", call_id)
        what(undone)
    [(has_actor, session_id, command, call)] = undone.rows(BY_WHOM, before)
    assert (has_actor, str(session_id), command) == (True, session["session_id"], "/rpc/what")
    assert call == call_id if call_id else len(call) == 36
