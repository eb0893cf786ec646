"""Buttons on the sandbox's cards: a press is told as Slack does, signed, with what is typed."""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx2
from fastapi import HTTPException
from pydantic import BaseModel, ConfigDict

from functions.sandbox.credentials import Credentials
from functions.sandbox.messages import Message
from functions.sandbox.slack_people import BOT, FIRST, USERS

PATIENCE = 3.0  # seconds, as Slack's


class Press(BaseModel):
    """A button of a card, who presses it, and what they typed by block."""

    model_config = ConfigDict(extra="forbid")
    message: str
    action: str
    user: str = FIRST
    typed: dict[str, str] = {}


class Presses:
    """Tells them to the address that the app's Interactivity settings would name."""

    def __init__(self, credentials: Credentials, environment: Mapping[str, str]) -> None:
        self._secret = credentials.slack_secret
        public_url = environment.get("STAYBASE_PUBLIC_URL", "").rstrip("/")
        self.address = f"{public_url}/functions/v1/slack-interactions"

    async def tell(self, message: Message, press: Press) -> int:
        """The status of the answer; 504 when there was none in three seconds."""
        body = urlencode({"payload": json.dumps(payload_of(message, press))}).encode()
        try:
            async with httpx2.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
                told = await client.post(self.address, content=body, headers=self.headers(body))
        except httpx2.HTTPError:
            return 504
        return told.status_code

    def headers(self, body: bytes) -> dict[str, str]:
        """Signed over the very bytes and this moment."""
        moment = str(int(time.time()))
        signature = hmac.new(self._secret.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256)
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": f"v0={signature.hexdigest()}",
        }


def payload_of(message: Message, press: Press) -> dict[str, Any]:
    """A block_actions payload."""
    channel, _, moment = message.provider_id.partition(":")
    blocks = (message.detail or {}).get("blocks") or []
    buttons = [one for block in blocks if block["type"] == "actions" for one in block["elements"]]
    button = next((one for one in buttons if one["action_id"] == press.action), None)
    if button is None or "url" in button:
        raise HTTPException(404, "There is no such button on this card.")
    inputs = [block for block in blocks if block["type"] == "input"]
    return {
        "type": "block_actions",
        "user": {"id": press.user, "username": USERS[press.user].lower(), "team_id": BOT["team_id"]},
        "api_app_id": "A0SANDBOX01",
        "container": {"type": "message", "message_ts": moment, "channel_id": channel, "is_ephemeral": False},
        "trigger_id": f"{int(time.time())}.{secrets.token_hex(8)}",
        "team": {"id": BOT["team_id"], "domain": "sandbox"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": channel, "name": message.recipient.removeprefix("#")},
        "message": {"type": "message", "ts": moment, "bot_id": BOT["bot_id"], "blocks": blocks},
        "state": {
            "values": {
                block["block_id"]: {
                    block["element"]["action_id"]: {
                        "type": "plain_text_input",
                        "value": press.typed.get(block["block_id"], block["element"].get("initial_value"))
                        or None,
                    }
                }
                for block in inputs
            }
        },
        "actions": [
            {
                "action_id": button["action_id"],
                "block_id": "take",
                "text": button["text"],
                "value": button["value"],
                "type": "button",
                "action_ts": f"{time.time():.6f}",
            }
        ],
    }
