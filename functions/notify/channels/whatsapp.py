"""WhatsApp by Twilio: content templates, and free text inside the guest's 24-hour window."""

import json
from typing import Any

from twilio.base.exceptions import TwilioRestException, TwilioServiceException

from functions.notify import wording
from functions.notify.channels.contents import Contents
from functions.notify.channels.twilio import CONTENT_UNKNOWN, Refused, Twilio
from functions.notify.messages import Failed, Message
from functions.notify.settings import WorkerSettings


class WhatsApp(Twilio):
    """Sends templates by their content's id, with numbered variables."""

    prefix = "whatsapp:"

    def __init__(self, settings: WorkerSettings) -> None:
        super().__init__(settings)
        self._from = settings.whatsapp_from
        self._contents = Contents(self._client, is_sandbox=settings.is_sandbox)

    def _asked(self, message: Message) -> dict[str, Any]:
        sender = f"whatsapp:{message.sender or self._from}"
        if message.is_free_text:
            return {"from_": sender, "body": wording.body(message, self._public_url)}
        content_id = self._contents.id_of(message)
        if content_id is None:
            name = f"{message.content_name}_{message.language}"
            raise Refused(Failed("content_missing", f"Twilio has no content {name}."))
        return {
            "from_": sender,
            "content_sid": content_id,
            "content_variables": numbered(wording.values(message, self._public_url)),
        }

    def _refused(self, message: Message, refused: TwilioRestException | TwilioServiceException) -> None:
        if refused.code == CONTENT_UNKNOWN:
            self._contents.forget(message)


def numbered(variables: dict[str, Any]) -> str:
    """Twilio's own names for variables: their places, from "1"."""
    return json.dumps(
        {str(place): text for place, text in enumerate(variables.values(), 1)}, ensure_ascii=False
    )
