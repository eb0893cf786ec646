"""Slack's Web API as far as Staybase speaks it: posting, a channel's history, the channels, who am I."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from functions.sandbox.call import Call, fields, whole
from functions.sandbox.channels import Channels
from functions.sandbox.credentials import Credentials
from functions.sandbox.messages import Messages
from functions.sandbox.slack_people import BOT, BOTS, EMAILS, USERS
from functions.sandbox.slack_posting import Posting
from functions.sandbox.slack_wire import Answer, Refused, at_of, parsed, represent, stamp
from functions.sandbox.slack_workspace import Workspace
from functions.sandbox.switches import Subject, Switchboard, plain

LARGEST_PAGE = 999


class Slack:
    """One workspace with one bot in it; other tokens show others, for tests of whose is whose."""

    def __init__(
        self, credentials: Credentials, messages: Messages, channels: Channels, switchboard: Switchboard
    ) -> None:
        self.workspace = Workspace(messages, channels, switchboard)
        self.bots = {credentials.slack_token: BOT} | BOTS
        posting = Posting(self.workspace)
        self._methods: dict[str, Callable[[Call, Answer], Awaitable[Answer]]] = {
            "/api/auth.test": self._auth_test,
            "/api/chat.postMessage": posting.post_message,
            "/api/chat.postEphemeral": posting.post_ephemeral,
            "/api/chat.update": posting.update,
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
        self.workspace.meet_switches(Subject("slack", "lookup", frozenset(("auth.test",)), "auth.test"))
        return {
            "url": "https://sandbox.slack.invalid/",
            "is_enterprise_install": False,
            **(self._bot(call) or {}),
        }

    async def _look_up_user(self, call: Call, given: Answer) -> Answer:
        """Who has an e-mail address, in the demo's workspace."""
        email = str(given.get("email") or "").lower()
        self.workspace.meet_switches(Subject("slack", "lookup", frozenset((email,)), email))
        if email not in EMAILS or (self._bot(call) or {}).get("team_id") != BOT["team_id"]:
            raise Refused("users_not_found")
        user = EMAILS[email]
        return {"user": {"id": user, "team_id": BOT["team_id"], "name": USERS[user].lower()}}

    async def _history(self, call: Call, given: Answer) -> Answer:
        reference = str(given.get("channel") or "")
        channel = self.workspace.channels.by_id(reference)
        subject = Subject(
            "slack",
            "lookup",
            frozenset((plain(reference), *(plain(name) for name in channel or ()))),
            reference,
        )
        self.workspace.meet_switches(subject)
        if channel is None:
            raise Refused("channel_not_found")
        await self.workspace.switchboard.pass_point(call, subject, "before_accept")
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
        found = self.workspace.messages.select(" and ".join(conditions), values, limit=limit + 1)
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
            for identifier, name in self.workspace.channels.all()
        ]
        return {"channels": known, "response_metadata": {"next_cursor": ""}}
