"""post-charge: staff put something on a folio, once."""

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from tests.functions.server import SECRET_KEY, House, Person

PATH = "/functions/v1/post-charge"


@pytest.fixture(scope="module")
def reception(house: House) -> Person:
    return house.member("reception@hamsun.example")


@pytest.fixture(scope="module")
def guest(house: House) -> Person:
    return house.guest("Marutani", "identified")


def laundry(guest: Person, **different: Any) -> dict[str, Any]:
    booking_id = guest.session["booking_id"]
    return {
        "booking_id": booking_id,
        "category": "laundry",
        "description": "Two shirts",
        "unit_price": "1160.00",
        **different,
    }


def post(person: Person, body: dict[str, Any], key: str | None = None) -> httpx2.Response:
    return person.post(PATH, body, key or uuid.uuid4().hex)


def charges_of(house: House, guest: Person) -> int:
    return int(
        house.ask(
            "select count(*) from public.charges as c join public.folios as f on f.id = c.folio_id"
            " where f.booking_id = %s",
            guest.session["booking_id"],
        )
    )


@pytest.mark.shows("function/post-charge")
def test_reception_posts_a_charge(reception: Person, guest: Person) -> None:
    answer = post(reception, laundry(guest))
    assert answer.status_code == 201
    charge = answer.json()["charge"]
    assert float(charge["gross"]) == 1160


def test_the_same_key_replays_the_same_answer(house: House, reception: Person, guest: Person) -> None:
    key = uuid.uuid4().hex
    first, before = post(reception, laundry(guest), key), charges_of(house, guest)
    again = post(reception, laundry(guest), key)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (200, "true")
    assert again.content == first.content
    assert charges_of(house, guest) == before


def test_a_key_with_another_amount_is_refused(reception: Person, guest: Person) -> None:
    key = uuid.uuid4().hex
    post(reception, laundry(guest), key)
    other = post(reception, laundry(guest, unit_price="1160.01"), key)
    assert (other.status_code, other.json()["details"]) == (422, "idempotency_key_reused")


def test_twenty_at_once_post_one_charge(house: House, reception: Person, guest: Person) -> None:
    key, before, start = uuid.uuid4().hex, charges_of(house, guest), threading.Barrier(20)

    def tap(_: int) -> int:
        start.wait(10)
        return post(reception, laundry(guest), key).status_code

    with ThreadPoolExecutor(20) as people:
        assert Counter(people.map(tap, range(20))) == {201: 1, 200: 19}
    assert charges_of(house, guest) == before + 1


def test_a_housekeeper_may_not(house: House, guest: Person) -> None:
    refused = post(house.member("housekeeper@hamsun.example"), laundry(guest))
    assert (refused.status_code, refused.json()["details"]) == (403, "permission_missing")


def test_a_guest_may_not(guest: Person) -> None:
    assert post(guest, laundry(guest)).status_code == 403


def test_the_secret_key_may_not(house: House, guest: Person) -> None:
    headers = {"Authorization": f"Bearer {SECRET_KEY}", "Idempotency-Key": "k"}
    refused = house.client.post(PATH, json=laundry(guest), headers=headers)
    assert (refused.status_code, refused.json()["details"]) == (403, "session_needed")


def test_the_other_hotel_s_booking_does_not_exist(house: House, guest: Person) -> None:
    stranger = house.member("stranger@alpine.example")
    elsewhere, nowhere = (
        post(stranger, laundry(guest)),
        post(stranger, laundry(guest, booking_id=str(uuid.uuid4()))),
    )
    assert elsewhere.status_code == nowhere.status_code == 404
    assert elsewhere.json() == nowhere.json()


def test_a_closed_folio_takes_nothing(house: House, reception: Person) -> None:
    guest = house.guest("Haddad")
    assert post(reception, laundry(guest)).status_code == 201
    house.ask(
        "update public.folios set closed_at = now() where booking_id = %s returning 1",
        guest.session["booking_id"],
    )
    refused = post(reception, laundry(guest))
    assert (refused.status_code, refused.json()["details"]) == (409, "folio_closed")


@pytest.mark.parametrize("price", ["0", "-1", "1.001", "much", None, 1e30])
def test_a_price_that_is_none_is_refused(reception: Person, guest: Person, price: Any) -> None:
    assert post(reception, laundry(guest, unit_price=price)).status_code == 422
