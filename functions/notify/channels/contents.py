"""Twilio's content templates by their names: what the ledger calls request_done in es is some HX… there."""

import threading
import time

from twilio.rest import Client

from functions.notify.messages import Message
from functions.notify.wording import PLACEHOLDER

LIST_AGAIN_AFTER = 10.0


class Contents:
    """Finds a template's content id by its name and language, and remembers it.

    The sandbox is given every text that it is to send, so that a demo needs no set-up. At Twilio a content
    has to be made and approved first; it is looked for again every few seconds while a message waits for it.
    """

    def __init__(self, client: Client, *, is_sandbox: bool) -> None:
        self._contents = client.content.v1.contents
        self._is_sandbox = is_sandbox
        self._ids: dict[str, str] = {}
        self._listed_at = float("-inf")
        self._asking = threading.Lock()

    def id_of(self, message: Message) -> str | None:
        """The tenant's own id for the message's language, else the one found by name; None: there is none.

        Raises what the SDK and its HTTP client raise.
        """
        if message.content_id or not message.content_name:
            return message.content_id
        key = self._key(message)
        if key not in self._ids:
            with self._asking:
                if key not in self._ids:
                    self._find(key, message)
        return self._ids.get(key)

    def forget(self, message: Message) -> None:
        """Twilio does not know the id that was remembered."""
        self._ids.pop(self._key(message), None)

    def _key(self, message: Message) -> str:
        name = f"{message.content_name}_{message.language}"
        return f"{name}:{message.body}" if self._is_sandbox else name

    def _find(self, key: str, message: Message) -> None:
        if self._is_sandbox:
            self._ids[key] = self._register(message)
        elif time.monotonic() - self._listed_at > LIST_AGAIN_AFTER:
            listed = self._contents.list(page_size=100)
            self._ids |= {str(content.friendly_name): str(content.sid) for content in listed}
            self._listed_at = time.monotonic()

    def _register(self, message: Message) -> str:
        """Makes the content as one would at Twilio: numbered places, samples for the approval."""
        variables = list(enumerate(message.template_variables or [], 1))
        place = {str(variable["name"]): str(number) for number, variable in variables}
        body = PLACEHOLDER.sub(lambda match: "{{" + place.get(match[1], match[1]) + "}}", message.body or "")
        asked = self._contents.ContentCreateRequest(
            {
                "friendly_name": f"{message.content_name}_{message.language}",
                "language": message.language,
                "variables": {str(number): str(variable.get("sample", "")) for number, variable in variables},
                "types": {"twilio/text": {"body": body}},
            }
        )
        return str(self._contents.create(asked).sid)
