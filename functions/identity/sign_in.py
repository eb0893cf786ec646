"""The development sign-in: one tap, no password, only for a person at this very machine."""

import html
import secrets
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from functions.identity.cookies import set_cookies
from functions.shared.addresses import is_on_this_machine
from functions.shared.callers import SECRET_LIFE, Flow, digest_of_secret
from functions.shared.db import service_rows, service_value
from functions.shared.errors import Problem
from functions.shared.page_headers import PAGE_HEADERS
from functions.shared.settings import get_settings

FIRST_PAGE: Final = "/app/inbox"


@dataclass(frozen=True, slots=True)
class CastMember:
    """Someone of the cast who can be signed in as."""

    email: str
    display_name: str
    session_type: str
    roles: list[str] | None
    hotel_name: str


def only_at_this_machine(request: Request) -> None:
    """Answers as if nothing were here, unless this is a development build and the visitor sits at it."""
    if not get_settings().development or not is_on_this_machine(request):
        raise Problem(404, "not_found", "There is nothing here.")


router = APIRouter(
    prefix="/dev", dependencies=[Depends(only_at_this_machine)], include_in_schema=False, tags=["development"]
)


@router.get("/sign-in")
async def sign_in(request: Request, email: Annotated[str, Query(alias="as")] = "") -> RedirectResponse:
    """Opens a session for a member of the cast and goes to the inbox."""
    session = await service_value(request, "select app.open_development_session(%s)", (email,))
    if session is None:
        raise Problem(404, "member_not_found", "There is nobody by that name.", "Choose one at /dev.")
    secret = secrets.token_urlsafe(32)
    await service_value(
        request,
        "select app.issue_refresh_token(%s, %s, %s, %s)",
        (session["tenant_id"], session["session_id"], digest_of_secret(secret), SECRET_LIFE),
    )
    answer = RedirectResponse(FIRST_PAGE, 303, {"Cache-Control": "no-store"})
    set_cookies(answer, request, Flow(session["role"]), secret)
    return answer


@router.get("")
async def cast(request: Request) -> HTMLResponse:
    """The cast, each with a link that signs in as them."""
    rows = await service_rows(request, "select * from app.development_cast()")
    people = "".join(_line(CastMember(*row)) for row in rows)
    page = (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Sign in as</title><main><h1>Sign in as</h1><ul>{people}</ul></main></html>"
    )
    return HTMLResponse(page, headers=PAGE_HEADERS | {"Cache-Control": "no-store"})


def _line(member: CastMember) -> str:
    link = f"/dev/sign-in?{urlencode({'as': member.email})}"
    roles = ", ".join(member.roles or [])
    words = f"{member.display_name} ({member.email}), {roles} at {member.hotel_name}"
    return f'<li><a href="{html.escape(link)}">{html.escape(words)}</a></li>'
