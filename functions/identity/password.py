"""auth-password: a member chooses a password, and every other session of theirs is over."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from functions.identity.login import sign_in_refused, too_many_tries
from functions.identity.passwords import digest_of_one_time, hash_password, refuse_weak, verify_password
from functions.shared.addresses import client_address
from functions.shared.caller import Caller
from functions.shared.callers import Flow, caller_from
from functions.shared.db import service_value
from functions.shared.errors import NotSignedIn, RequestRefused, refusals

router = APIRouter(tags=["identity"])


class PasswordBody(BaseModel):
    """The old password is asked for unless a new one has to be chosen anyway."""

    old: str | None = Field(None, max_length=1024)
    new: str = Field(max_length=1024)


class PasswordSetBody(BaseModel):
    """The new password holds."""

    must_change_password: bool = False


async def member(request: Request) -> Caller:
    """A signed-in member, by token or by cookie."""
    caller = await caller_from(request, Flow.ADMIN, Flow.STAFF)
    if caller is None:
        raise NotSignedIn
    return caller


@router.post("/functions/v1/auth-password", responses=refusals(400, 401, 403, 422, 429, 503))
async def auth_password(
    request: Request, caller: Annotated[Caller, Depends(member)], body: PasswordBody
) -> PasswordSetBody:
    """Changes the caller's password. A wrong old one counts like a wrong sign-in."""
    await change_password(request, caller, body.new, body.old)
    return PasswordSetBody()


async def change_password(request: Request, caller: Caller, new: str, old: str | None = None) -> None:
    """Keeps a new password and ends the person's other sessions. Of two changes at once one is kept.

    Refuses with 401 `sign_in_refused` when the old one is wrong or missing, 422 `password_too_weak` or
    `password_unchanged`, 429.
    """
    claims = json.dumps(dict(caller.claims))
    if not await service_value(request, "select app.token_is_alive(%s::jsonb)", (claims,)):
        raise NotSignedIn("session_over")
    known: dict[str, Any] | None = await service_value(
        request, "select app.password_of(%s, %s)", (caller.tenant_id, caller.claims["sub"])
    )
    if known is None:
        raise NotSignedIn("session_over")
    if old is not None or known["one_time"] is None:
        await _verify_old(request, str(caller.tenant_id), known, old or "")
    refuse_weak(new, *known["near"])
    is_given_one = known["one_time"] == digest_of_one_time(new).hex()
    if is_given_one or await verify_password(known["password_hash"], new):
        raise RequestRefused(
            422, "password_unchanged", "This is the password you have.", "Choose another one."
        )
    is_kept = await service_value(
        request,
        "select app.set_password(%s, %s, %s, %s, %s, %s)",
        (
            caller.tenant_id,
            caller.claims["sub"],
            caller.session_id,
            known["password_hash"] or known["one_time"],
            await hash_password(new, known["email"]),
            client_address(request),
        ),
    )
    if not is_kept:
        raise NotSignedIn("session_over")


async def _verify_old(request: Request, tenant_id: str, known: dict[str, Any], old: str) -> None:
    address = client_address(request)
    begun = await service_value(
        request, "select app.begin_login('console', %s, %s)", (known["email"], address)
    )
    if begun["outcome"] == "locked":
        raise too_many_tries(begun["retry_after"])
    if not await verify_password(known["password_hash"], old):
        await service_value(
            request, "select app.refuse_login(%s, %s, %s)", (known["email"], address, tenant_id)
        )
        raise sign_in_refused()
