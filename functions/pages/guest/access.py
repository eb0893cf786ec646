"""The door: a code was scanned, or is yet to be; and which guest it is who scanned it."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from functions.identity.qr_codes import OpenedStay, identify, redeem, scan
from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done, render
from functions.pages.base.routing import PageRoute
from functions.pages.guest.door import (
    ACCESS,
    IDENTIFY,
    ROOM,
    destination,
    stay_at,
    turn_away,
)
from functions.shared.errors import Problem
from functions.shared.tokens import Claims

LONGEST: Final = 100
TOLD_HERE: Final = (400, 403, 429)

router = APIRouter(route_class=PageRoute)


@router.get(ACCESS)
async def access(request: Request, t: str = "", expired: str = "") -> Response:
    """With a code the phone remembers it and the address forgets it; then it goes on from there."""
    if t:
        return await take(request, t)
    context = await ROOM.claims(request)
    if context is None:
        answer = page(request, None, is_over=bool(expired))
        ROOM.forget(answer)
        return answer
    if context["opens"] == "session" or expired:
        return page(request, context, is_over=bool(expired))
    return done(request, destination(context) if await stay_at(request, context) else IDENTIFY)


@router.post(ACCESS)
async def open_stay(request: Request) -> Response:
    """A login code is spent by a tap, never by looking: previews of links would spend it."""
    try:
        found = await redeem(request, ROOM.token(request))
    except Problem as fault:
        return refused(request, fault)
    if not isinstance(found, OpenedStay):
        return done(request, IDENTIFY)
    answer = done(request, "/")
    found.put_cookies(answer, request)
    ROOM.forget(answer)
    return answer


@router.get(IDENTIFY)
async def who(request: Request) -> Response:
    """The question: room, and last name or the end of a document's number."""
    context = await ROOM.claims(request)
    return question(request, context) if context else done(request, ACCESS)


@router.post(IDENTIFY)
async def answer_who(request: Request) -> Response:
    """The answer; right, it opens the stay for a day."""
    form = await request.form()
    said = {name: str(form.get(name) or "").strip()[:LONGEST] for name in ("room", "last_name", "document")}
    context = await ROOM.claims(request)
    if context is None:
        return done(request, ACCESS)
    try:
        opened = await identify(request, ROOM.token(request), **said)
    except Problem as fault:
        if fault.status not in TOLD_HERE:
            raise
        return question(request, context, fault, said)
    answer = done(request, destination(context))
    opened.put_cookies(answer, request)
    return answer


@router.get("/guest")
@router.get("/guest/services")
async def services(request: Request) -> Response:
    """What a guest can ask for is the stay's first page."""
    return await turn_away(request) or done(request, "/")


@router.get("/guest/{page:path}")
async def elsewhere(request: Request) -> Response:
    """A page that is not there: for guests only, all the same."""
    away = await turn_away(request)
    if away is None:
        raise Refusal(404)
    return away


async def take(request: Request, token: str) -> Response:
    """Remembers a code that stands; one that does not is told so."""
    try:
        context = await scan(request, token)
    except Problem as fault:
        return refused(request, fault)
    if context["audience"] != "guest":
        return done(request, "/staff/access")
    answer = done(request, ACCESS)
    ROOM.remember(answer, token)
    return answer


def refused(request: Request, fault: Problem) -> Response:
    """The door, with what is wrong with the code."""
    if fault.status not in TOLD_HERE:
        raise fault
    answer = page(request, None, fault=fault)
    if fault.status != 429:
        ROOM.forget(answer)
    return answer


def page(
    request: Request, context: Claims | None, *, fault: Problem | None = None, is_over: bool = False
) -> Response:
    return _page(request, "guest/access.html", context, fault, is_over=is_over)


def question(
    request: Request, context: Claims, fault: Problem | None = None, said: dict[str, str] | None = None
) -> Response:
    return _page(request, "guest/identify.html", context, fault, said=said or {})


def _page(
    request: Request, template: str, context: Claims | None, fault: Problem | None, **more: Any
) -> Response:
    wait = (fault.headers.get("Retry-After") if fault else None) or "0"
    answer = render(
        request,
        template,
        status=fault.status if fault else 200,
        scanned=context,
        fault=fault.slug if fault else None,
        wait=int(wait),
        **more,
    )
    if fault and int(wait):
        answer.headers["Retry-After"] = wait
    return answer
