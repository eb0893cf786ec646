"""Routes that answer people: a refusal becomes a page with a friendly sentence and what to do next."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from functions.pages.base.frames import let_own_frames_in
from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import is_partial, render
from functions.shared.errors import Problem
from functions.shared.logs import log_defect
from functions.shared.origins import require_same_origin
from functions.shared.settings import get_settings


class PageRoute(APIRoute):
    """A route whose refusals and faults are pages. Forms are taken from this origin alone."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def page(request: Request) -> Response:
            try:
                require_same_origin(request, get_settings())
                answer = await handle(request)
                await let_own_frames_in(request, answer)
                return answer
            except Problem as fault:
                return error_page(request, fault)
            except Refusal as refusal:
                return problem(request, refusal)
            except HTTPException as fault:
                if fault.status_code < 400:
                    raise
                return problem(request, Refusal(fault.status_code))
            except RequestValidationError:
                return problem(request, Refusal(404))
            except UnicodeError:
                return problem(request, Refusal(400))
            except ClientDisconnect:
                raise
            except Exception as error:
                log_defect(error, route=self.path)
                return problem(request, Refusal(500))

        return page


def error_page(request: Request, fault: Problem) -> Response:
    """The page for a refusal of our functions, as `shared.errors` asks for it."""
    wait = fault.headers.get("Retry-After", "")
    return problem(
        request,
        Refusal(
            fault.status,
            fault.slug or "",
            fault.message,
            fault.hint or "",
            retry_after=int(wait) if wait.isdigit() else 0,
        ),
    )


def problem(request: Request, refusal: Refusal) -> Response:
    """The page for a refusal; for a part of a page, a line that htmx puts into the page's notice."""
    staff = request.url.path.startswith(("/app", "/dev", "/admin", "/staff", "/tickets", "/platform"))
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
