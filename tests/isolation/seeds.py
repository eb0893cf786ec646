"""Requests that ought to be accepted, for every operation: generated ones alone are mostly refused."""

import json
import secrets
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from urllib.parse import urlencode

from functions.sandbox.callbacks import sign
from tests.isolation import catalog
from tests.isolation.actors import CODE_OF, IN_HOUSE, MEMBERS, value
from tests.isolation.arguments import Arguments
from tests.isolation.catalog import Connection
from tests.isolation.doors import Doors, bearer
from tests.isolation.furnish import as_owner
from tests.passwords import CHOSEN

ACCOUNT, TWILIO = "AC" + "a" * 32, "twilio's own secret"
PASSWORD = "four words nobody says together"
SPARE = "spare@hamsun.example"
STAY = """
select b.guest_id::text, b.room_id::text from public.bookings as b
join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
where g.last_name = %s order by b.created_at desc limit 1
"""
# What may stand in a list only once.
NAMES = {"sku", "code", "key", "slug"}
TIMES = {"starts_at"}
Sent = dict[str, Any]
_numbers = count(1)


class DataApiSeeds:
    """For PostgREST: commands as the matrix calls them, lists filtered by what stands in them."""

    def __init__(self, conn: Connection, doors: Doors, role: str) -> None:
        self._commands = {one.name.removeprefix("api."): one for one in catalog.commands(conn, role)}
        self._lists = {one.name.removeprefix("api."): one for one in catalog.lists(conn, role)}
        self._arguments, self._role = Arguments(conn), role
        self._tenant = value(conn, "select id from public.tenants where slug = 'hamsun'")
        self._doors = doors

    def can_work(self, method: str, path: str) -> bool:
        """Whether it may be accepted: lists without a right to write are only read, what writes is posted."""
        rows, command = self._lists.get(path[1:]), self._commands.get(path.removeprefix("/rpc/"))
        if rows is not None:
            return rows.may(
                {"GET": "read", "POST": "insert", "PATCH": "update"}.get(method.upper(), "delete")
            )
        return command is None or method.upper() != "GET" or not command.is_volatile

    def seeds(self, method: str, path: str) -> Iterator[Sent]:
        """One after another, for ever."""
        name = path.removeprefix("/rpc/").removeprefix("/")
        if path.startswith("/rpc/"):
            given = self._arguments.own(self._commands[name], self._role, self._tenant)
            body = json.loads(json.dumps(given, default=str))
            plain = {key: one if isinstance(one, str) else json.dumps(one) for key, one in body.items()}
            while True:
                yield {"params": plain} if method.upper() == "GET" else {"json": body}
        if path == "/":
            while True:
                yield {}
        token = None if self._role == "anon" else self._doors.token(self._role)
        rows = self._doors.get(f"/{name}?limit=5", token).json()
        columns = self._lists[name].readable
        for number in _numbers:
            column = columns[number % len(columns)]
            row = rows[number % len(rows)] if rows else {}
            if method.upper() == "POST":
                body = {one: row[one] for one in self._lists[name].insertable if one != "id"}
                body |= dict.fromkeys(NAMES & set(body), f"new_{number}")
                yield {"json": body | dict.fromkeys(TIMES & set(body), f"{number % 24:02}:{number % 60:02}")}
            elif method.upper() == "PATCH":
                changeable = self._lists[name].changeable
                key = "id" if "id" in columns else columns[0]
                yield {"params": {key: f"eq.{row[key]}"}, "json": {c: row[c] for c in changeable}}
            else:
                yield {"params": self._filter(number, column, rows)}

    def _filter(self, number: int, column: str, rows: list[dict[str, Any]]) -> dict[str, str]:
        row = rows[number % len(rows)] if rows else {}
        one = row.get(column)
        whole = one if isinstance(one, str | int | float) and not isinstance(one, bool) else None
        ways = [
            {"select": column, "limit": "3"},
            {column: f'eq."{whole}"' if isinstance(whole, str) and "," in whole else f"eq.{whole}"}
            if whole is not None
            else {column: "is.null"},
            {column: "not.is.null", "limit": str(1 + number % 7), "offset": "1"},
        ]
        return ways[number % len(ways)]


class FunctionSeeds:
    """For the functions: who may, and a body that does it; another each time where a second is refused."""

    def __init__(self, conn: Connection, doors: Doors, password_hash: str) -> None:
        self._conn, self._doors = conn, doors
        self._arguments = Arguments(conn)
        self._tenant = str(value(conn, "select id from public.tenants where slug = 'hamsun'"))
        self._property = str(value(conn, "select id from public.properties where code = 'FSL'"))
        self._hash = password_hash
        for email in (MEMBERS["staff"]["hamsun"], SPARE):
            self._set_password(email)
        # a code for the same guest again and again
        for name in ("address_per_minute", "guest_per_minute"):
            call = "select api.set_setting(null, %s, '1000')"
            as_owner(conn, "hamsun", call, f"qr_limits:{name}")
        members, anyone = ("staff", "admin"), ("anon",)
        self.known: dict[str, tuple[tuple[str, ...], Callable[[str], Sent]]] = {
            "/functions/v1/health": (anyone, lambda role: {}),
            "/functions/v1/portal-session": (anyone, lambda role: {"json": {"code": self._code()}}),
            "/functions/v1/portal-submit-request": (("guest", *members), self._request),
            "/functions/v1/post-charge": ((*members, "kiosk"), self._charge),
            "/functions/v1/folio-pdf": (("guest",), lambda role: {}),
            "/functions/v1/get-menu-context": (("guest",), lambda role: {"params": {"meal": "breakfast"}}),
            "/functions/v1/submit-menu-order": (("guest",), self._menu_order),
            # whose key or signature is none of the roles' is refused, whatever is sent
            "/functions/v1/send-whatsapp": ((), lambda role: {}),
            "/functions/v1/send-email": ((), lambda role: {}),
            "/functions/v1/send-slack": ((), lambda role: {}),
            "/functions/v1/slack-interactions": ((), lambda role: {}),
            "/functions/v1/beds24-webhook": ((), lambda role: {}),
            "/functions/v1/auth-login": (anyone, self._login),
            "/api/auth/login": (anyone, self._login),
            "/functions/v1/auth-refresh": (anyone, self._refresh),
            "/api/auth/refresh": (anyone, self._refresh),
            "/functions/v1/auth-logout": (anyone, lambda role: {"json": {}}),
            "/functions/v1/auth-password": (("staff",), self._change_password),
            "/functions/v1/auth-register": (anyone, self._register),
            "/functions/v1/qr-generate": (members, lambda role: {"json": self._code_for_login()}),
            "/functions/v1/qr-validate": (anyone, self._scan),
            "/functions/v1/kiosk-register": (members, self._kiosk),
            "/functions/v1/kiosk-rotate": (members, self._rotate),
            "/functions/v1/events": (("guest", *members), lambda role: {}),
            "/functions/v1/whatsapp-status/{tenant_id}/{notification_id}": (anyone, self._callback),
            "/functions/v1/whatsapp-inbound": (anyone, self._written),
        }

    def _code(self) -> str:
        return str(value(self._conn, CODE_OF, IN_HOUSE["hamsun"]))

    def _own(self, name: str, role: str) -> Sent:
        command = next(one for one in catalog.commands(self._conn, role) if one.name == name)
        return self._arguments.own(command, role, self._tenant)

    def _request(self, role: str) -> Sent:
        body = self._own("api.portal_submit_request", role)["p_request"]
        return {"json": body, "headers": {"Idempotency-Key": secrets.token_hex(8)}}

    def _charge(self, role: str) -> Sent:
        body = self._own("api.post_charge", role)["p_charge"]
        return {"json": body, "headers": {"Idempotency-Key": secrets.token_hex(8)}}

    def _menu_order(self, role: str) -> Sent:
        body = self._own("api.submit_menu_order", role)["p_order"]
        return {"json": body, "headers": {"Idempotency-Key": secrets.token_hex(8)}}

    def _login(self, role: str) -> Sent:
        return {"json": {"email": MEMBERS["staff"]["hamsun"], "password": PASSWORD}}

    def _refresh(self, role: str) -> Sent:
        answer = self._doors.ask("POST", "/functions/v1/auth-login", None, **self._login(role))
        cookie = next(one for one in answer.headers.get_list("set-cookie") if "_access" not in one)
        return {"headers": {"Cookie": cookie.partition(";")[0], "Sec-Fetch-Site": "same-origin"}}

    def _change_password(self, role: str) -> Sent:
        self._set_password(SPARE)
        session = value(self._conn, "select app.open_development_session(%s)", SPARE)
        told = {name: session[name] for name in ("sub", "session_id", "tenant_id")}
        token = self._doors.token("staff", **told)
        return {"json": {"old": PASSWORD, "new": PASSWORD[::-1]}, "headers": bearer(token)}

    def _register(self, role: str) -> Sent:
        number = next(_numbers)
        owner = {"name": "Ada", "email": f"ada{number}@new.example", "password": PASSWORD}
        house = {"code": "NEW", "name": "New", "country": "PK", "currency": "PKR"}
        body = {
            "hotel_name": f"New {number}",
            "slug": f"new-{number}",
            "owner": owner,
            "property": {**house, "time_zone": "Asia/Karachi", "tax_mode": "inclusive"},
        }
        return {"json": body, "headers": {"Idempotency-Key": secrets.token_hex(8)}}

    def _code_for_login(self) -> Sent:
        """The body as the tickets' contract has it."""
        guest, room = self._conn.execute(STAY, (IN_HOUSE["hamsun"],)).fetchall()[0]
        return {"hotelId": self._tenant, "guestId": guest, "roomId": room, "expiresInMinutes": 60}

    def _scan(self, role: str) -> Sent:
        made = self._doors.ask(
            "POST", "/functions/v1/qr-generate", self._doors.token("admin"), json=self._code_for_login()
        )
        assert made.status_code == 200, made.text
        return {"json": {"token": made.json()["token"]}}

    def _kiosk(self, role: str) -> Sent:
        return {"json": {"name": f"Kiosk {secrets.token_hex(6)}", "property_id": self._property}}

    def _rotate(self, role: str) -> Sent:
        found = value(
            self._conn,
            "select id from kiosk.kiosks where tenant_id = %s and name like 'Spare%%'",
            self._tenant,
        )
        return {"json": {"kiosk_id": str(found)}}

    def _callback(self, role: str) -> Sent:
        message = value(
            self._conn,
            "select id from public.notification_log where tenant_id = %s and channel = 'whatsapp' limit 1",
            self._tenant,
        )
        path = f"/functions/v1/whatsapp-status/{self._tenant}/{message}"
        fields = {
            "AccountSid": ACCOUNT,
            "From": "whatsapp:+12025550180",
            "To": "whatsapp:+12025550101",
            "MessageSid": f"SM{secrets.token_hex(16)}",
            "MessageStatus": "sent",
        }
        return {"path": path, **self._signed(path, fields)}

    def _written(self, role: str) -> Sent:
        query = "select phone from public.guests where tenant_id = %s and last_name = %s"
        guest = value(self._conn, query, self._tenant, IN_HOUSE["hamsun"])
        query = "select address from notify.senders where tenant_id = %s and channel = 'whatsapp'"
        fields = {
            "AccountSid": ACCOUNT,
            "From": f"whatsapp:{guest}",
            "To": f"whatsapp:{value(self._conn, query, self._tenant)}",
            "MessageSid": f"SM{secrets.token_hex(16)}",
            "Body": "Hello",
        }
        return self._signed("/functions/v1/whatsapp-inbound", fields)

    def _signed(self, path: str, fields: dict[str, str]) -> Sent:
        headers = {
            "X-Twilio-Signature": sign(TWILIO, f"{self._doors.house.settings.public_url}{path}", fields),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return {"content": urlencode(fields).encode(), "headers": headers}

    def _set_password(self, email: str) -> None:
        self._conn.execute(CHOSEN, (self._hash, email))
