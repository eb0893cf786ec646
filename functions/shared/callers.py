"""Who calls: by `Authorization`, or by the cookie of one sign-in flow. The flows never mix.

Pages ask for `GuestVisitor` or `StaffVisitor`, programs' routes for `BearerCaller`; each is a `Caller` whose
`token` goes to PostgREST and which `run_command` and `as_caller` act as.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from fastapi import Depends, Request

from functions.shared.db import service_value
from functions.shared.errors import NotSignedIn, Problem
from functions.shared.origins import require_same_origin
from functions.shared.settings import get_settings
from functions.shared.tokens import Claims, mint, verify


class Flow(Enum):
    """A sign-in flow: the cookie that carries it and the session types it may open."""

    GUEST = ("staybase_guest", frozenset({"guest"}))
    STAFF = ("staybase_staff", frozenset({"staff", "admin"}))

    @property
    def cookie(self) -> str:
        """Name of the cookie that holds the flow's refresh secret."""
        return self.value[0]

    @property
    def roles(self) -> frozenset[str]:
        """Session types that the flow's cookie may stand for."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Caller:
    """A session as its token states it; `hook.pre_request` holds it against the session's row each time."""

    role: str
    claims: Claims
    token: str | None

    @property
    def expires_at(self) -> int:
        """End of the token, in epoch seconds."""
        return int(self.claims["exp"])

    @property
    def session_id(self) -> str:
        """The session's row."""
        return str(self.claims["session_id"])

    @property
    def tenant_id(self) -> str:
        """The tenant the session belongs to."""
        return str(self.claims["tenant_id"])

    @property
    def booking_id(self) -> str | None:
        """A guest's booking."""
        return self.claims.get("booking_id")


ANONYMOUS = Caller("anon", {}, None)


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


async def caller_from(request: Request, flow: Flow) -> Caller | None:
    """The caller by `Authorization`, else by the flow's cookie; None when there is neither or it has ended.

    A write by cookie is refused unless it comes from our own pages.
    """
    by_header = caller_from_authorization(request)
    if by_header is not None:
        return by_header if by_header is not ANONYMOUS else None
    secret = request.cookies.get(flow.cookie)
    if not secret:
        return None
    settings = get_settings()
    require_same_origin(request, settings)
    session = await service_value(
        request, "select app.session_for_refresh_token(%s)", (digest_of_secret(secret),)
    )
    if session is None or session["role"] not in flow.roles:
        return None
    token, claims = mint(settings, session)
    return Caller(session["role"], claims, token)


def digest_of_secret(secret: str) -> bytes:
    """What the database keeps of a browser's secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()


async def _bearer(request: Request) -> Caller:
    caller = caller_from_authorization(request)
    if caller is None or caller is ANONYMOUS:
        raise NotSignedIn
    return caller


async def _guest(request: Request) -> Caller | None:
    return await caller_from(request, Flow.GUEST)


async def _staff(request: Request) -> Caller | None:
    return await caller_from(request, Flow.STAFF)


GuestVisitor = Annotated[Caller | None, Depends(_guest)]
StaffVisitor = Annotated[Caller | None, Depends(_staff)]
BearerCaller = Annotated[Caller, Depends(_bearer)]


def _is_key(token: str, key: str) -> bool:
    return bool(key) and hmac.compare_digest(token.encode(), key.encode())
