"""Signing in with a password: the same words and the same time, whether or not there is such an account."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from fastapi import Request

from functions.identity.passwords import digest_of_one_time, fitting, verify_password
from functions.shared.addresses import client_address
from functions.shared.callers import Flow, digest_of_secret
from functions.shared.db import service_value
from functions.shared.errors import Problem
from functions.shared.settings import get_settings
from functions.shared.tokens import Claims, mint

MOST_EMAIL_CHARACTERS: Final = 254
MOST_BADGE_CHARACTERS: Final = 200
Login = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just opened. Its secret and token go into the flow's cookies."""

    flow: Flow
    claims: Claims
    access_token: str
    secret: str
    must_change_password: bool
    onboarding_completed: bool
    capabilities: Mapping[str, bool]
    notices: Sequence[Mapping[str, str]]

    @property
    def next(self) -> str:
        """The page that comes after signing in."""
        if self.must_change_password:
            return f"/{self.flow.value}/password"
        if self.flow is Flow.ADMIN:
            return "/admin" if self.onboarding_completed else "/admin/onboarding"
        return "/staff/console" if self.flow is Flow.STAFF else "/platform"


async def sign_in(
    request: Request,
    flow: Flow | None,
    *,
    password: str,
    email: str | None = None,
    qr_token: str | None = None,
    tenant: str | None = None,
) -> SignedIn:
    """Opens a session for whoever says the right password; without a flow, of the member's own type.

    By e-mail, or for staff by the secret of their personal QR code. `tenant` is the slug or id of the hotel,
    needed by those whose password opens several: each hotel is opened by the password that was chosen for
    it, or by the one that it gave for once. Refuses with 401 `sign_in_refused` or `one_time_password_over`,
    409 `tenant_must_be_chosen`, 429 `too_many_tries`.
    """
    if flow is Flow.PLATFORM:
        return await _sign_in_to_platform(request, _plain(email), password)
    address, one_time = client_address(request), digest_of_one_time(password)
    if qr_token is not None:
        login = await _begin_by_badge(request, flow, qr_token, address, one_time)
    else:
        login = await _begin_by_email(request, flow, _plain(email), address, one_time)
    if login["outcome"] == "locked":
        raise too_many_tries(login["retry_after"])
    logins = login["logins"]
    kept = [one["password_hash"] for one in logins if one["password_hash"]]
    right = await fitting(kept, password, login["email"] or "")
    opened = [one for one in logins if one["one_time"] == "right" or one["password_hash"] in right]
    if not opened:
        named = [one["tenant_id"] for one in logins if tenant in (one["tenant_slug"], one["tenant_id"])]
        meant = logins[0]["tenant_id"] if qr_token and logins else named[0] if named else None
        await service_value(request, "select app.refuse_login(%s, %s, %s)", (login["email"], address, meant))
        raise one_time_password_over() if any(one["one_time"] for one in logins) else sign_in_refused()
    chosen = _chosen(opened, tenant)
    signed_in = await open_session(
        request,
        login["email"],
        chosen["tenant_id"],
        chosen["membership_id"],
        verified_hash=chosen["password_hash"],
        one_time=one_time,
    )
    if signed_in is None:
        raise sign_in_refused()
    return signed_in


async def open_session(
    request: Request,
    email: str,
    tenant_id: str,
    membership_id: str,
    *,
    verified_hash: str | None,
    one_time: bytes | None = None,
) -> SignedIn | None:
    """The session of a member whose password has been verified against this hash, or was given for once.

    None when they have just left, or when the password has just been changed.
    """
    secret = secrets.token_urlsafe(32)
    opened = await service_value(
        request,
        "select app.accept_login(%s, %s, %s, %s, %s, %s, %s)",
        (
            email,
            client_address(request),
            tenant_id,
            membership_id,
            verified_hash,
            one_time,
            digest_of_secret(secret),
        ),
    )
    if opened is None:
        return None
    token, claims = mint(get_settings(), opened)
    return SignedIn(
        Flow(opened["role"]),
        claims,
        token,
        secret,
        opened["must_change_password"],
        opened["onboarding_completed"],
        opened["capabilities"],
        opened["notices"],
    )


async def _sign_in_to_platform(request: Request, email: str, password: str) -> SignedIn:
    address = client_address(request)
    login = await service_value(request, "select app.begin_platform_login(%s, %s)", (email, address))
    if login["outcome"] == "locked":
        raise too_many_tries(login["retry_after"])
    is_right = await verify_password(login["password_hash"], password)
    if not is_right or login["user_id"] is None:
        await service_value(request, "select app.refuse_login(%s, %s)", (email, address))
        raise sign_in_refused()
    secret = secrets.token_urlsafe(32)
    opened = await service_value(
        request,
        "select app.accept_platform_login(%s, %s, %s, %s)",
        (email, address, login["user_id"], digest_of_secret(secret)),
    )
    token, claims = mint(get_settings(), opened)
    return SignedIn(Flow.PLATFORM, claims, token, secret, False, True, {}, opened["notices"])


def sign_in_refused() -> Problem:
    """401, in the same words for a wrong password, an unknown account and one of another flow."""
    return Problem(
        401,
        "sign_in_refused",
        "That e-mail address and password do not fit.",
        "Try again, or ask your manager for a new password.",
    )


def one_time_password_over() -> Problem:
    """401: the password for once was right, and its time is over."""
    return Problem(
        401,
        "one_time_password_over",
        "This password was for once, and its time is over.",
        "Ask your manager for a new one.",
    )


def too_many_tries(seconds: int) -> Problem:
    """429: the account or the address is locked for a while."""
    return Problem(
        429,
        "too_many_tries",
        "Too many tries.",
        "Wait a little, then try again.",
        headers={"Retry-After": str(seconds)},
    )


async def _begin_by_email(
    request: Request, flow: Flow | None, email: str, address: str, one_time: bytes
) -> Login:
    kind = flow.value if flow else "console"
    found = await service_value(
        request, "select app.begin_login(%s, %s, %s, %s)", (kind, email, address, one_time)
    )
    return {**found, "email": email}


async def _begin_by_badge(
    request: Request, flow: Flow | None, qr_token: str, address: str, one_time: bytes
) -> Login:
    digest = digest_of_secret(qr_token[:MOST_BADGE_CHARACTERS])
    badge = await service_value(request, "select app.scan_qr(%s, %s)", (digest, address))
    if badge["outcome"] == "throttled":
        raise too_many_tries(badge["retry_after"])
    found = await service_value(
        request,
        "select app.begin_badge_login(%s, %s, %s, %s)",
        (badge.get("tenant_id"), badge.get("membership_id"), address, one_time),
    )
    if flow not in (None, Flow.STAFF):
        return {**found, "logins": []}
    return cast(Login, found)


def _chosen(logins: Sequence[Login], tenant: str | None) -> Login:
    fitting = [one for one in logins if tenant in (None, "", one["tenant_slug"], one["tenant_id"])]
    if len(fitting) != 1:
        names = ", ".join(f"{one['hotel_name']} ({one['tenant_slug']})" for one in logins)
        raise Problem(409, "tenant_must_be_chosen", "You work for more than one hotel.", names)
    return fitting[0]


def _plain(email: str | None) -> str:
    """An e-mail address as the database may look for it, whatever was typed."""
    typed = (email or "").strip()[:MOST_EMAIL_CHARACTERS]
    return typed.encode("utf-8", "replace").decode().replace("\0", "?")
