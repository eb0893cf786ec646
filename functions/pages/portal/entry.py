"""The way in: a link with a code, a code typed by hand, or the session that this device already has."""

from fastapi import APIRouter, Request, Response

from functions.pages.base.languages import known
from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import LANGUAGE_COOKIE, done, render
from functions.pages.base.routing import PageRoute
from functions.pages.guest.door import came_by_code, over
from functions.pages.portal.identity import ask_stranger
from functions.pages.portal.landing import landing
from functions.pages.portal.stay import find_session, find_stay
from functions.portal.session import open_portal_session
from functions.shared.errors import Problem
from functions.shared.settings import get_settings

A_YEAR = 365 * 24 * 3600

router = APIRouter(route_class=PageRoute)


@router.get("/")
async def start(request: Request, c: str = "") -> Response:
    """With a code the stay opens and the address forgets it; without one, what this device may see."""
    if c:
        return await open_stay(request, c)
    stay = await find_stay(request)
    if stay:
        return await landing(stay)
    # A session that shows no stay was opened while codes were being guessed: it has to be proven first.
    if await find_session(request):
        return ask_stranger(request, "/")
    return over(request) if came_by_code(request) else ask_for_code(request)


@router.post("/enter")
async def enter(request: Request) -> Response:
    form = await request.form()
    return await open_stay(request, str(form.get("code") or ""))


async def open_stay(request: Request, code: str) -> Response:
    """A session for the code, or the page that says kindly why there is none."""
    try:
        opened = await open_portal_session(request, code)
    except Problem as fault:
        if fault.status not in (400, 404, 422, 429):
            raise
        wait = fault.headers.get("Retry-After", "0")
        return ask_for_code(
            request,
            Refusal(fault.status, fault.slug or "", retry_after=int(wait) if wait.isdigit() else 0),
            code,
        )
    answer = done(request, "/")
    opened.put_cookies(answer, request)
    return answer


def ask_for_code(request: Request, refusal: Refusal | None = None, code: str = "") -> Response:
    answer = render(
        request,
        "portal/code.html",
        status=refusal.status if refusal else 200,
        refusal=refusal,
        code=code.strip()[:12],
    )
    if refusal and refusal.retry_after:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


@router.post("/language")
async def choose_language(request: Request) -> Response:
    """The visitor's language: on this device, and for the messages of the stay when there is one."""
    form = await request.form()
    language = known(str(form.get("language") or ""))
    following = str(form.get("next") or "/")
    answer = done(
        request, following if following.startswith("/") and following[1:2] not in ("/", "\\") else "/"
    )
    if language is None:
        return answer
    stay = await find_stay(request)
    if stay:
        await stay.reader.call("set_language", p_language=language)
    answer.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=A_YEAR,
        httponly=True,
        samesite="lax",
        secure=get_settings().is_https,
    )
    return answer
