"""Whatever is sent, the answer is 4xx in the one error shape, and a log line without a trace of it."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.functions.server import PUBLISHABLE_KEY, SECRET_KEY, House, Person
from tests.world import wait_for

WRITES = [
    "/functions/v1/portal-session",
    "/functions/v1/portal-submit-request",
    "/functions/v1/submit-menu-order",
    "/functions/v1/post-charge",
]
SIGN_INS = ["/functions/v1/auth-login", "/functions/v1/auth-register", "/functions/v1/auth-password"]
CREDENTIALS = {
    "a NUL": b'{"email": "a\\u0000@b.c", "password": "\\u0000", "old": "\\u0000", "new": "\\u0000"}',
    "half a surrogate": b'{"email": "\\ud800@b.c", "password": "\\ud800", "old": "x", "new": "\\ud800 y z"}',
    "a long one": b'{"email": "a@b.c", "password": "' + b"x" * 200_000 + b'", "new": "x"}',
    "a list": b'{"email": ["a@b.c"], "password": ["x"], "new": ["x"]}',
    "another flow": b'{"flow": "guest", "email": "a@b.c", "password": "x", "new": "x"}',
    "a badge": b'{"qr_token": "\\u0000\\ud800", "password": "x", "new": ""}',
    "a tenant": b'{"email": "a@b.c", "password": "x", "tenant": "\\u0000", "old": "x", "new": "x"}',
}
BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a form": b"code=ABCDEF",
    "not UTF-8": b"\xff\xfe{}",
    "a list": b"[]",
    "a text": b'"code"',
    "null": b"null",
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "a long number": b'{"code": ' + b"9" * 10_000 + b"}",
    "not a number": b'{"code": NaN}',
    "infinite": b'{"type_slug": "concierge", "x": Infinity}',
    "a NUL": b'{"code": "AB\\u0000CD", "type_slug": "a\\u0000"}',
    "half a surrogate": b'{"code": "AB\\ud800CD", "type_slug": "a\\ud800"}',
    "too large": b'{"code": "' + b"A" * 300_000 + b'"}',
    "another type": b'{"code": {}, "type_slug": [], "items": "x", "booking_id": 7}',
    "huge": b'{"code": "' + b"A" * 5_000 + b'", "items": [{"sku": "towel", "quantity": 1e400}]}',
}


def must_be_the_one_shape(answer: httpx2.Response) -> None:
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/json"
    assert set(answer.json()) == {"code", "message", "details", "hint"}
    assert answer.json()["message"].endswith((".", "!"))
    assert "Traceback" not in answer.text
    assert "psycopg" not in answer.text


@pytest.fixture(scope="module")
def member(house: House) -> Person:
    return house.member("manager@hamsun.example")


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_is_none_is_refused(house: House, member: Person, path: str, body: bytes) -> None:
    headers = {**member.bearer, "Idempotency-Key": "garbage", "Content-Type": "application/json"}
    must_be_the_one_shape(house.client.post(path, content=body, headers=headers))


@pytest.mark.parametrize("path", SIGN_INS)
@pytest.mark.parametrize("body", [*BODIES.values(), *CREDENTIALS.values()], ids=[*BODIES, *CREDENTIALS])
def test_credentials_that_are_none_are_refused(house: House, member: Person, path: str, body: bytes) -> None:
    headers = {**member.bearer, "Idempotency-Key": "garbage", "Content-Type": "application/json"}
    must_be_the_one_shape(house.client.post(path, content=body, headers=headers))


def test_half_a_character_in_any_field_is_refused(house: House, member: Person) -> None:
    """Each field of each function's body in turn; the others are there, so that nothing else is missed."""
    described = house.client.get("/functions/v1/openapi.json").json()
    failed, fields_met = {}, 0
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            fields = fields_of(described, operation)
            for name in fields:
                body = json.dumps({**dict.fromkeys(fields, "0"), name: "\ud800"})
                headers = {**member.bearer, "Content-Type": "application/json", "Idempotency-Key": "half"}
                answer = house.client.request(method, path, content=body, headers=headers)
                fields_met += 1
                if answer.status_code >= 500:
                    failed[path, name] = answer.text
    assert failed == {}
    assert fields_met >= 30


def fields_of(described: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    """Names of the fields of a function's body."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    schema = content.get("schema", {})
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return list(schema.get("properties", {}))


def test_a_body_that_does_not_say_its_length_is_measured(house: House, member: Person) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"A" * 10_000

    headers = {**member.bearer, "Idempotency-Key": "garbage"}
    for path in WRITES:
        answer = house.client.post(path, content=pieces(), headers=headers)
        assert (answer.status_code, answer.json()["details"]) == (413, "body_too_large")


@pytest.mark.parametrize("key", [None, "", "a\tb", "x" * 201, "é"])
def test_an_unreadable_idempotency_key_is_refused(house: House, member: Person, key: str | None) -> None:
    headers = {b"Authorization": member.bearer["Authorization"].encode()}
    if key is not None:
        headers[b"Idempotency-Key"] = key.encode()
    for path in WRITES[1:]:
        answer = house.client.post(path, json={"type_slug": "task"}, headers=headers)
        must_be_the_one_shape(answer)
        assert answer.json()["details"] in ("idempotency_key_missing", "idempotency_key_not_readable")


@pytest.mark.parametrize("header", ["", "Bearer", "Basic eDp5", "Bearer ..", "bearer é", "Bearer a b c"])
def test_a_header_that_is_no_token_is_refused(house: House, header: str) -> None:
    for path in WRITES[1:]:
        answer = house.client.post(path, json={}, headers={b"Authorization": header.encode()})
        must_be_the_one_shape(answer)
        assert answer.status_code == 401


def test_the_keys_of_the_house_are_no_sessions(house: House) -> None:
    for path in WRITES[1:]:
        for key, status in ((SECRET_KEY, 403), (PUBLISHABLE_KEY, 401)):
            answer = house.client.post(path, json={}, headers={"Authorization": f"Bearer {key}"})
            must_be_the_one_shape(answer)
            assert answer.status_code == status


@pytest.mark.parametrize(
    "path", ["/functions/v1/", "/functions/v1/nothing", "/api/x", "/functions/v1/events/%00%ff"]
)
def test_nothing_is_there(house: House, path: str) -> None:
    answer = house.client.get(path)
    must_be_the_one_shape(answer)
    assert answer.status_code == 404


@pytest.mark.parametrize("path", WRITES)
def test_another_method_is_refused(house: House, path: str) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = house.client.request(method, path)
        must_be_the_one_shape(answer)
        assert answer.status_code in (404, 405)


def test_cookies_that_are_none_open_nothing(house: House) -> None:
    for cookie in (b"staybase_guest=x", b"staybase_staff=\xff\xfe", b"staybase_guest=; staybase_staff="):
        answer = house.client.get("/functions/v1/events", headers={b"Cookie": cookie})
        must_be_the_one_shape(answer)
        assert answer.status_code == 401


def test_each_answer_has_the_id_of_its_log_line_and_no_more(house: House) -> None:
    code = "ZZTOP9"
    answer = house.client.post(
        "/functions/v1/portal-session?c=secret-in-a-query",
        json={"code": code},
        headers={"X-Request-Id": "walk-000001", "X-Forwarded-For": "203.0.113.77"},
    )
    assert answer.headers["x-request-id"] == "walk-000001"
    wait_for(lambda: "walk-000001" in house.log.read_text(), "the log line")
    log = house.log.read_text()
    lines = [json.loads(line) for line in log.splitlines() if "walk-000001" in line]
    assert [line["route"] for line in lines] == ["/functions/v1/portal-session"]
    assert not any(word in log for word in (code, "secret-in-a-query", "203.0.113.77"))
