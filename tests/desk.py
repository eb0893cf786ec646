"""Reception of a small house: commands in domain words, refusals by slug, callers at the same moment."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, LiteralString, cast

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests import races
from tests.house import Database
from tests.races import Act, Connection

Booking = dict[str, Any]

RECEPTION = "reception@hamsun.example"
MANAGER = "manager@hamsun.example"
HOUSEKEEPER = "housekeeper@hamsun.example"
STRANGER = "stranger@alpine.example"

# Two lofts and one cabin: small enough to be sold out.
LODGE = """
with house as (
  insert into public.properties (tenant_id, code, name, time_zone, country, currency, tax_mode)
  select t.id, %(code)s, 'The Lodge', %(zone)s, 'PK', 'PKR', 'inclusive'
  from public.tenants as t where t.slug = 'hamsun'
  returning tenant_id, id
), kinds as (
  insert into public.room_types (tenant_id, property_id, code, name, price, currency)
  select h.tenant_id, h.id, %(code)s || k.code, k.name, k.price, 'PKR'
  from house as h, (values ('LOFT', 'Loft', 10000), ('CABIN', 'Cabin', 6000)) as k (code, name, price)
  returning tenant_id, property_id, id, name
), rooms as (
  insert into public.rooms (tenant_id, property_id, room_type_id, room_number)
  select k.tenant_id, k.property_id, k.id, n.number
  from kinds as k
  join (values ('Loft', 'L1'), ('Loft', 'L2'), ('Cabin', 'C1')) as n (name, number) on n.name = k.name
), taxes as (
  insert into public.tax_codes (tenant_id, property_id, code, name, rate, categories)
  select h.tenant_id, h.id, 'GST', 'GST 16 %%', 16, array['room_service', 'other'] from house as h
)
select h.tenant_id, h.id from house as h
"""


@dataclass
class Desk:
    """Who stands at the desk of the Lodge. Days are counted from the day the test began."""

    database: Database
    db: Connection
    tenant_id: str
    property_id: str
    code: str
    zone: str
    day_zero: date
    rooms: dict[str, str] = field(default_factory=dict)

    def day(self, offset: int) -> date:
        """A date of the Lodge."""
        return self.day_zero + timedelta(days=offset)

    def wait_days(self, days: int = 1) -> None:
        """Let days pass, for every connection at once."""
        self.db.execute("update app.clock set shift = shift + %s", (timedelta(days=days),))

    def call(self, command: str, by: str = RECEPTION, conn: Connection | None = None, **given: Any) -> Any:
        """One command as PostgREST would run it: the member's settings, the session's role, a transaction."""
        conn = conn or self.db
        names = ", ".join(f"{name} => %({name})s" for name in given)
        with conn.transaction():
            conn.execute("select app.act_as_member(%s)", (by,))
            row = conn.execute("select app.session_role()").fetchone()
            assert row is not None
            conn.execute(f"set local role {row[0]}".encode())
            row = conn.execute(f"select api.{command}({names})".encode(), given).fetchone()
            conn.execute("reset role")
        assert row is not None
        return row[0]

    def book(
        self,
        arrives: int = 0,
        leaves: int = 2,
        room: str | None = None,
        *,
        room_type: str = "LOFT",
        status: str = "draft",
        guest: str = "Noor Haq",
        by: str = RECEPTION,
        key: str | None = None,
        conn: Connection | None = None,
        **more: Any,
    ) -> Booking:
        """A booking as a draft (or pending) for a guest without a phone."""
        first_name, _, last_name = guest.partition(" ")
        booking = {
            "property_code": self.code,
            "room_type_code": self.code + room_type,
            "room_number": room,
            "guest": {"first_name": first_name, "last_name": last_name},
            "check_in": self.day(arrives).isoformat(),
            "check_out": self.day(leaves).isoformat(),
            "status": status,
        } | more
        return cast(
            Booking,
            self.call(
                "create_booking",
                by,
                conn,
                p_booking=Jsonb(booking),
                p_idempotency_key=None if key is None else f"{self.code}:{key}",
            ),
        )

    def confirm(self, booking: Booking, room: str | None = None, **how: Any) -> Booking:
        """Confirm, with a room or without."""
        return self._on("confirm_booking", booking, p_room_id=self._room_id(room), **how)

    def confirmed(self, *dates: int, room: str | None = None, **what: Any) -> Booking:
        """A confirmed booking."""
        arrives, leaves = dates or (0, 2)
        return self.confirm(self.book(arrives, leaves, room, **what))

    def check_in(self, booking: Booking, room: str | None = None, **how: Any) -> Booking:
        """Check in, into the room held or another."""
        return self._on("check_in_guest", booking, p_room_id=self._room_id(room), **how)

    def in_house(self, *dates: int, room: str = "L1", **what: Any) -> Booking:
        """A guest in house."""
        return self.check_in(self.confirmed(*dates, room=room, **what))

    def check_out(self, booking: Booking, note: str | None = None, **how: Any) -> Booking:
        """Check out, with a note if something stays open."""
        return self._on("check_out_guest", booking, p_note=note, **how)

    def cancel(self, booking: Booking, reason: str | None = "changed plans", **how: Any) -> Booking:
        """Cancel, saying why."""
        return self._on("cancel_booking", booking, p_reason=reason, **how)

    def move(self, booking: Booking, room: str, reason: str | None = "noise", **how: Any) -> Booking:
        """Move to another room, saying why."""
        return self._on("move_room", booking, p_room_id=self._room_id(room), p_reason=reason, **how)

    def change(
        self, booking: Booking, arrives: int | None = None, leaves: int | None = None, **how: Any
    ) -> Booking:
        """Change the dates; one left out stays."""
        return self._on(
            "change_stay_dates",
            booking,
            p_check_in=None if arrives is None else self.day(arrives).isoformat(),
            p_check_out=None if leaves is None else self.day(leaves).isoformat(),
            **how,
        )

    def ask(self, booking: Booking, type_slug: str, subtype: str | None = None) -> str:
        """A request that staff note for the guest; its id."""
        request = {
            "type_slug": type_slug,
            "subtype": subtype,
            "on_behalf_of": booking["id"],
            "note": "please",
        }
        given = {name: value for name, value in request.items() if value is not None}
        answer = self.call(
            "portal_submit_request", p_request=Jsonb(given), p_idempotency_key=f"{type_slug}:{booking['id']}"
        )
        return cast(str, answer["body"]["request"]["id"])

    def segments(self, booking: Booking, *, released: bool = False) -> list[tuple[str, int, int]]:
        """Room, first and last day of each segment that is held (or was given back)."""
        rows = self.db.execute(
            "select r.room_number, s.starts_on, s.ends_on"
            " from public.stays as s join public.rooms as r on r.id = s.room_id"
            " where s.booking_id = %s and (s.released_at is not null) = %s order by s.starts_on, s.ends_on",
            (booking["id"], released),
        ).fetchall()
        return [(row[0], (row[1] - self.day_zero).days, (row[2] - self.day_zero).days) for row in rows]

    def sold(self, room_type: str = "LOFT") -> dict[int, int]:
        """How many of a type are sold, by day; days without a sale are left out."""
        rows = self.db.execute(
            "select n.night, n.sold"
            " from public.room_type_nights as n join public.room_types as t on t.id = n.room_type_id"
            " where t.property_id = %s and t.code = %s and n.sold > 0",
            (self.property_id, self.code + room_type),
        ).fetchall()
        return {(row[0] - self.day_zero).days: row[1] for row in rows}

    def room(self, number: str) -> dict[str, str]:
        """A room's axes."""
        row = self.db.execute(
            "select cleanliness, occupancy, service_status from public.rooms where id = %s",
            (self.rooms[number],),
        ).fetchone()
        assert row is not None
        return dict(zip(("cleanliness", "occupancy", "service_status"), row, strict=True))

    def mark(self, number: str, **axes: str) -> None:
        """Set a room's axes by hand."""
        for axis, value in axes.items():
            self.db.execute(
                f"update public.rooms set {axis} = %s where id = %s".encode(), (value, self.rooms[number])
            )

    def block(self, number: str, starts: int, ends: int, kind: str = "out_of_order") -> None:
        """Close a room for nights."""
        self.db.execute(
            "insert into public.room_blocks (tenant_id, room_id, kind, starts_on, ends_on, reason)"
            " values (%s, %s, %s, %s, %s, 'a burst pipe')",
            (self.tenant_id, self.rooms[number], kind, self.day(starts), self.day(ends)),
        )

    def set(self, key: str, value: object) -> None:
        """A setting of the Lodge."""
        self.db.execute(
            "insert into public.app_settings (tenant_id, property_id, key, value) values (%s, %s, %s, %s)",
            (self.tenant_id, self.property_id, key, Jsonb(value)),
        )

    def events(self, booking: Booking) -> list[str]:
        """Topics of what happened to a booking, in order."""
        rows = self.db.execute(
            "select topic from public.event_log where booking_id = %s order by id", (booking["id"],)
        ).fetchall()
        return [row[0] for row in rows]

    def last_payload(self, booking: Booking) -> dict[str, Any]:
        """What the booking's latest event tells, to its guest too."""
        found: dict[str, Any] = self.one(
            "select payload from public.event_log where booking_id = %s order by id desc limit 1",
            booking["id"],
        )
        return found

    def warnings(self, number: str) -> list[str]:
        """What staff were warned of when a room was given."""
        rows = self.db.execute(
            "select jsonb_array_elements_text(payload -> 'warnings') from public.event_log"
            " where entity = 'room' and entity_id = %s and booking_id is null order by id",
            (self.rooms[number],),
        ).fetchall()
        return [row[0] for row in rows]

    def messages(self, booking: Booking) -> list[str]:
        """Templates queued to the guest of a booking."""
        rows = self.db.execute(
            "select event_key from public.notification_log"
            " where booking_id = %s and channel = 'whatsapp' order by created_at, id",
            (booking["id"],),
        ).fetchall()
        return [row[0] for row in rows]

    def one(self, query: LiteralString, *params: Any) -> Any:
        """The single value of a query, as the migrating role."""
        row = self.db.execute(query, params).fetchone()
        assert row is not None
        return row[0]

    def seen(self, query: LiteralString, *params: Any, by: str = RECEPTION) -> list[tuple[Any, ...]]:
        """Rows of a query as a member sees them through `api`."""
        with self.db.transaction():
            self.db.execute("select app.act_as_member(%s)", (by,))
            self.db.execute(f"set local role {self.one('select app.session_role()')}".encode())
            return self.db.execute(query, params).fetchall()

    @contextmanager
    def without_trigger(self, table: str, trigger: str) -> Iterator[None]:
        """The control of a rule: how it would be without its trigger."""
        self.db.execute(f"alter table {table} disable trigger {trigger}".encode())
        try:
            yield
        finally:
            self.db.execute(f"alter table {table} enable trigger {trigger}".encode())

    def at_once(self, first: Act, second: Act) -> tuple[Any, Any]:
        """Two callers at the same moment; see `races.at_once`."""
        return races.at_once(self.database, first, second)

    def all_at_once(self, acts: Sequence[Act]) -> list[Any]:
        """Many callers, each on a connection of its own, let go together; what each got."""
        return races.all_at_once(self.database, acts)

    @contextmanager
    def bound_to(self, property_code: str) -> Iterator[None]:
        """Reception works at that property alone for as long as the block lasts."""
        bind = (
            "update identity.memberships"
            " set property_ids = array(select id from public.properties where code = any (%s))"
            " where user_id = (select id from identity.users where email = %s)"
        )
        self.db.execute(bind, ([property_code], RECEPTION))
        try:
            yield
        finally:
            self.db.execute(bind, ([], RECEPTION))

    def _on(self, command: str, booking: Booking, **given: Any) -> Booking:
        return cast(Booking, self.call(command, p_booking_id=booking["id"], **given))

    def _room_id(self, number: str | None) -> str | None:
        return None if number is None else self.rooms[number]


def slug(error: Any) -> str | None:
    """The stable slug of a refusal."""
    assert isinstance(error, psycopg.Error), error
    return error.diag.message_detail


@contextmanager
def refused(with_slug: str, status: int = 409) -> Iterator[pytest.ExceptionInfo[psycopg.Error]]:
    """The block is refused with this slug and HTTP status."""
    with pytest.raises(psycopg.Error) as caught:
        yield caught
    assert (slug(caught.value), caught.value.sqlstate) == (with_slug, f"PT{status}")


def open_lodge(database: Database, db: Connection, code: str, zone: str = "Asia/Karachi") -> Desk:
    """A Lodge with its rooms, clean and empty, on the real day."""
    db.execute("update app.clock set shift = '0'")
    row = db.execute(LODGE, {"code": code, "zone": zone}).fetchone()
    assert row is not None
    tenant_id, property_id = str(row[0]), str(row[1])
    today = db.execute("select app.today_in(%s)", (zone,)).fetchone()
    assert today is not None
    rooms = db.execute("select room_number, id from public.rooms where property_id = %s", (property_id,))
    return Desk(
        database,
        db,
        tenant_id,
        property_id,
        code,
        zone,
        today[0],
        {number: str(room_id) for number, room_id in rooms.fetchall()},
    )
