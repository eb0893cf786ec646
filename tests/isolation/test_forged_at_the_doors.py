"""Forged signatures over the wire, where the server and the rules of headers and bodies come first."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx2
import jwt
import pytest

from functions.identity import qr_tokens
from tests.functions.server import SECRET
from tests.house import Database
from tests.isolation.doors import Doors, open_doors
from tests.isolation.test_bad_tokens import Operation, operations
from tests.isolation.test_forged_signatures import (
    ACCOUNT,
    FORGERIES,
    TWILIO,
    URL,
    Callback,
    Dice,
    forged_token,
)

SENDABLE = re.compile(r"([\x21-\x7e\x80-\xff]([\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?")
STAY = """
select b.tenant_id::text, b.guest_id::text, b.room_id::text from public.bookings b
join public.guests g on g.id = b.guest_id
where g.last_name = 'Marutani' order by b.created_at desc limit 1
"""

many = pytest.mark.parametrize("forgeries", [300, pytest.param(FORGERIES, marks=pytest.mark.long)])


@pytest.fixture(scope="module")
def doors(furnished: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """Both doors, known outside by the address that callbacks are signed for."""
    folder: Path = tmp_path_factory.mktemp("doors")
    twilio = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TWILIO}
    with open_doors(furnished, folder, STAYBASE_PUBLIC_URL=URL, **twilio) as doors:
        yield doors


def in_header(text: str) -> bytes:
    """A text as a header's value; what no header can hold is written with percent signs."""
    return (text if SENDABLE.fullmatch(text) else quote(text, errors="replace")).encode("latin-1")


def token_headers(token: str) -> dict[bytes, bytes]:
    return {b"Authorization": (b"Bearer " + in_header(token)).strip(), b"Idempotency-Key": b"a forgery"}


def outcomes(forgeries: int, send: Callable[[int], httpx2.Response]) -> dict[int, int]:
    """How many answers there were of each status."""
    return dict(Counter(send(seed).status_code for seed in range(forgeries)))


@many
def test_no_forged_token_opens_the_data_api(forgeries: int, doors: Doors) -> None:
    genuine, claims = doors.token("staff"), doors.claims("staff")

    def send(seed: int) -> httpx2.Response:
        headers = token_headers(forged_token(genuine, claims, Dice(seed)))
        return doors.house.client.get(f"{doors.rest}/me", headers=headers)

    assert outcomes(forgeries, send) == {401: forgeries}
    assert doors.get("/me", genuine).json()


@many
def test_no_forged_token_opens_a_function(forgeries: int, doors: Doors) -> None:
    genuine, claims = doors.token("staff"), doors.claims("staff")
    shut: list[Operation] = [one for one in operations(doors) if one.needs_a_session(doors)]

    def send(seed: int) -> httpx2.Response:
        headers, one = token_headers(forged_token(genuine, claims, Dice(seed))), shut[seed % len(shut)]
        return doors.house.client.request(one.method, one.path, headers=headers, json=one.body)

    assert outcomes(forgeries, send) == {401: forgeries}
    taken = [one for one in shut if one.method == "POST" and one.ask(doors, genuine) != 401]
    assert len(taken) >= 5


@many
def test_no_forged_code_opens_a_stay(forgeries: int, doors: Doors) -> None:
    genuine = login_code(doors)
    claims = jwt.decode(genuine, SECRET, algorithms=["HS256"], audience=qr_tokens.AUDIENCE)

    def send(seed: int) -> httpx2.Response:
        # each from an address of its own: what is counted for an address stops none of them
        address = f"10.{seed // 65536}.{seed // 256 % 256}.{seed % 256}"
        return validate(doors, forged_token(genuine, dict(claims), Dice(seed)), address)

    assert outcomes(forgeries, send) == {400: forgeries}
    assert validate(doors, genuine, "10.255.0.1").status_code == 200


def login_code(doors: Doors) -> str:
    """A login code that reception makes for a guest in house; those of before count no more."""
    with doors.house.database.connect() as conn:
        conn.execute("delete from app.limits")
        row = conn.execute(STAY).fetchone()
    assert row is not None
    body = dict(zip(("hotelId", "guestId", "roomId"), row, strict=True))
    made = doors.ask("POST", "/functions/v1/qr-generate", doors.token("staff"), json=body)
    return str(made.json()["token"])


def validate(doors: Doors, token: str, address: str) -> httpx2.Response:
    headers = {"X-Forwarded-For": address}
    body = json.dumps({"token": token})  # what UTF-8 cannot hold, an escape can
    return doors.house.client.post("/functions/v1/qr-validate", content=body, headers=headers)


@many
def test_no_forged_callback_is_taken(forgeries: int, doors: Doors) -> None:
    genuine = outcomes(20, lambda seed: call_back(doors, Callback(Dice(seed))))
    assert genuine == {404: 20}, "signed well, about messages that there are not"
    forged = outcomes(forgeries, lambda seed: call_back(doors, Callback(Dice(seed)).forged()))
    assert forged == {401: forgeries}


def call_back(doors: Doors, callback: Callback) -> httpx2.Response:
    """A callback as it comes over the wire."""
    headers = {b"Content-Type": b"application/x-www-form-urlencoded"}
    if callback.signature is not None:
        headers[b"X-Twilio-Signature"] = in_header(callback.signature)
    return doors.house.client.post(callback.path, content=callback.body, headers=headers)
