"""Status callbacks: signed, in order, repeated, and bent by switches."""

from twilio.request_validator import RequestValidator

from tests.sandbox.receiver import Receiver
from tests.sandbox.running import GUEST, HOTEL, TOKEN, RunningSandbox

STORY = ["queued", "sent", "delivered", "read"]


def send(sandbox: RunningSandbox, receiver: Receiver) -> str:
    """A template on its way to the guest, with its callbacks to the receiver."""
    content = sandbox.template("Hello")
    sent = sandbox.twilio().messages.create(
        to=GUEST, from_=HOTEL, content_sid=content, status_callback=receiver.address
    )
    return str(sent.sid)


def write(sandbox: RunningSandbox, receiver: Receiver) -> str:
    """Free text to the guest, with its callbacks to the receiver."""
    sent = sandbox.twilio().messages.create(
        to=GUEST, from_=HOTEL, body="hello", status_callback=receiver.address
    )
    return str(sent.status)


def test_twilios_own_validator_accepts_every_callback(sandbox: RunningSandbox, receiver: Receiver) -> None:
    sid = send(sandbox, receiver)
    validator = RequestValidator(TOKEN)
    for status in STORY:
        arrived = receiver.next()
        assert validator.validate(arrived.url, arrived.form, arrived.signature)
        assert not validator.validate(
            arrived.url, {**arrived.form, "MessageStatus": "failed"}, arrived.signature
        )
        assert (arrived.form["MessageStatus"], arrived.form["MessageSid"]) == (status, sid)
        assert (arrived.form["To"], arrived.form["From"]) == (GUEST, HOTEL)


def test_a_message_ends_as_read_also_when_asked_for(sandbox: RunningSandbox, receiver: Receiver) -> None:
    sid = send(sandbox, receiver)
    assert receiver.statuses(4) == STORY
    assert sandbox.twilio().messages(sid).fetch().status == "read"


def test_a_callback_that_nobody_took_is_repeated(sandbox: RunningSandbox, receiver: Receiver) -> None:
    receiver.answers.put(503)
    receiver.answers.put(500)
    send(sandbox, receiver)
    assert receiver.statuses(6) == ["queued", "queued", *STORY]


def test_scrambled_callbacks_come_in_another_order(sandbox: RunningSandbox, receiver: Receiver) -> None:
    sandbox.switch("scramble")
    send(sandbox, receiver)
    arrived = receiver.statuses(4)
    assert arrived != STORY
    assert sorted(arrived) == sorted(STORY)
    assert sandbox.messages()[0]["status"] == "read"


def test_repeated_callbacks_come_twice(sandbox: RunningSandbox, receiver: Receiver) -> None:
    sandbox.switch("repeat")
    send(sandbox, receiver)
    assert receiver.statuses(8) == [status for status in STORY for _ in range(2)]


def test_a_silenced_message_tells_nothing_but_its_story_goes_on(
    sandbox: RunningSandbox, receiver: Receiver
) -> None:
    sandbox.switch("silence")
    silent, loud = send(sandbox, receiver), send(sandbox, receiver)
    assert {receiver.next().form["MessageSid"] for _ in STORY} == {loud}
    assert sandbox.twilio().messages(silent).fetch().status == "read"


def test_an_undelivered_message_names_its_error(sandbox: RunningSandbox, receiver: Receiver) -> None:
    sandbox.switch("undelivered", code="63024")
    sid = send(sandbox, receiver)
    assert receiver.statuses(2) == ["queued", "sent"]
    last = receiver.next().form
    assert (last["MessageStatus"], last["ErrorCode"], last["EventType"]) == (
        "undelivered",
        "63024",
        "UNDELIVERED",
    )
    assert sandbox.twilio().messages(sid).fetch().error_code == 63024


def test_free_text_outside_the_window_is_accepted_and_then_fails(
    sandbox: RunningSandbox, receiver: Receiver
) -> None:
    sent = sandbox.twilio().messages.create(
        to=GUEST, from_=HOTEL, body="hello", status_callback=receiver.address
    )
    assert sent.status == "queued"
    assert receiver.statuses(1) == ["queued"]
    last = receiver.next().form
    assert (last["MessageStatus"], last["ErrorCode"]) == ("undelivered", "63016")


def test_the_window_opens_when_the_guest_writes_and_closes_a_day_later(
    sandbox: RunningSandbox, receiver: Receiver
) -> None:
    sandbox.guest_wrote()
    write(sandbox, receiver)
    assert receiver.statuses(4) == STORY

    sandbox.guest_wrote(at="2026-01-01T00:00:00Z")
    write(sandbox, receiver)
    assert receiver.statuses(2) == ["queued", "undelivered"]


def test_our_own_template_does_not_open_the_window(sandbox: RunningSandbox, receiver: Receiver) -> None:
    send(sandbox, receiver)
    assert receiver.statuses(4) == STORY
    write(sandbox, receiver)
    assert receiver.statuses(2) == ["queued", "undelivered"]


def test_a_reset_forgets_what_was_not_told_yet(sandbox: RunningSandbox, receiver: Receiver) -> None:
    sandbox.control.put("/sandbox/callbacks", json={"factor": 100, "per_second": 1000})
    send(sandbox, receiver)
    assert receiver.statuses(1) == ["queued"]
    sandbox.reset()
    assert sandbox.control.get("/sandbox/callbacks").json()["waiting"] == 0
