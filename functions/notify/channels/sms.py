"""Text messages by Twilio: the same words as on WhatsApp, without a template at the provider."""

from typing import Any

from functions.notify import wording
from functions.notify.channels.twilio import Refused, Twilio
from functions.notify.messages import Failed, Message
from functions.notify.settings import WorkerSettings

LONGEST = 1600


class Sms(Twilio):
    """Sends the text itself, from a number that may send text messages."""

    def __init__(self, settings: WorkerSettings) -> None:
        super().__init__(settings)
        self._from = settings.sms_from

    def _asked(self, message: Message) -> dict[str, Any]:
        sender = message.sender or self._from
        if not sender:
            raise Refused(
                Failed("no_number", "No number sends text messages: TWILIO_SMS_FROM.", is_final=True)
            )
        text = wording.body(message, self._public_url)
        if not text.strip() or len(text) > LONGEST:
            raise Refused(Failed("text_not_usable", f"{len(text)} characters.", is_final=True))
        return {"from_": sender, "body": text}
