"""Who is at work: a member with a staff session; everyone else is led to the door."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Final

from fastapi import Depends, Request, Response

from functions.identity.qr_codes import scan
from functions.pages.base.reader import Reader, Refusal, Row, reader
from functions.pages.base.rendering import done, render
from functions.pages.base.routing import PageRoute
from functions.shared.caller import Caller
from functions.shared.callers import StaffVisitor
from functions.shared.cookies import drop_cookie, put_cookie
from functions.shared.errors import Problem
from functions.shared.settings import get_settings
from functions.shared.tokens import Claims

ACCESS: Final = "/staff/access"
PASSWORD: Final = "/staff/password"  # noqa: S105 # an address
CONSOLE: Final = "/staff/console"
REMEMBERED: Final = timedelta(hours=12)
"""A shift."""


@dataclass(frozen=True)
class Crew:
    """A signed-in member of staff, and the reader that carries their token."""

    request: Request
    caller: Caller
    reader: Reader
    me: Row

    @property
    def language(self) -> str:
        return str(self.me["language"])

    def may(self, permission: str) -> bool:
        """Whether something is worth showing. What is allowed is decided by the command."""
        return permission in (self.me["permissions"] or [])

    def zone(self, property_id: str) -> str:
        """The time zone of a property."""
        zones = {house["id"]: str(house["time_zone"]) for house in self.me["properties"] or []}
        return zones.get(property_id, "UTC")

    def page(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """A page in the member's language."""
        return render(self.request, template, language=self.language, status=status, crew=self, **context)


async def crew(request: Request, visitor: StaffVisitor) -> Crew:
    """The member behind the cookie of the staff's flow; an admin's is none."""
    if visitor is None:
        raise Refusal(401, "token_missing")
    reads = reader(request, visitor.token)
    me = await reads.row("me")
    if me is None:
        raise Refusal(401, "token_missing")
    return Crew(request, visitor, reads, me)


AtWork = Annotated[Crew, Depends(crew)]


class StaffRoute(PageRoute):
    """A page for staff: whoever has no staff session is led to the door."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def staff(request: Request) -> Response:
            answer = await handle(request)
            return done(request, ACCESS) if answer.status_code == 401 else answer

        return staff


def cookie_name() -> str:
    """The cookie that holds the badge scanned last. `__Host-` needs https."""
    return f"{'__Host-' if get_settings().is_https else ''}staybase_badge"


def remember(response: Response, token: str) -> None:
    """Keeps the badge that was scanned, for a shift."""
    put_cookie(response, cookie_name(), token, REMEMBERED)


def forget(response: Response) -> None:
    """Drops the badge."""
    drop_cookie(response, cookie_name())


def scanned(request: Request) -> str:
    """The badge that this phone scanned last; empty without one."""
    return request.cookies.get(cookie_name(), "")


async def badge_of(request: Request) -> Claims | None:
    """Whose badge was scanned; None without one, or when it is over."""
    token = scanned(request)
    if not token:
        return None
    try:
        found = await scan(request, token)
    except Problem as fault:
        if fault.status == 429:
            raise
        return None
    return found if found["audience"] == "staff" else None
