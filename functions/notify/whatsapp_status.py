"""Twilio's status callbacks: POST /functions/v1/whatsapp-status/{tenant_id}/{notification_id}.

Whatever is malformed or forged is answered 401 before the database is asked. Twilio's signature carries no
time, so a callback may be played again; the ledger's states only rise, so a replay changes nothing. It runs
over names and values without a mark between them: each field is therefore held to its form as well.
"""

import re
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.notify.signatures import (
    ACCOUNT_SID,
    MESSAGE_SID,
    PHONE,
    fields_of,
    is_signed,
    not_from_twilio,
)
from functions.shared.db import service_value
from functions.shared.errors import Problem, refusals
from functions.shared.settings import get_settings

STATES: Final = {
    "accepted": "sent",
    "scheduled": "sent",
    "queued": "sent",
    "sending": "sent",
    "sent": "sent",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
    "delivered": "delivered",
    "read": "read",
}
FORMS: Final = {
    "MessageSid": MESSAGE_SID,
    "MessageStatus": re.compile("|".join(STATES)),
    "AccountSid": ACCOUNT_SID,
    "To": PHONE,
    "From": PHONE,
}
GIVEN: Final = {"ErrorCode": re.compile(r"[0-9]{1,6}")}
MOST_FIELDS: Final = 60
RECORD: Final = "select app.record_callback(%s::uuid, %s::uuid, %s, %s, %s)"

router = APIRouter(tags=["notify"])


@router.post(
    "/functions/v1/whatsapp-status/{tenant_id}/{notification_id}",
    status_code=204,
    responses=refusals(401, 404),
)
async def whatsapp_status(request: Request, tenant_id: str, notification_id: str) -> Response:
    """What became of a WhatsApp message."""
    settings = get_settings()
    fields = fields_of(await request.body(), FORMS, GIVEN, MOST_FIELDS)
    tenant, notification = uuid_of(tenant_id), uuid_of(notification_id)
    if fields is None or tenant is None or notification is None or not is_signed(request, fields, settings):
        raise not_from_twilio()
    known = await service_value(
        request,
        RECORD,
        (
            tenant,
            notification,
            fields["MessageSid"],
            STATES[fields["MessageStatus"]],
            fields.get("ErrorCode"),
        ),
    )
    if not known:
        raise Problem(404, "notification_not_found", "There is no such message.")
    return Response(status_code=204)


def uuid_of(text: str) -> UUID | None:
    """An id in the one spelling that we give out."""
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
