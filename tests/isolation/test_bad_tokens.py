"""A token that is not whole, not ours, or over opens neither door: no list, no command, no function."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import jwt
import pytest

from tests.functions.server import SECRET
from tests.house import Database
from tests.isolation.doors import Doors, bearer, open_doors, signed

# What each role is shown with a good token.
SHOWN = {
    "guest": "/portal_stay",
    "staff": "/requests",
    "admin": "/me",
    "kiosk": "/kiosks",
    "platform": "/platform_tenants",
}
NOBODY = "0198c000-0000-7000-8000-000000000009"
OTHERS = {"guest": "staff", "staff": "guest", "admin": "staff", "kiosk": "admin", "platform": "admin"}


@pytest.fixture(scope="module")
def doors(furnished: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """Both doors."""
    with open_doors(furnished, tmp_path_factory.mktemp("doors")) as doors:
        yield doors


def unsigned(claims: dict[str, Any]) -> str:
    """A token that says it needs no signature."""
    return signed(claims, "", "none")


def with_two_roles(claims: dict[str, Any]) -> str:
    """The role twice in one token, the second one higher."""
    text = json.dumps(claims)[:-1] + ', "role": "admin"}'
    parts = [json.dumps({"alg": "HS256", "typ": "JWT"}), text]
    head = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in parts)
    key = jwt.get_algorithm_by_name("HS256")
    signature = base64.urlsafe_b64encode(key.sign(head, key.prepare_key(SECRET))).rstrip(b"=")
    return (head + b"." + signature).decode()


def tenant(doors: Doors, hotel: str) -> str:
    """A hotel's id, as its members' tokens say it; those of the platform's own people say none."""
    return str(doors.claims("admin", hotel)["tenant_id"])


# PostgREST cannot become a list of roles and says so before it asks anyone: with 400.
TWO_ROLES = "a list of two roles"

BAD: dict[str, Callable[[Doors, str], str]] = {
    "without exp": lambda d, r: d.token(r, exp=None),
    "exp that is no number": lambda d, r: d.token(r, exp="tomorrow"),
    "exp as a text": lambda d, r: signed({**d.claims(r), "exp": str(int(time.time()) + 600)}),
    "expired": lambda d, r: d.token(r, exp=int(time.time()) - 1),
    "expired long ago": lambda d, r: d.token(r, exp=1),
    "foreign aud": lambda d, r: d.token(r, aud="another"),
    "two auds, neither ours": lambda d, r: d.token(r, aud=["another", "third"]),
    "without aud": lambda d, r: d.token(r, aud=None),
    "foreign iss": lambda d, r: d.token(r, iss="another"),
    "without iss": lambda d, r: d.token(r, iss=None),
    "unknown kid": lambda d, r: signed(d.claims(r), kid="unknown"),
    "unknown kid and key": lambda d, r: signed(d.claims(r), SECRET[::-1], kid="unknown"),
    "another key": lambda d, r: signed(d.claims(r), SECRET[::-1]),
    "another algorithm": lambda d, r: signed(d.claims(r), SECRET * 2, "HS512"),
    "no signature": lambda d, r: unsigned(d.claims(r)),
    "a signature cut off": lambda d, r: d.token(r).rpartition(".")[0] + ".",
    "without role": lambda d, r: d.token(r, role=None),
    TWO_ROLES: lambda d, r: d.token(r, role=[r, "admin"]),
    "the role said twice": lambda d, r: with_two_roles(d.claims("guest" if r == "admin" else r)),
    "another flow's role": lambda d, r: d.token(r, role=OTHERS[r]),
    "the role of a database": lambda d, r: d.token(r, role="service"),
    "the role of the owner": lambda d, r: d.token(r, role="postgres"),
    "the role of commands": lambda d, r: d.token(r, role="engine"),
    "the platform's role": lambda d, r: d.token("admin" if r == "platform" else r, role="platform"),
    "the platform's role without tenant": lambda d, r: d.token(
        "admin" if r == "platform" else r, role="platform", tenant_id=None
    ),
    "nobody's role": lambda d, r: d.token(r, role="anon"),
    "without session": lambda d, r: d.token(r, session_id=None),
    "a session that never was": lambda d, r: d.token(r, session_id=NOBODY),
    "the stranger's session": lambda d, r: d.token(r, session_id=d.claims(r, "alpine")["session_id"]),
    "the stranger's tenant": lambda d, r: d.token(r, tenant_id=tenant(d, "alpine")),
    "without tenant, the platform's with one": lambda d, r: d.token(
        r, tenant_id=tenant(d, "hamsun") if r == "platform" else None
    ),
    "another's sub": lambda d, r: d.token(r, sub=NOBODY, booking_id=NOBODY if r == "guest" else None),
    "without sub": lambda d, r: d.token(r, sub=None),
    "no token at all": lambda d, r: "nothing",
}


@dataclass(frozen=True)
class Operation:
    """A function, with a body that has the form it asks for."""

    method: str
    path: str
    body: Any

    def ask(self, doors: Doors, token: str | None) -> int:
        """The status of the answer."""
        return doors.ask(self.method, self.path, token, json=self.body).status_code

    def needs_a_session(self, doors: Doors) -> bool:
        """Whether it sends away whoever has no token."""
        answer = doors.ask(self.method, self.path, None, json=self.body)
        return answer.status_code == 401 and answer.json()["details"] == "token_missing"


def operations(doors: Doors) -> list[Operation]:
    """Every function, as its own description lists them, with something in the place of ids."""
    described = doors.house.client.get("/functions/v1/openapi.json").json()
    return [
        Operation(method.upper(), path.replace("{", "").replace("}", ""), body_of(described, operation))
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        if path.startswith(("/functions/", "/api/"))
    ]


def body_of(described: dict[str, Any], operation: dict[str, Any]) -> Any:
    """The plainest body that fits the operation's own schema."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return plainest(described, content.get("schema", {"type": "object"}))


def plainest(described: dict[str, Any], schema: dict[str, Any]) -> Any:
    """The plainest value of a JSON schema."""
    if "$ref" in schema:
        return plainest(described, described["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return plainest(described, schema[several][0])
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        fields = schema.get("properties", {})
        return {name: plainest(described, fields[name]) for name in schema.get("required", [])}
    plain = {"integer": 1, "number": 1, "boolean": True, "array": [], "null": None}
    text = NOBODY if schema.get("format") == "uuid" else "a word of twelve"
    return plain.get(schema.get("type", ""), text)


@pytest.mark.parametrize("role", SHOWN)
@pytest.mark.parametrize("bad", BAD)
def test_the_data_api_is_shut(bad: str, role: str, doors: Doors) -> None:
    token = BAD[bad](doors, role)
    for answer in (
        doors.get(SHOWN[role], token),
        doors.get("/", token),
        doors.call("set_language", token, p_language="en"),
        doors.call("portal_resolve_code", token, p_code="NOCODE"),
    ):
        shut = (400, 401, 403) if bad == TWO_ROLES else (401, 403)
        assert answer.status_code in shut, (answer.status_code, answer.text)


@pytest.mark.parametrize("bad", BAD)
def test_the_functions_are_shut(bad: str, doors: Doors) -> None:
    shut = [one for one in operations(doors) if one.needs_a_session(doors)]
    assert len(shut) >= 5
    for role in SHOWN:
        token = BAD[bad](doors, role)
        for one in shut:
            assert one.ask(doors, token) in (401, 403), one


@pytest.mark.parametrize("role", SHOWN)
def test_a_revoked_session_opens_nothing(role: str, doors: Doors) -> None:
    token = doors.token(role, "alpine")
    assert doors.get(SHOWN[role], token).status_code == 200
    sessions = "platform_sessions" if role == "platform" else "sessions"
    end = f"update identity.{sessions} set ended_at = {{}} where id = %s returning 1"
    session = doors.claims(role, "alpine")["session_id"]
    doors.house.ask(end.format("now()"), session)
    try:
        assert doors.get(SHOWN[role], token).status_code == 401
        for one in operations(doors):
            if one.needs_a_session(doors):
                assert one.ask(doors, token) in (401, 403), one
    finally:
        doors.house.ask(end.format("null"), session)


@pytest.mark.parametrize("role", SHOWN)
def test_a_good_token_is_let_in(role: str, doors: Doors) -> None:
    answer = doors.get(SHOWN[role], doors.token(role))
    assert (answer.status_code, len(answer.json()) > 0) == (200, True)


@pytest.mark.parametrize(
    ("headers", "may"),
    [
        ({"x-tenant-slug": "hamsun"}, True),
        ({"x-kiosk-tenant": "hamsun"}, True),
        ({"x-tenant-slug": "hamsun", "x-kiosk-tenant": "Hamsun"}, True),
        ({"x-tenant-slug": "alpine"}, False),
        ({"x-kiosk-tenant": "alpine"}, False),
        ({"x-kiosk-tenant": ""}, False),
        ({"x-tenant-slug": "hamsun", "x-kiosk-tenant": "alpine"}, False),
        ({"x-tenant-slug": "alpine", "x-kiosk-tenant": "hamsun"}, False),
    ],
)
def test_the_hotel_that_a_kiosk_names_is_its_tokens(headers: dict[str, str], may: bool, doors: Doors) -> None:
    told = {**bearer(doors.token("kiosk")), **headers}
    shown = doors.house.client.get(f"{doors.rest}/kiosks", headers=told)
    kiosk = {"name": "Beside me"}
    called = doors.house.client.post("/functions/v1/kiosk-register", json=kiosk, headers=told)
    # a kiosk that is let in still registers none
    assert (shown.status_code, called.status_code) == ((200, 403) if may else (401, 401))


def test_two_tokens_at_once_open_nothing(doors: Doors) -> None:
    both = f"{doors.token('guest')}, Bearer {doors.token('admin')}"
    assert doors.get("/requests", both).status_code == 401
    assert doors.house.client.post(
        "/functions/v1/post-charge", json={}, headers={**bearer(both), "Idempotency-Key": "x"}
    ).status_code in (401, 403)
