"""What Twilio sends us, held to its form and its signature.

Twilio's signature runs over names and values without a mark between them: each field is therefore held to its
form as well, and must stand there once. Whatever is malformed is refused like what is forged.
"""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request
from twilio.request_validator import RequestValidator

from functions.shared.errors import Problem
from functions.shared.settings import Settings

Forms = Mapping[str, "re.Pattern[str]"]

PHONE: Final = re.compile(r"(whatsapp:)?\+[0-9]{5,15}")
MESSAGE_SID: Final = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
ACCOUNT_SID: Final = re.compile(r"AC[0-9a-fA-F]{32}")
NAME: Final = re.compile(r"[A-Z][A-Za-z0-9]{1,40}")


def fields_of(body: bytes, needed: Forms, given: Forms, most: int) -> dict[str, str] | None:
    """The form's fields; None unless each stands there once, in its form, with all that are needed."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=most,
        )
    except ValueError:
        return None
    fields = dict(pairs)
    is_whole = (
        len(fields) == len(pairs)
        and all(NAME.fullmatch(name) and "\x00" not in value for name, value in pairs)
        and all(form.fullmatch(fields.get(name, "")) for name, form in needed.items())
        and all(form.fullmatch(fields[name]) for name, form in given.items() if name in fields)
    )
    return fields if is_whole else None


def is_signed(request: Request, fields: Mapping[str, str], settings: Settings) -> bool:
    """Whether our Twilio account signed these fields for this address, as it is known outside."""
    if not settings.twilio_auth_token or fields["AccountSid"] != settings.twilio_account_sid:
        return False
    signature = request.headers.get("X-Twilio-Signature", "")
    address = settings.public_url.rstrip("/") + request.url.path
    if request.url.query:
        address += f"?{request.url.query}"
    try:
        return bool(RequestValidator(settings.twilio_auth_token).validate(address, dict(fields), signature))
    except (ValueError, TypeError, AttributeError):
        return False


def not_from_twilio() -> Problem:
    """The same words for the malformed and the forged."""
    return Problem(401, "signature_invalid", "This did not come from our provider.")
