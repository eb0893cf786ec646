"""qr-generate and qr-validate, as the tickets' contract has them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import jwt
import pytest

from functions.shared.tokens import verify
from tests.functions.server import House, Person
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER

GENERATE, VALIDATE = "/functions/v1/qr-generate", "/functions/v1/qr-validate"
Body = dict[str, Any]


@pytest.fixture
def reception(house: House) -> Person:
    return house.member(RECEPTION)


@pytest.fixture
def stay(house: House) -> Body:
    """Hotel, guest and room of Marutani, in house."""
    with house.database.connect() as connection:
        row = connection.execute(
            "select b.tenant_id::text, b.guest_id::text, b.room_id::text from public.bookings b"
            " join public.guests g on g.id = b.guest_id"
            " where g.last_name = 'Marutani' order by b.created_at desc limit 1"
        ).fetchone()
    assert row is not None
    return dict(zip(("hotelId", "guestId", "roomId"), row, strict=True))


@pytest.fixture(autouse=True)
def _fresh_limits(house: House) -> None:
    house.ask("with gone as (delete from app.limits returning 1) select count(*) from gone")


def made(person: Person, body: Body, path: str = GENERATE) -> Body:
    answer = person.post(path, body)
    assert answer.status_code == 200, answer.text
    told: Body = answer.json()
    return told


def validate(
    house: House, token: str, address: str = "198.51.100.30", path: str = VALIDATE
) -> httpx2.Response:
    return house.client.post(path, json={"token": token}, headers={"X-Forwarded-For": address})


def slug(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json()["details"])


@pytest.mark.parametrize("paths", [(GENERATE, VALIDATE), ("/api/qr/generate", "/api/qr/validate")])
def test_generate_and_validate_happy(
    house: House, reception: Person, stay: Body, paths: tuple[str, str]
) -> None:
    told = made(reception, stay, paths[0])
    assert set(told) == {"qrUrl", "token", "expiresAt"}
    assert told["qrUrl"].endswith(f"/guest/access?t={told['token']}")
    answer = validate(house, told["token"], path=paths[1])
    assert answer.status_code == 200
    body = answer.json()
    assert {name: body[name] for name in stay} == stay
    claims = verify(house.settings, body["sessionToken"])
    assert claims["role"] == "guest"
    assert "staybase_guest=" in answer.headers["set-cookie"]
    assert answer.headers["cache-control"] == "no-store"


def test_the_token_is_signed_and_says_what_it_is_for(house: House, reception: Person, stay: Body) -> None:
    token = made(reception, stay)["token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert {name: claims[name] for name in stay} == stay
    assert {"tokenId", "exp"} <= set(claims)
    assert (
        house.ask("select count(*) from identity.qr_tokens t where t::text like %s", f"%{claims['tokenId']}%")
        == 0
    )


def test_rejects_used_qr_token(house: House, reception: Person, stay: Body) -> None:
    token = made(reception, stay)["token"]
    assert validate(house, token).status_code == 200
    assert slug(validate(house, token)) == (400, "qr_code_used")


def test_rejects_expired_qr_token(house: House, reception: Person, stay: Body) -> None:
    token = made(reception, {**stay, "expiresInMinutes": 1})["token"]
    house.ask(
        "update identity.qr_tokens set expires_at = clock_timestamp() - interval '1 minute'"
        " where used_at is null returning 1"
    )
    assert slug(validate(house, token)) == (400, "qr_code_expired")


def test_twenty_parallel_validations_open_one_session(house: House, reception: Person, stay: Body) -> None:
    token = made(reception, stay)["token"]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda n: validate(house, token, f"203.0.113.{n}"), range(20)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 400, 429}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_forged_token_opens_nothing(house: House, reception: Person, stay: Body, place: int) -> None:
    parts = made(reception, stay)["token"].split(".")
    parts[place] = parts[place][:-2] + ("AA" if parts[place][-2:] != "AA" else "BB")
    assert slug(validate(house, ".".join(parts))) == (400, "qr_code_unknown")


def test_its_secret_alone_opens_nothing(house: House, reception: Person, stay: Body) -> None:
    claims = jwt.decode(made(reception, stay)["token"], options={"verify_signature": False})
    for bare in (claims["tokenId"], claims["tokenId"].removeprefix("signed:")):
        assert slug(validate(house, bare)) == (400, "qr_code_unknown")


def test_an_access_token_is_no_code_and_a_code_no_access_token(
    house: House, reception: Person, stay: Body
) -> None:
    token = made(reception, stay)["token"]
    assert slug(validate(house, reception.token)) == (400, "qr_code_unknown")
    answer = house.client.post(GENERATE, json=stay, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("body", [{}, {"token": ""}, {"token": 7}, {"token": "x" * 2001}, {"token": None}])
def test_what_is_no_token_is_refused(house: House, body: Body) -> None:
    answer = house.client.post(VALIDATE, json=body, headers={"X-Forwarded-For": "198.51.100.31"})
    assert slug(answer) == (400, "token_missing")


def test_validate_is_limited_to_ten_a_minute_an_address(house: House, reception: Person, stay: Body) -> None:
    answers = [validate(house, "nothing", "198.51.100.32") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [400] * 10 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert validate(house, made(reception, stay)["token"], "198.51.100.33").status_code == 200


def test_validate_is_limited_to_five_a_minute_a_guest(house: House, reception: Person, stay: Body) -> None:
    token = made(reception, stay)["token"]
    statuses = [validate(house, token, f"198.51.100.{40 + n}").status_code for n in range(6)]
    assert statuses == [200] + [400] * 4 + [429]


def test_generate_is_limited_to_five_a_minute_a_guest(reception: Person, stay: Body) -> None:
    answers = [reception.post(GENERATE, stay) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


def test_rbac_access_matrix(house: House, stay: Body) -> None:
    for email, status in ((MANAGER, 200), (RECEPTION, 200), (HOUSEKEEPER, 403), (STRANGER, 404)):
        assert house.member(email).post(GENERATE, stay).status_code == status, email
    assert house.guest().post(GENERATE, stay).status_code in (401, 403)
    assert house.client.post(GENERATE, json=stay).status_code == 401


def test_a_guest_not_in_the_room_gets_no_code(reception: Person, stay: Body) -> None:
    for different in (
        {"guestId": stay["roomId"]},
        {"roomId": stay["guestId"]},
        {"hotelId": stay["roomId"]},
        {"guestId": "nobody"},
    ):
        answer = reception.post(GENERATE, {**stay, **different})
        assert slug(answer) == (404, "guest_not_in_room"), different


@pytest.mark.parametrize("purpose", [None, "LOGIN"])
@pytest.mark.parametrize("missing", [("guestId",), ("roomId",), ("guestId", "roomId")])
def test_a_login_code_names_guest_and_room(
    reception: Person, stay: Body, missing: tuple[str, ...], purpose: str | None
) -> None:
    whole = stay if purpose is None else {**stay, "purpose": purpose}
    without = {name: value for name, value in whole.items() if name not in missing}
    for body in (without, {**whole, **dict.fromkeys(missing)}, {**whole, **dict.fromkeys(missing, 7)}):
        answer = reception.post(GENERATE, body)
        assert slug(answer) == (422, "input_invalid"), body
        assert "guestId" in answer.text or "roomId" in answer.text


@pytest.mark.parametrize("minutes", [0, 1441, "soon"])
def test_minutes_are_checked(reception: Person, stay: Body, minutes: Any) -> None:
    assert reception.post(GENERATE, {**stay, "expiresInMinutes": minutes}).status_code == 422


def test_qr_codes_dont_grant_direct_access(house: House, reception: Person, stay: Body) -> None:
    for purpose in ("GUEST_ACCESS", "ROOM_SERVICE", "MAINTENANCE"):
        token = made(reception, {"hotelId": stay["hotelId"], "purpose": purpose})["token"]
        answer = validate(house, token)
        body = answer.json()
        assert (body["sessionToken"], body["guestId"], body["next"]) == (None, None, "/guest/identify")
        assert "set-cookie" not in answer.headers


def test_admin_can_generate_qr_codes_for_staff_and_guests(house: House, stay: Body) -> None:
    manager = house.member(MANAGER)
    sana = house.ask(
        "select m.id::text from identity.memberships m join identity.users u on u.id = m.user_id"
        " where u.email = %s",
        HOUSEKEEPER,
    )
    told = made(manager, {"hotelId": stay["hotelId"], "purpose": "STAFF_ACCESS", "staffId": sana})
    assert told["expiresAt"] is None
    assert "/staff/access?t=" in told["qrUrl"]
    body = validate(house, told["token"]).json()
    assert (body["staffId"], body["sessionToken"], body["next"]) == (sana, None, "/staff/access")
    assert made(manager, stay)["token"]


def test_another_sites_page_validates_nothing(house: House) -> None:
    answer = house.client.post(VALIDATE, json={"token": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert slug(answer) == (403, "origin_not_ours")
