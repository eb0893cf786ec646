"""A manager decides about a wish, in the inbox or on its card in Slack; the stay is then another."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.pages.inbox.conftest import SignIn
from tests.stack import Stack
from tests.world import MANAGER, RECEPTION, World

LATE = {"type_slug": "booking_action", "subtype": "late_checkout", "check_out_time": "15:00"}


@pytest.fixture
def wish(stack: Stack) -> Iterator[str]:
    """A late check-out that Marutani asks for; the stay is as it was in the end."""
    with stack.connect() as connection:
        world = World(connection)
        with world.guest("Marutani"):
            request = world.submit(LATE, str(uuid4()))["body"]["request"]
        yield str(request["id"])
        world.conn.execute("update public.bookings set agreed_check_out_time = null")


def agreed(stack: Stack) -> str:
    with stack.connect() as connection:
        world = World(connection)
        return str(
            world.value(
                "select agreed_check_out_time::text from public.bookings where id = %s",
                world.booking("Marutani"),
            )
        )


def test_a_manager_approves_the_amount_that_was_worked_out(stack: Stack, sign_in: SignIn, wish: str) -> None:
    manager = sign_in(MANAGER)
    manager.visits(wish)
    manager.presses("Approve")
    amount = manager.form().get_by_label("Amount to charge")
    expect(amount).to_have_value("11000")
    amount.fill("9,500")
    manager.sends_form()
    expect(manager.status()).to_have_text("Approved")
    expect(manager.story()).to_contain_text("PKR 9,500")
    assert agreed(stack) == "15:00:00"


def test_a_manager_picks_the_room(stack: Stack, sign_in: SignIn) -> None:
    asked = {"type_slug": "booking_action", "subtype": "room_change", "because": "The lift is loud"}
    with stack.connect() as connection:
        world = World(connection)
        with world.guest("Marutani"):
            request = world.submit(asked, str(uuid4()))["body"]["request"]["id"]
        manager = sign_in(MANAGER)
        manager.visits(request)
        manager.presses("Approve")
        rooms = manager.form().get_by_label("New room")
        expect(rooms).to_be_visible()
        offered = rooms.locator("option").all_inner_texts()
        assert offered[0] == "The first that is free"
        assert rooms.evaluate("each => each.selectedOptions[0].label") == offered[1]
        with world.member(MANAGER):
            world.act(request, "reject", "pending_approval", {"reason": "It is quiet again"})


def test_reception_is_not_offered_the_decision(sign_in: SignIn, wish: str) -> None:
    reception = sign_in(RECEPTION)
    reception.visits(wish)
    assert not {"Approve", "Reject"} & set(reception.buttons())
    expect(reception.page.locator("#head")).to_contain_text("A manager approves or rejects it.")


def test_a_card_is_pressed_in_the_sandbox(stack: Stack, sign_in: SignIn, wish: str) -> None:
    member = sign_in(RECEPTION)
    with stack.connect() as connection:
        number = World(connection).value("select number from portal.requests where id = %s", wish)
    member.go("/sandbox?chat=slack:%23approvals-fsl&show=slack")
    card = member.page.locator("article.post").filter(has_text=number)
    card.get_by_label("Amount to charge (PKR)").fill("8000")
    card.get_by_label("Pressed by").select_option("Tariq")
    card.get_by_role("button", name="Approve").click()
    expect(card).to_contain_text("Approved by Tariq", timeout=15000)
    expect(card.get_by_role("button", name="Approve")).to_have_count(0)
    assert agreed(stack) == "15:00:00"
