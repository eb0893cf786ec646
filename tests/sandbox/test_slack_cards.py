"""What the sandbox's Slack does with cards after they were posted: written anew, noted beside, pressed."""

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from functions.sandbox.credentials import Credentials
from functions.sandbox.messages import Message
from functions.sandbox.slack_press import Press, Presses, payload_of
from tests.sandbox.running import SLACK_SECRET, RunningSandbox

BUTTON = {
    "type": "button",
    "action_id": "take:approve",
    "style": "primary",
    "value": "an-id pending_approval",
    "text": {"type": "plain_text", "text": "Approve"},
}
CARD: list[dict[str, Any]] = [
    {
        "type": "input",
        "block_id": "amount",
        "label": {"type": "plain_text", "text": "Amount"},
        "element": {"type": "plain_text_input", "action_id": "amount", "initial_value": "5000"},
    },
    {"type": "actions", "block_id": "take", "elements": [BUTTON]},
]


def refused(call: Any, **given: Any) -> str:
    with pytest.raises(SlackApiError) as raised:
        call(**given)
    return str(raised.value.response["error"])


def test_a_card_is_written_anew_in_its_place(sandbox: RunningSandbox) -> None:
    slack = sandbox.slack()
    posted = slack.chat_postMessage(channel="#approvals-fsl", text="wish", blocks=CARD)
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    slack.chat_update(text="done", blocks=[], **place)
    [card] = sandbox.messages(channel="slack")
    assert (card["provider_id"], card["body"], card["blocks"]) == (
        f"{posted['channel']}:{posted['ts']}",
        "done",
        None,
    )
    assert refused(slack.chat_update, channel=posted["channel"], ts="1.1", text="x") == "message_not_found"
    assert refused(slack.chat_update, channel="#approvals-fsl", ts=posted["ts"], text="x") == (
        "channel_not_found"
    )


def test_a_note_is_for_one_person_and_in_no_history(sandbox: RunningSandbox) -> None:
    slack = sandbox.slack()
    channel = slack.chat_postMessage(channel="#approvals-fsl", text="wish")["channel"]
    slack.chat_postEphemeral(channel=channel, user="U0VISITOR01", text="Not you")
    assert [one["text"] for one in slack.conversations_history(channel=channel)["messages"]] == ["wish"]
    stranger = refused(slack.chat_postEphemeral, channel=channel, user="U0NOBODY001", text="x")
    assert stranger == "user_not_in_channel"


@pytest.mark.parametrize(
    "wrong",
    [
        {**BUTTON, "style": "loud"},
        {**BUTTON, "value": "x" * 2001},
        {**BUTTON, "action_id": "x" * 256},
        {**BUTTON, "text": {"type": "mrkdwn", "text": "Approve"}},
    ],
)
def test_a_wrong_button_is_refused(sandbox: RunningSandbox, wrong: dict[str, Any]) -> None:
    card = [{"type": "actions", "elements": [wrong]}]
    said = refused(sandbox.slack().chat_postMessage, channel="#approvals-fsl", text="x", blocks=card)
    assert said == "invalid_blocks"


def test_two_buttons_of_one_name_are_refused(sandbox: RunningSandbox) -> None:
    card = [{"type": "actions", "elements": [BUTTON, BUTTON]}]
    said = refused(sandbox.slack().chat_postMessage, channel="#approvals-fsl", text="x", blocks=card)
    assert said == "invalid_blocks"


def test_a_press_is_signed_as_slacks_own_verifier_wants_it() -> None:
    credentials = Credentials("x", "x", "x", slack_secret=SLACK_SECRET, mail_password="x")
    body = b"payload=%7B%7D"
    headers = Presses(credentials, {"STAYBASE_PUBLIC_URL": "https://stay.example"}).headers(body)
    assert SignatureVerifier(SLACK_SECRET).is_valid_request(body.decode(), headers)
    base = b"v0:" + headers["X-Slack-Request-Timestamp"].encode() + b":" + body
    digest = hmac.new(SLACK_SECRET.encode(), base, hashlib.sha256).hexdigest()
    assert headers["X-Slack-Signature"] == f"v0={digest}"


def test_a_press_says_what_was_typed_or_stood_there_already() -> None:
    message = Message(
        "C0X:1.1", "slack", "#approvals-fsl", "staybase", "", 1, "posted", detail={"blocks": CARD}
    )
    pressed = Press(message="C0X:1.1", action="take:approve", typed={"amount": "700"})
    told = json.loads(
        parse_qs("payload=" + json.dumps(payload_of(message, pressed)).replace("+", "%2B"))["payload"][0]
    )
    assert told["state"]["values"]["amount"]["amount"]["value"] == "700"
    kept = payload_of(message, Press(message="C0X:1.1", action="take:approve"))
    assert kept["state"]["values"]["amount"]["amount"]["value"] == "5000"
    assert kept["actions"][0]["value"] == "an-id pending_approval"


def test_nobody_presses_what_is_not_there(sandbox: RunningSandbox) -> None:
    asked = {"message": "C0NONE:1.1", "action": "take:approve"}
    assert sandbox.control.post("/sandbox/presses", json=asked).status_code == 404
