"""Beds24's API v2 as far as Staybase speaks it: tokens, properties, bookings with their invoice items.

As strict as the real one where it hurts: cancelled bookings only for who asks for that status, each element
of a POST for itself, no idempotency key for invoice items, and credits for five minutes at a time.
"""

import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import parse_qs

from functions.sandbox.beds24_books import (
    FIRST_BOOKING,
    FIRST_ITEM,
    PROPERTIES,
    STATUSES,
    Books,
    Thing,
    stamp,
)
from functions.sandbox.beds24_hooks import Hooks
from functions.sandbox.call import Call, Header
from functions.sandbox.switches import Subject, Switchboard

PREFIX: Final = "/beds24/v2"
SHOWN_UNASKED: Final = tuple(status for status in STATUSES if status != "cancelled")
DATES: Final = ("arrival", "departure")
WRITABLE: Final = {
    "roomId", "unitId", "status", "subStatus", "arrival", "departure", "numAdult", "numChild", "title",
    "firstName", "lastName", "email", "phone", "mobile", "lang", "comments", "notes", "price", "referer",
}  # fmt: skip


class Refused(Exception):
    """An answer for the whole call, in Beds24's words."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status
        self.payload = {"success": False, "type": "error", "code": status, "error": error}


@dataclass
class Credits:
    """The account's credits: so many for each window."""

    limit: float = 100.0
    window: float = 300.0
    left: float = 100.0
    resets_at: float = 0.0

    def take(self, cost: float) -> bool:
        """Whether there were enough; they are gone then."""
        now = time.time()
        if now >= self.resets_at:
            self.left, self.resets_at = self.limit, now + self.window
        if self.left < cost:
            return False
        self.left -= cost
        return True

    def headers(self, cost: float) -> list[Header]:
        named = {
            "x-five-min-limit-remaining": f"{self.left:.1f}",
            "x-five-min-limit-resets-in": str(max(0, round(self.resets_at - time.time()))),
            "x-request-cost": f"{cost:.1f}",
        }
        return [(name.encode(), value.encode()) for name, value in named.items()]


@dataclass
class Beds24:
    """One account with a few properties."""

    books: Books
    hooks: Hooks
    switchboard: Switchboard
    credits: Credits = field(default_factory=Credits)
    page_size: int = 100

    def reset(self) -> None:
        """No bookings, all credits, no webhooks under way."""
        self.books.clear()
        self.hooks.clear()
        self.credits, self.page_size = Credits(), 100

    async def answer(self, call: Call) -> None:
        """Routes one call below the prefix."""
        routes: dict[tuple[str, str], tuple[Callable[[Call], Awaitable[Any]], float, bool]] = {
            ("GET", "/authentication/setup"): (self._setup, 1.0, False),
            ("GET", "/authentication/token"): (self._token, 1.0, False),
            ("GET", "/properties"): (self._properties, 1.0, True),
            ("GET", "/bookings"): (self._list, 1.5, True),
            ("POST", "/bookings"): (self._write, 1.2, True),
        }
        cost, status = 0.0, 200
        try:
            route = routes.get((call.method, call.path.removeprefix(PREFIX)))
            if route is None:
                raise Refused(404, "Not found")
            handle, cost, needs_token = route
            if needs_token and not self.books.is_let_in(call.header(b"token").decode("latin-1")):
                raise Refused(401, "Token not valid")
            if not self.credits.take(cost):
                raise Refused(429, "Credit limit exceeded")
            payload = await handle(call)
            status = 201 if call.method == "POST" else 200
        except Refused as refused:
            status, payload = refused.status, refused.payload
        await call.answer(status, payload, self.credits.headers(cost))

    async def _pass(self, call: Call, operation: str, *names: object) -> Subject:
        """What switches say before anything is done."""
        known = frozenset(str(name) for name in names)
        subject = Subject(
            "beds24", "create" if operation == "create" else "lookup", known, " ".join(sorted(known))
        )
        switch = self.switchboard.take(subject, "door") if self.switchboard.switches else None
        if switch is not None and switch.action == "throttle":
            self.credits.left, self.credits.resets_at = 0.0, time.time() + switch.retry_after
            raise Refused(429, "Credit limit exceeded")
        if switch is not None:
            raise Refused(switch.status or 500, switch.code or "Internal server error")
        await self.switchboard.pass_point(call, subject, "before_accept")
        return subject

    async def _setup(self, call: Call) -> Thing:
        await call.body()
        await self._pass(call, "lookup", "authentication")
        refresh = self.books.take_invite(call.header(b"code").decode("latin-1"))
        if refresh is None:
            raise Refused(401, "Code not valid")
        return {"token": self.books.access(refresh), "expiresIn": 86400, "refreshToken": refresh}

    async def _token(self, call: Call) -> Thing:
        await call.body()
        await self._pass(call, "lookup", "authentication")
        token = self.books.access(call.header(b"refreshtoken").decode("latin-1"))
        if token is None:
            raise Refused(401, "Token not valid")
        return {"token": token, "expiresIn": 86400}

    async def _properties(self, call: Call) -> Thing:
        await call.body()
        await self._pass(call, "lookup", "properties")
        asked = parse_qs(call.query.decode("latin-1")).get("id")
        found = [one for number, one in PROPERTIES.items() if asked is None or str(number) in asked]
        return self._page(found, 1, call)

    async def _list(self, call: Call) -> Thing:
        await call.body()
        given = parse_qs(call.query.decode("latin-1"))
        await self._pass(call, "lookup", *given.get("id", []), *given.get("propertyId", []))
        statuses = given.get("status", list(SHOWN_UNASKED))
        if wrong := [status for status in statuses if status not in STATUSES]:
            raise Refused(400, f"status: {wrong[0]} is not known")
        found = [
            booking
            for booking in self.books.bookings()
            if booking["status"] in statuses
            and all(
                str(booking.get(name)) in given.get(asked, [str(booking.get(name))])
                for asked, name in (("id", "id"), ("propertyId", "propertyId"), ("roomId", "roomId"))
            )
            and all(
                booking[name] >= given.get(f"{name}From", [""])[0]
                and booking[name] <= given.get(f"{name}To", ["9999"])[0]
                for name in DATES
            )
            and booking["modifiedTime"] >= modified_from(given)
        ]
        if given.get("includeInvoiceItems", [""])[0] != "true":
            found = [{key: value for key, value in one.items() if key != "invoiceItems"} for one in found]
        page = given.get("page", ["1"])[0]
        return self._page(found, int(page) if page.isdecimal() and int(page) else 1, call)

    def _page(self, found: list[Thing], page: int, call: Call) -> Thing:
        shown = found[(page - 1) * self.page_size : page * self.page_size]
        has_more = len(found) > page * self.page_size
        return {
            "success": True,
            "type": call.path.rpartition("/")[2].removesuffix("s"),
            "count": len(shown),
            "pages": {"nextPageExists": has_more, "nextPageLink": f"?page={page + 1}" if has_more else None},
            "data": shown,
        }

    async def _write(self, call: Call) -> list[Thing]:
        try:
            given = json.loads(await call.body() or b"null")
        except ValueError:
            raise Refused(400, "Invalid JSON") from None
        if not isinstance(given, list) or not given:
            raise Refused(400, "The body must be an array")
        named = [one.get("id") for one in given if isinstance(one, dict)]
        subject = await self._pass(call, "create", *[number for number in named if number is not None])
        answers = [self.write(one) for one in given]
        await self.switchboard.pass_point(call, subject, "after_accept")
        return answers

    def write(self, given: Any, at: float | None = None) -> Thing:
        """One element: with an id a change, without one a new booking. Fails or succeeds by itself."""
        if not isinstance(given, dict):
            return failed("new booking", "", "must be an object")
        action = "modify booking" if "id" in given else "new booking"
        booking = self.books.get("booking", str(given["id"])) if "id" in given else {"invoiceItems": []}
        if booking is None:
            return failed(action, "id", "booking not found")
        if problem := problem_of(given, is_new="id" not in given):
            return failed(action, *problem)
        booking |= {key: value for key, value in given.items() if key in WRITABLE}
        if "id" not in booking:
            booking |= {
                "id": self.books.number("booking", FIRST_BOOKING),
                "status": given.get("status", "confirmed"),
            }
        booking["propertyId"] = property_of(booking["roomId"])
        items = [
            {
                "qty": 1,
                "vatRate": 0,
                **item,
                "id": self.books.number("item", FIRST_ITEM),
                "bookingId": booking["id"],
            }
            for item in given.get("invoiceItems", [])
        ]
        booking["invoiceItems"] += items
        self.books.save(booking, at)
        self.hooks.tell(booking)
        done = {"id": booking["id"]} | ({"invoiceItems": items} if items else {})
        return {"success": True, ("modified" if "id" in given else "new"): done, "errors": []}


def modified_from(given: dict[str, list[str]]) -> str:
    """The filter as a stamp; anything that is no instant is refused."""
    asked = given.get("modifiedFrom", [""])[0]
    if not asked:
        return ""
    try:
        moment = datetime.fromisoformat(asked.replace("Z", "+00:00"))
    except ValueError:
        raise Refused(400, "modifiedFrom: not a date and time") from None
    return stamp(moment.timestamp()) if moment.tzinfo else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def property_of(room_id: object) -> int | None:
    return next(
        (
            number
            for number, one in PROPERTIES.items()
            if room_id in [room["id"] for room in one["roomTypes"]]
        ),
        None,
    )


def problem_of(given: Thing, *, is_new: bool) -> tuple[str, str] | None:
    """The field and what is wrong with it."""
    if is_new and (missing := [name for name in ("roomId", *DATES) if name not in given]):
        return missing[0], "is required"
    if "roomId" in given and property_of(given["roomId"]) is None:
        return "roomId", "room not found"
    if given.get("status", STATUSES[0]) not in STATUSES:
        return "status", "is not known"
    for name in DATES:
        try:
            date.fromisoformat(given.get(name, "2026-01-01"))
        except (ValueError, TypeError):
            return name, "is not a date"
    for item in given.get("invoiceItems", []):
        if not isinstance(item, dict) or item.get("type") not in ("charge", "payment"):
            return "invoiceItems", "type must be charge or payment"
        if not isinstance(item.get("amount"), int | float):
            return "invoiceItems", "amount must be a number"
    return None


def failed(action: str, name: str, message: str) -> Thing:
    return {"success": False, "errors": [{"action": action, "field": name, "message": message}]}
