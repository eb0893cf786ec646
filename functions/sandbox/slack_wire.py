"""How Slack's Web API writes things down: refusals, messages, moments, metadata."""

import json
from typing import Any

from functions.sandbox.messages import Message
from functions.sandbox.slack_people import BOT

Answer = dict[str, Any]


class Refused(Exception):
    """An answer with `ok: false`; most come with status 200, as Slack's do."""

    def __init__(
        self, error: str, messages: list[str] | None = None, status: int = 200, retry_after: int | None = None
    ) -> None:
        self.status = status
        self.headers = [(b"retry-after", str(retry_after).encode())] if retry_after is not None else []
        self.payload: Answer = {"ok": False, "error": error}
        if messages:
            self.payload["errors"] = messages
            self.payload["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in messages]}
        super().__init__(error)


def represent(message: Message, with_metadata: bool) -> Answer:
    detail = message.detail or {}
    shown: Answer = {
        "type": "message",
        "subtype": "bot_message",
        "text": detail.get("text", ""),
        "ts": stamp(message.at),
        "user": BOT["user_id"],
        "bot_id": BOT["bot_id"],
    }
    if detail.get("blocks"):
        shown["blocks"] = detail["blocks"]
    if detail.get("thread"):
        shown["thread_ts"] = detail["thread"]
    if with_metadata and detail.get("metadata"):
        shown["metadata"] = detail["metadata"]
    return shown


def stamp(at: int) -> str:
    return f"{at // 1_000_000}.{at % 1_000_000:06d}"


def at_of(text: str, error: str) -> int:
    """Microseconds of a Slack timestamp, exactly; floats would lose the last digit."""
    seconds, _, fraction = text.partition(".")
    if not seconds.isdecimal() or (fraction and not fraction.isdecimal()):
        raise Refused(error)
    return int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, "0") or 0)


def parsed(text: str | bytes, error: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Refused(error) from None


def metadata_of(given: Any) -> dict[str, Any] | None:
    if not given:
        return None
    metadata = parsed(given, "invalid_metadata_format") if isinstance(given, str) else given
    if (
        not isinstance(metadata, dict)
        or not isinstance(metadata.get("event_type"), str)
        or not isinstance(metadata.get("event_payload"), dict)
    ):
        raise Refused("invalid_metadata_format")
    return metadata
