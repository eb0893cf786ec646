"""Signing in to the platform: a flow of its own, without a tenant, past which no guest is seen."""

import httpx2
import pytest

from functions.shared.tokens import verify
from tests.functions.identity.people import (
    OWN_PAGE,
    PASSWORD,
    cookies_of,
    give_password,
    header,
    log_in,
)
from tests.functions.server import House
from tests.passwords import HASH
from tests.world import OWNER

OPS = "ops@staybase.example"
REFRESH = "/functions/v1/auth-refresh"


@pytest.fixture(autouse=True)
def _ops(house: House) -> None:
    house.ask("select app.add_platform_user(%s, 'Nadia', %s)", OPS, HASH)
    give_password(house, OWNER)


def signed_in(house: House) -> httpx2.Response:
    answer = log_in(house, OPS, flow="platform")
    assert answer.status_code == 200, answer.text
    return answer


def test_the_platform_has_cookies_and_tokens_of_its_own(house: House) -> None:
    answer = signed_in(house)
    assert (answer.json()["role"], answer.json()["next"]) == ("platform", "/platform")
    assert set(cookies_of(answer)) == {"staybase_platform", "staybase_platform_access"}
    claims = verify(house.settings, answer.json()["access_token"])
    assert (claims["role"], "tenant_id" in claims) == ("platform", False)


def test_it_is_asked_for_by_its_own_name_alone(house: House) -> None:
    for flow in ({}, {"flow": "admin"}, {"flow": "staff"}):
        assert log_in(house, OPS, **flow).status_code == 401
    assert log_in(house, OWNER, flow="platform").status_code == 401
    wrong = log_in(house, OPS, "wrong", flow="platform")
    unknown = log_in(house, "nobody@staybase.example", flow="platform")
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())


def test_its_secret_turns_and_ends(house: House) -> None:
    cookies = cookies_of(signed_in(house))
    turned = house.client.post(REFRESH, json={"flow": "platform"}, headers=header(cookies))
    assert (turned.status_code, turned.json()["role"]) == (200, "platform")
    now = cookies_of(turned)
    assert house.client.post("/functions/v1/auth-logout", headers=header(now)).status_code == 200
    assert house.client.post(REFRESH, headers=header(now)).status_code == 401


def test_its_secret_opens_no_other_flow(house: House) -> None:
    secret = cookies_of(signed_in(house))["staybase_platform"]
    for flow in ("admin", "staff", "guest"):
        answer = house.client.post(REFRESH, headers=header({f"staybase_{flow}": secret}))
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/functions/v1/portal-submit-request"),
        ("POST", "/functions/v1/post-charge"),
        ("POST", "/functions/v1/auth-password"),
        ("GET", "/functions/v1/events"),
    ],
)
def test_no_door_of_a_hotel_opens_to_it(house: House, method: str, path: str) -> None:
    bearer = {"Authorization": f"Bearer {signed_in(house).json()['access_token']}", "Idempotency-Key": "k"}
    body = {"new": PASSWORD} if method == "POST" else None
    answer = house.client.request(method, path, headers={**bearer, **OWN_PAGE}, json=body)
    assert answer.status_code in (401, 403), answer.text
