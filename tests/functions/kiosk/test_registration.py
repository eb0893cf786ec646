"""A kiosk's device token: signed once, long-lived, and only with its own hotel's name."""

from typing import Any

import httpx2
import jwt
import pytest

from functions.shared.tokens import verify
from tests.functions.server import House
from tests.world import MANAGER, RECEPTION

REGISTER, ROTATE = "/functions/v1/kiosk-register", "/functions/v1/kiosk-rotate"
CHARGE = {"booking_id": "00000000-0000-0000-0000-000000000000", "category": "other", "description": "x"}


def registered(house: House, name: str) -> dict[str, Any]:
    answer = house.member(MANAGER).post(REGISTER, {"name": name})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def charge(house: House, token: str, **headers: str) -> httpx2.Response:
    """A write that kiosks may make, on a booking that there is not: 404 is being let in."""
    body = {**CHARGE, "unit_price": "1.00"}
    return house.client.post(
        "/functions/v1/post-charge",
        json=body,
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "k", **headers},
    )


def test_a_device_token_is_a_long_lived_one_of_a_kiosk(house: House) -> None:
    told = registered(house, "Lobby")
    claims = verify(house.settings, told["device_token"])
    assert (claims["role"], claims["device_table"], claims["sub"]) == ("kiosk", "kiosk", told["kiosk_id"])
    assert claims["exp"] - claims["iat"] > 300 * 24 * 3600
    assert charge(house, told["device_token"]).status_code == 404


@pytest.mark.parametrize(("slug", "status"), [("hamsun", 404), ("alpine", 401)])
def test_the_tenants_slug_must_agree(house: House, slug: str, status: int) -> None:
    token = registered(house, f"Desk of {slug}")["device_token"]
    assert charge(house, token, **{"X-Tenant-Slug": slug}).status_code == status


def test_a_token_that_was_rotated_is_over(house: House) -> None:
    told = registered(house, "Garden")
    answer = house.member(MANAGER).post(ROTATE, {"kiosk_id": told["kiosk_id"]})
    assert answer.status_code == 200
    assert charge(house, told["device_token"]).status_code == 401
    assert charge(house, answer.json()["device_token"]).status_code == 404


def test_a_token_without_its_secret_is_refused(house: House) -> None:
    claims = dict(verify(house.settings, registered(house, "Pool")["device_token"]))
    del claims["jti"]
    bare = jwt.encode(claims, house.settings.jwt_secret, algorithm="HS256")
    assert charge(house, bare).status_code == 401


def test_reception_registers_nothing(house: House) -> None:
    answer = house.member(RECEPTION).post(REGISTER, {"name": "Mine"})
    assert (answer.status_code, answer.json()["details"]) == (403, "permission_missing")
    assert house.client.post(REGISTER, json={"name": "Mine"}).status_code == 401


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": "x", "colour": "red"}])
def test_an_incomplete_kiosk_is_refused(house: House, body: dict[str, Any]) -> None:
    assert house.member(MANAGER).post(REGISTER, body).status_code == 422


@pytest.mark.parametrize("kiosk_id", ["nobody", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_kiosk_is_not_rotated(house: House, kiosk_id: str) -> None:
    assert house.member(MANAGER).post(ROTATE, {"kiosk_id": kiosk_id}).status_code in (400, 404)
