"""Whose token is taken, and whose is not."""

import json
import time
from typing import Any

import jwt
import pytest

from functions.shared.errors import NotSignedIn
from functions.shared.settings import Settings
from functions.shared.tokens import ALGORITHM, mint, verify
from tests.functions.server import SECRET, House

SETTINGS = Settings(authenticator_url="x", service_url="x", jwt_secret=SECRET)
SESSION = {
    "role": "staff",
    "sub": "0198c000-0000-7000-8000-000000000001",
    "session_id": "0198c000-0000-7000-8000-000000000002",
    "tenant_id": "0198c000-0000-7000-8000-000000000003",
}


def claims(**different: Any) -> dict[str, Any]:
    whole = {**SESSION, "aud": "staybase", "iss": "staybase", "exp": int(time.time()) + 60, **different}
    return {name: value for name, value in whole.items() if value is not None}


def signed(secret: str = SECRET, algorithm: str = ALGORITHM, **different: Any) -> str:
    return jwt.encode(claims(**different), secret, algorithm=algorithm)


def refusal_of(token: str) -> str | None:
    with pytest.raises(NotSignedIn) as refused:
        verify(SETTINGS, token)
    assert refused.value.status == 401
    return refused.value.slug


def test_a_minted_token_is_verified() -> None:
    token, told = mint(SETTINGS, SESSION)
    assert verify(SETTINGS, token) == told
    assert 890 <= told["exp"] - time.time() <= 900


def test_a_token_does_not_outlive_its_session() -> None:
    _, told = mint(SETTINGS, {**SESSION, "expires_at": "2001-01-01T00:00:00+00:00"})
    assert told["exp"] == 978307200


@pytest.mark.parametrize("claim", ["exp", "sub", "role", "session_id", "tenant_id", "aud", "iss"])
def test_a_token_without_a_claim_is_incomplete(claim: str) -> None:
    assert refusal_of(jwt.encode(claims(**{claim: None}), SECRET, algorithm=ALGORITHM)) == "token_incomplete"


@pytest.mark.parametrize(
    ("different", "slug"),
    [
        ({"exp": 1}, "token_expired"),
        ({"aud": "another"}, "token_not_for_us"),
        ({"aud": ["another"]}, "token_not_for_us"),
        ({"iss": "another"}, "token_not_for_us"),
        ({"role": "postgres"}, "token_not_for_us"),
        ({"role": "engine"}, "token_not_for_us"),
        ({"role": "service"}, "token_not_for_us"),
        ({"role": "anon"}, "token_not_for_us"),
        ({"exp": "soon"}, "token_not_valid"),
        ({"nbf": 33000000000}, "token_not_valid"),
    ],
)
def test_a_token_of_another_kind_is_refused(different: dict[str, Any], slug: str) -> None:
    assert refusal_of(signed(**different)) == slug


def test_the_platform_s_own_people_have_no_tenant() -> None:
    told = verify(SETTINGS, signed(role="platform", tenant_id=None))
    assert (told["role"], "tenant_id" in told) == ("platform", False)


def test_unsigned_and_otherwise_signed_tokens_are_refused() -> None:
    assert refusal_of(jwt.encode(claims(), "", algorithm="none")) == "token_not_valid"
    assert refusal_of(signed(secret="another secret, long enough for HS256 too")) == "token_not_valid"
    assert refusal_of(signed(secret=SECRET * 2, algorithm="HS512")) == "token_not_valid"


@pytest.mark.parametrize("garbage", ["x", "a.b.c", "....", "é.é.é", "eyJhbGciOiJIUzI1NiJ9..", "\x00"])
def test_garbage_is_refused(garbage: str) -> None:
    assert refusal_of(garbage) == "token_not_valid"


def submit(house: House, token: str) -> tuple[int, str]:
    answer = house.client.post(
        "/functions/v1/portal-submit-request",
        json={"type_slug": "concierge"},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "token"},
    )
    return answer.status_code, answer.json()["details"]


def test_a_token_of_an_unknown_session_is_refused(house: House) -> None:
    guest = house.guest()
    stranger = house.person(guest.session, session_id="0198c000-0000-7000-8000-00000000dead")
    assert submit(house, stranger.token) == (401, "session_over")


def test_a_token_of_an_ended_session_is_refused(house: House) -> None:
    guest = house.guest()
    house.ask(
        "update identity.sessions set ended_at = now() where id = %s returning 1",
        guest.session["session_id"],
    )
    assert submit(house, guest.token) == (401, "session_over")


def test_a_session_serves_its_own_role_alone(house: House) -> None:
    guest = house.guest()
    assert submit(house, house.person(guest.session, role="staff").token) == (401, "session_of_another_type")


def test_a_session_serves_its_own_tenant_alone(house: House) -> None:
    guest, stranger = house.guest(), house.member("stranger@alpine.example")
    moved = house.person(guest.session, tenant_id=stranger.session["tenant_id"])
    assert submit(house, moved.token) == (401, "session_over")


def test_a_session_serves_its_own_booking_alone(house: House) -> None:
    guest, other = house.guest(), house.guest("Haddad")
    moved = house.person(guest.session, booking_id=other.session["booking_id"])
    assert submit(house, moved.token) == (401, "session_over")


def test_no_token_is_asked_to_sign_in(house: House) -> None:
    answer = house.client.post("/functions/v1/portal-submit-request", json={})
    assert (answer.status_code, answer.json()["details"]) == (401, "token_missing")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("role", [["staff"], {"staff": True}, 7])
def test_a_role_that_is_no_text_is_not_for_us(role: Any) -> None:
    assert refusal_of(signed(role=role)) == "token_not_for_us"


def test_a_token_that_names_a_key_is_another_s() -> None:
    named = jwt.encode(claims(), SECRET, algorithm=ALGORITHM, headers={"kid": "theirs"})
    assert refusal_of(named) == "token_not_valid"


def test_a_claim_said_twice_is_refused() -> None:
    text = json.dumps(claims())[:-1] + ', "role": "admin"}'
    twice = jwt.api_jws.encode(text.encode(), SECRET, algorithm=ALGORITHM)
    assert refusal_of(twice) == "token_not_valid"
