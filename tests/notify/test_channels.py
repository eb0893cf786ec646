"""WhatsApp and Slack by the real SDKs: what each answer means, and what a look-up finds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from functions.cli.cluster import free_port
from functions.notify.channels import Channel
from functions.notify.channels.slack import Slack
from functions.notify.channels.whatsapp import WhatsApp
from functions.notify.messages import (
    Accepted,
    Failed,
    LookupFailed,
    Message,
    Throttled,
    Unauthorized,
    Unknown,
)
from functions.notify.settings import WorkerSettings
from tests.notify.messages import slack, whatsapp
from tests.sandbox.running import ACCOUNT, SLACK_TOKEN, TOKEN, RunningSandbox

PATIENCE = 0.6


def settings(url: str, token: str = TOKEN, slack_token: str = SLACK_TOKEN) -> WorkerSettings:
    return WorkerSettings(
        service_url="",
        public_url="https://stay.example",
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=token,
        twilio_api_url=url,
        whatsapp_from="+12025550100",
        slack_bot_token=slack_token,
        slack_api_url=f"{url}/api/",
        is_sandbox=True,
        provider_timeout=PATIENCE,
    )


Made = tuple[Channel, Callable[[], Message]]


@pytest.fixture(params=["whatsapp", "slack"])
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def made(provider: str, sandbox: RunningSandbox) -> Made:
    """A channel and messages for it."""
    chosen = settings(sandbox.url)
    return (WhatsApp(chosen), whatsapp) if provider == "whatsapp" else (Slack(chosen), slack)


def recently() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=1)


def test_it_is_taken(made: Made, sandbox: RunningSandbox) -> None:
    channel, message = made
    sent = message()
    outcome = channel.send(sent)
    [seen] = sandbox.messages()
    assert outcome == Accepted(seen["provider_id"])
    assert seen["notification_id"] == str(sent.id)
    assert seen["tenant_id"] == str(sent.tenant_id)


def test_the_guest_reads_the_template_in_their_language(sandbox: RunningSandbox) -> None:
    WhatsApp(settings(sandbox.url)).send(
        whatsapp(body="Hola {{guest_first_name}}: {{request_title}}.", language="es")
    )
    [seen] = sandbox.messages()
    assert (seen["body"], seen["language"], seen["from"]) == ("Hola Ana: 2 × Towels.", "es", "+12025550180")


def test_at_twilio_each_language_is_a_content_by_name_or_the_hotels_own(sandbox: RunningSandbox) -> None:
    name = f"said_{uuid4().hex}"
    for language, greeting in (("en", "Dear"), ("es", "Hola,")):
        made_at_twilio(sandbox, f"{name}_{language}", language, greeting)
    own = made_at_twilio(sandbox, f"own_{uuid4().hex}", "es", "Querida")
    real = WhatsApp(replace(settings(sandbox.url), is_sandbox=False))
    real.send(whatsapp(content_name=name))
    real.send(whatsapp(content_name=name, language="es"))
    real.send(whatsapp(content_name=name, language="es", content_id=own))
    told = {message["body"].partition(" Ana")[0] for message in sandbox.messages()}
    assert told == {"Dear", "Hola,", "Querida"}


def made_at_twilio(sandbox: RunningSandbox, name: str, language: str, greeting: str) -> str:
    """A content made there by hand, as a hotel has to; its id."""
    asked = {
        "friendly_name": name,
        "language": language,
        "variables": {"1": "Ana", "2": "2 × Towels", "3": "https://stay.example/?c=A4B7K2"},
        "types": {"twilio/text": {"body": f"{greeting} {{{{1}}}}, {{{{2}}}}: {{{{3}}}} !"}},
    }
    contents = sandbox.twilio().content.v1.contents
    return str(contents.create(contents.ContentCreateRequest(asked)).sid)


def test_a_hotel_without_a_number_of_its_own_writes_from_the_houses(sandbox: RunningSandbox) -> None:
    WhatsApp(settings(sandbox.url)).send(whatsapp(sender=None))
    assert sandbox.messages()[0]["from"] == "+12025550100"


def test_bad_credentials_are_no_fault_of_the_message(provider: str, sandbox: RunningSandbox) -> None:
    chosen = settings(sandbox.url, token="wrong", slack_token="wrong")
    channel, sent = (WhatsApp(chosen), whatsapp()) if provider == "whatsapp" else (Slack(chosen), slack())
    outcome = channel.send(sent)
    assert isinstance(outcome, Unauthorized)
    assert outcome.code == ("20003" if provider == "whatsapp" else "invalid_auth")


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "token_expired"])
def test_a_token_that_slack_took_back_is_no_fault_of_the_message(sandbox: RunningSandbox, code: str) -> None:
    sandbox.switch("fail", provider="slack", code=code)
    assert Slack(settings(sandbox.url)).send(slack()) == Unauthorized(code, "HTTP 200")


def test_a_wrong_recipient_is_final(sandbox: RunningSandbox) -> None:
    chosen = settings(sandbox.url)
    assert WhatsApp(chosen).send(whatsapp(recipient="+0")) == Failed(
        "21211", "Unable to create record: Invalid 'To' Phone Number", is_final=True
    )
    sandbox.control.put("/sandbox/channels", json={"names": ["reception-fsl"]})
    assert Slack(chosen).send(slack()) == Failed("channel_not_found", "HTTP 200", is_final=True)


def test_a_definite_failure_is_tried_again(made: Made, provider: str, sandbox: RunningSandbox) -> None:
    channel, message = made
    code = None if provider == "whatsapp" else "service_unavailable"
    sandbox.switch("fail", times=1, **({"code": code} if code else {}))
    outcome = channel.send(message())
    assert isinstance(outcome, Failed)
    assert not outcome.is_final


def test_throttling_says_how_long(made: Made, sandbox: RunningSandbox) -> None:
    channel, message = made
    channel.send(message())
    sandbox.switch("throttle", retry_after=7)
    outcome = channel.send(message())
    assert isinstance(outcome, Throttled)
    assert outcome.seconds == 7


def test_a_provider_that_hangs_leaves_the_outcome_open(made: Made, sandbox: RunningSandbox) -> None:
    channel, message = made
    channel.send(message())
    sandbox.switch("hang")
    assert isinstance(channel.send(message()), Unknown)


def test_taken_and_dropped_is_unknown_once_and_found(made: Made, sandbox: RunningSandbox) -> None:
    channel, message = made
    sandbox.switch("accept_then_drop")
    sent = message()
    assert isinstance(channel.send(sent), Unknown)
    [seen] = sandbox.messages()
    assert channel.look_up(sent, recently()) == [seen["provider_id"]]


def test_slacks_own_trouble_may_have_posted(sandbox: RunningSandbox) -> None:
    sandbox.switch("fail", provider="slack", code="internal_error")
    assert isinstance(Slack(settings(sandbox.url)).send(slack()), Unknown)


def test_a_closed_door_is_a_definite_failure(provider: str) -> None:
    chosen = settings(f"http://127.0.0.1:{free_port()}")
    channel: Channel = WhatsApp(chosen) if provider == "whatsapp" else Slack(chosen)
    outcome = channel.send(whatsapp(content_id="HX" + "0" * 32) if provider == "whatsapp" else slack())
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("not_reached", False)


def test_what_never_arrived_is_not_found(made: Made) -> None:
    channel, message = made
    channel.send(message())
    other = message()
    assert (
        channel.look_up(other if other.channel == "slack" else whatsapp(recipient="+12025550155"), recently())
        == []
    )


def test_another_text_to_the_same_guest_is_not_it(sandbox: RunningSandbox) -> None:
    channel = WhatsApp(settings(sandbox.url))
    channel.send(whatsapp())
    assert channel.look_up(whatsapp(variables={"guest_first_name": "Ana"}), recently()) == []


def test_yesterdays_message_is_not_it(made: Made, provider: str) -> None:
    channel, message = made
    sent = message()
    channel.send(sent)
    assert channel.look_up(sent, datetime.now(UTC) + timedelta(hours=1)) == []


def test_a_provider_that_cannot_be_asked_says_so(made: Made, sandbox: RunningSandbox) -> None:
    channel, message = made
    sent = message()
    channel.send(sent)
    sandbox.switch("fail", operation="lookup", times=5)
    with pytest.raises(LookupFailed):
        channel.look_up(sent, recently())


def test_a_content_that_twilio_does_not_have_waits_for_it(sandbox: RunningSandbox) -> None:
    real = replace(settings(sandbox.url), is_sandbox=False)
    outcome = WhatsApp(real).send(whatsapp(content_name=f"never_made_{uuid4().hex}"))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("content_missing", False)
