"""submit-menu-order and get-menu-context: what there is, and an order for it, once."""

import uuid
from typing import Any

import pytest

from tests.functions.server import House, Person

CONTEXT = "/functions/v1/get-menu-context"
PATH = "/functions/v1/submit-menu-order"


@pytest.fixture(scope="module")
def guest(house: House) -> Person:
    return house.guest("Marutani", "identified")


def context(house: House, person: Person, **asked: str) -> Any:
    return house.client.get(CONTEXT, params={"meal": "breakfast", **asked}, headers=person.bearer)


def coffee(house: House, person: Person, **more: Any) -> dict[str, Any]:
    """A coffee, at the last time that is on offer."""
    (menu,) = context(house, person).json()["menus"]
    drink = next(part for part in menu["parts"] if part["name"] == "Coffee")
    serving = menu["servings"][-1]
    return {
        "menu_id": menu["id"],
        "slot_id": serving["slot_id"],
        "served_on": serving["served_on"],
        "drinks": [{"id": drink["id"], "quantity": 1}],
        "expected_total": drink["price"],
    } | more


@pytest.mark.shows("function/get-menu-context")
def test_the_menu_says_what_there_is_and_until_when(house: House, guest: Person) -> None:
    answer = context(house, guest)
    (menu,) = answer.json()["menus"]
    assert (answer.status_code, menu["meal"], menu["currency"]) == (200, "breakfast", "PKR")
    assert menu["servings"]
    assert all(serving["closes_at"] < serving["starts_at"] for serving in menu["servings"])


@pytest.mark.shows("function/submit-menu-order")
def test_an_order_is_made_once_and_posted(house: House, guest: Person) -> None:
    wanted, key = coffee(house, guest), uuid.uuid4().hex
    first, again = guest.post(PATH, wanted, key), guest.post(PATH, wanted, key)
    request = first.json()["request"]
    assert (first.status_code, again.status_code, again.headers["idempotent-replayed"]) == (201, 200, "true")
    assert (again.content, request["status"], request["total"]) == (first.content, "placed", 350)
    posted = house.ask("select sum(gross) from public.charges where request_id = %s", request["id"])
    assert posted == 350


@pytest.mark.parametrize(
    ("wrong", "status", "slug"),
    [
        ({"served_on": "2001-01-01"}, 409, "slot_closed"),
        ({"people": -1}, 422, "people_invalid"),
        ({"drinks": [{"id": "nothing", "quantity": 10_000}]}, 422, "item_unknown"),
        ({"note": "x" * 1_000_000}, 413, "body_too_large"),
        ({"expected_total": 1}, 409, "total_changed"),
        ({"menu_id": "\u202eunem"}, 422, "menu_unknown"),
    ],
)
def test_what_cannot_be_is_refused(
    house: House, guest: Person, wrong: dict[str, Any], status: int, slug: str
) -> None:
    answer = guest.post(PATH, coffee(house, guest, **wrong), uuid.uuid4().hex)
    assert (answer.status_code, answer.json()["details"]) == (status, slug)


def test_reception_asks_and_orders_for_a_guest(house: House, guest: Person) -> None:
    reception = house.member("reception@hamsun.example")
    booking = str(guest.session["booking_id"])
    assert context(house, reception, booking_id=booking).status_code == 200
    assert context(house, reception).json()["details"] == "booking_not_found"
    assert context(house, reception, booking_id="x").status_code == 400
    answer = reception.post(PATH, coffee(house, guest, on_behalf_of=booking), uuid.uuid4().hex)
    assert answer.status_code == 201


def test_without_a_session_there_is_no_menu(house: House) -> None:
    assert house.client.get(CONTEXT).status_code == 401
    assert house.client.post(PATH, json={}, headers={"Idempotency-Key": "k"}).status_code == 401
