"""Half a surrogate pair is no text: wherever it stands in a request, nothing falls over."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.functions.routes import Route, every_route
from tests.functions.server import PUBLISHABLE_KEY, House, Person

HALF = "\\ud800"
WRITES = [route for route in every_route() if route.method in ("POST", "PUT", "PATCH") and not route.is_page]
SIGNED = "eyJhbGciOiJIUzI1NiJ9"
ODD_TOKENS = [HALF, f"a{HALF}b", f"{HALF}.{HALF}.{HALF}", f"{SIGNED}.eyJ9.{HALF}", "\\udfff" * 32, "\\udc80"]


@pytest.fixture(scope="module")
def member(house: House) -> Person:
    return house.member("manager@hamsun.example")


def fields(house: House, route: Route) -> list[str]:
    """The names that a route's body knows."""
    described = house.client.get("/functions/v1/openapi.json").json()
    body = described["paths"].get(route.path, {}).get(route.method.lower(), {}).get("requestBody")
    if body is None:
        return ["token", "code"]
    schema: dict[str, Any] = next(iter(body["content"].values()))["schema"]
    for one in (schema, *schema.get("anyOf", [])):
        if "$ref" in one:
            schema = described["components"]["schemas"][one["$ref"].rpartition("/")[2]]
    return list(schema.get("properties", {}))


def bodies(names: list[str]) -> Iterator[str]:
    """A half sign as each value, as all of them, below each of them and as a name."""
    for name in names:
        yield f'{{"{name}": "{HALF}"}}'
        yield f'{{"{name}": {{"a": "{HALF}", "{HALF}": 1}}}}'
        yield f'{{"{name}": ["{HALF}"]}}'
    yield "{" + ", ".join(f'"{name}": "x{HALF}"' for name in names) + "}"
    yield f'{{"{HALF}": "x"}}'
    yield f'"{HALF}"'


@pytest.mark.parametrize("route", WRITES, ids=lambda route: route.path)
def test_no_body_with_half_a_sign_is_our_fault(house: House, member: Person, route: Route) -> None:
    anonymous = {"Authorization": f"Bearer {PUBLISHABLE_KEY}"}
    for body in bodies(fields(house, route)):
        for who in ({}, anonymous, member.bearer):
            answer = send(house, route, body, who)
            assert answer.status_code < 500, (body, who, answer.text)
            if answer.status_code >= 400:
                assert set(answer.json()) == {"code", "message", "details", "hint"}
    assert '"defect"' not in house.log.read_text()


@pytest.mark.parametrize("token", ODD_TOKENS)
def test_a_scanned_code_with_half_a_sign_is_refused(house: House, token: str) -> None:
    for path in ("/functions/v1/qr-validate", "/api/qr/validate"):
        answer = house.client.post(
            path, content=f'{{"token": "{token}"}}', headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, answer.json()["details"]) == (400, "body_not_json")


def test_a_whole_sign_written_in_halves_is_text(house: House) -> None:
    answer = house.client.post("/functions/v1/qr-validate", content=b'{"token": "\\ud83c\\udfe8"}')
    assert (answer.status_code, answer.json()["details"]) == (400, "qr_code_unknown")


@pytest.mark.parametrize("part", [b"\xed\xa0\x80", b"%ED%A0%80", b"\\355\\240\\200", b'"\\355\\240\\200"'])
def test_no_header_cookie_or_address_with_half_a_sign_is_our_fault(house: House, part: bytes) -> None:
    flows = ("guest", "staff", "admin", "platform", "device")
    jar = b"; ".join(b"staybase_%b=%b" % (flow.encode(), part) for flow in flows)
    told = {b"Authorization": b"Bearer " + part, b"X-Forwarded-For": part, b"Origin": b"https://" + part}
    ours = {b"Cookie": jar, b"Sec-Fetch-Site": b"same-origin", b"Content-Type": b"application/json"}
    asked = part.decode("latin-1") if part.startswith(b"%") else "%ED%A0%80"
    for headers in (told, ours, {b"Host": part, **ours}):
        for path in ("qr-validate", "portal-session", "auth-refresh", "auth-login", "events", "nothing"):
            for method in ("GET", "POST"):
                answer = house.client.request(
                    method,
                    f"/functions/v1/{path}?c={asked}&{asked}={asked}",
                    content=json.dumps({"code": "x", "token": "x"}),
                    headers=headers,
                )
                assert answer.status_code < 500, (method, path, headers, answer.text)
    assert '"defect"' not in house.log.read_text()


def send(house: House, route: Route, body: str, who: dict[str, str]) -> httpx2.Response:
    headers = {"Content-Type": "application/json", "Idempotency-Key": "half", **who}
    return house.client.request(route.method, route.at(), content=body, headers=headers)
