"""All that a guest has asked for: in full on the first page, and alive on its own."""

from playwright.sync_api import expect

from tests.pages.portal.guest import Guest
from tests.world import HOUSEKEEPER, World


def test_the_first_page_shows_all_that_is_open(guest: Guest) -> None:
    sent = [guest.orders_towels() for _ in range(6)]
    guest.go("/")
    for request_id in sent:
        expect(guest.page.locator(f"#card-{request_id}")).to_be_visible()


def test_my_requests_move_by_themselves(guest: Guest, world: World) -> None:
    request_id = guest.orders_towels()
    guest.go("/portal/requests")
    guest.page.evaluate("window.stayed = true")
    card = guest.page.locator(f"#card-{request_id}")
    with world.member(HOUSEKEEPER) as sana:
        sana.act(request_id, "acknowledge")
        sana.act(request_id, "complete")
    expect(card.locator(".chip")).to_have_text("Done")
    assert guest.page.evaluate("window.stayed") is True
    assert guest.screen.faults == []
