"""From a template's variables to the words that a guest reads."""

import re
from typing import Any

from functions.notify.messages import Message

PLACEHOLDER = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
SPACES = re.compile(r"\s+")
NOTHING = "–"
LONGEST = 500


def word(value: Any) -> str:
    """A value as text: one line, never empty, of bounded length, as the provider demands of variables."""
    if isinstance(value, bool) or value is None:
        value = "" if value is None else str(value).lower()
    text = SPACES.sub(" ", str(value)).strip()
    if len(text) > LONGEST:
        text = text[: LONGEST - 1].rstrip() + "…"
    return text or NOTHING


def values(message: Message, public_url: str) -> dict[str, str]:
    """Every variable of the message's template by name, in the template's order."""
    given = dict(message.variables)
    if message.portal_code:
        given.setdefault("portal_url", f"{public_url}/?c={message.portal_code}")
    names = [str(variable["name"]) for variable in message.template_variables or []]
    return {name: word(given.get(name)) for name in names}


def filled(message: Message, text: str, public_url: str) -> str:
    """A template's text with its variables' values."""
    words = values(message, public_url)
    return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)


def body(message: Message, public_url: str) -> str:
    """The text as the guest reads it."""
    return filled(message, message.body or "", public_url)
