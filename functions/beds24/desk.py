"""The worker's desk for Beds24: lets connections in, fetches what was asked for, sweeps what changed.

Every step is a function below `sql/82_beds24`. A connection is one worker's under a lease; should two hold it
all the same, versions are carried out one after the other, and an older one changes nothing.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import psycopg

from functions.beds24.account import RESERVE, Account, Closed, Trouble, Wait
from functions.beds24.api import STATUSES, Answer, Api, NoAnswer, NotReached
from functions.shared.claim_loop import ClaimLoop, Connection
from functions.shared.logs import get_log

AT_ONCE: Final = 4
FETCHED: Final = 20
PAGES: Final = 200
OVERLAP: Final = timedelta(minutes=5)
"""A sweep looks back this far behind the last change it saw: changes may show up out of order."""
CLAIM: Final = "select c.* from app.claim_beds24(%s) as c"
QUESTIONS: Final = (
    "select q.import_id, q.beds24_booking_id, q.asked from app.beds24_questions(%s, %s, %s) as q"
)
TAKE: Final = "select app.take_beds24_booking(%s, %s, %s::jsonb, %s)"
ANSWER: Final = "select app.answer_beds24_question(%s, %s, %s, %s)"
AGAIN: Final = "select app.ask_again(%s, %s, %s)"
VERIFY: Final = "select app.verify_beds24(%s, %s, %s, %s::jsonb)"
REFUSE: Final = "select app.refuse_beds24(%s, %s, %s)"
SWEPT: Final = "select app.finish_beds24_sweep(%s, %s, %s::timestamptz)"
FINISH: Final = "select app.finish_beds24(%s, %s, %s, %s::text, %s::interval)"


@dataclass(frozen=True, slots=True)
class Held:
    """What `app.claim_beds24` says of a connection, column by column."""

    tenant_id: UUID
    connection_id: UUID
    fence: int
    state: str
    beds24_property_id: int
    invite_code: str | None
    refresh_token: str | None
    access_token: str | None
    access_seconds: float | None
    is_idle: bool | None
    is_sweep_due: bool
    swept_until: datetime | None
    today: date


class Desk(ClaimLoop[Held]):
    """A few connections at once."""

    def __init__(self, service_url: str, api_url: str, timeout: float = 10.0) -> None:
        super().__init__("beds24", service_url, CLAIM, Held, threads=AT_ONCE)
        self._api = Api(api_url, timeout)

    def close(self) -> None:
        """Takes nothing new, and waits for the calls that are under way."""
        super().close()
        self._api.close()

    def see_to(self, db: Connection, held: Held) -> None:
        """One claim: whatever went wrong is said at the connection, which then waits."""
        error: str | None = None
        wait: timedelta | None = None
        try:
            self._visit(Visit(db, held, self._api))
        except Wait as asked:
            error, wait = "credits_gone", timedelta(seconds=asked.seconds)
        except Closed as closed:
            error = str(closed)
        except (NotReached, NoAnswer, Trouble) as trouble:
            error = str(trouble)
        except psycopg.Error as failed:
            if db.closed:
                raise
            error = f"database_{failed.sqlstate}"
            get_log().error("beds24_refused_by_database", code=failed.sqlstate)
        except Exception as defect:
            # an answer that nobody foresaw: the connection is let go all the same, and its trouble told
            error = "answer_not_understood"
            get_log().error("beds24_defect", error=type(defect).__name__)
        db.execute(FINISH, (held.tenant_id, held.connection_id, held.fence, error, wait))

    def _visit(self, visit: "Visit") -> None:
        held = visit.held
        if held.state == "invited":
            visit.enter()
            return
        if held.is_idle:
            visit.account.refresh()
        visit.fetch()
        if held.is_sweep_due:
            visit.sweep()


class Visit:
    """One connection, worked on once."""

    def __init__(self, db: Connection, held: Held, api: Api) -> None:
        self._db, self.held = db, held
        self._key = (held.tenant_id, held.connection_id)
        self.account = Account(
            api, db, *self._key, held.refresh_token, held.access_token, held.access_seconds
        )

    def enter(self) -> None:
        """By the invite code, or by the tokens it gave before something failed; then the property is seen."""
        if self.held.invite_code:
            self.account.enter(self.held.invite_code)
        query = {"id": self.held.beds24_property_id, "includeAllRooms": "true", "includeUnitDetails": "true"}
        shown = self.account.call("GET", "/properties", query).items
        found = next((one for one in shown if one.get("id") == self.held.beds24_property_id), None)
        if found is None:
            self._db.execute(REFUSE, (*self._key, "property_not_shown"))
            return
        self._db.execute(VERIFY, (*self._key, found.get("currency"), text(offered(found))))

    def fetch(self) -> None:
        """The bookings that were asked for, by their numbers."""
        questions = self._db.execute(QUESTIONS, (*self._key, FETCHED)).fetchall()
        if not questions:
            return
        numbers = [number for _, number, _ in questions]
        answer = self._bookings(id=numbers, propertyId=self.held.beds24_property_id)
        shown = {one.get("id"): one for one in answer.items}
        for import_id, number, asked in questions:
            outcome = self._take(shown[number], answer.at) if number in shown else "gone"
            self._db.execute(ANSWER, (self.held.tenant_id, import_id, asked, outcome))

    def sweep(self) -> None:
        """All that changed since the last sweep; the first time all that has not departed."""
        since: dict[str, Any] = {"departureFrom": self.held.today.isoformat()}
        if self.held.swept_until is not None:
            since = {"modifiedFrom": (self.held.swept_until - OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ")}
        latest: str | None = None
        for page in range(1, PAGES + 1):
            answer = self._bookings(propertyId=self.held.beds24_property_id, page=page, **since)
            for booking in answer.items:
                if self._take(booking, answer.at) == "fresh":
                    self._db.execute(AGAIN, (*self._key, booking["id"]))
                latest = max(filter(None, (latest, instant(booking))), default=None)
            if not answer.has_more:
                break
            if answer.credits_left is not None and answer.credits_left < RESERVE:
                raise Wait(float(answer.credits_seconds or 300))
        self._db.execute(SWEPT, (*self._key, latest))

    def _bookings(self, **query: Any) -> Answer:
        asked = {"status": list(STATUSES), **query}
        return self.account.call("GET", "/bookings", asked)

    def _take(self, booking: dict[str, Any], at: datetime) -> str:
        row = self._db.execute(TAKE, (*self._key, text(booking), at)).fetchone()
        return str(row[0]) if row else "foreign"


def offered(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The property's rooms and their units, as Beds24 names them."""
    rooms = found.get("roomTypes")
    return [
        {
            "id": room.get("id"),
            "name": str(room.get("name") or "")[:100],
            "units": [
                {"id": unit.get("id"), "name": str(unit.get("name") or "")[:60]}
                for unit in room.get("units") or []
                if isinstance(unit, dict)
            ],
        }
        for room in (rooms if isinstance(rooms, list) else [])
        if isinstance(room, dict)
    ]


def instant(booking: dict[str, Any]) -> str | None:
    """A booking's modified time, where it is one."""
    told = booking.get("modifiedTime")
    try:
        return datetime.fromisoformat(str(told)).isoformat()
    except ValueError:
        return None


def text(value: Any) -> str:
    """JSON that PostgreSQL can hold, whatever somebody typed at Beds24."""
    written = json.dumps(value, ensure_ascii=False).replace("\\u0000", "")
    return written.encode("utf-8", "replace").decode()
