"""POST /functions/v1/beds24-webhook: a hint that a booking changed, believed in nothing but its number.

Beds24 does not sign its webhooks: a secret header tells whose they are. What is malformed or carries no known
secret is answered 401 alike. The body is kept and the booking fetched by the worker, never here.
"""

import json
import re
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from functions.shared.db import service_value
from functions.shared.errors import Problem, refusals

HEADER: Final = "X-Webhook-Secret"
SECRET: Final = re.compile(r"[\x21-\x7e]{16,200}")
LARGEST_NUMBER: Final = 10**15
LARGEST_BODY: Final = 200_000
RECORD: Final = "select app.record_beds24_hint(%s, %s, %s)"

router = APIRouter(tags=["beds24"])


@router.post("/functions/v1/beds24-webhook", status_code=204, responses=refusals(401))
async def beds24_webhook(request: Request) -> Response:
    """A booking changed at Beds24."""
    secret = request.headers.get(HEADER, "")
    raw = await request.body()
    number = booking_number(raw)
    if number is None or not SECRET.fullmatch(secret):
        raise not_from_beds24()
    if not await service_value(request, RECORD, (secret, number, raw.decode())):
        raise not_from_beds24()
    return Response(status_code=204)


def booking_number(raw: bytes) -> int | None:
    """The booking that a body names; None for what is no webhook of Beds24, or cannot be kept."""
    if len(raw) > LARGEST_BODY:
        return None
    try:
        body = json.loads(raw.decode())
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or b"\x00" in raw:
        return None
    booking: Any = body.get("booking", body)
    number: Any = booking.get("id") if isinstance(booking, dict) else None
    if isinstance(number, str) and re.fullmatch(r"[0-9]{1,15}", number):
        number = int(number)
    is_one = isinstance(number, int) and not isinstance(number, bool) and 0 < number < LARGEST_NUMBER
    return number if is_one else None


def not_from_beds24() -> Problem:
    """The same words for the malformed and the forged."""
    return Problem(401, "secret_invalid", "This did not come from Beds24.")
