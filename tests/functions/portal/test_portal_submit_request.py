"""portal-submit-request: once, whatever the number of repeats."""

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from tests.functions.server import House, Person

PATH = "/functions/v1/portal-submit-request"
TOWELS = {"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 2}]}


def submit(person: Person, body: dict[str, Any] | None = None, key: str | None = None) -> httpx2.Response:
    return person.post(PATH, body or TOWELS, key or uuid.uuid4().hex)


def requests_of(house: House, person: Person) -> int:
    return int(
        house.ask("select count(*) from portal.requests where booking_id = %s", person.session["booking_id"])
    )


@pytest.fixture(scope="module")
def guest(house: House) -> Person:
    return house.guest("Marutani")


@pytest.mark.shows("function/portal-submit-request")
def test_a_guest_asks_for_towels(guest: Person) -> None:
    answer = submit(guest)
    assert answer.status_code == 201
    request = answer.json()["request"]
    assert request["status"] == "new"
    assert [(line["sku"], line["quantity"]) for line in request["lines"]] == [("towel", 2)]
    assert "idempotent-replayed" not in answer.headers


def test_the_same_key_replays_the_same_answer(house: House, guest: Person) -> None:
    key = uuid.uuid4().hex
    first, before = submit(guest, key=key), requests_of(house, guest)
    again = submit(guest, key=key)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (200, "true")
    assert again.content == first.content
    assert requests_of(house, guest) == before


def test_the_same_body_in_another_order_is_the_same_body(guest: Person) -> None:
    key = uuid.uuid4().hex
    assert submit(guest, key=key).status_code == 201
    turned = {"items": [{"quantity": 2, "sku": "towel"}], "type_slug": "housekeeping"}
    assert submit(guest, turned, key).status_code == 200


def test_a_key_with_another_body_is_refused(guest: Person) -> None:
    key = uuid.uuid4().hex
    submit(guest, key=key)
    other = submit(guest, {"type_slug": "concierge", "note": "A taxi"}, key)
    assert (other.status_code, other.json()["details"]) == (422, "idempotency_key_reused")


def test_keys_are_each_caller_s_own(house: House, guest: Person) -> None:
    key = uuid.uuid4().hex
    assert submit(guest, key=key).status_code == 201
    assert submit(house.guest("Haddad"), key=key).status_code == 201


def test_a_refused_request_gives_its_key_back(guest: Person) -> None:
    key = uuid.uuid4().hex
    unknown = {"type_slug": "housekeeping", "items": [{"sku": "unicorn", "quantity": 1}]}
    refused = submit(guest, unknown, key)
    assert (refused.status_code, refused.json()["details"]) == (422, "item_unknown")
    assert submit(guest, key=key).status_code == 201


def test_twenty_at_once_have_one_effect_and_nineteen_replays(house: House, guest: Person) -> None:
    key, before, start = uuid.uuid4().hex, requests_of(house, guest), threading.Barrier(20)

    def tap(_: int) -> tuple[int, bytes, str | None]:
        start.wait(10)
        answer = submit(guest, key=key)
        return answer.status_code, answer.content, answer.headers.get("idempotent-replayed")

    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(tap, range(20)))
    assert Counter(status for status, _, _ in answers) == {201: 1, 200: 19}
    assert Counter(replayed for _, _, replayed in answers) == {None: 1, "true": 19}
    assert len({content for _, content, _ in answers}) == 1
    assert requests_of(house, guest) == before + 1


def test_a_twin_that_stays_in_flight_is_asked_to_come_back(house: House, guest: Person) -> None:
    key = uuid.uuid4().hex
    with house.database.connect() as twin, twin.transaction(force_rollback=True):
        twin.execute(
            "insert into app.idempotency_keys (tenant_id, caller, command, key, body_digest)"
            " values (%s, %s, 'portal_submit_request', %s, '')",
            (guest.session["tenant_id"], f"guest:{guest.session['booking_id']}", key),
        )
        waited = submit(guest, key=key)
    assert (waited.status_code, waited.headers["retry-after"]) == (409, "1")
    assert submit(guest, key=key).status_code == 201


def test_staff_submit_on_behalf_of_a_guest(house: House, guest: Person) -> None:
    reception = house.member("reception@hamsun.example")
    answer = submit(reception, {**TOWELS, "on_behalf_of": guest.session["booking_id"]})
    assert answer.status_code == 201
    assert answer.json()["request"]["booking_id"] == guest.session["booking_id"]


def test_staff_submit_a_task(house: House) -> None:
    answer = submit(
        house.member("reception@hamsun.example"), {"type_slug": "task", "title": "Water the palms"}
    )
    assert answer.status_code == 201


def test_the_other_hotel_s_booking_does_not_exist(house: House, guest: Person) -> None:
    stranger = house.member("stranger@alpine.example")
    elsewhere = submit(stranger, {**TOWELS, "on_behalf_of": guest.session["booking_id"]})
    nowhere = submit(stranger, {**TOWELS, "on_behalf_of": str(uuid.uuid4())})
    assert elsewhere.status_code == nowhere.status_code == 404
    assert elsewhere.json() == nowhere.json()


def test_what_costs_needs_the_second_fact(house: House, guest: Person) -> None:
    lunch = {"type_slug": "kitchen_fnb", "items": [{"sku": "club_sandwich", "quantity": 1}]}
    refused = submit(guest, lunch)
    assert (refused.status_code, refused.json()["details"]) == (403, "second_fact_needed")
    assert submit(house.guest(level="identified"), lunch).status_code == 201


def test_what_is_closed_in_this_state_is_refused(house: House) -> None:
    answer = submit(house.guest("Okafor"))
    assert (answer.status_code, answer.json()["details"]) == (409, "feature_closed")


def test_a_cookie_is_no_token_here(house: House) -> None:
    answer = house.client.post(
        PATH, json=TOWELS, headers={"Cookie": "staybase_guest=x", "Idempotency-Key": "k"}
    )
    assert (answer.status_code, answer.json()["details"]) == (401, "token_missing")
