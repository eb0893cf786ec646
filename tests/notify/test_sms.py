"""Text messages by Twilio's real SDK: the words themselves, from a number that may send them."""

from dataclasses import replace
from typing import Any

import pytest

from functions.notify.channels.sms import Sms
from functions.notify.channels.whatsapp import WhatsApp
from functions.notify.messages import Accepted, Failed, Message, Unauthorized, Unknown
from tests.notify.messages import whatsapp
from tests.notify.test_channels import recently, settings
from tests.sandbox.running import RunningSandbox

WORDS = "Dear Ana, “2 × Towels” is done. https://stay.example/?c=A4B7K2 Good night."


def sms(**different: Any) -> Message:
    return whatsapp(channel="sms", sender=None, content_name=None, **different)


def channel(sandbox: RunningSandbox, **different: Any) -> Sms:
    return Sms(replace(settings(sandbox.url), **({"sms_from": "+12025550100"} | different)))


def test_the_guest_reads_the_words(sandbox: RunningSandbox) -> None:
    message = sms()
    outcome = channel(sandbox).send(message)
    [seen] = sandbox.messages()
    assert outcome == Accepted(seen["provider_id"])
    assert (seen["channel"], seen["to"], seen["from"]) == ("sms", "+12025550101", "+12025550100")
    assert (seen["body"], seen["notification_id"]) == (WORDS, str(message.id))


def test_a_hotel_with_a_number_of_its_own_writes_from_it(sandbox: RunningSandbox) -> None:
    channel(sandbox).send(replace(sms(), sender="+12025550190"))
    assert sandbox.messages()[0]["from"] == "+12025550190"


def test_without_a_number_the_next_way_is_taken(sandbox: RunningSandbox) -> None:
    outcome = channel(sandbox, sms_from="").send(sms())
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("no_number", True)


@pytest.mark.parametrize("body", ["", "x" * 1601])
def test_words_that_fit_no_text_message_never_leave(sandbox: RunningSandbox, body: str) -> None:
    outcome = channel(sandbox).send(sms(body=body))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("text_not_usable", True)
    assert sandbox.messages() == []


@pytest.mark.parametrize("code", ["21610", "21614"])
def test_a_number_that_takes_none_is_final(sandbox: RunningSandbox, code: str) -> None:
    sandbox.switch("fail", provider="twilio", code=code)
    outcome = channel(sandbox).send(sms())
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == (code, True)


def test_bad_credentials_are_no_fault_of_the_message(sandbox: RunningSandbox) -> None:
    assert isinstance(channel(sandbox, twilio_auth_token="wrong").send(sms()), Unauthorized)


def test_taken_and_dropped_is_unknown_once_and_found(sandbox: RunningSandbox) -> None:
    sandbox.switch("accept_then_drop")
    message = sms()
    assert isinstance(channel(sandbox).send(message), Unknown)
    [seen] = sandbox.messages()
    assert channel(sandbox).look_up(message, recently()) == [seen["provider_id"]]


def test_the_same_words_on_whatsapp_are_not_it(sandbox: RunningSandbox) -> None:
    WhatsApp(settings(sandbox.url)).send(whatsapp())
    assert channel(sandbox).look_up(sms(), recently()) == []
