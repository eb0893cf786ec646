"""Slack's methods that write: a message, its text anew, a note for one user."""

import time
from dataclasses import dataclass, field
from typing import Any

from functions.sandbox.call import Call
from functions.sandbox.messages import Message, microseconds
from functions.sandbox.slack_blocks import faults, words
from functions.sandbox.slack_people import BOT, USERS
from functions.sandbox.slack_wire import Answer, Refused, metadata_of, parsed, represent, stamp
from functions.sandbox.slack_workspace import Workspace
from functions.sandbox.switches import Subject, plain

LONGEST_TEXT = 40_000


@dataclass
class Posting:
    """Posts as the workspace's one bot."""

    workspace: Workspace
    _last_at: int = 0
    _next_post: dict[str, float] = field(default_factory=dict)

    async def post_message(self, call: Call, given: Answer) -> Answer:
        reference = str(given.get("channel") or "")
        channel = self.workspace.channels.find(reference)
        names = frozenset((plain(reference), *(plain(name) for name in channel or ())))
        metadata = metadata_of(given.get("metadata"))
        payload = (metadata or {}).get("event_payload", {})
        notification_id = payload.get("notification_id")
        subject = Subject(
            "slack", "create", names, f"#{channel[1]}" if channel else reference, notification_id
        )
        self.workspace.meet_switches(subject)
        if channel is None:
            raise Refused("channel_not_found")
        text, blocks = self._check(given)
        self._keep_pace(subject, channel[0])
        await self.workspace.switchboard.pass_point(call, subject, "before_accept")

        message = Message(
            provider_id="",
            channel="slack",
            recipient=f"#{channel[1]}",
            sender=BOT["user"],
            body=text or words(blocks or []),
            at=self._moment(),
            status="posted",
            notification_id=str(notification_id).lower() if notification_id else None,
            tenant_id=str(payload["tenant_id"]).lower() if payload.get("tenant_id") else None,
            detail={"text": text, "blocks": blocks, "metadata": metadata, "thread": given.get("thread_ts")},
        )
        message.provider_id = f"{channel[0]}:{stamp(message.at)}"
        self.workspace.messages.add(message)
        subject.provider_id = message.provider_id
        await self.workspace.switchboard.pass_point(call, subject, "after_accept")
        return {
            "channel": channel[0],
            "ts": stamp(message.at),
            "message": represent(message, with_metadata=True),
        }

    async def update(self, call: Call, given: Answer) -> Answer:
        """A post of the bot's own is written anew; its place and moment stay."""
        channel = self.workspace.channels.by_id(str(given.get("channel") or ""))
        if channel is None:
            raise Refused("channel_not_found")
        subject = Subject(
            "slack", "update", frozenset((plain(channel[0]), plain(channel[1]))), f"#{channel[1]}"
        )
        self.workspace.meet_switches(subject)
        message = self.workspace.messages.find(f"{channel[0]}:{given.get('ts')}")
        if message is None:
            raise Refused("message_not_found")
        text, blocks = self._check(given)
        await self.workspace.switchboard.pass_point(call, subject, "before_accept")
        detail = (message.detail or {}) | {"text": text, "blocks": blocks, "edited": microseconds()}
        if given.get("metadata"):
            detail["metadata"] = metadata_of(given["metadata"])
        self.workspace.messages.rewrite(message.provider_id, text or words(blocks or []), detail)
        await self.workspace.switchboard.pass_point(call, subject, "after_accept")
        return {"channel": channel[0], "ts": str(given["ts"]), "text": text}

    async def post_ephemeral(self, call: Call, given: Answer) -> Answer:
        """A note that one user sees; it is in no history."""
        channel = self.workspace.channels.by_id(str(given.get("channel") or ""))
        if channel is None:
            raise Refused("channel_not_found")
        user = str(given.get("user") or "")
        if user not in USERS:
            raise Refused("user_not_in_channel")
        subject = Subject(
            "slack", "create", frozenset((plain(channel[0]), plain(channel[1]))), f"#{channel[1]}"
        )
        self.workspace.meet_switches(subject)
        text, blocks = self._check(given)
        await self.workspace.switchboard.pass_point(call, subject, "before_accept")
        at = self._moment()
        self.workspace.messages.add(
            Message(
                provider_id=f"{channel[0]}:{stamp(at)}",
                channel="slack",
                recipient=f"#{channel[1]}",
                sender=BOT["user"],
                body=text or words(blocks or []),
                at=at,
                status="noted",
                detail={"text": text, "blocks": blocks, "only": user},
            )
        )
        await self.workspace.switchboard.pass_point(call, subject, "after_accept")
        return {"message_ts": stamp(at)}

    def _keep_pace(self, subject: Subject, channel: str) -> None:
        """About a message a second and channel, when that is switched on."""
        if (
            not self.workspace.switchboard.switches
            or self.workspace.switchboard.take(subject, "one_a_second") is None
        ):
            return
        now = time.monotonic()
        if now < self._next_post.get(channel, 0.0):
            raise Refused("ratelimited", status=429, retry_after=1)
        self._next_post[channel] = now + 1.0

    def _check(self, given: Answer) -> tuple[str, list[dict[str, Any]] | None]:
        text = str(given.get("text") or "")
        if len(text) > LONGEST_TEXT:
            raise Refused("msg_too_long")
        blocks = given.get("blocks")
        if isinstance(blocks, str):
            blocks = parsed(blocks, "invalid_blocks_format")
        if blocks:
            wrong = faults(blocks)
            if wrong:
                raise Refused("invalid_blocks", wrong)
        elif not text:
            raise Refused("no_text")
        return text, blocks or None

    def _moment(self) -> int:
        """Now, never the same twice: a message is known by its channel and moment."""
        self._last_at = max(microseconds(), self._last_at + 1)
        return self._last_at
