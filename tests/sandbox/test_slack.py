"""Slack's methods by the real SDK, and its refusals."""

import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.running import NOTIFICATION, TENANT, RunningSandbox

METADATA = {
    "event_type": "staybase_notification",
    "event_payload": {"notification_id": NOTIFICATION, "tenant_id": TENANT},
}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*2* bath towels"}}


def refusal(sandbox: RunningSandbox, **fields: Any) -> Any:
    given = {"channel": "#kitchen-fsl", "text": "hello", **fields}
    with pytest.raises(SlackApiError) as raised:
        sandbox.slack().api_call("chat.postMessage", json=given)
    assert sandbox.messages() == [], "nothing that was refused is kept"
    return raised.value.response


def test_a_posted_message_is_found_in_the_history_with_its_metadata(sandbox: RunningSandbox) -> None:
    slack = sandbox.slack()
    posted = slack.chat_postMessage(channel="#kitchen-fsl", text="hello", blocks=[SECTION], metadata=METADATA)

    [found] = slack.conversations_history(channel=posted["channel"], include_all_metadata=True)["messages"]
    assert (found["ts"], found["text"], found["blocks"]) == (posted["ts"], "hello", [SECTION])
    assert found["metadata"] == METADATA
    [arrived] = sandbox.messages(channel="slack")
    assert (arrived["to"], arrived["body"]) == ("#kitchen-fsl", "hello")
    assert (arrived["notification_id"], arrived["tenant_id"]) == (NOTIFICATION, TENANT)
    assert arrived["provider_id"] == f"{posted['channel']}:{posted['ts']}"


def test_metadata_is_shown_only_when_asked_for(sandbox: RunningSandbox) -> None:
    slack = sandbox.slack()
    posted = slack.chat_postMessage(channel="#kitchen-fsl", text="hello", metadata=METADATA)
    [found] = slack.conversations_history(channel=posted["channel"])["messages"]
    assert "metadata" not in found


def test_history_goes_newest_first_in_pages(sandbox: RunningSandbox) -> None:
    slack = sandbox.slack()
    posted = [slack.chat_postMessage(channel="#kitchen-fsl", text=f"number {n}") for n in range(5)]
    channel = posted[0]["channel"]

    first = slack.conversations_history(channel=channel, limit=3)
    assert first["has_more"]
    rest = slack.conversations_history(
        channel=channel, limit=3, cursor=first["response_metadata"]["next_cursor"]
    )
    assert not rest["has_more"]
    found = [message["ts"] for message in (*first["messages"], *rest["messages"])]
    assert found == [message["ts"] for message in posted][::-1]


def test_history_lies_between_oldest_and_latest(sandbox: RunningSandbox) -> None:
    slack = sandbox.slack()
    posted = [slack.chat_postMessage(channel="#kitchen-fsl", text=f"number {n}") for n in range(4)]
    channel, ends = posted[0]["channel"], {"oldest": posted[0]["ts"], "latest": posted[3]["ts"]}

    def found(**narrowed: Any) -> list[str]:
        messages = slack.conversations_history(channel=channel, **narrowed)["messages"]
        return [message["text"] for message in messages]

    assert found(**ends) == ["number 2", "number 1"]
    assert found(**ends, inclusive=True) == ["number 3", "number 2", "number 1", "number 0"]


def test_a_channel_keeps_its_id_and_is_listed_by_name(sandbox: RunningSandbox) -> None:
    slack = sandbox.slack()
    by_name = slack.chat_postMessage(channel="#kitchen-fsl", text="hello")["channel"]
    assert slack.chat_postMessage(channel=by_name, text="again")["channel"] == by_name
    listed = {channel["name"]: channel["id"] for channel in slack.conversations_list()["channels"]}
    assert listed["kitchen-fsl"] == by_name
    assert {message["to"] for message in sandbox.messages()} == {"#kitchen-fsl"}


def test_blocks_alone_are_a_message(sandbox: RunningSandbox) -> None:
    sandbox.slack().api_call("chat.postMessage", json={"channel": "#kitchen-fsl", "blocks": [SECTION]})
    assert sandbox.messages()[0]["body"] == "*2* bath towels"


def test_a_form_is_understood_as_well_as_json(sandbox: RunningSandbox) -> None:
    answer = sandbox.slack().api_call(
        "chat.postMessage",
        data={"channel": "#kitchen-fsl", "text": "hello", "metadata": json.dumps(METADATA)},
    )
    assert answer["ok"]
    assert sandbox.messages()[0]["notification_id"] == NOTIFICATION


def test_the_bot_knows_itself(sandbox: RunningSandbox) -> None:
    assert sandbox.slack().auth_test()["user"] == "staybase"


@pytest.mark.parametrize(
    ("error", "fields"),
    [
        ("channel_not_found", {"channel": "#No Such Channel"}),
        ("channel_not_found", {"channel": "C1"}),
        ("channel_not_found", {"channel": ""}),
        ("no_text", {"text": ""}),
        ("msg_too_long", {"text": "x" * 40_001}),
        ("invalid_blocks", {"blocks": [SECTION] * 51}),
        ("invalid_blocks", {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]}),
        ("invalid_blocks", {"blocks": [{"type": "section"}]}),
        ("invalid_blocks", {"blocks": [{"type": "nonsense"}]}),
        (
            "invalid_blocks",
            {"blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "plain only"}}]},
        ),
        (
            "invalid_blocks",
            {"blocks": [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11}]},
        ),
        ("invalid_blocks", {"blocks": [{"type": "actions", "elements": []}]}),
        ("invalid_blocks_format", {"blocks": "no json"}),
        ("invalid_metadata_format", {"metadata": {"event_type": "staybase_notification"}}),
    ],
)
def test_a_bad_message_is_refused_with_slacks_word(
    sandbox: RunningSandbox, error: str, fields: dict[str, Any]
) -> None:
    assert refusal(sandbox, **fields)["error"] == error


def test_invalid_blocks_say_where(sandbox: RunningSandbox) -> None:
    answer = refusal(sandbox, blocks=[SECTION, {"type": "section", "text": {"type": "mrkdwn", "text": ""}}])
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/1/text/text]"
    ]


def test_a_wrong_token_is_refused(sandbox: RunningSandbox) -> None:
    with pytest.raises(SlackApiError) as raised:
        sandbox.slack(token="xoxb-someone-elses").chat_postMessage(channel="#kitchen-fsl", text="hello")
    assert raised.value.response["error"] == "invalid_auth"


def test_once_the_channels_were_told_no_other_exists(sandbox: RunningSandbox) -> None:
    sandbox.control.put("/sandbox/channels", json={"names": ["#kitchen-fsl"]})
    assert sandbox.slack().chat_postMessage(channel="#kitchen-fsl", text="hello")["ok"]
    with pytest.raises(SlackApiError) as raised:
        sandbox.slack().chat_postMessage(channel="#reception-fsl", text="hello")
    assert raised.value.response["error"] == "channel_not_found"


def test_history_takes_an_id_and_no_name(sandbox: RunningSandbox) -> None:
    with pytest.raises(SlackApiError) as raised:
        sandbox.slack().conversations_history(channel="#kitchen-fsl")
    assert raised.value.response["error"] == "channel_not_found"
