"""auth-login, auth-refresh, auth-logout: the same doors for every flow, each with cookies of its own."""

from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Body, Request, Response
from pydantic import BaseModel, Field

from functions.identity.cookies import clear_cookies, set_cookies
from functions.identity.login import SignedIn, sign_in
from functions.shared.caller import ANONYMOUS, Caller
from functions.shared.callers import Flow, caller_by_secret, caller_from, caller_from_authorization
from functions.shared.db import run_command
from functions.shared.errors import NotSignedIn, refusals
from functions.shared.origins import refuse_other_sites, require_same_origin
from functions.shared.settings import get_settings

FLOWS: Final = (Flow.ADMIN, Flow.STAFF, Flow.PLATFORM, Flow.GUEST)

router = APIRouter(tags=["identity"])


class LoginBody(BaseModel):
    """Who signs in, and how: by e-mail, or staff by their personal QR code."""

    flow: Literal["admin", "staff", "platform"] | None = Field(
        None, description="Which sign-in; left out, the member's own."
    )
    email: str | None = Field(None, max_length=254, examples=["reception@hamsun.example"])
    qr_token: str | None = Field(None, max_length=200)
    password: str = Field(max_length=1024)
    tenant: str | None = Field(
        None, max_length=120, description="Slug of the hotel, for who works at several."
    )


class SignedInBody(BaseModel):
    """An open session."""

    access_token: str
    expires_at: datetime
    role: str = Field(examples=["staff"])
    must_change_password: bool
    onboarding_completed: bool
    capabilities: dict[str, bool]
    notices: list[dict[str, str]]
    next: str = Field(description="The page that comes next.")


class RefreshBody(BaseModel):
    """Whose cookie to turn; left out, the first one there."""

    flow: Literal["admin", "staff", "guest", "platform"] | None = None


class RefreshedBody(BaseModel):
    """A fresh access token."""

    access_token: str
    expires_at: datetime
    role: str


class LogoutBody(BaseModel):
    """`everywhere`: on every device, and in every hotel of this person."""

    everywhere: bool = False
    flow: Literal["admin", "staff", "guest", "platform"] | None = None


class SignedOutBody(BaseModel):
    """Nobody is signed in here any more."""

    signed_out: bool = True


@router.post("/functions/v1/auth-login", responses=refusals(400, 401, 403, 409, 422, 429, 503))
@router.post("/api/auth/login", responses=refusals(400, 401, 403, 409, 422, 429, 503))
async def auth_login(request: Request, response: Response, body: LoginBody) -> SignedInBody:
    """Opens a session. An unknown account is answered like a wrong password, and as fast."""
    refuse_other_sites(request, get_settings())
    signed_in = await sign_in(
        request,
        Flow(body.flow) if body.flow else None,
        email=body.email,
        qr_token=body.qr_token,
        password=body.password,
        tenant=body.tenant,
    )
    return answer_signed_in(request, response, signed_in)


def answer_signed_in(request: Request, response: Response, signed_in: SignedIn) -> SignedInBody:
    """The answer for a session just opened, its cookies on the response."""
    response.headers["Cache-Control"] = "no-store"
    set_cookies(response, request, signed_in.flow, signed_in.secret, signed_in.access_token)
    return SignedInBody(
        access_token=signed_in.access_token,
        expires_at=datetime.fromtimestamp(signed_in.claims["exp"], UTC),
        role=signed_in.flow.role,
        must_change_password=signed_in.must_change_password,
        onboarding_completed=signed_in.onboarding_completed,
        capabilities=dict(signed_in.capabilities),
        notices=[dict(one) for one in signed_in.notices],
        next=signed_in.next,
    )


@router.post("/functions/v1/auth-refresh", responses=refusals(400, 401, 403, 422, 503))
@router.post("/api/auth/refresh", responses=refusals(400, 401, 403, 422, 503))
async def auth_refresh(
    request: Request, response: Response, body: Annotated[RefreshBody | None, Body()] = None
) -> RefreshedBody:
    """A fresh access token for the secret in the cookie, which gives way to the next."""
    require_same_origin(request, get_settings())
    asked = body.flow if body else None
    for flow in FLOWS:
        secret = request.cookies.get(flow.cookie)
        if not secret or asked not in (None, flow.value):
            continue
        caller = await caller_by_secret(request, flow, secret)
        if caller is None:
            raise NotSignedIn("session_over")
        response.headers["Cache-Control"] = "no-store"
        return RefreshedBody(
            access_token=str(caller.token),
            expires_at=datetime.fromtimestamp(caller.expires_at, UTC),
            role=caller.role,
        )
    raise NotSignedIn


@router.post("/functions/v1/auth-logout", responses=refusals(400, 401, 403, 422, 503))
async def auth_logout(
    request: Request, response: Response, body: Annotated[LogoutBody | None, Body()] = None
) -> SignedOutBody:
    """Ends the session, or all of this person's, and forgets the cookies. Again: nothing is left to end."""
    asked = body or LogoutBody()
    flows = [flow for flow in FLOWS if asked.flow in (None, flow.value)]
    for caller in await _callers(request, flows):
        await end_session(request, caller, everywhere=asked.everywhere)
    for flow in flows:
        if {flow.cookie, flow.access_cookie} & set(request.cookies):
            clear_cookies(response, flow)
    return SignedOutBody()


async def end_session(request: Request, caller: Caller, *, everywhere: bool = False) -> None:
    """Signs out, here or everywhere. A guest has one device and one stay: everywhere is here."""
    if everywhere and caller.role in ("staff", "admin", "platform"):
        await run_command(request, caller, "select api.sign_out_everywhere()")
    else:
        await run_command(request, caller, "select api.sign_out()")


async def _callers(request: Request, flows: list[Flow]) -> list[Caller]:
    """Whose token this is; else who is signed in by the cookies of these flows."""
    by_header = caller_from_authorization(request)
    if by_header is not None:
        return [] if by_header is ANONYMOUS else [by_header]
    found = [await caller_from(request, flow) for flow in flows]
    return [caller for caller in found if caller is not None]
