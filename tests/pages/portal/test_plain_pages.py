"""The one thing a guest wants is there and plain: pages as they are sent, read without a browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from functions.pages.portal.basket import Basket
from functions.pages.portal.draft import Draft
from tests.pages.portal.conftest import CAST
from tests.stack import Stack
from tests.world import MANAGER, World

Opens = Callable[..., httpx2.Client]
CHANGE = "/portal/request/booking_action"


@pytest.fixture
def opens(stack: Stack) -> Iterator[Opens]:
    """`opens("departure_day")`: a new device with that guest's link opened."""
    with ExitStack() as devices:

        def open_link(state: str = "in_house", *, is_known: bool = False) -> httpx2.Client:
            device = httpx2.Client(
                base_url=stack.url, headers={"Origin": stack.url}, follow_redirects=True, timeout=30
            )
            devices.enter_context(device)
            link = stack.link(state)
            assert device.get(link.url).is_success
            if is_known:
                device.post("/portal/identity", data={"who": "1", "last_name": CAST[state]})
            return device

        yield open_link


def words(answer: httpx2.Response) -> str:
    """What stands on a page, in one line."""
    main = answer.text[answer.text.index("<header") :]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_last_day_offers_what_guests_want_then(opens: Opens) -> None:
    page = opens("departure_day").get("/").text
    assert f'href="{CHANGE}?subtype=late_checkout">Stay a little longer' in page
    assert 'href="/portal/request/airport_transport">Call a car' in page


def test_after_the_stay_its_mark_and_its_bill_come_first(opens: Opens) -> None:
    said = words(opens("post_checkout").get("/"))
    order = [said.index(each) for each in ("How was your stay?", "My charges", "What can we do for you?")]
    assert order == sorted(order)


def test_why_something_was_turned_down_is_told(opens: Opens, world: World) -> None:
    body = {"type_slug": "maintenance", "subtype": "other", "severity": "low", "note": "A squeak"}
    with world.guest("Marutani"):
        request = world.submit(body, str(uuid4()))["body"]["request"]["id"]
    guest = opens()
    assert "Sent. We are on it." in words(guest.get(f"/portal/requests/{request}?sent=1"))
    with world.member(MANAGER):
        world.act(request, "triage", given={"severity": "low"})
    assert "Sent. We are on it." not in words(guest.get(f"/portal/requests/{request}?sent=1"))
    with world.member(MANAGER):
        world.act(request, "cancel", given={"reason": "The squeak is a bird's"})
    assert "The squeak is a bird&#39;s" in guest.get(f"/portal/requests/{request}").text


def test_what_a_change_costs_stands_on_its_page(opens: Opens, world: World) -> None:
    late = {"type_slug": "booking_action", "subtype": "late_checkout", "check_out_time": "15:00"}
    with world.guest("Marutani"):
        request = world.submit(late, str(uuid4()))["body"]["request"]["id"]
    said = words(opens(is_known=True).get(f"/portal/requests/{request}"))
    assert re.search(r"Price, once we have confirmed it taxes included PKR [1-9][\d,]+", said)
    with world.guest("Marutani"):
        world.act(request, "cancel")


def test_a_choice_left_open_is_found_at_once(opens: Opens) -> None:
    guest = opens()
    page = guest.get("/portal/menu/breakfast").text
    serving = re.search(r'name="serving" value="([^"]+)" required>', page)
    dish = re.search(r'id="dish-([0-9a-f-]{36})">(?:(?!id="dish).)*Eggs your way', page, re.DOTALL)
    assert serving
    assert dish
    order = {"idempotency_key": str(uuid4()), "serving": serving[1], "people": "1"}
    refused = guest.post("/portal/menu/breakfast", data=order | {f"item.{dish[1]}": "1"})
    assert refused.status_code == 422
    assert f'href="#dish-{dish[1]}">Show me where' in refused.text


def test_a_form_that_says_nothing_is_not_sent(opens: Opens) -> None:
    guest = opens()
    empty = {"idempotency_key": str(uuid4()), "subtype": "", "note": " "}
    refused = guest.post("/portal/request/housekeeping", data=empty)
    assert refused.status_code == 422
    assert "Choose at least one thing." in words(refused)


def test_a_kind_without_a_price_says_that_it_has_to_be_asked(opens: Opens) -> None:
    said = words(opens().get("/portal/request/airport_transport"))
    assert "City tour Price on request" in said


def test_a_kind_of_change_leads_back_to_all_of_them(opens: Opens) -> None:
    page = opens().get(f"{CHANGE}?subtype=extend_stay").text
    assert re.search(rf'class="up" href="{CHANGE}">.*Change my stay</a>\s*<h1>Stay longer</h1>', page)


def test_long_shelves_can_be_jumped_to(opens: Opens) -> None:
    page = opens().get("/portal/request/mini_shop").text
    wanted = re.findall(r'href="#(shelf-\d+)"', page)
    assert len(wanted) > 3
    assert wanted == re.findall(r'<h2 id="(shelf-\d+)"', page)


def test_a_bill_with_nothing_on_it_is_not_offered_on_paper(opens: Opens, world: World) -> None:
    charges = "select count(*) from api.portal_folio"
    for state in CAST:
        with world.guest(CAST[state], "identified"):
            is_empty = world.value(charges) == 0 and not world.rows("select * from api.portal_payments")
        if state != "pre_checkin":
            page = opens(state, is_known=True).get("/portal/charges").text
            assert ("/portal/charges.pdf" not in page) is is_empty, state


@pytest.mark.parametrize(("typed", "shown"), [("10000", 10), ("-1", 0), ("3", 3)])
def test_a_wild_number_is_shown_again_as_one_that_can_be_had(typed: str, shown: int) -> None:
    item: dict[str, Any] = {"sku": "cola", "category_label": "Drinks", "max_quantity": 10, "available": None}
    price: dict[str, Any] = {"in_stock": True, "is_complimentary": False, "price": 250}
    draft = Draft(key="k", items={"cola": max(-1, min(int(typed), 1001))})
    basket = Basket.of([item | price], draft)
    assert [line.quantity for line in basket.lines] == [shown]
    assert basket.total == shown * 250
