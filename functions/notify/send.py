"""send-whatsapp, send-email, send-slack: own programs queue a message, by the secret key alone."""

import json
from typing import Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from functions.shared.bodies import IdempotencyKey, JsonText
from functions.shared.callers import SecretKey
from functions.shared.db import service_value
from functions.shared.errors import refusals
from functions.shared.writes import described_write

QUEUE: Final = "select app.send_message(%s, %s::jsonb, %s)"
RESPONSES: Final = {
    **refusals(400, 401, 403, 404, 409, 413, 422, 503),
    200: {"description": "A replay: the same body, with Idempotent-Replayed: true"},
}

router = APIRouter(tags=["notify"])


class ToGuest(BaseModel):
    """A template to the guest of a booking; what it says beside `variables` is filled in from the booking."""

    tenant_id: UUID
    booking_id: UUID
    template: str
    variables: dict[str, Any] = {}
    request_id: UUID | None = None


class ToTeam(BaseModel):
    """A note to a team's channel."""

    tenant_id: UUID
    property_code: str
    team: str
    text: str
    booking_id: UUID | None = None


def route(channel: Literal["whatsapp", "email", "slack"], body: type[BaseModel], does: str) -> None:
    """One of the three functions."""

    async def send(request: Request, _key: SecretKey, key: IdempotencyKey, body: JsonText) -> Response:
        done = await service_value(request, QUEUE, (channel, body, key))
        headers = {"Cache-Control": "no-store"}
        if done["replayed"]:
            headers["Idempotent-Replayed"] = "true"
        answer = json.dumps(done["body"], ensure_ascii=False)
        return Response(answer, done["status"], headers, media_type="application/json")

    send.__doc__ = does
    router.add_api_route(
        f"/functions/v1/send-{channel}",
        send,
        methods=["POST"],
        status_code=201,
        responses=RESPONSES,
        openapi_extra=described_write(body),
        name=f"send_{channel}",
    )


route("whatsapp", ToGuest, "Queues a WhatsApp message to a guest.")
route("email", ToGuest, "Queues a mail to a guest.")
route("slack", ToTeam, "Queues a note to a team.")
