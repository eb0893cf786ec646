"""A session type is a database role: no token of one flow works in another, nor do its commands."""

import json
import time
from typing import Any

from psycopg.types.json import Jsonb

from tests.world import MANAGER, RECEPTION, Refused, World

FLOWS = ("guest", "staff", "admin", "kiosk", "platform")
OF_STAFF_ALONE = """
select r.rolname || ' ' || p.proname
from pg_proc as p, pg_roles as r
where p.pronamespace = 'api'::regnamespace and r.rolname in ('anon', 'guest')
  and has_function_privilege(r.oid, p.oid, 'execute')
  and not p.proname = any (array[
    'portal_resolve_code', 'portal_confirm_identity', 'portal_submit_request', 'portal_update_request_status',
    'add_request_comment', 'booking_change_offer', 'request_actions', 'set_language', 'events_since',
    'caller_context', 'explain_access', 'sign_out', 'set_cleaning_preferences',
    'menu_context', 'submit_menu_order', 'change_menu_order', 'folio_document', 'send_folio',
    'portal_leave_feedback'])
union
select r.rolname || ' ' || c.relname
from pg_class as c, pg_roles as r
where c.relnamespace = 'api'::regnamespace and r.rolname in ('anon', 'guest')
  and has_table_privilege(r.oid, c.oid, 'select')
  and c.relname not like 'portal\\_%%' and c.relname <> 'events'
"""


def sessions(world: World) -> dict[str, dict[str, Any]]:
    """A living session of each flow that there is."""
    code = world.value("select code from portal.codes where booking_id = %s", world.booking("Marutani"))
    guest = world.value("select app.open_portal_session(%s, '198.51.100.7', null)", code)
    return {
        "guest": guest | {"sub": guest["booking_id"]},
        "staff": world.value("select app.open_development_session(%s)", RECEPTION),
        "admin": world.value("select app.open_development_session(%s)", MANAGER),
        "kiosk": kiosk(world),
    }


def kiosk(world: World) -> dict[str, Any]:
    """The claims of a device token."""
    made = Jsonb({"name": "Lobby"})
    with world.member(MANAGER):
        claims: dict[str, Any] = world.value("select api.register_kiosk(%s) -> 'claims'", made)
    return claims


def enters(world: World, role: str, session: dict[str, Any]) -> bool:
    claims = session | {"role": role, "aud": "staybase", "iss": "staybase", "exp": int(time.time()) + 900}
    try:
        with world.owner():
            world.conn.execute("select set_config('request.jwt.claims', %s, true)", (json.dumps(claims),))
            world.conn.execute(f"set local role {role}".encode())
            world.conn.execute("select hook.pre_request()")
    except Refused:
        return False
    return True


def crossings(world: World) -> set[tuple[str, str]]:
    """Session type and role of each entry that succeeds."""
    return {
        (kind, role)
        for kind, session in sessions(world).items()
        for role in FLOWS
        if enters(world, role, session)
    }


def test_no_session_crosses_its_type(undone: World) -> None:
    assert crossings(undone) == {(flow, flow) for flow in ("guest", "staff", "admin", "kiosk")}
    assert undone.rows(OF_STAFF_ALONE) == []


def test_no_flows_role_becomes_another(undone: World) -> None:
    for role in (*FLOWS, "anon"):
        others = {"anon", *FLOWS, "engine", "service", "auditor", "resolver"} - {role}
        for other in others:
            assert not undone.value("select pg_has_role(%s, %s, 'member')", role, other)


def test_the_control_is_found(undone: World) -> None:
    undone.conn.execute(
        "create or replace function app.enter_session(p_role text, p_claims jsonb) returns text"
        " language sql volatile set search_path = '' as $$select null::text$$"
    )
    undone.conn.execute("grant execute on function api.cancel_booking(uuid, text) to guest")
    assert ("guest", "admin") in crossings(undone)
    assert undone.rows(OF_STAFF_ALONE) == [("guest cancel_booking",)]
