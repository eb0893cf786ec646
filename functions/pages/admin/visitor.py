"""Who is in the office: a member with an admin session, led to what has to be done first."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute

from functions.pages.base.member import SignedInMember
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.rendering import done, is_partial, render
from functions.pages.base.routing import PageRoute
from functions.shared.callers import AdminVisitor, Flow

SIGN_IN: Final = "/admin/login"
ONBOARDING: Final = "/admin/onboarding"
PASSWORD: Final = "/admin/password"  # noqa: S105 # an address
NAVIGATION: Final = {
    "/admin": "",
    "/app/inbox": "hotel:requests:read",
    "/admin/staff": "hotel:staff:write",
    "/admin/access": "hotel:staff:write",
    "/admin/qr-codes": "hotel:qr:write",
    "/admin/menus": "hotel:menus:read",
    "/admin/catalogue": "hotel:catalog:read",
    "/admin/portal": "hotel:settings:write",
    "/admin/kiosks": "hotel:kiosks:read",
    "/admin/beds24": "hotel:settings:write",
    "/admin/slack": "hotel:settings:write",
    "/admin/integrity": "hotel:audit:read",
    "/admin/privacy": "hotel:guests:write hotel:settings:write",
    "/admin/templates": "hotel:messages:write",
    "/admin/settings": "hotel:settings:write",
    "/admin/clock": "hotel:settings:write",
    "/admin/onboarding": "hotel:settings:write",
}
"""Pages of the navigation, each with the permissions that make it worth showing, any of them."""
PATHS: Final = {"/app/inbox"}
"""Addresses where there is a page; the area's router adds its own."""


class Onward(Exception):
    """Somewhere else comes first."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Office(SignedInMember):
    """A signed-in manager."""

    def property_of(self, code: str) -> Row:
        """The property of this code, or the first one that the manager works at."""
        if not self.properties:
            raise Refusal(404)
        return next((each for each in self.properties if each["code"] == code), self.properties[0])

    @property
    def navigation(self) -> list[str]:
        """The pages that exist and that this manager can use."""
        return [
            path
            for path, rights in NAVIGATION.items()
            if path in PATHS and any(self.may(right) for right in rights.split() or [""])
        ]

    def page(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """A page in the manager's language, inside the office's frame."""
        return render(self.request, template, language=self.language, status=status, office=self, **context)


async def signed_in(request: Request, visitor: AdminVisitor) -> Office:
    """The manager behind the cookie, whatever is left to be done first."""
    return await Office.of(request, visitor)


async def manager(request: Request, office: Annotated[Office, Depends(signed_in)]) -> Office:
    """The same, once they have a password of their own and the hotel is set up."""
    path = request.url.path
    if office.me["must_change_password"]:
        raise Onward(PASSWORD)
    if (
        not office.me["onboarding_completed"]
        and office.may("hotel:settings:write")
        and not path.startswith(ONBOARDING)
    ):
        raise Onward(ONBOARDING)
    return office


SignedIn = Annotated[Office, Depends(signed_in)]
Manager = Annotated[Office, Depends(manager)]


class _Leading(APIRoute):
    """A route from which the visitor may be led on."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def leading(request: Request) -> Response:
            try:
                return await handle(request)
            except Onward as onward:
                return done(request, onward.address)

        return leading


class AdminRoute(PageRoute, _Leading):
    """A page for managers: whoever has no session is led to the sign-in, whoever has another kind is told."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def admin(request: Request) -> Response:
            answer = await handle(request)
            return turn_away(request) if answer.status_code == 401 else answer

        return admin


def turn_away(request: Request) -> Response:
    """To the sign-in and back again; a guest or staff session is told that this is not for them."""
    others = (Flow.STAFF, Flow.GUEST, Flow.PLATFORM)
    if Flow.ADMIN.cookie not in request.cookies and any(flow.cookie in request.cookies for flow in others):
        return forbidden(request)
    following = request.url.path if request.method == "GET" and not is_partial(request) else "/admin"
    return done(request, SIGN_IN if following == "/admin" else f"{SIGN_IN}?next={quote(following)}")


def forbidden(request: Request) -> Response:
    """The page for somebody who is signed in, but not to these pages."""
    flows = [
        flow.name.lower()
        for flow in Flow
        if flow.cookie in request.cookies or flow.access_cookie in request.cookies
    ]
    return render(request, "admin/forbidden.html", status=403, flows=flows)


router = APIRouter(route_class=PageRoute)


@router.get("/403")
async def forbidden_page(request: Request) -> Response:
    """Where other pages send who must not come in."""
    return forbidden(request)
