"""Calls as Slack makes them: a press, its form, its signature."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

SECRET = "slack's own secret"
WORKSPACE, TARIQ, MOHSIN = "T0SANDBOX01", "U0TARIQ0001", "U0MOHSIN001"
CHANNEL = "C0APPROVALS"


def press(
    request_id: Any,
    action: str = "approve",
    status: str = "pending_approval",
    user: str = TARIQ,
    workspace: str = WORKSPACE,
    at: str = "1770000000.000100",
    **typed: str,
) -> dict[str, Any]:
    """The payload of a button."""
    values = {key: {key: {"type": "plain_text_input", "value": text}} for key, text in typed.items()}
    return {
        "type": "block_actions",
        "team": {"id": workspace, "domain": "hotel"},
        "user": {"id": user, "username": "somebody", "team_id": workspace},
        "channel": {"id": CHANNEL, "name": "approvals-fsl"},
        "container": {"type": "message", "message_ts": "1769999999.000100", "channel_id": CHANNEL},
        "state": {"values": values},
        "actions": [
            {
                "type": "button",
                "block_id": "take",
                "action_id": f"take:{action}",
                "value": f"{request_id} {status}",
                "action_ts": at,
            }
        ],
    }


def form(payload: Any) -> bytes:
    """The body that Slack posts."""
    return urlencode({"payload": json.dumps(payload)}).encode()


def signed(body: bytes, secret: str = SECRET, moment: str | None = None) -> dict[str, str]:
    """The headers of a call."""
    moment = moment or str(int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": f"v0={digest}",
    }
