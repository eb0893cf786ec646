"""What WhatsApp and SMS share: Twilio's Messages, what its answers mean, how a message is found again."""

from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from typing import Any

from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest import Client
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    SSLError,
)

from functions.notify import wording
from functions.notify.channels.http import PooledHttp
from functions.notify.messages import (
    Accepted,
    Failed,
    LookupFailed,
    Message,
    Outcome,
    Throttled,
    Unauthorized,
    Unknown,
)
from functions.notify.settings import WorkerSettings

NEVER_LEFT = (NewConnectionError, ConnectTimeoutError, NameResolutionError, SSLError)
PERHAPS_TAKEN = {502, 504}
UNAUTHORIZED = {20003, 20005}  # credentials refused or rotated, account suspended
CONTENT_UNKNOWN = 21655
TRANSIENT = {20500, 21611, CONTENT_UNKNOWN}  # its own troubles, its queue is full, a content made anew
CLOCKS_APART = timedelta(seconds=60)
LOOKED_THROUGH = 200


class Refused(Exception):
    """A definite failure before Twilio was asked."""

    def __init__(self, failure: Failed) -> None:
        super().__init__(failure.code)
        self.failure = failure


class Twilio(ABC):
    """Sends by one Messages call; an attempt without a known outcome is found by recipient, time and text."""

    prefix = ""
    """What Twilio writes before a number of this channel."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._public_url = settings.public_url
        self._http = PooledHttp(settings.provider_timeout, settings.senders + 2)
        self._client = Client(
            settings.twilio_account_sid or "unset",
            settings.twilio_auth_token or "unset",
            http_client=self._http,
        )
        if settings.twilio_api_url:
            self._client.api.base_url = settings.twilio_api_url
            self._client.content.base_url = settings.twilio_api_url
        self._messages = self._client.messages

    @abstractmethod
    def _asked(self, message: Message) -> dict[str, Any]:
        """Sender and words of a message, as the SDK takes them. Raises Refused, and what the SDK raises."""

    def _refused(  # noqa: B027 - most have nothing to forget
        self, message: Message, refused: TwilioRestException | TwilioServiceException
    ) -> None:
        """Hears of a refusal, to forget what it disproves."""

    def send(self, message: Message) -> Outcome:
        """One Messages call. The callback's address carries tenant and notification."""
        callback = f"{self._public_url}/functions/v1/whatsapp-status/{message.tenant_id}/{message.id}"
        try:
            created = self._messages.create(
                to=f"{self.prefix}{message.recipient}", status_callback=callback, **self._asked(message)
            )
        except Refused as refused:
            return refused.failure
        except (TwilioRestException, TwilioServiceException) as refused:
            self._refused(message, refused)
            return self._meaning(refused)
        except NEVER_LEFT as error:
            return Failed("not_reached", type(error).__name__)
        except HTTPError as error:
            return Unknown("no_answer", type(error).__name__)
        except (TwilioException, ValueError, TypeError, KeyError) as error:
            return Unknown("answer_not_understood", type(error).__name__)
        return Accepted(str(created.sid))

    def _meaning(self, refused: TwilioRestException | TwilioServiceException) -> Outcome:
        code, status = str(refused.code), int(refused.status)
        if status == 429:
            return Throttled(code, self._http.retry_after or 1.0)
        if status == 401 or refused.code in UNAUTHORIZED:
            return Unauthorized(code, f"HTTP {status}")
        if status in PERHAPS_TAKEN or (status >= 500 and refused.code in (None, status)):
            return Unknown(code, f"HTTP {status}")
        is_transient = status >= 500 or status == 408 or refused.code in TRANSIENT
        return Failed(code, str(getattr(refused, "msg", "") or refused)[:200], is_final=not is_transient)

    def look_up(self, message: Message, attempted_at: datetime) -> list[str]:
        """Messages to the guest since the attempt that say the same; whose they are, the ledger knows.

        The list is not filtered by date sent: what is still queued at Twilio has none.
        """
        since = attempted_at - CLOCKS_APART
        expected = plain(wording.body(message, self._public_url))
        try:
            found = self._messages.list(
                to=f"{self.prefix}{message.recipient}", limit=LOOKED_THROUGH, page_size=LOOKED_THROUGH
            )
        except (HTTPError, TwilioException) as error:
            raise LookupFailed(type(error).__name__) from None
        return [
            str(seen.sid)
            for seen in found
            if (seen.date_created is None or seen.date_created >= since)
            and (not seen.body or plain(seen.body) == expected)
        ]


def plain(text: str) -> str:
    """Text without what a provider may do to its spaces."""
    return wording.SPACES.sub(" ", text).strip()
