"""post-charge: staff and kiosks put a charge on a folio."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from functions.shared.bodies import IdempotencyKey, JsonText
from functions.shared.callers import BearerCaller
from functions.shared.errors import refusals
from functions.shared.writes import described_write, write_once

router = APIRouter(tags=["folio"])


class ChargeBody(BaseModel):
    """A charge as it is asked for; tax, net and business date are the command's."""

    model_config = ConfigDict(extra="allow")

    booking_id: str
    category: str
    description: str
    quantity: int = Field(1, ge=1)
    unit_price: str = Field(description="Decimal, in the property's currency.", examples=["4500.00"])


@router.post(
    "/functions/v1/post-charge",
    status_code=201,
    responses={
        **refusals(400, 401, 403, 404, 409, 413, 422, 503),
        200: {"description": "A replay: the same body, with Idempotent-Replayed: true"},
    },
    openapi_extra=described_write(ChargeBody),
)
async def post_charge(
    request: Request, caller: BearerCaller, key: IdempotencyKey, body: JsonText
) -> Response:
    """Posts a charge once, whatever the number of repeats under the same Idempotency-Key."""
    return await write_once(request, caller, "api.post_charge", body, key)
