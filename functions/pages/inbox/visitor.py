"""Who is at the desk: a member of the hotel with a staff or an admin session."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from functions.pages.base.member import SignedInMember
from functions.pages.base.onward import asked_for, with_next
from functions.pages.base.rendering import is_partial, render
from functions.pages.base.routing import PageRoute
from functions.shared.callers import ConsoleVisitor, Flow
from functions.shared.settings import get_settings


class Desk(SignedInMember):
    """A signed-in member, at the desk."""

    @property
    def own_password(self) -> str:
        """Where the member chooses another password."""
        return f"/{self.caller.role}/password"


async def desk(request: Request, visitor: ConsoleVisitor) -> Desk:
    """The member behind the cookie; without one the refusal that the sign-in page answers."""
    return await Desk.of(request, visitor)


Member = Annotated[Desk, Depends(desk)]


class ConsoleRoute(PageRoute):
    """A page for members: whoever is not signed in, or no longer, is told how."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def console(request: Request) -> Response:
            answer = await handle(request)
            return sign_in(request) if answer.status_code == 401 else answer

        return console


def sign_in(request: Request) -> Response:
    """How to sign in; for a part of a page a line in the notice, so that nothing typed is lost."""
    part = is_partial(request)
    wanted = asked_for(request, "/app/inbox")
    answer = render(
        request,
        "inbox/_signed_out.html" if part else "inbox/sign_in.html",
        status=401,
        staff_door=with_next("/staff/access", wanted),
        office_door=with_next("/admin/login", wanted),
        development=get_settings().development,
        had_session=not {Flow.STAFF.cookie, Flow.ADMIN.cookie}.isdisjoint(request.cookies),
    )
    if part:
        answer.headers["HX-Retarget"] = "#notice"
        answer.headers["HX-Reswap"] = "innerHTML"
    return answer
