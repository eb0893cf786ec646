"""What guests write on WhatsApp: POST /functions/v1/whatsapp-inbound, signed by Twilio.

Whatever is malformed or forged is answered 401 before the database is asked. What is right is kept once by
its MessageSid; what follows from it is the command's. Files are named here and fetched by the worker. The
answer is empty: what the guest hears goes through the ledger.
"""

import json
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

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

NEEDED: Final = {"MessageSid": MESSAGE_SID, "AccountSid": ACCOUNT_SID, "To": PHONE, "From": PHONE}
GIVEN: Final = {"NumMedia": re.compile(r"[0-9]{1,3}")}
MOST_FIELDS: Final = 400
LONGEST_BODY: Final = 20_000
LONGEST_ADDRESS: Final = 2000
MOST_MEDIA: Final = 100
MEDIA_TYPE: Final = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}")
NO_ANSWER: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
RECEIVE: Final = "select app.receive_message(%s, %s, %s, %s, %s::jsonb)"

router = APIRouter(tags=["notify"])


@router.post("/functions/v1/whatsapp-inbound", responses=refusals(401, 404, 413))
async def whatsapp_inbound(request: Request) -> Response:
    """A guest wrote to a hotel's number."""
    settings = get_settings()
    body = await request.body()
    fields = fields_of(body, NEEDED, GIVEN, MOST_FIELDS)
    media = media_of(fields) if fields else None
    if fields is None or media is None or not is_signed(request, fields, settings):
        raise not_from_twilio()
    outcome = await service_value(
        request,
        RECEIVE,
        (
            fields["To"].removeprefix("whatsapp:"),
            fields["From"].removeprefix("whatsapp:"),
            fields["MessageSid"],
            fields.get("Body", "")[:LONGEST_BODY],
            json.dumps(media),
        ),
    )
    if outcome == "misdirected":
        raise Problem(404, "sender_unknown", "No hotel has this number.")
    return Response(NO_ANSWER, media_type="text/xml")


def media_of(fields: Mapping[str, str]) -> list[dict[str, str]] | None:
    """[{url, type}] of what came with the message; None where it is not as the provider says it."""
    count = int(fields.get("NumMedia", "0"))
    if count > MOST_MEDIA:
        return None
    media = []
    for place in range(count):
        url, kind = fields.get(f"MediaUrl{place}", ""), fields.get(f"MediaContentType{place}", "")
        if not is_web_address(url) or not MEDIA_TYPE.fullmatch(kind):
            return None
        media.append({"url": url, "type": kind.lower()})
    return media


def is_web_address(text: str) -> bool:
    """Whether it can be asked for at all; whom the worker asks is its own rule."""
    try:
        address = urlsplit(text)
        return len(text) <= LONGEST_ADDRESS and address.scheme in ("http", "https") and bool(address.hostname)
    except ValueError:
        return False
