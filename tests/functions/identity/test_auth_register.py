"""auth-register: a hotel, its first property and its owner, who is signed in."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from tests.functions.identity.people import PASSWORD, cookies_of, give_password, header, log_in
from tests.functions.server import House
from tests.world import MANAGER, RECEPTION

PATH = "/functions/v1/auth-register"
LODGE = {"code": "ALD", "name": "The Lodge", "country": "PK", "time_zone": "Asia/Karachi", "currency": "PKR"}


def registration(email: str = "zara@lodge.example", **different: Any) -> dict[str, Any]:
    owner = {"name": "Zara Aziz", "email": email, "password": different.pop("password", PASSWORD)}
    return {"hotel_name": "Lodge and Sons", "owner": owner, "property": LODGE, **different}


def register(house: House, key: str, address: str = "198.51.100.8", **different: Any) -> httpx2.Response:
    return house.client.post(
        PATH,
        json=registration(**different),
        headers={"Idempotency-Key": key, "X-Forwarded-For": address},
    )


@pytest.fixture(autouse=True)
def _nobody_waits(house: House) -> None:
    house.ask("delete from app.limits returning 1")
    give_password(house, MANAGER)


def test_admin_can_register_and_create_hotel(house: House) -> None:
    answer = register(house, "first", email="first@lodge.example")
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert (body["role"], body["next"], body["onboarding_completed"]) == ("admin", "/admin/onboarding", False)
    assert set(cookies_of(answer)) == {"staybase_admin", "staybase_admin_access"}
    again = log_in(house, "first@lodge.example", flow="admin")
    assert (again.status_code, again.json()["next"]) == (200, "/admin/onboarding")
    assert (
        house.client.post("/functions/v1/auth-refresh", headers=header(cookies_of(answer))).status_code == 200
    )


def test_a_repeat_makes_no_second_hotel(house: House) -> None:
    first, again = (register(house, "twice", email="twice@lodge.example") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.headers["idempotent-replayed"] == "true"
    assert (
        house.ask(
            "select count(*) from identity.memberships m join identity.users u on u.id = m.user_id"
            " where u.email = 'twice@lodge.example'"
        )
        == 1
    )


def test_a_repeat_needs_the_password(house: House) -> None:
    assert register(house, "proven", email="proven@lodge.example").status_code == 201
    stolen = register(house, "proven", email="proven@lodge.example", password="another kettle entirely")
    assert (stolen.status_code, stolen.json()["details"]) == (401, "sign_in_refused")
    assert "set-cookie" not in stolen.headers


def test_twins_at_once_make_one_hotel(house: House) -> None:
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: register(house, "twins", email="twins@lodge.example"), range(3)))
    assert sorted(one.status_code for one in answers) == [200, 200, 201]


def test_an_address_registers_a_second_hotel(house: House) -> None:
    """With the same password one sign-in opens both; with another one each opens its own."""
    assert register(house, "second", email=MANAGER).status_code == 201
    assert log_in(house, MANAGER).json()["details"] == "tenant_must_be_chosen"
    other = "another kettle entirely"
    assert register(house, "third", email=MANAGER, password=other, hotel_name="Third").status_code == 201
    assert log_in(house, MANAGER, other, tenant="third").status_code == 200
    refused = log_in(house, MANAGER, other, tenant="hamsun").json()
    assert (refused["details"], refused["hint"]) == ("tenant_must_be_chosen", "Third (third)")


@pytest.mark.parametrize(
    "different",
    [
        {},
        {"slug": "hamsun"},
        {"property": {**LODGE, "time_zone": "Atlantis"}},
        {"property": {**LODGE, "code": "x"}},
        {"password": "password1234"},
    ],
)
def test_no_answer_tells_whether_an_address_is_known(house: House, different: dict[str, Any]) -> None:
    answers = [
        register(house, f"told {email}", email=email, **{"password": "another kettle entirely", **different})
        for email in (RECEPTION, "nobody-knows@lodge.example")
    ]
    known, unknown = ((one.status_code, sorted(one.json()), one.json().get("details")) for one in answers)
    assert known == unknown


def test_every_try_is_counted(house: House) -> None:
    """One that is refused for its time zone is a try like any other, known address or not."""
    counted = "select sum(hits) from app.limits where bucket = 'register:198.51.100.8'"
    for number, email in enumerate((RECEPTION, "nobody-knows@lodge.example")):
        register(house, f"try {number}", email=email, property={**LODGE, "time_zone": "Atlantis"})
    assert house.ask(counted) == 2


@pytest.mark.parametrize(
    ("different", "status", "slug"),
    [
        ({"password": "password1234"}, 422, "password_too_weak"),
        ({"password": "the lodge and a moth"}, 422, "password_too_weak"),
        ({"slug": "hamsun"}, 409, "slug_is_taken"),
        ({"property": {**LODGE, "time_zone": "Atlantis"}}, 422, "time_zone_unknown"),
        ({"property": {**LODGE, "time_zone": "\x00"}}, 400, None),
        ({"property": {**LODGE, "code": "x"}}, 422, "input_invalid"),
        ({"hotel_name": " "}, 422, "input_invalid"),
        ({"email": "no address"}, 422, "input_invalid"),
    ],
)
def test_what_cannot_be_is_refused(
    house: House, different: dict[str, Any], status: int, slug: str | None
) -> None:
    answer = register(house, "refused", **{"email": "refused@lodge.example", **different})
    assert answer.status_code == status, answer.text
    assert slug in (None, answer.json()["details"])


def test_a_key_is_needed(house: House) -> None:
    answer = house.client.post(PATH, json=registration())
    assert (answer.status_code, answer.json()["details"]) == (400, "idempotency_key_missing")


def test_an_address_registers_so_many(house: House) -> None:
    for n in range(5):
        taken = register(house, f"many {n}", "203.0.113.9", email=f"many{n}@lodge.example", slug="hamsun")
        assert (taken.status_code, taken.json()["details"]) == (409, "slug_is_taken")
    refused = register(house, "many", "203.0.113.10", email="many@lodge.example")
    assert (refused.status_code, refused.json()["details"]) == (429, "too_many_tries")
    assert int(refused.headers["retry-after"]) > 0
