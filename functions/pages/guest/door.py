"""The guests' door: which code was scanned, whose visit is over, and where each is led."""

from datetime import timedelta
from typing import Any, Final

from fastapi import Request, Response

from functions.identity.cookies import clear_cookies, visit_cookie
from functions.pages.base.rendering import done
from functions.pages.base.routing import PageRoute
from functions.pages.base.scanned_code import ScannedCode
from functions.pages.portal.stay import Stay, find_session, find_stay
from functions.shared.callers import Flow
from functions.shared.cookies import drop_cookie
from functions.shared.tokens import Claims

ACCESS: Final = "/guest/access"
IDENTIFY: Final = "/guest/identify"
EXPIRED: Final = f"{ACCESS}?expired=true"
ROOM: Final = ScannedCode("room", audience="guest", lasts=timedelta(days=7))
"""Where the phone is: a code that names a room and no person."""


def visit_is_over(request: Request) -> bool:
    """Whether this phone had a visit; asked where there is none that lives."""
    return bool({Flow.GUEST.cookie, Flow.GUEST.access_cookie} & set(request.cookies))


def destination(context: Claims) -> str:
    """Where the code leads once the guest is known: its form, or the stay."""
    slug = context.get("request_type_slug")
    return f"/portal/request/{slug}" if slug else "/"


async def stay_at(request: Request, context: Claims) -> Stay | None:
    """The guest's stay, if it is open on this phone and at the property of the code."""
    stay = await find_stay(request)
    return stay if stay and stay.row["property_id"] == context["property_id"] else None


async def turn_away(request: Request) -> Response | None:
    """To the door for whoever has no visit, or none any more; None for a guest whose visit lives."""
    if await find_session(request) is not None:
        return None
    if visit_is_over(request):
        return over(request)
    return done(request, ACCESS)


def over(request: Request) -> Response:
    """To the door, with the word that the visit has ended; the phone forgets it."""
    answer = done(request, EXPIRED)
    clear_cookies(answer, Flow.GUEST)
    drop_cookie(answer, visit_cookie())
    return answer


def came_by_code(request: Request) -> bool:
    """Whether this phone's last visit came from a code on the wall and is over."""
    return visit_cookie() in request.cookies and visit_is_over(request)


class VisitRoute(PageRoute):
    """A page of the stay: a visit that came from a code on the wall and is over leads back to the door."""

    def get_route_handler(self) -> Any:
        handle = super().get_route_handler()

        async def visit(request: Request) -> Response:
            answer = await handle(request)
            return over(request) if answer.status_code == 401 and came_by_code(request) else answer

        return visit
