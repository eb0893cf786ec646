"""folio-pdf: a bill on paper, for whoever may see the folio."""

import uuid
from typing import Any

import pytest

from tests.functions.server import House, Person

PATH = "/functions/v1/folio-pdf"


@pytest.fixture(scope="module")
def reception(house: House) -> Person:
    return house.member("reception@hamsun.example")


@pytest.fixture(scope="module")
def guest(house: House) -> Person:
    return house.guest("Marutani", "identified")


@pytest.fixture(scope="module")
def charge(reception: Person, guest: Person) -> dict[str, Any]:
    """Something on Marutani's bill."""
    body = {
        "booking_id": guest.session["booking_id"],
        "category": "fee",
        "description": "Key",
        "unit_price": "100",
    }
    made = reception.post("/functions/v1/post-charge", body, uuid.uuid4().hex)
    posted: dict[str, Any] = made.json()["charge"]
    return posted


def test_the_bill_is_a_pdf(reception: Person, charge: dict[str, Any]) -> None:
    answer = reception.get(f"{PATH}?folio_id={charge['folio_id']}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_guest_names_none_and_gets_the_own(guest: Person, charge: dict[str, Any]) -> None:
    assert guest.get(PATH).content.startswith(b"%PDF-")


def test_anothers_and_nobodys_are_not_found_alike(
    house: House, guest: Person, charge: dict[str, Any]
) -> None:
    stranger = house.member("stranger@alpine.example")
    other = house.guest("Haddad", "identified")
    nowhere = uuid.uuid4()
    answers = [
        stranger.get(f"{PATH}?folio_id={charge['folio_id']}"),
        stranger.get(f"{PATH}?folio_id={nowhere}"),
        other.get(f"{PATH}?folio_id={charge['folio_id']}"),
        guest.get(f"{PATH}?folio_id={nowhere}"),
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert answers[0].json()["details"] == "folio_not_found"


def test_a_payment_of_another_bill_has_no_receipt_here(guest: Person, charge: dict[str, Any]) -> None:
    answer = guest.get(f"{PATH}?payment_id={uuid.uuid4()}")
    assert (answer.status_code, answer.json()["details"]) == (404, "payment_not_found")


def test_who_one_is_comes_first(house: House) -> None:
    answer = house.guest("Marutani", "context").get(PATH)
    assert (answer.status_code, answer.json()["details"]) == (403, "second_fact_needed")


def test_an_id_that_is_none_is_told(reception: Person) -> None:
    assert reception.get(f"{PATH}?folio_id=mine").status_code == 422
