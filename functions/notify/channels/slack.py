"""Slack by chat.postMessage and chat.update; the notification's id travels in the message's metadata."""

import http.client
import re
import socket
from datetime import datetime, timedelta
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from functions.notify.channels.slack_answer import answer
from functions.notify.channels.slack_card import blocks, line
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

EVENT_TYPE = "staybase_notification"
# Slack says of these itself that part of the call may have succeeded.
PERHAPS_TAKEN = {"internal_error", "fatal_error"}
TRANSIENT = {"service_unavailable", "request_timeout", "team_added_to_org", "accesslimited"}
# What is wrong is our token or its app, not the message.
UNAUTHORIZED = {
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "not_authed",
    "org_login_required",
    "token_expired",
    "token_revoked",
}
NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
REPEATABLE = {"card_renewed", "slack_answer"}
UNREADABLE = "Received a response in a non-JSON format"
CLOCKS_APART = timedelta(seconds=60)
PAGES = 20


class Slack:
    """Posts cards; an attempt without a known outcome is found by its metadata."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._public_url = settings.public_url
        self._settings = settings
        self._channel_ids: dict[tuple[str | None, str], str] = {}

    def send(self, message: Message) -> Outcome:
        """A card posted, a card written anew, or a note to one person; one call."""
        if message.event_key == "card_renewed" and not message.variables.get("card_at"):
            return Failed("card_not_sent_yet", "")
        outcome = self._try(message)
        # nobody reads twice what stands there already, or a note that only they see
        if isinstance(outcome, Unknown) and message.event_key in REPEATABLE:
            return Failed(outcome.code, outcome.text)
        return outcome

    def _try(self, message: Message) -> Outcome:
        try:
            return Accepted(self._call(message))
        except SlackApiError as refused:
            return meaning(refused)
        except (http.client.HTTPException, OSError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, ConnectionRefusedError | socket.gaierror):
                return Failed("not_reached", type(reason).__name__)
            return Unknown("no_answer", type(reason).__name__)
        except (SlackClientError, ValueError, TypeError, KeyError) as error:
            return Unknown("answer_not_understood", type(error).__name__)

    def _call(self, message: Message) -> str:
        """The provider's id of what was posted or rewritten."""
        client = client_of(self._settings, message.access_token)
        if message.event_key == "slack_answer":
            noted = client.chat_postEphemeral(
                channel=message.recipient, user=message.variables["slack_user_id"], text=answer(message)
            )
            return f"{message.recipient}:{noted['message_ts']}"
        shown: dict[str, Any] = {"text": line(message), "blocks": blocks(message, self._public_url)}
        if message.event_key == "card_renewed":
            channel_id, _, moment = str(message.variables["card_at"]).partition(":")
            client.chat_update(channel=channel_id, ts=moment, metadata=carried(message), **shown)
            return f"{channel_id}:{moment}:{message.id}"
        posted = client.chat_postMessage(
            channel=message.recipient, metadata=carried(message), unfurl_links=False, **shown
        )
        channel_id = str(posted["channel"])
        self._channel_ids[message.access_token, message.recipient] = channel_id
        return f"{channel_id}:{posted['ts']}"

    def look_up(self, message: Message, attempted_at: datetime) -> list[str]:
        """Posts in the channel since the attempt that carry this notification's id."""
        oldest = f"{(attempted_at - CLOCKS_APART).timestamp():.6f}"
        found: list[str] = []
        try:
            client = client_of(self._settings, message.access_token)
            channel_id = self._channel_id(client, message)
            cursor = None
            for _ in range(PAGES):
                page = client.conversations_history(
                    channel=channel_id, oldest=oldest, include_all_metadata=True, limit=200, cursor=cursor
                )
                posts: list[dict[str, Any]] = page.get("messages") or []
                found += [f"{channel_id}:{post['ts']}" for post in posts if carries(post, str(message.id))]
                cursor = (page.get("response_metadata") or {}).get("next_cursor")
                if not cursor:
                    return found
        except (SlackClientError, http.client.HTTPException, OSError, ValueError, KeyError) as error:
            raise LookupFailed(type(error).__name__) from None
        raise LookupFailed("channel_too_busy")

    def _channel_id(self, client: WebClient, message: Message) -> str:
        """History is asked by id, while teams are set up by name."""
        if not message.recipient.startswith("#"):
            return message.recipient
        key = (message.access_token, message.recipient)
        if key not in self._channel_ids:
            cursor = None
            while True:
                page = client.conversations_list(limit=1000, exclude_archived=True, cursor=cursor)
                self._channel_ids |= {
                    (message.access_token, f"#{seen['name']}"): str(seen["id"])
                    for seen in page.get("channels") or []
                }
                cursor = (page.get("response_metadata") or {}).get("next_cursor")
                if not cursor:
                    break
        return self._channel_ids[key]


def client_of(settings: WorkerSettings, token: str | None) -> WebClient:
    """Slack's own SDK, with a hotel's token or the installation's; retries are the ledger's."""
    return WebClient(
        token or settings.slack_bot_token,
        timeout=round(settings.provider_timeout),
        retry_handlers=[],
        base_url=settings.slack_api_url or WebClient.BASE_URL,
    )


def carried(message: Message) -> dict[str, Any]:
    """The metadata by which a post of ours is known, also after it was written anew."""
    posted = str(message.variables.get("card") or message.id)
    return {
        "event_type": EVENT_TYPE,
        "event_payload": {"notification_id": posted, "tenant_id": str(message.tenant_id)},
    }


def meaning(refused: SlackApiError) -> Outcome:
    """What Slack's refusal says of the message."""
    answer = refused.response
    error = str(answer.get("error") or "unknown_error")
    if answer.status_code == 429 or error in ("ratelimited", "rate_limited"):
        asked = answer.headers.get("Retry-After") or answer.headers.get("retry-after")
        return Throttled("ratelimited", seconds(asked))
    if error in UNAUTHORIZED or answer.status_code == 401:
        return Unauthorized(error[:60], f"HTTP {answer.status_code}")
    if error in PERHAPS_TAKEN or error.startswith(UNREADABLE):
        return Unknown(error[:60], f"HTTP {answer.status_code}")
    return Failed(error[:60], f"HTTP {answer.status_code}", is_final=error not in TRANSIENT)


def seconds(asked: str | None) -> float:
    """How long Slack asks to wait: an hour at most, a second where that cannot be read."""
    return min(float(asked), 3600.0) if asked and NUMBER.fullmatch(asked) else 1.0


def carries(post: dict[str, Any], notification_id: str) -> bool:
    """Whether a post is of this notification."""
    payload = (post.get("metadata") or {}).get("event_payload") or {}
    return bool(payload.get("notification_id") == notification_id)
