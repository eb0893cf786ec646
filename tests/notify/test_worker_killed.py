"""The worker, killed with kill -9 at each named point of a send: in the end there is exactly one message."""

import json

import pytest

from tests.notify.ledger import GUEST_PHONE, KITCHEN, Ledger
from tests.notify.workers import Workers, wait_for_a_human, wait_for_state
from tests.sandbox.running import RunningSandbox

POINTS = ["after_claim", "after_attempt", "after_accept", "before_mark"]
ACCEPTED = {"after_accept", "before_mark"}
# In every run each point by one channel, and by both where the provider is asked what it took.
EACH = [
    *(("whatsapp", point) for point in POINTS),
    ("slack", "after_accept"),
    *(pytest.param("slack", point, marks=pytest.mark.long) for point in POINTS if point != "after_accept"),
]


@pytest.mark.parametrize(("channel", "point"), EACH)
def test_nothing_known_is_sent_twice(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox, point: str, channel: str
) -> None:
    ledger.hurry()
    notification = ledger.queue(channel)
    workers.kill_at(point)
    assert len(sandbox.messages()) == (1 if point in ACCEPTED else 0)

    workers.start()
    wait_for_state(ledger, notification, "sent")
    [message] = sandbox.messages()
    assert message["notification_id"] == str(notification)
    assert ledger.row(notification)["provider_id"] == message["provider_id"]

    way = [attempt["outcome"] for attempt in ledger.attempts(notification)]
    assert (
        way
        == {
            "after_claim": ["accepted"],  # no attempt row: simply queued again
            "after_attempt": ["unknown", "accepted"],  # looked up twice, not found, queued again once
            "after_accept": ["accepted"],  # looked up and found
            "before_mark": ["accepted"],
        }[point]
    )
    assert ledger.row(notification)["is_resent"] == (point == "after_attempt")


@pytest.mark.parametrize("point", ["after_attempt", pytest.param("before_mark", marks=pytest.mark.long)])
def test_a_batch_is_sent_once_each(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox, point: str
) -> None:
    """The first of them got to the point; the others stand wherever they were. No two read alike."""
    ledger.hurry()
    # the channel is there: somebody has written in it
    sandbox.slack().chat_postMessage(channel=KITCHEN, text="Good morning")
    named = [f"Ana {n}" for n in range(6)]
    batch = [
        ledger.queue(channel, guest_first_name=name, title=name)
        for name in named
        for channel in ("whatsapp", "slack")
    ]
    workers.kill_at(point)
    workers.start()
    for notification in batch:
        wait_for_state(ledger, notification, "sent")
    told = sorted(message["notification_id"] for message in sandbox.messages() if message["notification_id"])
    assert told == sorted(str(notification) for notification in batch)


@pytest.mark.parametrize("channel", ["whatsapp", pytest.param("slack", marks=pytest.mark.long)])
@pytest.mark.parametrize("point", sorted(ACCEPTED))
def test_the_control_without_leases_and_attempts_sends_twice(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox, point: str, channel: str
) -> None:
    ledger.hurry()
    notification = ledger.queue(channel)
    workers.kill_at(point, is_unsafe=True)
    assert len(sandbox.messages()) == 1
    row = ledger.row(notification)
    assert (row["state"], row["fence"], ledger.attempts(notification)) == ("queued", 0, [])

    workers.start(is_unsafe=True)
    wait_for_state(ledger, notification, "sent")
    assert len(sandbox.messages()) == 2


@pytest.mark.parametrize(("channel", "recipient"), [("whatsapp", GUEST_PHONE), ("slack", KITCHEN)])
def test_two_candidates_wait_for_a_human(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox, channel: str, recipient: str
) -> None:
    ledger.hurry()
    notification = ledger.queue(channel)
    workers.kill_at("after_accept")
    post_its_like(sandbox, recipient)

    workers.start()
    assert wait_for_a_human(ledger, notification) == "several_candidates"
    assert len(sandbox.messages()) == 2
    assert len(ledger.alerts("notification_unknown")) == 1


def test_without_a_look_up_a_human_decides(ledger: Ledger, workers: Workers, sandbox: RunningSandbox) -> None:
    ledger.hurry()
    ledger.conn.execute("update notify.channels set can_look_up = false")
    notification = ledger.queue()
    workers.kill_at("after_attempt")
    workers.start()
    assert wait_for_a_human(ledger, notification) == "no_look_up"
    assert sandbox.messages() == []


def post_its_like(sandbox: RunningSandbox, recipient: str) -> None:
    """The same message once more, by somebody else's hand, as both providers would show it."""
    [sent] = sandbox.messages()
    if recipient.startswith("#"):
        sandbox.slack().chat_postMessage(
            channel=recipient,
            text=sent["body"],
            metadata={"event_type": "again", "event_payload": {"notification_id": sent["notification_id"]}},
        )
    else:
        sandbox.twilio().messages.create(
            to=f"whatsapp:{recipient}",
            from_=f"whatsapp:{sent['from']}",
            content_sid=sent["template_sid"],
            content_variables=json.dumps(sent["variables"]),
        )
