"""kiosk-register and kiosk-rotate: a device's long-lived token, signed here and shown once."""

from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from psycopg.types.json import Jsonb
from pydantic import BaseModel, ConfigDict

from functions.shared.callers import BearerCaller
from functions.shared.db import run_command
from functions.shared.errors import refusals
from functions.shared.settings import get_settings
from functions.shared.tokens import Claims, mint

TEN_YEARS: Final = 10 * 366 * 24 * 3600
"""No limit of its own: the token ends with the session that the database opened for it."""
_NO_STORE: Final = {"Cache-Control": "no-store"}

router = APIRouter(tags=["kiosk"])


class KioskBody(BaseModel):
    """A device to be registered; without a property, at the hotel's default one."""

    model_config = ConfigDict(extra="forbid")

    name: str
    property_id: str | None = None
    property_code: str | None = None
    firmware_version: str | None = None


class RotateBody(BaseModel):
    """The device that gets another token."""

    model_config = ConfigDict(extra="forbid")

    kiosk_id: str


class DeviceToken(BaseModel):
    """A kiosk and its token, which nobody can look up again."""

    kiosk_id: str
    name: str
    property_id: str
    device_token: str
    expires_at: datetime


@router.post(
    "/functions/v1/kiosk-register",
    status_code=201,
    response_model=DeviceToken,
    responses=refusals(400, 401, 403, 404, 409, 422, 503),
)
async def kiosk_register(request: Request, caller: BearerCaller, body: KioskBody) -> Response:
    """Registers a kiosk and shows its device token this once."""
    kiosk = Jsonb(body.model_dump(exclude_none=True))
    answer = await run_command(request, caller, "select api.register_kiosk(%s)", (kiosk,))
    return JSONResponse(signed(answer.row[0]).model_dump(mode="json"), 201, _NO_STORE)


@router.post(
    "/functions/v1/kiosk-rotate",
    response_model=DeviceToken,
    responses=refusals(400, 401, 403, 404, 409, 422, 503),
)
async def kiosk_rotate(request: Request, caller: BearerCaller, body: RotateBody) -> Response:
    """Gives a kiosk another token; the one before opens nothing from here on."""
    answer = await run_command(request, caller, "select api.rotate_kiosk_token(%s::uuid)", (body.kiosk_id,))
    return JSONResponse(signed(answer.row[0]).model_dump(mode="json"), headers=_NO_STORE)


def signed(made: dict[str, Any]) -> DeviceToken:
    """The device token for the claims that a command gave."""
    claims: Claims = made["claims"]
    token, _ = mint(get_settings(), claims, TEN_YEARS)
    return DeviceToken(
        kiosk_id=made["id"],
        name=made["name"],
        property_id=made["property_id"],
        device_token=token,
        expires_at=claims["expires_at"],
    )
