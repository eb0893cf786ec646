"""Who calls: by `Authorization`, or by the cookie of one sign-in flow. The flows never mix.

Pages ask for `GuestVisitor`, `StaffVisitor`, `AdminVisitor`, `ConsoleVisitor` (staff or admin) or
`PlatformVisitor`, programs' routes for `BearerCaller`; each is a `Caller` whose `token` goes to PostgREST and
which `run_command` and `as_caller` act as.
"""

import hashlib
import hmac
import json
import secrets
from datetime import timedelta
from enum import Enum
from typing import Annotated, Final

from fastapi import Depends, Request

from functions.shared.caller import ANONYMOUS, Caller
from functions.shared.cookies import put_cookie_later
from functions.shared.db import service_value
from functions.shared.errors import NotSignedIn, Problem
from functions.shared.origins import require_same_origin
from functions.shared.settings import get_settings
from functions.shared.tokens import ACCESS_SECONDS, mint, verify

SECRET_LIFE: Final = timedelta(days=7)
ACCESS_LIFE: Final = timedelta(seconds=ACCESS_SECONDS)


class Flow(Enum):
    """A sign-in flow: the cookies that carry it and the session types it may open."""

    GUEST = "guest"
    STAFF = "staff"
    ADMIN = "admin"
    PLATFORM = "platform"

    @property
    def cookie(self) -> str:
        """Name of the cookie that holds the flow's refresh secret. `__Host-` needs https."""
        prefix = "__Host-" if get_settings().is_https else ""
        return f"{prefix}staybase_{self.value}"

    @property
    def access_cookie(self) -> str:
        """Name of the cookie that holds the access token, so that not every page turns the secret."""
        return f"{self.cookie}_access"

    @property
    def role(self) -> str:
        """The session type that the flow opens, which is a database role."""
        return self.value


def caller_from_authorization(request: Request) -> Caller | None:
    """The caller whose bearer token the request carries; anonymous for the publishable key; None without one.

    The secret key stands for no session, so no command that a session must give runs under it.
    """
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("token_not_valid")
    settings = get_settings()
    if _is_key(token, settings.publishable_key):
        return ANONYMOUS
    if _is_key(token, settings.secret_key):
        raise Problem(
            403, "session_needed", "The secret key may not do this.", "Send the token of a person's session."
        )
    claims = verify(settings, token)
    return Caller(str(claims["role"]), claims, token)


async def caller_from(request: Request, *flows: Flow) -> Caller | None:
    """The caller by `Authorization`, else by the cookies of the first flow that has a living session.

    None when there is neither, when it has ended, or when the token is of none of these flows. A write by
    cookie is refused unless it comes from our own pages.
    """
    by_header = caller_from_authorization(request)
    if by_header is not None:
        return by_header if by_header.role in {flow.role for flow in flows} else None
    for flow in flows:
        caller = await _caller_by_cookie(request, flow)
        if caller is not None:
            return caller
    return None


async def _caller_by_cookie(request: Request, flow: Flow) -> Caller | None:
    access, secret = request.cookies.get(flow.access_cookie), request.cookies.get(flow.cookie)
    if not access and not secret:
        return None
    require_same_origin(request, get_settings())
    # a request turns a secret once, however many of its parts ask who calls
    known: dict[Flow, Caller | None] = request.scope.setdefault("state", {}).setdefault("callers", {})
    if flow not in known:
        by_access = await _caller_by_access_cookie(request, flow, access) if access else None
        known[flow] = by_access or (await caller_by_secret(request, flow, secret) if secret else None)
    return known[flow]


async def _caller_by_access_cookie(request: Request, flow: Flow, token: str) -> Caller | None:
    try:
        claims = verify(get_settings(), token)
    except NotSignedIn:
        return None
    if claims["role"] != flow.role:
        return None
    is_alive = await service_value(request, "select app.token_is_alive(%s::jsonb)", (json.dumps(claims),))
    return Caller(flow.role, claims, token) if is_alive else None


async def caller_by_secret(request: Request, flow: Flow, secret: str) -> Caller | None:
    """The caller whose flow's secret this is; the answer brings the browser the next one."""
    following = secrets.token_urlsafe(32)
    digests = (digest_of_secret(secret), digest_of_secret(following))
    if flow is Flow.PLATFORM:
        session = await service_value(request, "select app.rotate_platform_secret(%s, %s)", digests)
    else:
        session = await service_value(
            request, "select app.rotate_refresh_token(%s, %s, %s)", (*digests, [flow.role])
        )
    if session is None:
        return None
    token, claims = mint(get_settings(), session)
    put_cookie_later(request, flow.cookie, following, SECRET_LIFE)
    put_cookie_later(request, flow.access_cookie, token, ACCESS_LIFE)
    return Caller(flow.role, claims, token)


def digest_of_secret(secret: str) -> bytes:
    """What the database keeps of a browser's secret; of half a character too, since JSON can hold one."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


async def _bearer(request: Request) -> Caller:
    caller = caller_from_authorization(request)
    if caller is None or caller is ANONYMOUS:
        raise NotSignedIn
    return caller


async def _guest(request: Request) -> Caller | None:
    return await caller_from(request, Flow.GUEST)


async def _staff(request: Request) -> Caller | None:
    return await caller_from(request, Flow.STAFF)


async def _admin(request: Request) -> Caller | None:
    return await caller_from(request, Flow.ADMIN)


async def _console(request: Request) -> Caller | None:
    return await caller_from(request, Flow.ADMIN, Flow.STAFF)


async def _platform(request: Request) -> Caller | None:
    return await caller_from(request, Flow.PLATFORM)


async def _secret_key(request: Request) -> None:
    """Another program of the installation: by the secret key alone, as bearer or in the header apikey."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    given = token.strip() if scheme.lower() == "bearer" else request.headers.get("apikey", "")
    settings = get_settings()
    if not given:
        raise NotSignedIn
    if _is_key(given, settings.secret_key):
        return
    if not _is_key(given, settings.publishable_key):
        verify(settings, given)  # neither a key nor a token of ours: nobody's
    raise Problem(
        403, "secret_key_needed", "Only programs with the secret key may do this.", "Send it as bearer."
    )


GuestVisitor = Annotated[Caller | None, Depends(_guest)]
StaffVisitor = Annotated[Caller | None, Depends(_staff)]
AdminVisitor = Annotated[Caller | None, Depends(_admin)]
ConsoleVisitor = Annotated[Caller | None, Depends(_console)]
PlatformVisitor = Annotated[Caller | None, Depends(_platform)]
BearerCaller = Annotated[Caller, Depends(_bearer)]
SecretKey = Annotated[None, Depends(_secret_key)]


def _is_key(token: str, key: str) -> bool:
    return bool(key) and hmac.compare_digest(token.encode(), key.encode())
