"""Who is at work: a member with a staff session; everyone else is led to the door."""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Annotated, Any, Final

from fastapi import Depends, Request, Response

from functions.pages.base.member import SignedInMember
from functions.pages.base.rendering import done, render
from functions.pages.base.routing import PageRoute
from functions.pages.base.scanned_code import ScannedCode
from functions.shared.callers import StaffVisitor

ACCESS: Final = "/staff/access"
PASSWORD: Final = "/staff/password"  # noqa: S105 # an address
CONSOLE: Final = "/staff/console"
BADGE: Final = ScannedCode("badge", audience="staff", lasts=timedelta(hours=12))
"""Whose turn it is on this phone, for a shift."""


class Crew(SignedInMember):
    """A signed-in member of staff."""

    def page(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """A page in the member's language."""
        return render(self.request, template, language=self.language, status=status, crew=self, **context)


async def crew(request: Request, visitor: StaffVisitor) -> Crew:
    """The member behind the cookie of the staff's flow; an admin's is none."""
    return await Crew.of(request, visitor)


AtWork = Annotated[Crew, Depends(crew)]


class StaffRoute(PageRoute):
    """A page for staff: whoever has no staff session is led to the door."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def staff(request: Request) -> Response:
            answer = await handle(request)
            return done(request, ACCESS) if answer.status_code == 401 else answer

        return staff
