"""Each switch, on calls by the real SDKs."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from slack_sdk.errors import SlackApiError
from twilio.base.exceptions import TwilioException, TwilioRestException

from tests.sandbox.running import GUEST, HOTEL, OTHER_GUEST, RunningSandbox

BROKEN = (requests.exceptions.RequestException, OSError)


def text(sandbox: RunningSandbox, to: str = GUEST, timeout: float = 10) -> Any:
    return sandbox.twilio(timeout=timeout).messages.create(to=to, from_=HOTEL, body="hello")


def post(sandbox: RunningSandbox, channel: str = "#kitchen-fsl") -> Any:
    return sandbox.slack().chat_postMessage(channel=channel, text="hello")


def test_fail_answers_with_the_chosen_status_and_code_once(sandbox: RunningSandbox) -> None:
    sandbox.switch("fail", status=503, code="20503")
    with pytest.raises(TwilioRestException) as raised:
        text(sandbox)
    assert (raised.value.status, raised.value.code) == (503, 20503)
    assert sandbox.messages() == []
    assert text(sandbox).status == "queued"


def test_fail_is_slacks_own_error_too(sandbox: RunningSandbox) -> None:
    sandbox.switch("fail", provider="slack", code="is_archived")
    with pytest.raises(SlackApiError) as raised:
        post(sandbox)
    assert (raised.value.response["error"], raised.value.response.status_code) == ("is_archived", 200)
    sandbox.switch("fail", provider="slack", status=503)
    with pytest.raises(SlackApiError) as raised:
        post(sandbox)
    assert raised.value.response["error"] == "service_unavailable"
    assert raised.value.response.status_code == 503


def test_throttle_answers_429_as_often_as_asked(sandbox: RunningSandbox) -> None:
    sandbox.switch("throttle", times=2, retry_after=7)
    with pytest.raises(TwilioRestException) as twilio:
        text(sandbox)
    assert (twilio.value.status, twilio.value.code) == (429, 20429)
    with pytest.raises(SlackApiError) as slack:
        post(sandbox)
    assert (slack.value.response.status_code, slack.value.response["error"]) == (429, "ratelimited")
    assert slack.value.response.headers["Retry-After"] == "7"
    assert text(sandbox).status == "queued"


def test_one_a_second_limits_each_channel_by_itself(sandbox: RunningSandbox) -> None:
    sandbox.switch("one_a_second", provider="slack", times=None)
    post(sandbox)
    with pytest.raises(SlackApiError) as raised:
        post(sandbox)
    assert raised.value.response["error"] == "ratelimited"
    assert post(sandbox, "#reception-fsl")["ok"]


def test_accept_then_drop_keeps_the_message_and_cuts_the_line(sandbox: RunningSandbox) -> None:
    sandbox.switch("accept_then_drop")
    with pytest.raises(BROKEN):
        text(sandbox)
    [arrived] = sandbox.messages()
    [listed] = sandbox.twilio().messages.list(to=GUEST)
    assert listed.sid == arrived["provider_id"]
    assert sandbox.twilio().messages(listed.sid).fetch().body == "hello"


def test_accept_then_drop_leaves_slacks_message_in_the_history(sandbox: RunningSandbox) -> None:
    channel = post(sandbox)["channel"]
    sandbox.switch("accept_then_drop", to="#kitchen-fsl")
    with pytest.raises(BROKEN):
        post(sandbox)
    assert len(sandbox.slack().conversations_history(channel=channel)["messages"]) == 2


def test_hang_never_answers_and_keeps_nothing_when_the_client_goes(sandbox: RunningSandbox) -> None:
    sandbox.switch("hang")
    with pytest.raises(requests.exceptions.ReadTimeout):
        text(sandbox, timeout=0.3)
    assert text(sandbox, to=OTHER_GUEST).status == "queued"
    assert [message["to"] for message in sandbox.messages()] == ["+12025550122"]
    assert sandbox.control.get("/sandbox/holds").json() == []


@pytest.mark.parametrize(("point", "is_kept"), [("before_accept", False), ("after_accept", True)])
def test_a_call_is_held_at_its_point_until_it_is_released(
    sandbox: RunningSandbox, point: str, is_kept: bool
) -> None:
    sandbox.switch("hold", point=point)
    with ThreadPoolExecutor(1) as aside:
        sending = aside.submit(text, sandbox)
        [held] = sandbox.held(point=point)
        assert (held["provider"], held["to"]) == ("twilio", GUEST)
        assert bool(sandbox.messages()) is is_kept is bool(held["provider_id"])
        assert not sending.done()
        assert sandbox.release() == 1
        assert sending.result().status == "queued"
    assert len(sandbox.messages()) == 1


def test_a_held_call_can_be_cut(sandbox: RunningSandbox) -> None:
    sandbox.switch("hold", point="after_accept")
    with ThreadPoolExecutor(1) as aside:
        sending = aside.submit(text, sandbox)
        assert sandbox.held()
        sandbox.release(then="drop")
        with pytest.raises(BROKEN):
            sending.result()
    assert len(sandbox.messages()) == 1


def test_several_calls_are_held_and_waited_for_together(sandbox: RunningSandbox) -> None:
    sandbox.switch("hold", point="after_accept", times=3, provider="slack")
    with ThreadPoolExecutor(3) as aside:
        posts = [aside.submit(post, sandbox, f"#team-{n}") for n in range(3)]
        held = sandbox.held(provider="slack", count=3)
        assert {hold["to"] for hold in held} == {"#team-0", "#team-1", "#team-2"}
        one = next(hold["id"] for hold in held if hold["to"] == "#team-1")
        assert sandbox.control.post(f"/sandbox/holds/{one}/release").json() == {"released": 1}
        assert posts[1].result()["ok"]
        assert sandbox.release() == 2


def test_a_hold_before_and_a_drop_after_act_on_the_same_call(sandbox: RunningSandbox) -> None:
    sandbox.switch("hold", point="before_accept")
    sandbox.switch("accept_then_drop")
    with ThreadPoolExecutor(1) as aside:
        sending = aside.submit(text, sandbox)
        assert sandbox.held()
        sandbox.release()
        with pytest.raises(BROKEN):
            sending.result()
    assert len(sandbox.messages()) == 1


def test_waiting_for_a_hold_that_never_comes_ends(sandbox: RunningSandbox) -> None:
    assert sandbox.held(wait=0.05) == []


def test_a_switch_covers_only_its_recipient_and_provider(sandbox: RunningSandbox) -> None:
    sandbox.switch("fail", to="+12025550122")
    sandbox.switch("fail", provider="slack")
    assert text(sandbox, to=GUEST).status == "queued"
    with pytest.raises(TwilioRestException):
        text(sandbox, to=OTHER_GUEST)
    with pytest.raises(SlackApiError):
        post(sandbox)


def test_look_ups_have_switches_of_their_own(sandbox: RunningSandbox) -> None:
    sandbox.switch("fail", operation="lookup", status=500)
    sid = text(sandbox).sid
    with pytest.raises(TwilioException, match="HTTP 500"):
        sandbox.twilio().messages.list(to=GUEST)
    assert sandbox.twilio().messages(sid).fetch().sid == sid


def test_switches_are_listed_counted_down_and_removed(sandbox: RunningSandbox) -> None:
    first, second = sandbox.switch("throttle", times=2), sandbox.switch("fail", to="#kitchen-fsl", times=None)
    with pytest.raises(TwilioRestException):
        text(sandbox)
    listed = sandbox.control.get("/sandbox/switches").json()
    assert [(switch["id"], switch["times"]) for switch in listed] == [(first, 1), (second, None)]
    assert sandbox.control.delete(f"/sandbox/switches/{first}").status_code == 204
    assert sandbox.control.delete(f"/sandbox/switches/{first}").status_code == 404
    assert sandbox.control.delete("/sandbox/switches").status_code == 204
    assert sandbox.control.get("/sandbox/switches").json() == []


@pytest.mark.parametrize(
    "asked", [{"action": "explode"}, {"action": "fail", "x": 1}, {"action": "fail", "times": 0}]
)
def test_a_switch_that_means_nothing_is_refused(sandbox: RunningSandbox, asked: dict[str, Any]) -> None:
    assert sandbox.control.post("/sandbox/switches", json=asked).status_code == 422


def test_another_sites_page_may_turn_no_switch(sandbox: RunningSandbox) -> None:
    answer = sandbox.control.post(
        "/sandbox/switches", json={"action": "fail"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
