"""portal-submit-request: a guest asks for something, or staff do so for a guest or as a task."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from functions.shared.bodies import IdempotencyKey, JsonText
from functions.shared.callers import BearerCaller
from functions.shared.errors import refusals
from functions.shared.writes import described_write, write_once

router = APIRouter()


class RequestItem(BaseModel):
    """A line of an order."""

    sku: str = Field(examples=["towel"])
    quantity: int = Field(ge=1)


class RequestBody(BaseModel):
    """What is asked for. Which fields a type needs is the type's own data (`portal_request_types.asks`)."""

    model_config = ConfigDict(extra="allow")

    type_slug: str = Field(examples=["housekeeping"])
    subtype: str | None = None
    items: list[RequestItem] = []
    note: str | None = None
    severity: str | None = None
    scheduled_for: str | None = Field(None, description="ISO 8601 with offset.")
    on_behalf_of: str | None = Field(None, description="Staff only: the booking that it is for.")


@router.post(
    "/functions/v1/portal-submit-request",
    status_code=201,
    responses={
        **refusals(400, 401, 403, 409, 413, 422, 503),
        200: {"description": "A replay: the same body, with Idempotent-Replayed: true"},
    },
    openapi_extra=described_write(RequestBody),
)
async def portal_submit_request(
    request: Request, caller: BearerCaller, key: IdempotencyKey, body: JsonText
) -> Response:
    """Submits a request once, whatever the number of repeats under the same Idempotency-Key."""
    return await write_once(request, caller, "api.portal_submit_request", body, key)
