"""qr-generate and qr-validate: making a QR code, and what scanning one comes to.

The pages behind the codes use `scan`, `redeem` and `identify`; none of them decides anything.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Self

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from psycopg.types.json import Jsonb
from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from functions.identity.cookies import set_cookies
from functions.identity.qr_tokens import MOST_CHARACTERS, digest_of, refusal, sign
from functions.portal.session import DEVICE_LIFE, device_cookie
from functions.shared.addresses import client_address
from functions.shared.bodies import JsonObject
from functions.shared.callers import SECRET_LIFE, BearerCaller, Flow, digest_of_secret
from functions.shared.cookies import put_cookie
from functions.shared.db import run_command, service_value
from functions.shared.errors import RequestRefused, refusals
from functions.shared.origins import refuse_other_sites
from functions.shared.settings import get_settings
from functions.shared.tokens import Claims, mint
from functions.shared.writes import described_body

DOORS: Final = {"guest": "/guest/access", "staff": "/staff/access"}
FIELDS: Final = {
    "hotelId": "tenant_id",
    "guestId": "guest_id",
    "roomId": "room_id",
    "propertyId": "property_id",
    "staffId": "membership_id",
    "expiresInMinutes": "expires_in_minutes",
    "purpose": "purpose",
    "label": "label",
}
_NO_STORE: Final = {"Cache-Control": "no-store"}
_EXAMPLE: Final[dict[str, JsonValue]] = {
    "hotelId": "0198c000-0000-7000-8000-000000000001",
    "guestId": "0198c000-0000-7000-8000-000000000002",
    "roomId": "0198c000-0000-7000-8000-000000000003",
}

router = APIRouter(tags=["identity"])


class QrBody(BaseModel):
    """A QR code to be made. Without a purpose: a login code for the guest in the room, both of them named."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    hotelId: str  # noqa: N815 # the contract's spelling, here and below
    guestId: str | None = None  # noqa: N815
    roomId: str | None = None  # noqa: N815
    expiresInMinutes: int | None = Field(None, ge=1, le=1440, description="60 unless said.")  # noqa: N815
    purpose: str = Field("LOGIN", description="GUEST_ACCESS, STAFF_ACCESS, ROOM_SERVICE, MAINTENANCE, LOGIN")
    propertyId: str | None = None  # noqa: N815
    staffId: str | None = None  # noqa: N815
    label: str | None = None

    @model_validator(mode="after")
    def _login_is_somebodys(self) -> Self:
        if self.purpose == "LOGIN" and (self.guestId is None or self.roomId is None):
            raise PydanticCustomError("missing", "A login code needs guestId and roomId")
        return self


class MadeQr(BaseModel):
    """A code that was made, shown this once."""

    qrUrl: str = Field(description="What the QR code shows.")  # noqa: N815
    token: str
    expiresAt: datetime | None = Field(description="Null: until it is revoked.")  # noqa: N815


class TokenBody(BaseModel):
    """A code that was scanned."""

    token: str


class ValidQr(BaseModel):
    """What a code stands for. Only a login code opens a session; the others are a context."""

    sessionToken: str | None  # noqa: N815
    guestId: str | None  # noqa: N815
    hotelId: str  # noqa: N815
    roomId: str | None  # noqa: N815
    staffId: str | None  # noqa: N815
    purpose: str
    expiresAt: datetime | None  # noqa: N815
    next: str = Field(description="The page where it goes on.")


@dataclass(frozen=True, slots=True)
class OpenedStay:
    """A guest's passing session just opened."""

    found: Claims
    token: str
    expires_at: datetime
    refresh_secret: str
    device_secret: str

    def put_cookies(self, response: Response, request: Request) -> None:
        """Signs the browser in as the guest."""
        set_cookies(response, request, Flow.GUEST, self.refresh_secret, self.token, by_house_code=True)
        put_cookie(response, device_cookie(), self.device_secret, DEVICE_LIFE)


def token_of(body: JsonObject) -> str:
    """The token in the body."""
    token = body.get("token")
    if not isinstance(token, str) or not token.strip() or len(token) > MOST_CHARACTERS:
        raise RequestRefused(400, "token_missing", "There is no token in it.", 'Send {"token": "…"}.')
    return token.strip()


@router.post("/api/qr/generate", include_in_schema=False)
@router.post(
    "/functions/v1/qr-generate", response_model=MadeQr, responses=refusals(400, 401, 403, 404, 422, 429, 503)
)
async def qr_generate(request: Request, caller: BearerCaller, body: QrBody) -> Response:
    """Makes a QR code for a guest in a room, a poster, a room or a colleague."""
    asked = {FIELDS[name]: value for name, value in body.model_dump(exclude_none=True).items()}
    answer = await run_command(request, caller, "select api.make_qr_code(%s)", (Jsonb(asked),))
    made = answer.row[0]
    if answer.status:
        return JSONResponse(made, answer.status, {**_NO_STORE, **answer.headers})
    told = shown(made)
    return JSONResponse(told.model_dump(mode="json"), headers=_NO_STORE)


def shown(made: Claims) -> MadeQr:
    """A code just made, as it is shown: what to print and what is in it."""
    settings = get_settings()
    token = sign(settings, made) if made["opens"] == "session" else str(made["secret"])
    return MadeQr(
        qrUrl=f"{settings.public_url.rstrip('/')}{DOORS[made['audience']]}?t={token}",
        token=token,
        expiresAt=made["expires_at"],
    )


@router.post("/api/qr/validate", include_in_schema=False)
@router.post(
    "/functions/v1/qr-validate",
    response_model=ValidQr,
    responses=refusals(400, 403, 429, 503),
    openapi_extra=described_body(TokenBody),
)
async def qr_validate(request: Request, token: Annotated[str, Depends(token_of)]) -> Response:
    """What a code stands for; a login code is spent and opens its guest's session."""
    refuse_other_sites(request, get_settings())
    found = await redeem(request, token)
    if isinstance(found, OpenedStay):
        told = _told(found.found, found)
        response = JSONResponse(told.model_dump(mode="json"), headers=_NO_STORE)
        found.put_cookies(response, request)
        return response
    return JSONResponse(_told(found, None).model_dump(mode="json"), headers=_NO_STORE)


async def scan(request: Request, token: str) -> Claims:
    """The context of a code. Refuses one that is dead or unknown, and too many wrong ones."""
    found: dict[str, Any] = await service_value(
        request,
        "select app.scan_qr(%s, %s)",
        (digest_of(get_settings(), token), client_address(request)),
    )
    if found["outcome"] != "known":
        raise refusal(found)
    return found


async def redeem(request: Request, token: str) -> OpenedStay | Claims:
    """The stay that a login code opens, once; of any other code the context."""
    device_secret = device_of(request)
    found: dict[str, Any] = await service_value(
        request,
        "select app.validate_qr(%s, %s, %s)",
        (digest_of(get_settings(), token), client_address(request), digest_of_secret(device_secret)),
    )
    if found["outcome"] == "opened":
        return await _opened(request, found, device_secret)
    if found["outcome"] != "known":
        raise refusal(found)
    return found


async def identify(request: Request, token: str, room: str, last_name: str, document: str) -> OpenedStay:
    """The stay of the guest who is in that room and says so rightly."""
    device_secret = device_of(request)
    found: dict[str, Any] = await service_value(
        request,
        "select app.identify_guest(%s, %s, %s, %s, %s, %s)",
        (
            digest_of(get_settings(), token),
            room,
            last_name or None,
            document or None,
            client_address(request),
            digest_of_secret(device_secret),
        ),
    )
    if found["outcome"] != "opened":
        raise refusal(found)
    return await _opened(request, found, device_secret)


def device_of(request: Request) -> str:
    """The secret by which a guest's device is known again, an old one or a new one."""
    return request.cookies.get(device_cookie()) or secrets.token_urlsafe(32)


async def _opened(request: Request, found: Claims, device_secret: str) -> OpenedStay:
    refresh_secret = secrets.token_urlsafe(32)
    await service_value(
        request,
        "select app.issue_refresh_token(%s, %s, %s, %s)",
        (found["tenant_id"], found["session_id"], digest_of_secret(refresh_secret), SECRET_LIFE),
    )
    token, _ = mint(get_settings(), found)
    ends = datetime.fromisoformat(found["expires_at"])
    return OpenedStay(found, token, ends, refresh_secret, device_secret)


def _told(found: Claims, opened: OpenedStay | None) -> ValidQr:
    return ValidQr(
        sessionToken=opened.token if opened else None,
        guestId=found.get("guest_id"),
        hotelId=found["tenant_id"],
        roomId=found.get("room_id"),
        staffId=found.get("membership_id"),
        purpose=found["purpose"],
        expiresAt=opened.expires_at if opened else None,
        next="/" if opened else "/guest/identify" if found["audience"] == "guest" else DOORS["staff"],
    )
