"""My charges: asked for once who one is, then every line with its tax."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.folio import bill, send
from tests.pages.portal.conftest import Visit
from tests.pages.portal.guest import Guest
from tests.world import RECEPTION, World


@pytest.fixture
def address(world: World) -> Iterator[str]:
    """Marutani's e-mail address, which is the same afterwards."""
    address = str(world.value("select email from public.guests where last_name = 'Marutani'"))
    yield address
    world.conn.execute("update public.guests set email = %s where last_name = 'Marutani'", (address,))


@pytest.mark.shows("card/charges", "notification/checkout_email")
def test_a_delivered_order_is_on_the_folio_with_its_tax(guest: Guest, world: World, address: str) -> None:
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
    expect(line).to_contain_text("PKR 250")
    expect(line.locator(".row.s")).to_have_text([re.compile(r"\S+.*PKR\s\d"), re.compile(r"Balance.*PKR")])
    expect(guest.page.locator("#charges .all")).to_contain_text("Still to pay")
    assert guest.screen.problems() == []

    guest.page.get_by_role("button", name="Mail me the bill").click()
    guest.says("Your bill is on its way to your e-mail address.")
    mails = "select count(*) from public.notification_log where event_key = 'invoice' and recipient = %s"
    assert world.value(mails, address) == 1
    world.conn.execute("update public.guests set email = null where last_name = 'Marutani'")
    guest.page.get_by_role("button", name="Mail me the bill").click()
    guest.says("We do not know your e-mail address.")


def test_what_a_split_posts_at_once_is_read_in_its_order(visit: Visit, world: World) -> None:
    folio = bill(world, world.booking("Haddad"), 1000, 700, 300)
    acme = send(world, "add_folio", {"booking_id": world.booking("Haddad"), "payer_name": "Acme"})
    shares = [{"folio_id": one, "share": "1"} for one in (folio, acme["folio"]["id"])]
    send(world, "split_folio", {"folio_id": folio, "shares": shares, "reason": "Halves"})
    guest = visit("departure_day")
    guest.go("/portal/charges")
    guest.says_who()
    lines = guest.page.locator("#lines")
    lines.wait_for()
    posted = figures(lines.locator(".charge > .row:first-child .money"))
    owed = figures(lines.locator(".charge > .row:last-child > :last-child"))
    assert [now - line for now, line in zip(owed, posted, strict=True)] == [*owed[1:], 0]


def figures(amounts: Locator) -> list[int]:
    """Amounts without currency."""
    return [int(re.sub(r"[^\d-]", "", text)) for text in amounts.all_inner_texts()]


def test_a_new_device_sees_no_charge_before_the_second_fact(guest: Guest) -> None:
    expect(guest.page.get_by_role("link", name="My charges")).not_to_contain_text("PKR")
    guest.go("/portal/charges")
    guest.is_asked_who()
    expect(guest.page.get_by_text("PKR")).to_have_count(0)
    guest.go("/portal/charges/live")
    expect(guest.page.get_by_text("PKR")).to_have_count(0)


def test_a_new_device_calls_nothing_off_that_costs(guest: Guest, world: World) -> None:
    with world.guest("Marutani"):
        cola = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}
        request = world.submit(cola, "a cola called off")["body"]["request"]["id"]
    answer = guest.page.request.post(
        f"{guest.home}/portal/requests/{request}/actions/cancel",
        form={"expected_status": "new"},
        headers={"Origin": guest.home},
    )
    assert "Your last name" in answer.text()
    assert f"/portal/requests/{request}" in answer.text()
    with world.guest("Marutani"):
        assert world.act(request, "cancel", "new")["status"] == "cancelled"
