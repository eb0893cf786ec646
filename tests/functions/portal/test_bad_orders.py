"""What no form sends: each gets a clear answer, nothing is made of it, and the house never breaks."""

import uuid
from typing import Any

import httpx2
import pytest

from tests.functions.server import House, Person

PATH = "/functions/v1/portal-submit-request"
MEGABYTE = 1024 * 1024
MADE = "select count(*) from portal.requests where booking_id = %s"


@pytest.fixture(scope="module")
def guest(house: House) -> Person:
    return house.guest("Marutani")


def submit(person: Person, body: Any) -> httpx2.Response:
    return person.post(PATH, body, uuid.uuid4().hex)


def order(**line: Any) -> dict[str, Any]:
    return {"type_slug": "housekeeping", "items": [{"sku": "towel", **line}]}


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        (order(quantity=-1), "quantity_invalid"),
        (order(quantity=0), "quantity_invalid"),
        (order(quantity=10_000), "quantity_invalid"),
        (order(quantity=2.5), "quantity_invalid"),
        (order(quantity=10**30), "quantity_invalid"),
        (order(quantity="2"), "item_unknown"),
        (order(quantity=None), "item_unknown"),
        (order(), "item_unknown"),
        ({"type_slug": "housekeeping", "items": {"towel": 2}}, "item_unknown"),
        ({"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 1}] * 101}, "item_unknown"),
        ({"type_slug": "mini_shop", "items": [{"sku": "towel", "quantity": 1}]}, "item_unknown"),
        ({"type_slug": "concierge", "note": "n" * 2001}, "note_too_long"),
        ({"type_slug": "concierge", "scheduled_for": "tomorrow"}, "input_invalid"),
        ({"type_slug": "concierge", "severity": "apocalyptic"}, "input_invalid"),
        ({"type_slug": "concierge", "subtype": "../../etc/passwd"}, "subtype_unknown"),
        ({"type_slug": "concierge", "assignee": str(uuid.uuid4())}, "input_unknown"),
        ({"type_slug": "wake_up_call", "scheduled_for": "2001-01-01T06:00"}, "scheduled_for_is_past"),
        ({"type_slug": "cleaning", "subtype": "post_checkout"}, "subtype_unknown"),
        ({"type_slug": "complaint", "note": "   "}, "input_missing"),
    ],
    ids=lambda part: part if isinstance(part, str) else None,
)
def test_what_cannot_be_is_refused_and_makes_nothing(
    guest: Person, house: House, body: dict[str, Any], slug: str
) -> None:
    before = house.ask(MADE, guest.session["booking_id"])
    answer = submit(guest, body)
    assert (answer.status_code, answer.json()["details"]) == (422, slug)
    assert house.ask(MADE, guest.session["booking_id"]) == before


def test_a_note_of_a_megabyte_is_too_long(guest: Person, house: House) -> None:
    before = house.ask(MADE, guest.session["booking_id"])
    answer = submit(guest, {"type_slug": "concierge", "note": "n" * MEGABYTE})
    assert answer.status_code in (413, 422)
    assert answer.json()["message"]
    assert house.ask(MADE, guest.session["booking_id"]) == before


@pytest.mark.parametrize(
    "note",
    [
        "🧖‍♀️ two towels 🏳️‍🌈",
        "منشفتان من فضلك",
        "\u202etowels\u202c",
        "<script>alert(1)</script>",
        "a'; drop table--",
    ],
)
def test_whatever_a_guest_writes_is_kept_as_it_is(guest: Person, house: House, note: str) -> None:
    answer = submit(guest, {"type_slug": "concierge", "note": note})
    assert answer.status_code == 201
    kept = "select note from portal.requests where id = %s"
    assert house.ask(kept, answer.json()["request"]["id"]) == note
