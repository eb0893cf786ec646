"""Routes that answer people: a refusal becomes a page with a friendly sentence and what to do next."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

import structlog
from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import is_partial, render

log = structlog.get_logger(__name__)


class PageRoute(APIRoute):
    """A route whose refusals and faults are pages. Forms are taken from this origin alone."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def page(request: Request) -> Response:
            try:
                if request.method not in ("GET", "HEAD"):
                    must_come_from_here(request)
                return await handle(request)
            except Refusal as refusal:
                return problem(request, refusal)
            except HTTPException as fault:
                if fault.status_code < 400:
                    raise
                return problem(request, Refusal(fault.status_code))
            except RequestValidationError:
                return problem(request, Refusal(404))
            except Exception:
                log.exception("page_failed", path=request.url.path)
                return problem(request, Refusal(500))

        return page


def must_come_from_here(request: Request) -> None:
    """Refuse a form that another site made: its Origin is not ours."""
    origin = request.headers.get("origin")
    if origin and origin != "null" and urlsplit(origin).netloc == request.headers.get("host"):
        return
    if origin or request.headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
        raise Refusal(403, "form_from_elsewhere")


def problem(request: Request, refusal: Refusal) -> Response:
    """The page for a refusal; for a part of a page, a line that htmx puts into the page's notice."""
    staff = request.url.path.startswith(("/app", "/dev", "/admin", "/staff", "/tickets"))
    answer = render(
        request,
        "base/_notice.html" if is_partial(request) else "base/problem.html",
        status=refusal.status,
        refusal=refusal,
        scope="staff" if staff else "guest",
    )
    if is_partial(request):
        answer.headers["HX-Retarget"] = "#notice"
        answer.headers["HX-Reswap"] = "innerHTML"
    if refusal.retry_after:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer
