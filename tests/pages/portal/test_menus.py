"""Breakfast, lunch and dinner ordered beforehand: a time, dishes, a look, a tap; changed; cancelled."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.kitchen import second_breakfast
from tests.pages.browser import each_size, with_scripts_and_without
from tests.pages.portal.conftest import Visit
from tests.pages.portal.guest import Guest
from tests.world import RECEPTION, World

CARD = 'a[href="/portal/breakfast"]'
FAMILY = "(select id from service_menus.menus where slug = 'family-breakfast')"
OPEN_ORDERS = "select id from portal.requests where type_slug = 'menu_order' and phase <> 'closed'"


@pytest.fixture(autouse=True)
def _as_found(world: World) -> Iterator[None]:
    yield
    for (request_id,) in world.rows(OPEN_ORDERS):
        with world.member(RECEPTION):
            world.act(request_id, "cancel", given={"reason": "The test is over"})


def fills(guest: Guest, *, time: str = "08:30") -> None:
    """Scrambled eggs with cheese, and two teas."""
    guest.page.get_by_role("radio", name=time).last.check(force=True)
    guest.takes("Eggs your way")
    guest.page.get_by_role("radio", name="scrambled").check(force=True)
    guest.page.get_by_role("checkbox", name="cheese").check(force=True)
    guest.takes("Chai", 2)


@pytest.mark.shows("subflow/breakfast", "card/breakfast")
@with_scripts_and_without
def test_a_guest_orders_changes_and_cancels(visit: Visit, scripts: bool) -> None:
    guest = visit(scripts=scripts)
    card = guest.page.locator(CARD)
    expect(card).to_contain_text(re.compile(r"Choose your time and dishes · (closes at|until) "))
    card.click()
    if scripts:
        fills(guest)
    else:
        guest.takes("Eggs your way")
        guest.page.get_by_role("radio", name="scrambled").check(force=True)
        guest.page.get_by_role("checkbox", name="cheese").check(force=True)
        guest.takes("Chai", 2)
        guest.page.get_by_role("radio", name="08:30").last.check(force=True)
    guest.notes("No salt 🙏")
    expect(guest.page.locator("#total")).to_contain_text("PKR 1,440")
    guest.sends()
    expect(guest.page.get_by_role("heading", name="Your order")).to_be_visible()
    guest.says("1 × Eggs your way (scrambled, cheese)")
    guest.says("PKR 1,440")
    guest.sends()
    guest.is_asked_who()
    guest.says_who()
    guest.sent()
    guest.says("2 × Chai")

    guest.go("/")
    expect(card).to_contain_text("Ordered for 08:30")
    guest.go("/portal/breakfast")
    guest.page.get_by_role("link", name="Change").click()
    expect(guest.page.locator("#note")).to_have_value("No salt 🙏")
    guest.takes("Coffee")
    guest.page.get_by_role("button", name="Another, chosen differently: Eggs your way").click()
    second = guest.page.locator("[data-line]").filter(has_text="Chosen differently")
    second.get_by_role("radio", name="fried").check(force=True)
    guest.sends()
    guest.says("1 × Eggs your way (scrambled, cheese)")
    guest.says("PKR 2,640")
    guest.sends()
    guest.says("1 × Eggs your way (fried)")
    guest.says("1 × Coffee")

    guest.page.locator("#act-cancel summary").click()
    guest.page.get_by_role("button", name="Yes: cancel").click()
    expect(guest.page.locator("#request")).to_have_attribute("data-phase", "closed")
    assert guest.screen.faults == []


def test_what_is_missing_is_asked_for(visit: Visit) -> None:
    guest = visit()
    guest.go("/portal/menu/breakfast")
    guest.page.get_by_role("radio", name="08:30").last.check(force=True)
    guest.sends()
    guest.says("Choose at least one thing.")
    guest.takes("Eggs your way")
    guest.sends()
    guest.says("Please choose for “Eggs your way”: How.")
    late = guest.page.request.post(
        f"{guest.home}/portal/menu/breakfast",
        form={"serving": "x 2020-01-01", "people": "1"},
        headers={"Origin": guest.home},
    )
    assert late.status == 409
    assert "It is too late for that time." in late.text()
    assert "There is still: " in late.text()


def test_what_sold_out_meanwhile_is_said_and_nothing_is_lost(visit: Visit, world: World) -> None:
    guest = visit()
    guest.go("/portal/breakfast")
    fills(guest)
    guest.notes("By the window")
    guest.sends()
    world.conn.execute("update service_menus.drinks set is_sold_out = true where name ->> 'en' = 'Chai'")
    try:
        guest.sends()
        if guest.page.get_by_label("Your last name").is_visible():
            guest.says_who()
        guest.says("“Chai” is sold out.")
        guest.says("There is still: Coffee, Fresh orange juice.")
        expect(guest.page.locator("#note")).to_have_value("By the window")
    finally:
        world.conn.execute("update service_menus.drinks set is_sold_out = false")


def test_before_arrival_there_is_no_card(visit: Visit) -> None:
    guest = visit(state="pre_checkin")
    expect(guest.page.locator(CARD)).to_have_count(0)
    guest.go("/portal/breakfast")
    guest.says("You can order from the day you arrive.")


def test_a_menu_that_is_not_served_is_nowhere(visit: Visit) -> None:
    guest = visit()
    for slug in ("lunch", "supper"):
        answer = guest.page.goto(f"{guest.home}/portal/menu/{slug}")
        assert answer is not None
        assert answer.status == 404


def test_two_breakfasts_have_a_card_and_an_address_each(visit: Visit, world: World) -> None:
    second_breakfast(world)
    try:
        guest = visit()
        for path in ("/", "/portal/breakfast"):
            guest.go(path)
            expect(guest.page.locator('a.card[href="/portal/menu/breakfast"]')).to_contain_text("Breakfast ·")
        guest.page.locator('a.card[href="/portal/menu/family-breakfast"]').click()
        guest.says("Cocoa")
        expect(guest.page.get_by_text("Eggs your way")).to_have_count(0)
    finally:
        world.conn.execute(
            f"delete from service_menus.drinks where menu_id = {FAMILY};"
            f"delete from service_menus.time_slots where menu_id = {FAMILY};"
            f"delete from app.job_plans where variant = 'family-breakfast';"
            f"delete from service_menus.menus where id = {FAMILY}".encode()
        )


def test_in_spanish(visit: Visit) -> None:
    guest = visit(state="arrival_day", language="es")
    expect(guest.page.locator(CARD)).to_contain_text("Elija hora y platos")
    guest.go("/portal/breakfast")
    expect(guest.page.get_by_text("El desayuno de").first).to_be_visible()
    guest.says("Huevos a su gusto")
    guest.says("Contiene huevo")


@each_size
def test_it_is_fit_for_everyone(visit: Visit, size: tuple[int, int]) -> None:
    guest = visit(size=size)
    for path in ("/portal/breakfast", "/portal/menu/dinner"):
        guest.go(path)
        assert (path, guest.screen.problems()) == (path, [])
        assert guest.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    guest.go("/portal/breakfast")
    fills(guest)
    guest.sends()
    assert guest.screen.problems() == []
    assert guest.screen.faults == []
