"""When the sandbox starts, when it refuses, and what it keeps over a restart."""

from pathlib import Path

import pytest

from functions.sandbox.call import is_loopback
from tests.sandbox.running import ENVIRONMENT, GUEST, HOTEL, SLACK_TOKEN, TOKEN, running, started

OTHERS = ("TWILIO_ACCOUNT_SID", "SLACK_BOT_TOKEN")


def refusal(**changed: str | None) -> str:
    """What a start in this environment ends with; fails when it does not end."""
    environment = {**ENVIRONMENT, **changed}
    with started({name: value for name, value in environment.items() if value is not None}) as process:
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    return said


@pytest.mark.parametrize(
    "name", ["TWILIO_AUTH_TOKEN", *(pytest.param(one, marks=pytest.mark.long) for one in OTHERS)]
)
def test_it_refuses_beside_real_credentials(name: str) -> None:
    said = refusal(**{name: "a-real-one"})
    assert said.splitlines() == [
        f"sandbox: real credentials are configured ({name}); unset them to use the sandbox."
    ]
    assert "a-real-one" not in said


@pytest.mark.parametrize(
    "development", ["0", *(pytest.param(one, marks=pytest.mark.long) for one in (None, ""))]
)
def test_it_refuses_outside_development(development: str | None) -> None:
    assert refusal(STAYBASE_DEVELOPMENT=development).splitlines() == [
        "sandbox: this is no development build; set STAYBASE_DEVELOPMENT=1 to run it."
    ]


def test_it_refuses_without_credentials_of_its_own() -> None:
    said = refusal(STAYBASE_SANDBOX_SLACK_TOKEN=None)
    assert said.count("\n") == 1
    assert "STAYBASE_SANDBOX_SLACK_TOKEN" in said


def test_it_starts_where_its_own_credentials_are_the_configured_ones() -> None:
    own = {"TWILIO_AUTH_TOKEN": TOKEN, "SLACK_BOT_TOKEN": SLACK_TOKEN}
    with running({**ENVIRONMENT, **own}) as sandbox:
        assert sandbox.control.get("/sandbox/health").json()["ok"]


def test_messages_templates_and_windows_outlive_a_restart(tmp_path: Path) -> None:
    environment = {**ENVIRONMENT, "STAYBASE_HOME": str(tmp_path)}
    with running(environment) as before:
        before.guest_wrote()
        content = before.template("Hello {{1}}")
        sid = before.twilio().messages.create(to=GUEST, from_=HOTEL, body="hello").sid
        posted = before.slack().chat_postMessage(channel="#kitchen-fsl", text="hello")
        before.process.kill()
    with running(environment, is_fresh=False) as after:
        assert after.twilio().messages(sid).fetch().body == "hello"
        assert (
            after.slack().conversations_history(channel=posted["channel"])["messages"][0]["ts"]
            == posted["ts"]
        )
        assert content in [template["sid"] for template in after.control.get("/sandbox/templates").json()]


def test_an_open_stream_and_a_held_call_do_not_hold_up_the_end() -> None:
    with running(ENVIRONMENT) as sandbox, sandbox.control.stream("GET", "/sandbox/stream") as stream:
        assert next(stream.iter_lines()) == "retry: 2000"
        sandbox.process.terminate()
        assert sandbox.process.wait(5) is not None


@pytest.mark.parametrize(
    ("came_in_on", "is_answered"),
    [
        (("127.0.0.1", 80), True),
        (("::1", 80), True),
        (("192.0.2.7", 80), False),
        (("/run/socket", None), True),
    ],
)
def test_only_calls_that_came_in_on_loopback_are_answered(
    came_in_on: tuple[str, int | None], is_answered: bool
) -> None:
    assert is_loopback({"type": "http", "server": came_in_on}) is is_answered
