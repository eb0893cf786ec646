"""Each refusal of Twilio's that the house can run into, as the SDK reports it."""

import json
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.sandbox.running import GUEST, HOTEL, RunningSandbox

UNKNOWN_CONTENT = "HX" + "0" * 32


def refusal(sandbox: RunningSandbox, **fields: Any) -> TwilioRestException:
    """What the SDK raises for a message that differs from a good one in these fields."""
    given = {"to": GUEST, "from_": HOTEL, **fields}
    with pytest.raises(TwilioRestException) as raised:
        sandbox.twilio().messages.create(**given)
    assert sandbox.messages() == [], "nothing that was refused is kept"
    return raised.value


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        (21211, {"to": "whatsapp:12025550111", "body": "no plus"}),
        (21211, {"to": "whatsapp:+0", "body": "no number"}),
        (21212, {"from_": "hotel", "body": "no number"}),
        (21910, {"from_": "+12025550100", "body": "two channels"}),
        (21619, {}),
        (21617, {"body": "x" * 1601}),
        (21609, {"body": "hello", "status_callback": "ftp://127.0.0.1/status"}),
        (21655, {"content_sid": UNKNOWN_CONTENT}),
        (21654, {"content_variables": '{"1": "Ana"}'}),
    ],
)
def test_a_bad_message_is_refused_with_twilios_code(
    sandbox: RunningSandbox, code: int, fields: dict[str, Any]
) -> None:
    refused = refusal(sandbox, **fields)
    assert (refused.code, refused.status) == (code, 400)


@pytest.mark.parametrize(
    ("code", "variables"),
    [
        (21656, None),
        (21656, '{"1": "Ana"}'),
        (21656, "no json"),
        (21656, '["Ana", "towels"]'),
        (21656, json.dumps({"1": "Ana", "2": ""})),
        (21656, json.dumps({"1": "Ana", "2": None})),
        (21656, json.dumps({"1": "Ana", "2": "two\nlines"})),
        (21656, json.dumps({"1": "Ana", "2": "wide      gap"})),
        (21658, json.dumps({"1": "Ana", "2": "x" * 1601})),
    ],
)
def test_variables_that_do_not_fit_the_template_are_refused(
    sandbox: RunningSandbox, code: int, variables: str | None
) -> None:
    content = sandbox.template("Hello {{1}}, we have your {{2}}.")
    fields = {"content_variables": variables} if variables is not None else {}
    assert refusal(sandbox, content_sid=content, **fields).code == code


def test_a_text_that_grows_too_long_by_its_variables_is_refused(sandbox: RunningSandbox) -> None:
    content = sandbox.template("Hello {{1}}{{1}}")
    assert refusal(sandbox, content_sid=content, content_variables=json.dumps({"1": "x" * 900})).code == 21617


def test_wrong_credentials_are_refused(sandbox: RunningSandbox) -> None:
    with pytest.raises(TwilioRestException) as raised:
        sandbox.twilio(token="someone-elses").messages.create(to=GUEST, from_=HOTEL, body="hello")
    assert (raised.value.code, raised.value.status) == (20003, 401)


def test_another_account_is_not_found(sandbox: RunningSandbox) -> None:
    with pytest.raises(TwilioRestException) as raised:
        sandbox.twilio().api.v2010.accounts("AC" + "9" * 32).messages.create(
            to=GUEST, from_=HOTEL, body="hello"
        )
    assert (raised.value.code, raised.value.status) == (20404, 404)


def test_a_message_that_was_never_sent_is_not_found(sandbox: RunningSandbox) -> None:
    with pytest.raises(TwilioRestException) as raised:
        sandbox.twilio().messages("SM" + "0" * 32).fetch()
    assert (raised.value.code, raised.value.status) == (20404, 404)


def test_text_without_a_sender_is_refused(sandbox: RunningSandbox) -> None:
    with pytest.raises(TwilioRestException) as raised:
        sandbox.twilio().messages.create(to=GUEST, body="hello")
    assert raised.value.code == 21603
