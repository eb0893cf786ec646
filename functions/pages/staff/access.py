"""The staff's door: scan the badge, say the password; the first time, choose one."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from functions.identity.auth import end_session
from functions.identity.cookies import clear_cookies, set_cookies
from functions.identity.login import sign_in
from functions.identity.password import change_password
from functions.identity.qr_codes import scan
from functions.pages.base.onward import onward
from functions.pages.base.rendering import done, render
from functions.pages.base.routing import PageRoute
from functions.pages.staff.door import (
    ACCESS,
    BADGE,
    CONSOLE,
    PASSWORD,
    AtWork,
    Crew,
    StaffRoute,
)
from functions.shared.callers import Flow
from functions.shared.errors import Problem
from functions.shared.tokens import Claims

TOLD_HERE: Final = (400, 401, 409, 422, 429)

router = APIRouter(route_class=PageRoute)
signed_in = APIRouter(route_class=StaffRoute)


@router.get(ACCESS)
async def access(request: Request, t: str = "", next: str = "") -> Response:
    """With a badge the phone remembers it for a shift and the address forgets it; then comes the password."""
    if t:
        return await take(request, t)
    badge = await BADGE.claims(request)
    answer = page(request, badge, said={"next": next})
    if badge is None and BADGE.token(request):
        BADGE.forget(answer)
    return answer


@router.post(ACCESS)
async def enter(request: Request) -> Response:
    """The password, to the badge that was scanned or to an e-mail address."""
    form = await request.form()
    said = {name: str(form.get(name) or "").strip() for name in ("email", "tenant", "next")}
    badge = None if said["email"] else await BADGE.claims(request)
    try:
        signed = await sign_in(
            request,
            Flow.STAFF,
            password=str(form.get("password") or ""),
            email=said["email"] or None,
            qr_token=BADGE.token(request) if badge else None,
            tenant=said["tenant"] or None,
        )
    except Problem as fault:
        if fault.status not in TOLD_HERE:
            raise
        return page(request, badge, fault, said)
    answer = done(request, PASSWORD if signed.must_change_password else onward(said["next"], CONSOLE))
    set_cookies(answer, request, Flow.STAFF, signed.secret, signed.access_token)
    return answer


@router.post("/staff/other-badge")
async def other_badge(request: Request) -> Response:
    """Somebody else's phone, or somebody else's turn."""
    answer = done(request, ACCESS)
    BADGE.forget(answer)
    return answer


@signed_in.get(PASSWORD)
async def password(crew: AtWork) -> Response:
    """A password of one's own: the first time in place of the manager's, later when one likes."""
    return password_page(crew)


@signed_in.post(PASSWORD)
async def choose_password(crew: AtWork) -> Response:
    """The new password holds, here and nowhere else: other sign-ins of the member end."""
    form = await crew.request.form()
    new, again = (str(form.get(name) or "") for name in ("new", "again"))
    if new != again:
        return password_page(crew, Problem(422, "passwords_differ", ""))
    old = None if crew.me["must_change_password"] else str(form.get("old") or "")
    try:
        await change_password(crew.request, crew.caller, new, old)
    except Problem as fault:
        if fault.status not in TOLD_HERE or fault.slug == "session_over":
            raise
        return password_page(crew, fault)
    return done(crew.request, CONSOLE)


@signed_in.post("/staff/leave")
async def leave(crew: AtWork) -> Response:
    """The end of a shift, here or on every device; the phone forgets whose badge it was."""
    form = await crew.request.form()
    await end_session(crew.request, crew.caller, everywhere=form.get("everywhere") == "yes")
    answer = done(crew.request, ACCESS)
    clear_cookies(answer, Flow.STAFF)
    BADGE.forget(answer)
    return answer


async def take(request: Request, token: str) -> Response:
    """Remembers a badge that stands; one that does not is told so."""
    try:
        badge = await scan(request, token)
    except Problem as fault:
        if fault.status not in TOLD_HERE:
            raise
        return page(request, None, fault)
    if badge["audience"] != "staff":
        return done(request, "/guest/access")
    answer = done(request, ACCESS)
    BADGE.remember(answer, token)
    return answer


def page(
    request: Request, badge: Claims | None, fault: Problem | None = None, said: dict[str, str] | None = None
) -> Response:
    return _told(render(request, "staff/access.html", **_told_of(fault), badge=badge, said=said or {}), fault)


def password_page(crew: Crew, fault: Problem | None = None) -> Response:
    is_first = crew.me["must_change_password"]
    return _told(crew.page("staff/password.html", **_told_of(fault), is_first=is_first), fault)


def _told_of(fault: Problem | None) -> dict[str, Any]:
    wait = int((fault.headers.get("Retry-After") if fault else None) or 0)
    return {"status": _status(fault), "fault": fault, "wait": wait}


def _status(fault: Problem | None) -> int:
    # a wrong password is no end of a session: 401 would lead to the door
    return 200 if fault is None else 422 if fault.status == 401 else fault.status


def _told(answer: Response, fault: Problem | None) -> Response:
    if fault and "Retry-After" in fault.headers:
        answer.headers["Retry-After"] = fault.headers["Retry-After"]
    return answer
