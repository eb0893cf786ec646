"""On the whole stack: a guest asks, the team reads it in Slack, the guest hears back and reads it."""

import httpx2
import pytest

from tests.stack import Stack
from tests.world import World, wait_for

STATES = (
    "select array_agg(n.channel || ':' || n.state order by n.channel)"
    " from public.notification_log n where n.request_id = %s and n.event_key = 'request_received'"
)


@pytest.mark.shows(
    "subflow/housekeeping_told",
    "notification/request_received_whatsapp",
    "notification/request_received_slack",
    "function/portal-submit-request",
    "template/request_received",
)
def test_a_request_is_heard_by_team_and_guest(stack: Stack) -> None:
    with stack.connect() as connection:
        world = World(connection)
        with world.guest("Marutani") as guest:
            request = guest.submit(
                {
                    "type_slug": "housekeeping",
                    "subtype": "towels",
                    "items": [{"sku": "towel", "quantity": 2}],
                },
                "the whole way",
            )["body"]["request"]
        wait_for(
            lambda: world.value(STATES, request["id"]) == ["slack:sent", "whatsapp:read"],
            "a message that was read",
            20,
        )
        ids = {
            str(row[0]): row[1]
            for row in world.rows(
                "select id, channel from public.notification_log where request_id = %s", request["id"]
            )
        }
    messages = httpx2.get(f"{stack.url}/sandbox/messages").json()
    heard = {message["channel"]: message for message in messages if message["notification_id"] in ids}
    assert heard["slack"]["to"] == "#housekeeping-fsl"
    assert request["number"] in heard["whatsapp"]["body"]
    assert "/?c=" in heard["whatsapp"]["body"]


def test_whom_whatsapp_does_not_reach_reads_it_elsewhere(stack: Stack) -> None:
    httpx2.post(
        f"{stack.url}/sandbox/switches",
        json={"action": "undelivered", "provider": "twilio", "to": "+12025550101", "times": 2},
    )
    with stack.connect() as connection:
        world = World(connection)
        with world.guest("Marutani") as guest:
            request = guest.submit(
                {
                    "type_slug": "housekeeping",
                    "subtype": "towels",
                    "items": [{"sku": "towel", "quantity": 1}],
                },
                "down the ladder",
            )["body"]["request"]
        wait_for(
            lambda: (
                world.value(
                    "select array_agg(n.channel || ':' || n.state order by n.channel)"
                    " from public.notification_log n where n.request_id = %s and n.channel <> 'slack'",
                    request["id"],
                )
                == ["email:sent", "sms:failed", "whatsapp:failed"]
            ),
            "a mail after the text message",
            20,
        )
    mail = httpx2.get(f"{stack.url}/sandbox/messages", params={"channel": "email"}).json()[0]
    assert (mail["to"], mail["subject"]) == ("kenji@guests.example", "Hamsun FSL")
    assert request["number"] in mail["body"]
