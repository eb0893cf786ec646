"""Sign-in and overview for the people who run the platform; nothing of a guest is read here."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from fastapi import APIRouter, Request, Response

from functions.identity.auth import end_session
from functions.identity.cookies import clear_cookies, set_cookies
from functions.identity.login import sign_in
from functions.pages.admin.visitor import forbidden
from functions.pages.admin.words import said
from functions.pages.base.reader import Refusal, Row, reader
from functions.pages.base.rendering import done, language_of, render
from functions.pages.base.routing import PageRoute
from functions.shared.callers import Flow, PlatformVisitor
from functions.shared.errors import Problem

SIGN_IN: Final = "/platform/login"
OTHERS: Final = (Flow.ADMIN, Flow.STAFF, Flow.GUEST)
SILENT_AFTER: Final = timedelta(minutes=5)

router = APIRouter(route_class=PageRoute)


@router.get("/platform")
async def overview(request: Request, visitor: PlatformVisitor) -> Response:
    """Hotels with their plans, and the kiosks' health."""
    if visitor is None:
        return turn_away(request)
    reads = reader(request, visitor.token)
    tenants, kiosks, notices = await asyncio.gather(
        reads.rows("platform_tenants", order="hotel_name", limit="1000"),
        reads.rows("kiosk_health", order="last_heartbeat_at.asc.nullsfirst", limit="1000"),
        reads.get("my_platform_notices"),
    )
    names = {tenant["id"]: tenant["hotel_name"] for tenant in tenants}
    return render(
        request,
        "platform/overview.html",
        tenants=tenants,
        notices=notices,
        kiosks=[kiosk | {"hotel": names[kiosk["tenant_id"]], "health": health(kiosk)} for kiosk in kiosks],
    )


@router.get(SIGN_IN)
async def ask(request: Request, visitor: PlatformVisitor) -> Response:
    """The sign-in; whoever is signed in goes on."""
    return done(request, "/platform") if visitor is not None else form_page(request)


@router.post(SIGN_IN)
async def enter(request: Request) -> Response:
    """E-mail and password."""
    form = await request.form()
    email, password = str(form.get("email") or ""), str(form.get("password") or "")
    try:
        opened = await sign_in(request, Flow.PLATFORM, email=email, password=password)
    except Problem as problem:
        if problem.status not in (400, 401, 422, 429):
            raise
        return form_page(request, email, problem)
    answer = done(request, "/platform")
    set_cookies(answer, request, Flow.PLATFORM, opened.secret, opened.access_token)
    return answer


@router.post("/platform/notices")
async def dismiss(request: Request, visitor: PlatformVisitor) -> Response:
    """They have read what they were told."""
    if visitor is not None:
        await reader(request, visitor.token).call("dismiss_notices")
    return done(request, "/platform")


@router.post("/platform/logout")
async def leave(request: Request, visitor: PlatformVisitor) -> Response:
    """Signs out here, or on every device."""
    form = await request.form()
    if visitor is not None:
        await end_session(request, visitor, everywhere=form.get("everywhere") == "yes")
    answer = done(request, SIGN_IN)
    clear_cookies(answer, Flow.PLATFORM)
    return answer


@router.get("/platform/{page:path}")
async def elsewhere(request: Request, visitor: PlatformVisitor, page: str) -> Response:
    """A page that is not there: for the platform's own people only, all the same."""
    if visitor is None:
        return turn_away(request)
    raise Refusal(404)


def turn_away(request: Request) -> Response:
    """To the sign-in; who is signed in to other pages is told that this is not for them."""
    others = any(flow.cookie in request.cookies for flow in OTHERS)
    return forbidden(request) if others else done(request, SIGN_IN)


def form_page(request: Request, email: str = "", problem: Problem | None = None) -> Response:
    """The sign-in's form, with why it was not enough."""
    answer = render(
        request,
        "platform/login.html",
        status=problem.status if problem else 200,
        email=email,
        refused=said(problem, language_of(request)) if problem else None,
    )
    answer.headers["Cache-Control"] = "no-store"
    for name, value in (problem.headers if problem else {}).items():
        answer.headers[name] = value
    return answer


def health(kiosk: Row) -> str:
    """`revoked`, `new` before its first heartbeat, `silent` some minutes after its last, else `well`."""
    if kiosk["revoked_at"]:
        return "revoked"
    if not kiosk["last_heartbeat_at"]:
        return "new"
    silence = datetime.now(UTC) - datetime.fromisoformat(kiosk["last_heartbeat_at"])
    return "silent" if silence > SILENT_AFTER else "well"
