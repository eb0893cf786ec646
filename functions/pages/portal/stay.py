"""The guest's stay, as every portal page needs it: who is asking, where, in which state of the stay."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from functions.pages.base.reader import Reader, Refusal, Row, reader
from functions.pages.base.refusals import Said
from functions.pages.base.rendering import is_partial, render
from functions.pages.portal.words import said
from functions.shared.callers import Flow, caller_from


@dataclass(frozen=True)
class Stay:
    """One guest's stay, with the reader that sees what this guest may see."""

    request: Request
    reader: Reader
    row: Row

    @property
    def language(self) -> str:
        return str(self.row["language"])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.row["time_zone"])

    @property
    def is_identified(self) -> bool:
        return bool(self.row["level"] == "identified")

    def has(self, feature: str) -> bool:
        """Whether a sub-flow is open in this state of the stay."""
        return feature in (self.row["features"] or [])

    def page(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """A page in the guest's language, with the stay in it."""
        return render(self.request, template, language=self.language, status=status, stay=self.row, **context)

    def said(self, refusal: Refusal | None) -> Said | None:
        """A refusal in this guest's words."""
        return said(refusal, self.language) if refusal else None

    def part(self, page: str, partial: str) -> str:
        """The template that answers: the page, or for a form that htmx sent the part that takes its place."""
        return partial if is_partial(self.request) else page

    @property
    def now(self) -> datetime:
        """The instant by the system's clock, on the property's wall."""
        return datetime.fromisoformat(self.row["now"]).astimezone(self.zone)

    def greeting(self) -> str:
        """Morning, afternoon or evening on the property's wall."""
        hour = self.now.hour
        return "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"


async def find_session(request: Request) -> Reader | None:
    """The reader of the guest's session in the cookie; None without one, or when it has ended."""
    guest = await caller_from(request, Flow.GUEST)
    return reader(request, guest.token) if guest else None


async def find_stay(request: Request) -> Stay | None:
    """The guest's stay; None without a session, or with one that shows nothing until it is proven."""
    reading = await find_session(request)
    if reading is None:
        return None
    try:
        row = await reading.row("portal_stay")
    except Refusal as refusal:
        if refusal.status in (401, 403, 404):
            return None
        raise
    return Stay(request, reading, row) if row else None


async def must_have_session(request: Request) -> Reader:
    """The reader of the guest's session, or the page that says the visit has ended."""
    reading = await find_session(request)
    if reading is None:
        raise Refusal(401, "session_ended")
    return reading


async def must_stay(request: Request) -> Stay:
    """The stay, or the page that says the visit has ended."""
    stay = await find_stay(request)
    if stay is None:
        raise Refusal(401, "session_ended")
    return stay


Session = Annotated[Reader, Depends(must_have_session)]
MyStay = Annotated[Stay, Depends(must_stay)]
