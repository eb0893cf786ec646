"""Who acts: one session of each type in each hotel, entered as PostgREST enters it.

Each member holds every permission that there is, so that no missing right hides a leak; the guest is
identified.
"""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from tests.isolation.catalog import Connection
from tests.passwords import HASH

HOTELS = ("hamsun", "alpine")
MEMBERS = {
    "staff": {"hamsun": "reception@hamsun.example", "alpine": "reception@alpine.example"},
    "admin": {"hamsun": "owner@hamsun.example", "alpine": "stranger@alpine.example"},
}
IN_HOUSE = {"hamsun": "Marutani", "alpine": "Hofer"}

ENTER = """
select set_config('role', %(role)s, true), set_config('request.jwt.claims', %(claims)s, true),
       set_config('request.method', 'POST', true), set_config('request.path', %(path)s, true),
       set_config('request.headers', '{"x-forwarded-for": "198.51.100.7", "x-request-id": "a-call"}', true)
"""
CODE_OF = """
select c.code from portal.codes as c
join public.bookings as b on b.tenant_id = c.tenant_id and b.id = c.booking_id
join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
where g.last_name = %s order by b.created_at desc limit 1
"""
REGISTER = """
select api.register_kiosk(
  jsonb_build_object('name', 'In the lobby ' || gen_random_uuid(), 'property_code', p.code))
from public.properties as p where p.tenant_id = app.tenant_id() and p.is_default
"""
EVERY_RIGHT = """
with everything as (
  insert into identity.roles (tenant_id, key, name, session_type)
  select m.tenant_id, 'EVERYTHING', '{"en": "Everything", "es": "Todo"}', m.session_type
  from identity.memberships as m where m.id = %(member)s
  on conflict (tenant_id, key) do update set name = excluded.name
  returning tenant_id, id
), rights as (
  insert into identity.role_permissions (tenant_id, role_id, permission)
  select e.tenant_id, e.id, p.key from everything as e, identity.permissions as p
  on conflict do nothing
)
insert into identity.membership_roles (tenant_id, membership_id, role_id)
select e.tenant_id, %(member)s, e.id from everything as e
on conflict do nothing
"""


@dataclass(frozen=True)
class Actor:
    """A living session."""

    role: str
    hotel: str
    tenant: str
    claims: dict[str, Any]

    def enter(self, conn: Connection, path: str = "/rpc/any") -> None:
        """The transaction acts for this session from here on, with its role's rights."""
        claims = self.claims and {**self.claims, "exp": int(time.time()) + 900}
        conn.execute(
            ENTER.encode(), {"role": self.role, "claims": json.dumps(claims) if claims else "", "path": path}
        )
        conn.execute("select hook.pre_request()")


def anonymous(conn: Connection, hotel: str) -> dict[str, Any]:
    """Nobody in particular."""
    return {}


def guest(conn: Connection, hotel: str) -> dict[str, Any]:
    """A guest in house, who has given the second fact."""
    code = value(conn, CODE_OF, IN_HOUSE[hotel])
    session = value(conn, "select app.open_portal_session(%s, '198.51.100.7', null)", code)
    conn.execute("update identity.sessions set level = 'identified' where id = %s", (session["session_id"],))
    return {**session, "sub": session["booking_id"]}


def member(role: str) -> Callable[[Connection, str], dict[str, Any]]:
    """A member whose sessions are of that type."""

    def open_session(conn: Connection, hotel: str) -> dict[str, Any]:
        email = MEMBERS[role][hotel]
        session: dict[str, Any] = value(conn, "select app.open_development_session(%s)", email)
        conn.execute(EVERY_RIGHT, {"member": session["sub"]})
        return session

    return open_session


def kiosk(conn: Connection, hotel: str) -> dict[str, Any]:
    """A kiosk in the default property, registered just now."""
    with conn.transaction():
        conn.execute("select app.act_as_member(%s)", (MEMBERS["admin"][hotel],))
        made = value(conn, REGISTER)
        conn.execute("select app.set_caller(null)")
    claims: dict[str, Any] = made["claims"]
    return claims


def platform(conn: Connection, hotel: str) -> dict[str, Any]:
    """Somebody who runs the platform: of no hotel."""
    email = f"{hotel}@platform.example"
    user = value(conn, "select id from identity.users where email = %s", email)
    if user is None:
        conn.execute("select app.add_platform_user(%s, 'Nadia', %s)", (email, HASH))
        user = value(conn, "select id from identity.users where email = %s", email)
    digest = sha256(secrets.token_bytes(16)).digest()
    opened = value(conn, "select app.accept_platform_login(%s, '198.51.100.7', %s, %s)", email, user, digest)
    return {name: opened[name] for name in ("sub", "session_id")}


OPENERS: dict[str, Callable[[Connection, str], dict[str, Any]]] = {
    "anon": anonymous,
    "guest": guest,
    "staff": member("staff"),
    "admin": member("admin"),
    "kiosk": kiosk,
    "platform": platform,
}


def actor(conn: Connection, role: str, hotel: str) -> Actor | None:
    """A session of this role in this hotel; None for a role that nobody can have a session of yet."""
    tenant = str(value(conn, "select id from public.tenants where slug = %s", hotel))
    if role not in OPENERS:
        return None
    session = OPENERS[role](conn, hotel)
    claims = session and {**session, "role": role, "aud": "staybase", "iss": "staybase"}
    return Actor(role, hotel, tenant, claims)


def value(conn: Connection, query: str, *values: Any) -> Any:
    """The first column of the first row."""
    row = conn.execute(query.encode(), values).fetchone()
    return row[0] if row else None
