"""auth-register: a hotel begins, with its first property and its owner."""

from typing import Any, Final

from fastapi import APIRouter, Depends, Request, Response
from psycopg.types.json import Jsonb
from pydantic import BaseModel, ConfigDict, Field

from functions.identity.auth import SignedInBody, answer_signed_in
from functions.identity.login import SignedIn, open_session, sign_in_refused, too_many_tries
from functions.identity.passwords import hash_password, refuse_weak
from functions.shared.addresses import client_address
from functions.shared.bodies import IdempotencyKey
from functions.shared.db import service_value
from functions.shared.errors import refusals
from functions.shared.origins import refuse_other_sites
from functions.shared.settings import get_settings

PRINTED: Final = r"^[^\x00]*\S[^\x00]*$"

router = APIRouter(tags=["identity"])


class Owner(BaseModel):
    """Who the hotel belongs to. The password opens this hotel; one chosen elsewhere opens nothing here."""

    name: str = Field(min_length=1, max_length=120, pattern=PRINTED, examples=["Ayesha Farooqi"])
    email: str = Field(max_length=254, pattern=r"^[^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+$")
    password: str = Field(max_length=1024)
    language: str = Field("en", pattern="^(en|es|ur)$")


class FirstProperty(BaseModel):
    """The first building. Further fields are those of a property; the command checks them."""

    model_config = ConfigDict(extra="allow")

    code: str = Field(examples=["FSL"], max_length=6, pattern="^[A-Z][A-Z0-9]{1,5}$")
    name: str = Field(min_length=1, max_length=120, pattern=PRINTED)
    country: str = Field(examples=["PK"], pattern="^[A-Z]{2}$")
    time_zone: str = Field(examples=["Asia/Karachi"], max_length=64)
    currency: str = Field(examples=["PKR"], pattern="^[A-Z]{3}$")
    tax_mode: str = Field("inclusive", pattern="^(inclusive|exclusive)$")


class Registration(BaseModel):
    """A hotel to be."""

    hotel_name: str = Field(min_length=1, max_length=255, pattern=PRINTED)
    slug: str | None = Field(
        None, max_length=60, description="Its name in addresses; made from its name when left out."
    )
    owner: Owner
    property: FirstProperty


def only_our_pages(request: Request) -> None:
    """Refuses a browser that another site sent."""
    refuse_other_sites(request, get_settings())


@router.post(
    "/functions/v1/auth-register",
    status_code=201,
    dependencies=[Depends(only_our_pages)],
    responses={
        **refusals(400, 401, 403, 409, 422, 429, 503),
        200: {"model": SignedInBody, "description": "A replay, with Idempotent-Replayed: true"},
    },
)
async def auth_register(
    request: Request, response: Response, key: IdempotencyKey, body: Registration
) -> SignedInBody:
    """Makes tenant, property and owner in one transaction and signs the owner in."""
    signed_in, is_replayed = await register(request, body, key)
    if is_replayed:
        response.status_code = 200
        response.headers["Idempotent-Replayed"] = "true"
    return answer_signed_in(request, response, signed_in)


async def register(request: Request, registration: Registration, key: str) -> tuple[SignedIn, bool]:
    """The session of the new hotel's owner, and whether this key had made the hotel before.

    Whether the e-mail address is known changes nothing, neither in what happens nor in what is answered.
    Refuses with 422 `password_too_weak`, 409 `slug_is_taken`, 429 `too_many_tries`; a repeat with another
    password with 401 `sign_in_refused`.
    """
    owner = registration.owner
    refuse_weak(owner.password, owner.email, owner.name, registration.hotel_name)
    address = client_address(request)
    begun = await service_value(request, "select app.begin_registration(%s, %s)", (owner.email, address))
    if begun["outcome"] == "locked":
        raise too_many_tries(begun["retry_after"])
    password_hash = await hash_password(owner.password, owner.email)
    body = registration.model_dump(exclude={"owner": {"password"}}, exclude_none=True)
    made: dict[str, Any] = await service_value(
        request, "select app.register_tenant(%s, %s, %s)", (Jsonb(body), password_hash, key)
    )
    if made["outcome"] == "refused":
        refused = (owner.email, address, made["tenant_id"])
        await service_value(request, "select app.refuse_login(%s, %s, %s)", refused)
        raise sign_in_refused()
    signed_in = await open_session(
        request, owner.email, made["tenant_id"], made["membership_id"], verified_hash=password_hash
    )
    if signed_in is None:
        raise sign_in_refused()
    await service_value(request, "select app.forgive_registration(%s)", (address,))
    return signed_in, made["outcome"] == "replayed"
