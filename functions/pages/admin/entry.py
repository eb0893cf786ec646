"""The managers' way in and out: sign-in with the choice of a hotel, sign-out, one's own password."""

import re
from typing import Final

from fastapi import APIRouter, Request, Response

from functions.identity.auth import end_session
from functions.identity.cookies import clear_cookies, set_cookies
from functions.identity.login import sign_in
from functions.identity.password import change_password
from functions.pages.admin.forms import text
from functions.pages.admin.visitor import PASSWORD, PATHS, SIGN_IN, AdminRoute, SignedIn
from functions.pages.admin.words import said
from functions.pages.base.onward import onward
from functions.pages.base.rendering import done, language_of, render
from functions.pages.base.routing import PageRoute
from functions.shared.callers import AdminVisitor, Flow
from functions.shared.errors import Problem

SHOWN: Final = frozenset({400, 401, 409, 422, 429})
ABOUT_PASSWORDS: Final = frozenset(
    {"sign_in_refused", "password_too_weak", "password_unchanged", "too_many_tries"}
)
HOTELS: Final = re.compile(r"(.+?) \(([a-z][a-z0-9-]+)\)(?:, |$)")
OLD: Final = {
    "/register": "/admin/register",
    "/owner-login": SIGN_IN,
    "/onboarding": "/admin/onboarding",
    "/dashboard": "/admin",
    "/admin/dashboard": "/admin",
}

router = APIRouter()
gate = APIRouter(route_class=PageRoute)
inside = APIRouter(route_class=AdminRoute)


@gate.get(SIGN_IN)
async def ask(request: Request, visitor: AdminVisitor, next: str = "") -> Response:
    """The sign-in; whoever is signed in goes on."""
    if visitor is not None:
        return done(request, following(next))
    return form_page(request, {"next": next})


@gate.post(SIGN_IN)
async def enter(request: Request) -> Response:
    """E-mail and password; who works for several hotels says for which."""
    form = await request.form()
    typed = {name: text(form, name) for name in ("email", "next", "tenant")}
    password = str(form.get("password") or "")
    try:
        opened = await sign_in(
            request,
            Flow.ADMIN,
            email=typed["email"],
            password=password,
            tenant=typed["tenant"] or None,
        )
    except Problem as problem:
        return form_page(request, typed, problem)
    answer = done(request, following(typed["next"]))
    set_cookies(answer, request, Flow.ADMIN, opened.secret, opened.access_token)
    return answer


@gate.post("/admin/logout")
async def leave(request: Request, visitor: AdminVisitor) -> Response:
    """Signs out here, or on every device."""
    form = await request.form()
    if visitor is not None:
        await end_session(request, visitor, everywhere=text(form, "everywhere") == "yes")
    answer = done(request, SIGN_IN)
    clear_cookies(answer, Flow.ADMIN)
    return answer


@inside.get(PASSWORD)
async def password_page(office: SignedIn) -> Response:
    """One's own password."""
    return office.page("admin/password.html", refused=None)


@inside.post(PASSWORD)
async def set_password(request: Request, office: SignedIn) -> Response:
    """The new one holds, and every other session ends."""
    form = await request.form()
    old = str(form.get("old") or "") or None
    try:
        await change_password(request, office.caller, str(form.get("new") or ""), old)
    except Problem as problem:
        if problem.slug not in ABOUT_PASSWORDS:
            raise
        if problem.slug == "sign_in_refused":
            problem = Problem(422, "old_password_wrong", problem.message)
        return office.page(
            "admin/password.html", status=problem.status, refused=said(problem, office.language)
        )
    return done(request, "/admin")


@router.api_route("/dashboard/{path:path}", methods=["GET", "HEAD"])
async def old_dashboard(request: Request, path: str) -> Response:
    """Where bookmarks of the old dashboard lead: to the page of that name, else to the first one."""
    page = f"/admin/{path.strip('/')}"
    return done(request, page if page in PATHS else "/admin")


async def old_path(request: Request) -> Response:
    """An address of before."""
    return done(request, OLD[request.url.path.removesuffix("/")])


for old in OLD:
    for written in (old, f"{old}/"):
        router.add_api_route(written, old_path, methods=["GET", "HEAD"])


def form_page(request: Request, typed: dict[str, str], problem: Problem | None = None) -> Response:
    """The sign-in's form, with why it was not enough."""
    if problem is not None and problem.status not in SHOWN:
        raise problem
    hotels = HOTELS.findall(problem.hint or "") if problem and problem.slug == "tenant_must_be_chosen" else []
    answer = render(
        request,
        "admin/login.html",
        status=problem.status if problem else 200,
        typed=typed,
        hotels=hotels,
        refused=said(problem, language_of(request)) if problem and not hotels else None,
    )
    answer.headers["Cache-Control"] = "no-store"
    for name, value in (problem.headers if problem else {}).items():
        answer.headers[name] = value
    return answer


def following(address: str) -> str:
    """Back to the page that was asked for, if it is one of ours."""
    return onward(address, "/admin")


router.include_router(gate)
router.include_router(inside)
