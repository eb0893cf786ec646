"""Buttons pressed in Slack: POST /functions/v1/slack-interactions.

Malformed and forged calls are answered 401 before the database is asked. The action is one command as the
member whom the Slack user is; what Slack then shows, a card written anew or a note to who pressed, leaves
by the outbox. So a call is answered in time, and the same call again changes nothing. Where the database
is slow the press is given up whole before Slack's three seconds are over: Slack marks the button, nothing
has changed, and pressing it again does what it says.
"""

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, Request, Response
from psycopg.types.json import Jsonb

from functions.notify.channels.slack_buttons import TAKE
from functions.shared.db import service_value
from functions.shared.errors import Problem, refusals
from functions.shared.settings import get_settings
from functions.slack.signatures import is_signed

TAKE_PRESS: Final = "select app.take_slack_press(%s, %s, %s)"
WORKSPACE: Final = re.compile(r"T[A-Z0-9]{6,20}")
USER: Final = re.compile(r"[UW][A-Z0-9]{6,20}")
CHANNEL: Final = re.compile(r"[CGD][A-Z0-9]{6,20}")
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,60}")
PRESS: Final = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
GROUPED: Final = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
WITH_COMMA: Final = re.compile(r"(\d+|\d{1,3}(\.\d{3})+),\d{1,2}")
IN_TIME: Final = 2.5  # seconds, of the three that Slack waits
LIMIT: Final = "2s"
MOST_INPUTS: Final = 10
LONGEST_INPUT: Final = 2000

router = APIRouter(tags=["notify"])


@dataclass(frozen=True)
class Press:
    """A button of ours, pressed by somebody in a workspace."""

    workspace: str
    user: str
    details: dict[str, Any]


@router.post("/functions/v1/slack-interactions", responses=refusals(401, 404, 503))
async def slack_interactions(request: Request) -> Response:
    """Somebody pressed a button on a card. What is no button of ours is acknowledged and left alone."""
    body = await request.body()
    if not is_signed(request, body, get_settings().slack_signing_secret):
        raise not_from_slack()
    payload = payload_of(body)
    if payload is None:
        raise not_from_slack()
    press = press_of(payload)
    if press is not None and await taken(request, press) is None:
        raise Problem(404, "workspace_unknown", "No hotel is connected to this Slack workspace.")
    return Response(status_code=200, headers={"Cache-Control": "no-store"})


async def taken(request: Request, press: Press) -> str | None:
    """What became of the press; None where no hotel has this workspace."""
    given = (press.workspace, press.user, Jsonb(press.details))
    try:
        async with asyncio.timeout(IN_TIME):
            done: str | None = await service_value(request, TAKE_PRESS, given, limit=LIMIT)
    except TimeoutError:
        raise Problem(503, "too_busy", "The hotel's records answer too slowly.", "Press it again.") from None
    return done


def payload_of(body: bytes) -> dict[str, Any] | None:
    """The one field of the form, an object; None for anything else."""
    try:
        pairs = parse_qsl(body.decode("ascii"), strict_parsing=True, errors="strict", max_num_fields=1)
        payload = json.loads(pairs[0][1]) if len(pairs) == 1 and pairs[0][0] == "payload" else None
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) and isinstance(payload.get("type"), str) else None


def press_of(payload: dict[str, Any]) -> Press | None:
    """What was pressed, each part in its form; None where it is no button of ours."""
    action = first(payload.get("actions"))
    workspace, user = part(payload, "team", "id"), part(payload, "user", "id")
    channel = part(payload, "channel", "id")
    key, value = part(action, "action_id"), part(action, "value")
    request_id, _, expected = value.partition(" ")
    press_id = part(action, "action_ts")
    is_ours = (
        payload["type"] == "block_actions"
        and WORKSPACE.fullmatch(workspace)
        and USER.fullmatch(user)
        and CHANNEL.fullmatch(channel)
        and key.startswith(TAKE)
        and KEY.fullmatch(key.removeprefix(TAKE))
        and KEY.fullmatch(expected)
        and is_uuid(request_id)
        and PRESS.fullmatch(press_id)
    )
    if not is_ours:
        return None
    details = {
        "request_id": request_id,
        "action": key.removeprefix(TAKE),
        "expected": expected,
        "input": typed(payload),
        "channel": channel,
        "press_id": press_id,
    }
    return Press(workspace, user, details)


def typed(payload: dict[str, Any]) -> dict[str, str]:
    """What stands in the card's inputs."""
    state = payload.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    given: dict[str, str] = {}
    for block in list(values.values())[:MOST_INPUTS] if isinstance(values, dict) else []:
        for key, element in block.items() if isinstance(block, dict) else ():
            text = part(element, "value").strip()
            if text and KEY.fullmatch(str(key)) and len(text) <= LONGEST_INPUT:
                given[str(key)] = plain(text)
    return given


def plain(text: str) -> str:
    """An amount as a number: 9,500.50 and 9.500,50 are both 9500.50. Other text as it is."""
    if GROUPED.fullmatch(text):
        return text.replace(",", "")
    return text.replace(".", "").replace(",", ".") if WITH_COMMA.fullmatch(text) else text


def part(node: Any, *path: str) -> str:
    """The text at the end of a path; empty where there is none."""
    for name in path:
        node = node.get(name) if isinstance(node, dict) else None
    return node if isinstance(node, str) and "\x00" not in node else ""


def first(nodes: Any) -> Any:
    """The first of a list."""
    return nodes[0] if isinstance(nodes, list) and nodes else None


def is_uuid(text: str) -> bool:
    """An id in the one spelling that we give out."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def not_from_slack() -> Problem:
    """The same words for the malformed and the forged."""
    return Problem(401, "signature_invalid", "This did not come from Slack.")
