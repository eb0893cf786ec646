"""Beds24 in the tests' words: a Lodge that is connected with it, and what Beds24 says of its bookings."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from tests.desk import Desk
from tests.races import Connection

OWNER = "owner@hamsun.example"
LOFTS, CABINS = 50001, 50002
NUMBERS = itertools.count(900_001)

ROOMS = [{"id": LOFTS, "name": "Loft", "units": []}, {"id": CABINS, "name": "Cabin", "units": []}]
Document = dict[str, Any]


@dataclass
class ChannelManager:
    """A Lodge's property at Beds24. Each change is a minute after the one before; now is an hour after."""

    desk: Desk
    property_number: int
    connection_id: Any = None
    secret: str = ""
    _minutes: Any = field(default_factory=itertools.count)
    began: datetime = field(
        default_factory=lambda: datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    )

    def invite(self, code: str) -> "ChannelManager":
        """As a manager connects."""
        made = self.desk.call(
            "connect_beds24",
            OWNER,
            p_property_code=self.desk.code,
            p_beds24_property_id=self.property_number,
            p_invite_code=code,
        )
        self.connection_id, self.secret = made["id"], made["webhook"]["value"]
        return self

    def connect(self) -> "ChannelManager":
        """As a manager connects, and as the worker then finds the property there."""
        self.invite("an-invite-code")
        self.desk.db.execute(
            "select app.keep_beds24_tokens(%s, %s, 'an access token', 86400, 'a refresh token')", self.key
        )
        assert self.desk.one("select app.verify_beds24(%s, %s, 'PKR', %s)", *self.key, Jsonb(ROOMS))
        return self

    @property
    def key(self) -> tuple[Any, Any]:
        return self.desk.tenant_id, self.connection_id

    def map(self, units: bool = True) -> "ChannelManager":
        """Lofts are lofts, the cabin is the cabin; units are rooms, unless only the types are known."""
        lofts, cabins = ({"1": "L1", "2": "L2"}, {"1": "C1"}) if units else ({}, {})
        rooms = [
            {"beds24_room_id": LOFTS, "room_type_code": f"{self.desk.code}LOFT", "units": lofts},
            {"beds24_room_id": CABINS, "room_type_code": f"{self.desk.code}CABIN", "units": cabins},
        ]
        self.desk.call("map_beds24_rooms", OWNER, p_property_code=self.desk.code, p_rooms=Jsonb(rooms))
        return self

    def booking(self, arrives: int = 1, leaves: int = 3, **more: Any) -> Document:
        """A booking as GET /bookings shows it."""
        return {
            "id": next(NUMBERS),
            "propertyId": self.property_number,
            "roomId": LOFTS,
            "unitId": 1,
            "status": "confirmed",
            "subStatus": "none",
            "arrival": self.desk.day(arrives).isoformat(),
            "departure": self.desk.day(leaves).isoformat(),
            "numAdult": 2,
            "numChild": 0,
            "firstName": "Ada",
            "lastName": "Byron",
            "email": "ada@guests.example",
            "mobile": "+12025550177",
            "lang": "es",
            "price": 20000,
            "channel": "booking.com",
            "modifiedTime": self.stamp(),
        } | more

    def stamp(self) -> str:
        """A minute later than the last one, as Beds24 writes it."""
        return (self.began + timedelta(minutes=next(self._minutes))).strftime("%Y-%m-%dT%H:%M:%SZ")

    def changed(self, document: Document, **changes: Any) -> Document:
        """The same booking, changed a minute later."""
        return document | changes | {"modifiedTime": self.stamp()}

    def take(self, document: Document, conn: Connection | None = None) -> str:
        """What the worker does with a fetched booking; what it came to."""
        row = (
            (conn or self.desk.db)
            .execute(
                "select app.take_beds24_booking(%s, %s, %s, %s)",
                (*self.key, Jsonb(document), self.began + timedelta(hours=1)),
            )
            .fetchone()
        )
        assert row is not None
        return str(row[0])

    def stay(self, document: Document) -> tuple[Any, ...] | None:
        """Status, room, first and last day of the booking that carries its number."""
        row = self.desk.db.execute(
            "select b.status, r.room_number, b.check_in, b.check_out from public.bookings as b"
            " left join public.rooms as r on r.id = b.room_id where b.beds24_booking_id = %s",
            (document["id"],),
        ).fetchone()
        if row is None:
            return None
        return row[0], row[1], (row[2] - self.desk.day_zero).days, (row[3] - self.desk.day_zero).days

    def ours(self, document: Document) -> dict[str, Any]:
        """The booking that carries its number, as commands take it."""
        found = self.desk.one("select id from public.bookings where beds24_booking_id = %s", document["id"])
        return {"id": str(found)}

    def imported(self, document: Document) -> tuple[Any, ...]:
        """Outcome and problem of its import."""
        row = self.desk.db.execute(
            "select outcome, problem from notify.beds24_imports where beds24_booking_id = %s",
            (document["id"],),
        ).fetchone()
        assert row is not None
        return tuple(row)

    def import_id(self, document: Document) -> Any:
        return self.desk.one(
            "select id from notify.beds24_imports where beds24_booking_id = %s", document["id"]
        )

    def alerts(self) -> list[str]:
        """What waits for a human."""
        rows = self.desk.db.execute(
            "select details ->> 'problem' from public.alerts where property_id = %s and kind like 'beds24%%'"
            " and resolved_at is null order by raised_at",
            (self.desk.property_id,),
        )
        return [row[0] for row in rows.fetchall()]

    def blocks(self) -> list[tuple[str, int, int]]:
        """Rooms that are closed now, with first and last day."""
        rows = self.desk.db.execute(
            "select r.room_number, k.starts_on, k.ends_on"
            " from public.room_blocks as k join public.rooms as r on r.id = k.room_id"
            " where r.property_id = %s and k.released_at is null order by 1, 2",
            (self.desk.property_id,),
        ).fetchall()
        return [
            (row[0], (row[1] - self.desk.day_zero).days, (row[2] - self.desk.day_zero).days) for row in rows
        ]
