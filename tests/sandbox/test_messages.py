"""`GET /sandbox/messages`: what the providers received, newest first."""

from datetime import datetime

from tests.sandbox.running import GUEST, HOTEL, NOTIFICATION, OTHER_GUEST, RunningSandbox

SHAPE = {"channel", "to", "body", "notification_id", "at", "template", "provider_id", "status"}


def test_both_providers_messages_have_one_shape(sandbox: RunningSandbox) -> None:
    sandbox.twilio().messages.create(to=GUEST, from_=HOTEL, body="first")
    sandbox.slack().chat_postMessage(channel="#kitchen-fsl", text="second")
    listed = sandbox.messages()
    assert [(m["channel"], m["to"], m["body"]) for m in listed] == [
        ("slack", "#kitchen-fsl", "second"),
        ("whatsapp", "+12025550111", "first"),
    ]
    assert all(message.keys() >= SHAPE for message in listed)
    assert all(datetime.fromisoformat(message["at"]).tzinfo for message in listed)


def test_the_list_is_narrowed(sandbox: RunningSandbox) -> None:
    twilio = sandbox.twilio()
    for number, to in enumerate((GUEST, OTHER_GUEST, GUEST)):
        twilio.messages.create(to=to, from_=HOTEL, body=str(number))
    posted = {"event_type": "n", "event_payload": {"notification_id": NOTIFICATION}}
    sandbox.slack().chat_postMessage(channel="#kitchen-fsl", text="3", metadata=posted)

    def bodies(**narrowed: object) -> list[str]:
        return [message["body"] for message in sandbox.messages(**narrowed)]

    assert bodies() == ["3", "2", "1", "0"]
    assert bodies(channel="whatsapp") == ["2", "1", "0"]
    assert bodies(to="+12025550111") == bodies(to=GUEST) == ["2", "0"]
    assert bodies(to="kitchen-fsl") == bodies(to="#kitchen-fsl") == ["3"]
    assert bodies(notification_id=NOTIFICATION.upper()) == ["3"]
    assert bodies(since=sandbox.messages()[1]["at"]) == ["3", "2"]
    assert bodies(limit=1) == ["3"]


def test_what_a_guest_wrote_is_listed_apart(sandbox: RunningSandbox) -> None:
    sandbox.guest_wrote(body="Two towels, please")
    assert sandbox.messages() == []
    [written] = sandbox.messages(direction="inbound")
    assert written["body"] == "Two towels, please"


def test_a_reset_empties_everything_but_the_templates(sandbox: RunningSandbox) -> None:
    content = sandbox.template("Hello")
    sandbox.twilio().messages.create(to=GUEST, from_=HOTEL, body="hello")
    sandbox.switch("fail")
    sandbox.reset()
    assert sandbox.messages() == []
    assert sandbox.control.get("/sandbox/switches").json() == []
    assert content in [template["sid"] for template in sandbox.control.get("/sandbox/templates").json()]
