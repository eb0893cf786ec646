"""Twilio's status callbacks: POST /functions/v1/whatsapp-status/{tenant_id}/{notification_id}.

Whatever is malformed or forged is answered 401 before the database is asked. Twilio's signature carries no
time, so a callback may be played again; the ledger's states only rise, so a replay changes nothing. It runs
over names and values without a mark between them: each field is therefore held to its form as well.
"""

import re
from typing import Final
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, Request, Response
from twilio.request_validator import RequestValidator

from functions.shared.db import service_value
from functions.shared.errors import Problem, refusals
from functions.shared.settings import Settings, get_settings

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
    "MessageSid": re.compile(r"(SM|MM)[0-9a-fA-F]{32}"),
    "MessageStatus": re.compile("|".join(STATES)),
    "AccountSid": re.compile(r"AC[0-9a-fA-F]{32}"),
    "To": re.compile(r"(whatsapp:)?\+[0-9]{5,15}"),
    "From": re.compile(r"(whatsapp:)?\+[0-9]{5,15}"),
}
ERROR_CODE: Final = re.compile(r"[0-9]{1,6}")
NAME: Final = re.compile(r"[A-Z][A-Za-z0-9]{1,40}")
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
    fields = fields_of(await request.body())
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


def fields_of(body: bytes) -> dict[str, str] | None:
    """The form's fields; None unless each stands there once, in its form, and none is missing."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=60,
        )
    except ValueError:
        return None
    fields = dict(pairs)
    is_whole = (
        len(fields) == len(pairs)
        and all(NAME.fullmatch(name) and "\x00" not in value for name, value in pairs)
        and all(form.fullmatch(fields.get(name, "")) for name, form in FORMS.items())
        and ERROR_CODE.fullmatch(fields.get("ErrorCode", "0"))
    )
    return fields if is_whole else None


def uuid_of(text: str) -> UUID | None:
    """An id in the one spelling that we give out."""
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def is_signed(request: Request, fields: dict[str, str], settings: Settings) -> bool:
    """Whether our Twilio account signed these fields for this address, as it is known outside."""
    if not settings.twilio_auth_token or fields["AccountSid"] != settings.twilio_account_sid:
        return False
    signature = request.headers.get("X-Twilio-Signature", "")
    address = settings.public_url.rstrip("/") + request.url.path
    if request.url.query:
        address += f"?{request.url.query}"
    try:
        return bool(RequestValidator(settings.twilio_auth_token).validate(address, fields, signature))
    except (ValueError, TypeError, AttributeError):
        return False


def not_from_twilio() -> Problem:
    """The same words for the malformed and the forged."""
    return Problem(401, "signature_invalid", "This did not come from our provider.")
