"""A guest asks to stay longer in the day: what it costs before it is sent, and what became of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.pages.portal.conftest import Visit
from tests.pages.portal.guest import Guest
from tests.world import MANAGER, World

CHANGE = "booking_action"


@pytest.fixture
def kept(world: World) -> Iterator[World]:
    """The house as it was, after a stay in it was changed."""
    yield world
    world.conn.execute("update public.bookings set agreed_check_out_time = null")


def chooses_late_check_out(guest: Guest) -> None:
    guest.wants(CHANGE)
    guest.page.get_by_role("link", name="Late check-out").click()


@pytest.mark.shows("subflow/booking_action")
def test_a_late_check_out_from_the_wish_to_the_stay(visit: Visit, kept: World) -> None:
    guest = visit("in_house")
    chooses_late_check_out(guest)
    guest.page.get_by_label("Until when would you like to stay?").fill("15:00")
    guest.sends()
    guest.says_who()
    # nobody agrees to a price unseen
    guest.says("This is possible. It costs PKR 11,000, once we have confirmed it.")
    guest.sends()
    request = guest.sent()
    expect(guest.page.locator("h1")).to_have_text("Late check-out · 15:00")
    guest.says("Being checked")

    with kept.member(MANAGER):
        kept.act(request, "approve", "pending_approval", {"amount": "9000"})
    guest.says("Approved")
    guest.go("/")
    expect(guest.page.locator("header")).to_contain_text("15:00")


def test_what_it_costs_is_said_before(visit: Visit) -> None:
    guest = visit("in_house")
    guest.go("/portal/charges")
    guest.says_who()
    expect(guest.page.locator("#charges")).to_be_visible()
    chooses_late_check_out(guest)
    guest.says("This is possible. It costs PKR 11,000, once we have confirmed it.")
    guest.page.get_by_label("Until when would you like to stay?").fill("23:00")
    guest.page.locator("#note").click()
    guest.says("We cannot offer that hour.")
    guest.says("Choose an hour between 12:00 and 18:00.")


@pytest.mark.shows("subflow/booking_action_subtypes")
def test_each_kind_asks_for_its_own(visit: Visit) -> None:
    guest = visit("in_house")
    guest.wants(CHANGE)
    guest.page.get_by_role("link", name="Another room").click()
    expect(guest.page.get_by_label("Which kind of room?").locator("option")).to_have_text(
        ["The same kind", "Deluxe", "Presidential suite", "Standard"]
    )
    guest.go(f"/portal/request/{CHANGE}?subtype=special_occasion")
    guest.chooses("Birthday")
    expect(guest.page.get_by_label("On which day?")).to_be_visible()
