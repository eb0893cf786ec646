"""On the whole stack: a manager presses a button in Slack, the stay changes, and the card says who did it."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.stack import Stack
from tests.world import World, wait_for

LATE = {"type_slug": "booking_action", "subtype": "late_checkout", "check_out_time": "15:00"}
TARIQ, VISITOR = "U0TARIQ0001", "U0VISITOR01"


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    with stack.connect() as connection:
        world = World(connection)
        yield world
        world.conn.execute("update public.bookings set agreed_check_out_time = null")


def cards(stack: Stack, number: str = "") -> list[dict[str, Any]]:
    """What stands in the approval channel, newest first."""
    found = httpx2.get(f"{stack.url}/sandbox/messages", params={"channel": "slack", "to": "approvals-fsl"})
    return [card for card in found.json() if number in str(card["blocks"])]


def press(stack: Stack, card: dict[str, Any], user: str, **typed: str) -> int:
    asked = {"message": card["provider_id"], "action": "take:approve", "user": user, "typed": typed}
    return int(httpx2.post(f"{stack.url}/sandbox/presses", json=asked).json()["status"])


@pytest.mark.shows("notification/approval_needed_slack")
def test_a_late_check_out_is_approved_in_slack(stack: Stack, world: World) -> None:
    with world.guest("Marutani"):
        request = world.submit(LATE, "late check-out by slack")["body"]["request"]
    wait_for(lambda: bool(cards(stack, request["number"])), "a card in the approval channel", 20)
    [card] = cards(stack, request["number"])
    [amount] = [block for block in card["blocks"] if block.get("block_id") == "amount"]
    assert amount["element"]["initial_value"] == "11000"

    assert press(stack, card, VISITOR) == 200
    wait_for(lambda: any("U0VISITOR01" in note["body"] for note in cards(stack)), "a note to the visitor", 20)

    assert press(stack, card, TARIQ, amount="9,500") == 200
    agreed = "select agreed_check_out_time::text from public.bookings where id = %s"
    assert world.value(agreed, world.booking("Marutani")) == "15:00:00"
    wait_for(
        lambda: "by Tariq" in str(cards(stack, request["number"])[0]["blocks"]), "a card written anew", 20
    )
    [renewed] = cards(stack, request["number"])
    assert renewed["provider_id"] == card["provider_id"]
    assert "take:approve" not in str(renewed["blocks"])
