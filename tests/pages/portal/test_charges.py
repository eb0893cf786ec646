"""My charges: asked for once who one is, then every line with its tax."""

import re

import pytest
from playwright.sync_api import expect

from tests.pages.portal.guest import Guest
from tests.world import RECEPTION, World


@pytest.mark.shows("card/charges")
def test_a_delivered_order_is_on_the_folio_with_its_tax(guest: Guest, world: World) -> None:
    guest.wants("mini_shop")
    guest.takes("Cola")
    guest.takes("Still water")
    guest.sends()
    guest.says_who()
    request_id = guest.sent()
    with world.member(RECEPTION) as reception:
        reception.act(request_id, "confirm")
        reception.act(request_id, "deliver")
    guest.go("/")
    card = guest.page.get_by_role("link", name="My charges")
    expect(card).to_have_text(re.compile(r"\d+ items?.*PKR\s[\d,]+", re.DOTALL))
    card.click()
    number = world.value("select number from portal.requests where id = %s", request_id)
    line = guest.page.locator(".charge", has_text=number)
    expect(line).to_have_count(1)
    expect(line).to_contain_text("PKR 250.00")
    expect(line.locator(".row.s")).to_have_text(re.compile(r"\S+.*PKR\s\d"))
    expect(guest.page.locator("#charges .all")).to_contain_text("Still to pay")
    assert guest.screen.problems() == []


def test_a_new_device_sees_no_charge_before_the_second_fact(guest: Guest) -> None:
    expect(guest.page.get_by_role("link", name="My charges")).not_to_contain_text("PKR")
    guest.go("/portal/charges")
    guest.is_asked_who()
    expect(guest.page.get_by_text("PKR")).to_have_count(0)
    guest.go("/portal/charges/live")
    expect(guest.page.get_by_text("PKR")).to_have_count(0)
