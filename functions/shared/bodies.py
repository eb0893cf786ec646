"""JSON bodies and idempotency keys, checked for their form. What they mean is the command's question."""

import json
import re
from typing import Annotated, Any, Final

from fastapi import Depends, Request

from functions.shared.errors import RequestRefused, body_not_json

_KEY: Final = re.compile(r"[\x20-\x7e]{1,200}")
_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")


async def json_object_text(request: Request) -> str:
    """The body as it was sent, if it is a JSON object. PostgreSQL reads it, so that numbers stay exact."""
    raw = await request.body()
    read_object(raw)
    return raw.decode()


async def json_object(request: Request) -> dict[str, Any]:
    """The body as a dict."""
    return read_object(await request.body())


def read_object(raw: bytes) -> dict[str, Any]:
    """A JSON object in UTF-8; anything else is refused with 400, half a surrogate pair too."""
    try:
        body = json.loads(raw.decode())
        if _SURROGATE.search(raw):
            json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise body_not_json() from None
    if not isinstance(body, dict):
        raise body_not_json()
    return body


def idempotency_key(request: Request) -> str:
    """The caller's name for this one write. Needed, so that a repeat can be told from a second wish."""
    key = request.headers.get("idempotency-key")
    if key is None or not key.strip():
        raise RequestRefused(
            400,
            "idempotency_key_missing",
            "The header Idempotency-Key is missing.",
            "Send one of your own choice, the same for each repeat of the same request.",
        )
    if not _KEY.fullmatch(key):
        raise RequestRefused(
            400, "idempotency_key_not_readable", "The Idempotency-Key is not 1 to 200 printable characters."
        )
    return key


JsonText = Annotated[str, Depends(json_object_text)]
JsonObject = Annotated[dict[str, Any], Depends(json_object)]
IdempotencyKey = Annotated[str, Depends(idempotency_key)]
