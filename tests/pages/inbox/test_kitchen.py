"""The kitchen's list: what is ordered for a day, time by time; it moves by itself."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.kitchen import ordered, today
from tests.pages.browser import PHONE
from tests.pages.inbox.conftest import SignIn
from tests.world import KITCHEN, RECEPTION, World

OPEN_ORDERS = "select id from portal.requests where type_slug = 'menu_order' and phase <> 'closed'"


@pytest.fixture(autouse=True)
def as_found(world: World) -> Iterator[None]:
    yield
    world.conn.execute("update public.guests set dietary_notes = null where last_name = 'Marutani'")
    for (request_id,) in world.rows(OPEN_ORDERS):
        with world.member(RECEPTION):
            world.act(request_id, "cancel", given={"reason": "The test is over"})


def test_the_kitchen_sees_an_order_come_and_serves_it(sign_in: SignIn, world: World) -> None:
    world.conn.execute("update public.guests set dietary_notes = 'No nuts' where last_name = 'Marutani'")
    tomorrow = (today(world) + timedelta(days=1)).isoformat()
    cook = sign_in(KITCHEN, size=PHONE)
    cook.go()
    cook.page.get_by_role("link", name="Menu orders").click()
    cook.go(f"/app/kitchen?property=FSL&day={tomorrow}")
    expect(cook.page.get_by_text("Nobody has ordered for this day yet.")).to_be_visible()
    assert cook.screen.problems() == []

    made = ordered(world, key="kitchen-page", people=2, note="<b>No salt</b> 🙏")
    ticket = cook.page.locator(f"#o-{made}")
    expect(ticket).to_contain_text("G06")
    expect(ticket).to_contain_text("Can still change until")
    expect(ticket.locator(".warn")).to_have_text(["Diet: No nuts", "The guest says: <b>No salt</b> 🙏"])
    expect(ticket.locator(".lines li")).to_have_text(["1 × Eggs your way (scrambled) eggs", "1 × Coffee"])
    expect(cook.page.locator(".dishes li")).to_have_text(["1Coffee", "1Eggs your way (scrambled)"])

    world.conn.execute("update portal.requests set status = 'locked' where id = %s", (made,))
    ticket.get_by_role("button", name="Start preparing").click()
    ticket.get_by_role("button", name="Delivered").click()
    expect(ticket.locator(".tag")).to_have_text("Delivered")
    assert cook.screen.problems() == []
    assert cook.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert cook.screen.faults == []
