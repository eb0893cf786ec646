"""Slack's Web API as far as the house speaks it: posting, a channel's history, the channels, who am I."""

import json
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from functions.sandbox.call import Call, fields, whole
from functions.sandbox.channels import Channels
from functions.sandbox.credentials import Credentials
from functions.sandbox.messages import Message, Messages, microseconds
from functions.sandbox.slack_blocks import faults, words
from functions.sandbox.slack_people import BOT, BOTS, EMAILS, USERS
from functions.sandbox.switches import Subject, Switchboard, plain

LONGEST_TEXT = 40_000
LARGEST_PAGE = 999
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


@dataclass
class Slack:
    """One workspace with one bot in it; other tokens show others, for tests of whose is whose."""

    credentials: Credentials
    messages: Messages
    channels: Channels
    switchboard: Switchboard
    _last_at: int = 0
    _next_post: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bots = {self.credentials.slack_token: BOT} | BOTS
        self._methods: dict[str, Callable[[Call, Answer], Awaitable[Answer]]] = {
            "/api/auth.test": self._auth_test,
            "/api/chat.postMessage": self._post_message,
            "/api/chat.postEphemeral": self._post_ephemeral,
            "/api/chat.update": self._update,
            "/api/conversations.history": self._history,
            "/api/conversations.list": self._list_channels,
            "/api/users.lookupByEmail": self._look_up_user,
        }

    async def answer(self, call: Call) -> None:
        """Routes one call below `/api/`."""
        try:
            given = await self._arguments(call)
            method = self._methods.get(call.path)
            if method is None:
                raise Refused("unknown_method")
            if not call.header(b"authorization"):
                raise Refused("not_authed")
            if self._bot(call) is None:
                raise Refused("invalid_auth")
            await call.answer(200, {"ok": True, **await method(call, given)})
        except Refused as refusal:
            await call.answer(refusal.status, refusal.payload, refusal.headers)

    async def _arguments(self, call: Call) -> Answer:
        """Arguments from the address, a form or JSON; `blocks` and `metadata` may be JSON inside a form."""
        body = await call.body()
        given: Answer = dict(call.parameters())
        if body and call.header(b"content-type").startswith(b"application/json"):
            arguments = parsed(body, "invalid_json")
            given |= arguments if isinstance(arguments, dict) else {}
        elif body:
            given |= fields(body.decode("utf-8", "replace"))
        return given

    def _bot(self, call: Call) -> Answer | None:
        """Whose token it is."""
        shown = call.header(b"authorization").removeprefix(b"Bearer ")
        known = [bot for token, bot in self.bots.items() if secrets.compare_digest(shown, token.encode())]
        return dict(known[0]) if known else None

    async def _auth_test(self, call: Call, given: Answer) -> Answer:
        self._meet_switches(Subject("slack", "lookup", frozenset(("auth.test",)), "auth.test"))
        return {
            "url": "https://sandbox.slack.invalid/",
            "is_enterprise_install": False,
            **(self._bot(call) or {}),
        }

    async def _look_up_user(self, call: Call, given: Answer) -> Answer:
        """Who has an e-mail address, in the demo's workspace."""
        email = str(given.get("email") or "").lower()
        self._meet_switches(Subject("slack", "lookup", frozenset((email,)), email))
        if email not in EMAILS or (self._bot(call) or {}).get("team_id") != BOT["team_id"]:
            raise Refused("users_not_found")
        user = EMAILS[email]
        return {"user": {"id": user, "team_id": BOT["team_id"], "name": USERS[user].lower()}}

    async def _post_message(self, call: Call, given: Answer) -> Answer:
        reference = str(given.get("channel") or "")
        channel = self.channels.find(reference)
        names = frozenset((plain(reference), *(plain(name) for name in channel or ())))
        metadata = metadata_of(given.get("metadata"))
        payload = (metadata or {}).get("event_payload", {})
        notification_id = payload.get("notification_id")
        subject = Subject(
            "slack", "create", names, f"#{channel[1]}" if channel else reference, notification_id
        )
        self._meet_switches(subject)
        if channel is None:
            raise Refused("channel_not_found")
        text, blocks = self._check(given)
        self._keep_pace(subject, channel[0])
        await self.switchboard.pass_point(call, subject, "before_accept")

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
        self.messages.add(message)
        subject.provider_id = message.provider_id
        await self.switchboard.pass_point(call, subject, "after_accept")
        return {
            "channel": channel[0],
            "ts": stamp(message.at),
            "message": represent(message, with_metadata=True),
        }

    async def _update(self, call: Call, given: Answer) -> Answer:
        """A post of the bot's own is written anew; its place and moment stay."""
        channel = self.channels.by_id(str(given.get("channel") or ""))
        if channel is None:
            raise Refused("channel_not_found")
        subject = Subject(
            "slack", "update", frozenset((plain(channel[0]), plain(channel[1]))), f"#{channel[1]}"
        )
        self._meet_switches(subject)
        message = self.messages.find(f"{channel[0]}:{given.get('ts')}")
        if message is None:
            raise Refused("message_not_found")
        text, blocks = self._check(given)
        await self.switchboard.pass_point(call, subject, "before_accept")
        detail = (message.detail or {}) | {"text": text, "blocks": blocks, "edited": microseconds()}
        if given.get("metadata"):
            detail["metadata"] = metadata_of(given["metadata"])
        self.messages.rewrite(message.provider_id, text or words(blocks or []), detail)
        await self.switchboard.pass_point(call, subject, "after_accept")
        return {"channel": channel[0], "ts": str(given["ts"]), "text": text}

    async def _post_ephemeral(self, call: Call, given: Answer) -> Answer:
        """A note that one user sees; it is in no history."""
        channel = self.channels.by_id(str(given.get("channel") or ""))
        if channel is None:
            raise Refused("channel_not_found")
        user = str(given.get("user") or "")
        if user not in USERS:
            raise Refused("user_not_in_channel")
        subject = Subject(
            "slack", "create", frozenset((plain(channel[0]), plain(channel[1]))), f"#{channel[1]}"
        )
        self._meet_switches(subject)
        text, blocks = self._check(given)
        await self.switchboard.pass_point(call, subject, "before_accept")
        at = self._moment()
        self.messages.add(
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
        await self.switchboard.pass_point(call, subject, "after_accept")
        return {"message_ts": stamp(at)}

    def _meet_switches(self, subject: Subject) -> None:
        switch = self.switchboard.take(subject, "door") if self.switchboard.switches else None
        if switch is None:
            return
        if switch.action == "throttle":
            raise Refused("ratelimited", status=429, retry_after=switch.retry_after)
        status = switch.status or (200 if switch.code else 503)
        raise Refused(switch.code or "service_unavailable", status=status)

    def _keep_pace(self, subject: Subject, channel: str) -> None:
        """About a message a second and channel, when that is switched on."""
        if not self.switchboard.switches or self.switchboard.take(subject, "one_a_second") is None:
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

    async def _history(self, call: Call, given: Answer) -> Answer:
        reference = str(given.get("channel") or "")
        channel = self.channels.by_id(reference)
        subject = Subject(
            "slack",
            "lookup",
            frozenset((plain(reference), *(plain(name) for name in channel or ()))),
            reference,
        )
        self._meet_switches(subject)
        if channel is None:
            raise Refused("channel_not_found")
        await self.switchboard.pass_point(call, subject, "before_accept")
        inclusive = str(given.get("inclusive", "")).lower() in ("1", "true")
        conditions, values = (
            ["recipient = ? and channel = 'slack' and status = 'posted'"],
            list[Any]([f"#{channel[1]}"]),
        )
        for argument, sign in (("oldest", ">"), ("latest", "<")):
            if given.get(argument):
                conditions.append(f"at {sign}{'=' if inclusive else ''} ?")
                values.append(at_of(str(given[argument]), f"invalid_ts_{argument}"))
        if given.get("cursor"):
            conditions.append("at < ?")
            values.append(at_of(str(given["cursor"]).removeprefix("before:"), "invalid_cursor"))
        limit = min(max(whole(str(given.get("limit")), 100), 1), LARGEST_PAGE)
        found = self.messages.select(" and ".join(conditions), values, limit=limit + 1)
        shown, more = found[:limit], len(found) > limit
        with_metadata = str(given.get("include_all_metadata", "")).lower() in ("1", "true")
        answer: Answer = {
            "messages": [represent(m, with_metadata) for m in shown],
            "has_more": more,
            "pin_count": 0,
        }
        if more:
            answer["response_metadata"] = {"next_cursor": f"before:{stamp(shown[-1].at)}"}
        return answer

    async def _list_channels(self, call: Call, given: Answer) -> Answer:
        known = [
            {"id": identifier, "name": name, "is_channel": True, "is_archived": False, "is_member": True}
            for identifier, name in self.channels.all()
        ]
        return {"channels": known, "response_metadata": {"next_cursor": ""}}


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
