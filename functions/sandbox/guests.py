"""Guests who write: a message of theirs is told to the hotel's webhook, signed as Twilio signs it.

Pictures and papers are kept here and named by an address of ours, which asks for the account's credentials as
Twilio's does.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx2

from functions.sandbox.callbacks import sign
from functions.sandbox.credentials import Credentials
from functions.sandbox.messages import Message, Messages
from functions.sandbox.windows import Windows

PATIENCE = 15.0
A_SECOND = 1_000_000


@dataclass(frozen=True)
class Sent:
    """A file that goes with a message."""

    name: str
    media_type: str
    content: bytes


class Guests:
    """Their side of the conversation."""

    def __init__(
        self, environment: Mapping[str, str], credentials: Credentials, messages: Messages, windows: Windows
    ) -> None:
        public_url = environment.get("STAYBASE_PUBLIC_URL", "").rstrip("/")
        self._hotel = f"{public_url}/functions/v1/whatsapp-inbound" if public_url else ""
        self._own = environment.get("STAYBASE_SANDBOX_URL", "").rstrip("/")
        self._credentials = credentials
        self._messages = messages
        self._windows = windows
        self._client: httpx2.AsyncClient | None = None

    async def write(
        self, guest: str, hotel: str, body: str, at: int, files: Sequence[Sent] = ()
    ) -> tuple[Message, int | None]:
        """Keeps it, opens the window and tells the hotel; the status of its answer, None: nobody heard."""
        self._windows.open(hotel, guest, at / A_SECOND)
        message = Message(
            provider_id=("MM" if files else "SM") + secrets.token_hex(16),
            channel="whatsapp",
            recipient=guest,
            sender=hotel,
            body=body,
            at=at,
            status="received",
            detail={"media": [{"name": file.name, "type": file.media_type} for file in files]}
            if files
            else None,
            is_inbound=True,
        )
        self._messages.add(message, files)
        return message, await self._tell(message, files) if self._hotel else None

    async def _tell(self, message: Message, files: Sequence[Sent]) -> int | None:
        fields = {
            "AccountSid": self._credentials.account_sid,
            "ApiVersion": "2010-04-01",
            "Body": message.body,
            "From": f"whatsapp:{message.recipient}",
            "MessageSid": message.provider_id,
            "NumMedia": str(len(files)),
            "NumSegments": "1",
            "SmsMessageSid": message.provider_id,
            "SmsSid": message.provider_id,
            "SmsStatus": "received",
            "To": f"whatsapp:{message.sender}",
            "WaId": message.recipient.removeprefix("+"),
        }
        base = f"{self._own}/2010-04-01/Accounts/{self._credentials.account_sid}/Messages"
        for place, file in enumerate(files):
            fields[f"MediaContentType{place}"] = file.media_type
            fields[f"MediaUrl{place}"] = f"{base}/{message.provider_id}/Media/{place}"
        headers = {
            "X-Twilio-Signature": sign(self._credentials.auth_token, self._hotel, fields),
            "User-Agent": "TwilioProxy/1.1",
        }
        if self._client is None:
            self._client = httpx2.AsyncClient(timeout=PATIENCE, trust_env=False)
        try:
            return (await self._client.post(self._hotel, data=fields, headers=headers)).status_code
        except httpx2.HTTPError:
            return None

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
