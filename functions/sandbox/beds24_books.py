"""What Beds24 keeps: properties with their rooms, bookings with invoice items, invite codes and tokens.

In the sandbox's one SQLite file, a row for each thing; a developer's few bookings are filtered in Python.
"""

import json
import secrets
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

SCHEMA: Final = (
    "create table if not exists beds24 (kind text, id text, body text not null, primary key (kind, id))"
)
INVITE_LIVES, TOKEN_LIVES, REFRESH_LIVES = 15 * 60, 24 * 3600, 30 * 24 * 3600
STATUSES: Final = ("confirmed", "request", "new", "cancelled", "black", "inquiry")
DEMO_REFRESH_TOKEN: Final = "sandbox-beds24-refresh-token"  # noqa: S105 - the demo hotels' own, on loopback
FIRST_BOOKING, FIRST_ITEM = 60_000_001, 80_000_001

Thing = dict[str, Any]


def _rooms(first_id: int, *names: str) -> list[Thing]:
    return [
        {
            "id": first_id + place,
            "name": name,
            "qty": 3,
            "units": [{"id": unit, "name": str(unit)} for unit in (1, 2, 3)],
        }
        for place, name in enumerate(names)
    ]


def _property(number: int, name: str, currency: str, rooms: list[Thing]) -> Thing:
    return {"id": number, "name": name, "currency": currency, "roomTypes": rooms}


PROPERTIES: Final[dict[int, Thing]] = {
    40001: _property(40001, "Hamsun at Beds24", "PKR", _rooms(50001, "Standard", "Deluxe")),
    40002: _property(40002, "Alpine at Beds24", "EUR", _rooms(50011, "Standard", "Deluxe")),
    40003: _property(40003, "Hamsun, the other house", "PKR", _rooms(50021, "Double")),
}


def stamp(at: float) -> str:
    """An instant as Beds24 writes it: UTC, whole seconds."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Books:
    """The store; used from the event loop alone."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute(SCHEMA)

    def clear(self) -> None:
        """Forgets bookings; who was let in stays."""
        self._database.execute("delete from beds24 where kind in ('booking', 'number')")

    def put(self, kind: str, identifier: str, body: Thing) -> None:
        self._database.execute(
            "insert or replace into beds24 values (?, ?, ?)",
            (kind, identifier, json.dumps(body, ensure_ascii=False)),
        )

    def get(self, kind: str, identifier: str) -> Thing | None:
        row = self._database.execute(
            "select body from beds24 where kind = ? and id = ?", (kind, identifier)
        ).fetchone()
        found: Thing | None = json.loads(row["body"]) if row else None
        return found

    def drop(self, kind: str, identifier: str) -> None:
        self._database.execute("delete from beds24 where kind = ? and id = ?", (kind, identifier))

    def bookings(self) -> Iterator[Thing]:
        """All of them, by their number."""
        for row in self._database.execute(
            "select body from beds24 where kind = 'booking' order by cast(id as integer)"
        ):
            yield json.loads(row["body"])

    def number(self, of: str, first: int) -> int:
        """The next number of a kind; none is given twice."""
        last = self.get("number", of)
        following = int(last["last"]) + 1 if last else first
        self.put("number", of, {"last": following})
        return following

    def save(self, booking: Thing, at: float | None = None) -> Thing:
        """A booking as it is from now on, with the moment of its change."""
        booking["modifiedTime"] = stamp(time.time() if at is None else at)
        booking.setdefault("bookingTime", booking["modifiedTime"])
        self.put("booking", str(booking["id"]), booking)
        return booking

    def invite(self) -> str:
        """A new invite code, good for a quarter of an hour."""
        code = secrets.token_urlsafe(24)
        self.put("invite", code, {"until": time.time() + INVITE_LIVES})
        return code

    def take_invite(self, code: str) -> str | None:
        """The refresh token that a code is good for, once."""
        invited = self.get("invite", code)
        if invited is None or invited["until"] < time.time():
            return None
        self.drop("invite", code)
        token = secrets.token_urlsafe(48)
        self.put("refresh", token, {"used": time.time()})
        return token

    def access(self, refresh_token: str) -> str | None:
        """A new access token; a refresh token that slept for thirty days is dead."""
        known = self.get("refresh", refresh_token)
        if refresh_token == DEMO_REFRESH_TOKEN and known is None:
            known = {"used": time.time()}
        if known is None or known["used"] < time.time() - REFRESH_LIVES:
            return None
        self.put("refresh", refresh_token, {"used": time.time()})
        token = secrets.token_urlsafe(48)
        self.put("access", token, {"until": time.time() + TOKEN_LIVES})
        return token

    def is_let_in(self, token: str) -> bool:
        known = self.get("access", token)
        return known is not None and known["until"] > time.time()

    def end_tokens(self, *, refresh: bool = False) -> None:
        """Every access token dies; with `refresh` the refresh tokens have been asleep for too long."""
        self._database.execute("delete from beds24 where kind = 'access'")
        if refresh:
            for row in self._database.execute("select id from beds24 where kind = 'refresh'").fetchall():
                self.put("refresh", row["id"], {"used": 0})
            self.put("refresh", DEMO_REFRESH_TOKEN, {"used": 0})
