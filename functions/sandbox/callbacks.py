"""Status callbacks: what becomes of each accepted message, told to its StatusCallback, signed as by Twilio.

At least once: a callback that nobody took is repeated. One message's statuses go out in order, unless the
switch `scramble` covers it. The rate is bounded, so that a flood of messages does not become four floods of
callbacks; a backlog is told later, as at the provider.
"""

import asyncio
import base64
import hashlib
import heapq
import hmac
import itertools
import random
import time
from dataclasses import dataclass, field

import httpx2

from functions.sandbox.credentials import Credentials
from functions.sandbox.messages import Message, Messages
from functions.sandbox.switches import Subject, Switchboard

AFTER = {
    "queued": 0.0,
    "sent": 0.15,
    "delivered": 0.5,
    "undelivered": 0.5,
    "read": 1.5,
}  # seconds since accepted
RANK = {"queued": 0, "sent": 1, "undelivered": 2, "delivered": 3, "read": 4}
STORIES = {"whatsapp": ("queued", "sent", "delivered", "read"), "sms": ("queued", "sent", "delivered")}
FAILED = ("queued", "undelivered")
TRIES = 4
AT_ONCE = 8
UNDELIVERABLE = {"whatsapp": 63024, "sms": 30005}  # invalid recipient, unknown handset


@dataclass
class Pace:
    """How fast stories are told: `factor` stretches delays (0: at once), `per_second` bounds the posts."""

    factor: float = 1.0
    per_second: float = 50.0


@dataclass(order=True, slots=True)
class Story:
    """What is still to be told of one message; ordered by when its next status is due."""

    due: float
    number: int
    provider_id: str = field(compare=False)
    accepted_at: float = field(compare=False)
    statuses: tuple[str, ...] = field(compare=False)
    is_told: bool = field(compare=False)
    error_code: int | None = field(compare=False, default=None)
    reached: int = field(compare=False, default=0)
    is_repeated: bool = field(compare=False, default=False)
    tries: int = field(compare=False, default=0)


def sign(token: str, url: str, fields: dict[str, str]) -> str:
    """X-Twilio-Signature: HMAC-SHA1 over the address and the fields, sorted and run together."""
    text = url + "".join(key + fields[key] for key in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


class Callbacks:
    """Tells every accepted message's story; one task, a few requests at once."""

    def __init__(self, credentials: Credentials, messages: Messages, switchboard: Switchboard) -> None:
        self.pace = Pace()
        self._credentials = credentials
        self._messages = messages
        self._switchboard = switchboard
        self._waiting: list[Story] = []
        self._numbers = itertools.count()
        self._wake = asyncio.Event()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._next_post = 0.0
        self._client: httpx2.AsyncClient | None = None
        self._telling: set[asyncio.Task[None]] = set()
        self.epoch = 0

    def follow(self, message: Message, subject: Subject, error_code: int | None) -> None:
        """Takes an accepted message on, and decides by the switches how its story ends."""
        story = self._story(message, FAILED if error_code else STORIES[message.channel], error_code)
        if self._switchboard.switches:
            self._bend(story, subject, message.channel)
        self._schedule(story)

    def _story(self, message: Message, statuses: tuple[str, ...], error_code: int | None = None) -> Story:
        accepted_at, number = message.at / 1_000_000, next(self._numbers)
        return Story(
            0.0, number, message.provider_id, accepted_at, statuses, bool(message.callback), error_code
        )

    def _bend(self, story: Story, subject: Subject, channel: str) -> None:
        failing = self._switchboard.take(subject, "undelivered")
        if failing is not None:
            story.error_code = int(failing.code or UNDELIVERABLE[channel])
            story.statuses = ("queued", "sent", "undelivered")
        if self._switchboard.take(subject, "scramble") is not None:
            in_order = story.statuses
            while story.statuses == in_order:
                story.statuses = tuple(random.sample(in_order, len(in_order)))
        story.is_repeated = self._switchboard.take(subject, "repeat") is not None
        if self._switchboard.take(subject, "silence") is not None:
            story.is_told = False

    def resume(self) -> None:
        """Goes on with the stories that a stop of the sandbox cut short; what was told last is told again."""
        for message in self._messages.under_way():
            statuses = STORIES[message.channel]
            self._schedule(self._story(message, statuses[statuses.index(message.status) :]))

    def _schedule(self, story: Story, delay: float | None = None) -> None:
        due = story.accepted_at + AFTER[story.statuses[0]] * self.pace.factor
        story.due = due if delay is None else time.time() + delay * self.pace.factor
        heapq.heappush(self._waiting, story)
        if self._waiting[0] is story:
            self._wake.set()

    async def run(self) -> None:
        """Until cancelled: takes each story when its next status is due."""
        while True:
            self._wake.clear()
            pause = self._waiting[0].due - time.time() if self._waiting else None
            if pause is None or pause > 0:
                try:
                    async with asyncio.timeout(pause):
                        await self._wake.wait()
                except TimeoutError:
                    pass
                continue
            await self._take(heapq.heappop(self._waiting))

    async def _take(self, story: Story) -> None:
        """The next status of a story: told aside when somebody listens, else simply reached."""
        if not story.is_told:
            self._advance(story)
            self._go_on(story, None)
            await asyncio.sleep(0)
            return
        epoch = self.epoch
        await self._places.acquire()
        task = asyncio.create_task(self._tell(story, epoch))
        self._telling.add(task)
        task.add_done_callback(self._told)

    def _told(self, task: "asyncio.Task[None]") -> None:
        self._telling.discard(task)
        self._places.release()

    def _advance(self, story: Story) -> tuple[str, int | None]:
        """The status that is told now; the message itself never goes back."""
        status = story.statuses[0]
        error_code = story.error_code if status == "undelivered" else None
        if RANK[status] > story.reached:
            story.reached = RANK[status]
            self._messages.mark(story.provider_id, status, error_code)
        return status, error_code

    def _go_on(self, story: Story, delay: float | None) -> None:
        if delay is None:
            story.statuses = story.statuses[1:]
            story.tries = 0
        if story.statuses:
            self._schedule(story, delay)

    async def _tell(self, story: Story, epoch: int) -> None:
        message = self._messages.find(story.provider_id)
        if message is None or epoch != self.epoch:
            return
        status, error_code = self._advance(story)
        await self._turn()
        heard = await self._post(message, status, error_code)
        if heard and story.is_repeated:
            await self._post(message, status, error_code)
        delay = None
        if not heard and story.tries < TRIES:
            story.tries += 1
            delay = 2.0**story.tries
        if epoch == self.epoch:
            self._go_on(story, delay)

    async def _turn(self) -> None:
        """Waits for this callback's turn under the bounded rate."""
        now = time.monotonic()
        mine = max(now, self._next_post)
        self._next_post = mine + 1 / self.pace.per_second
        if mine > now:
            await asyncio.sleep(mine - now)

    async def _post(self, message: Message, status: str, error_code: int | None) -> bool:
        fields = self.fields(message, status, error_code)
        url = message.callback or ""
        headers = {
            "X-Twilio-Signature": sign(self._credentials.auth_token, url, fields),
            "User-Agent": "TwilioProxy/1.1",
        }
        if self._client is None:
            self._client = httpx2.AsyncClient(timeout=15, trust_env=False)
        try:
            response = await self._client.post(url, data=fields, headers=headers)
        except httpx2.HTTPError:
            return False
        return response.status_code < 500

    def fields(self, message: Message, status: str, error_code: int | None) -> dict[str, str]:
        """The form that Twilio posts for WhatsApp messages."""
        prefix = "whatsapp:" if message.channel == "whatsapp" else ""
        fields = {
            "AccountSid": self._credentials.account_sid,
            "ApiVersion": "2010-04-01",
            "From": prefix + message.sender,
            "To": prefix + message.recipient,
            "MessageSid": message.provider_id,
            "MessageStatus": status,
            "SmsSid": message.provider_id,
            "SmsStatus": status,
        }
        if prefix:
            fields |= {
                "ChannelInstallSid": "XE" + self._credentials.account_sid[2:],
                "ChannelPrefix": "whatsapp",
                "ChannelToAddress": message.recipient,
            }
            if status in ("queued", "sent"):
                fields["StructuredMessage"] = "true" if message.detail else "false"
            else:
                fields["EventType"] = status.upper()
        if error_code is not None:
            fields["ErrorCode"] = str(error_code)
        return fields

    @property
    def waiting(self) -> int:
        """How many messages have something left to tell."""
        return len(self._waiting) + len(self._telling)

    def clear(self) -> None:
        """Forgets every story; one that is being told just now ends with its present status."""
        self.epoch += 1
        self._waiting.clear()

    async def close(self) -> None:
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()
