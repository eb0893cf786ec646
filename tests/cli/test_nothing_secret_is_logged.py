"""Codes and tokens that stand in an address are written to no log, whatever becomes of the request."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import psycopg
import pytest

from functions.cli import processes
from functions.cli.cluster import free_port
from functions.cli.gateway import caddyfile
from tests.stack import Stack
from tests.world import wait_for

SECRET = "Ze9QkV3mX7rT1wB5nH2c"
ADDRESSES = [
    f"/?c={SECRET}",
    f"/?c=%00{SECRET}",
    f"/?c=A&c={SECRET}",
    f"/guest/access?t={SECRET}",
    f"/guest/identify?t={SECRET}",
    f"/staff/access?t={SECRET}",
    f"/staff/password?token={SECRET}",
    f"/admin/login?token={SECRET}",
    f"/app/inbox?access_token={SECRET}",
    f"/portal/requests?c={SECRET}",
    f"/nothing/{SECRET}?token={SECRET}",
    f"/functions/v1/portal-session?code={SECRET}",
    f"/functions/v1/events?access_token={SECRET}",
    f"/functions/v1/nothing/{SECRET}",
    f"/functions/v1/whatsapp-status/{SECRET}/{SECRET}",
    f"/rest/v1/rpc/portal_resolve_code?p_code={SECRET}",
    f"/rest/v1/rpc/nothing?token={SECRET}",
    f"/rest/v1/bookings?code=eq.{SECRET}",
    f"/rest/v1/{SECRET}?apikey={SECRET}",
    f"/sandbox?code={SECRET}",
    f"/dev/sign-in?as={SECRET}",
]
FALLING = f"/rest/v1/rpc/fall?p_code={SECRET}"
PHONE = "+12025550177"
TYPED: list[tuple[str, dict[str, object]]] = [
    ("/rest/v1/rpc/create_booking", {"p_booking": {SECRET: SECRET}}),
    ("/rest/v1/rpc/create_booking", {"p_booking": {"guest": {"phone": PHONE, SECRET: PHONE}}}),
    ("/rest/v1/rpc/create_booking", {"p_booking": {"property_id": PHONE, "guest_id": SECRET}}),
    ("/rest/v1/rpc/confirm_booking", {"p_booking_id": PHONE}),
    ("/rest/v1/rpc/nothing", {SECRET: PHONE}),
    ("/functions/v1/post-charge", {"booking_id": PHONE, "description": SECRET, SECRET: PHONE}),
    ("/functions/v1/portal-submit-request", {"type_slug": SECRET, "on_behalf_of": PHONE}),
    ("/functions/v1/auth-login", {"email": PHONE, "password": SECRET, "tenant": SECRET}),
    ("/functions/v1/qr-generate", {"hotelId": PHONE, "guestId": SECRET, "roomId": PHONE}),
    ("/functions/v1/qr-validate", {"token": f"{SECRET}\x00"}),
    ("/functions/v1/portal-session", {"code": f"{SECRET}\x00"}),
]
"""What no rule can take: it is refused with what was typed in the words, for who typed it alone."""


@pytest.fixture
def falling(stack: Stack) -> Iterator[None]:
    """A reading function that fails as only a defect would."""
    with stack.connect() as conn:
        conn.execute(
            "create function api.fall(p_code text) returns text language plpgsql stable set search_path = ''"
            " as $$ begin raise exception 'fell' using errcode = 'XX000'; end $$;"
            " grant execute on function api.fall(text) to anon; notify pgrst, 'reload schema'"
        )
        try:
            yield
        finally:
            conn.execute("drop function api.fall(text); notify pgrst, 'reload schema'")


def everything_logged(stack: Stack) -> str:
    """The text of all logs of a copy."""
    return "\n".join(file.read_text(errors="replace") for file in sorted(stack.home.logs.iterdir()))


def test_no_secret_of_an_address_is_logged(stack: Stack, falling: None) -> None:
    told = {
        "Referer": f"{stack.url}/?c={SECRET}",
        "Authorization": f"Bearer {SECRET}",
        "Cookie": f"a={SECRET}",
    }
    with httpx2.Client(base_url=stack.url, timeout=20) as client:
        for address in ADDRESSES:
            for headers in ({}, told):
                for method in ("GET", "POST"):
                    client.request(method, address, headers=headers)
        wait_for(lambda: client.get(FALLING).status_code == 500, "a failure of the data API")
        client.get(FALLING, headers={"Origin": "https://evil.example"})
    with socket.create_connection((urlsplit(stack.url).hostname or "", urlsplit(stack.url).port or 0)) as raw:
        raw.sendall(f"GET /?c={SECRET} HTTP/9.9\r\nHost: a\r\nX\r\n\r\n".encode())
        raw.recv(4096)
    logged = everything_logged(stack)
    assert SECRET not in logged
    assert '"route": "/"' in logged
    assert "fell" not in logged


def test_nothing_that_was_typed_is_logged(stack: Stack) -> None:
    member = {"Authorization": f"Bearer {stack.token()}", "Idempotency-Key": "typed"}
    with httpx2.Client(base_url=stack.url, timeout=20) as client:
        for path, body in TYPED:
            for headers in (member, {"Idempotency-Key": "typed"}):
                assert 400 <= client.post(path, json=body, headers=headers).status_code < 500, (path, body)
        for view in (
            "bookings?id=eq.",
            "guests?id=eq.",
            "requests?booking_id=eq.",
            "events?at=gt.",
            "nothing?a=eq.",
        ):
            for typed in (PHONE.replace("+", "%2B"), SECRET):
                assert client.get(f"/rest/v1/{view}{typed}", headers=member).is_client_error
    logged = everything_logged(stack)
    assert SECRET not in logged
    assert PHONE.lstrip("+") not in logged


def test_the_database_still_says_what_befalls_itself(stack: Stack) -> None:
    with stack.connect() as conn, pytest.raises(psycopg.errors.DivisionByZero):
        conn.execute("select 1 / 0")
    log = stack.home.logs / "postgres.log"
    wait_for(lambda: "ERROR:  division by zero" in log.read_text(), "the owner's own mistake")
    assert "database system is ready to accept connections" in log.read_text()
    for url in ("STAYBASE_AUTHENTICATOR_URL", "STAYBASE_SERVICE_URL"):
        with psycopg.connect(stack.settings[url]) as conn:
            assert conn.execute("show log_min_messages").fetchone() == ("log",)


@pytest.mark.long
def test_not_even_where_nobody_answers(tmp_path: Path) -> None:
    port = free_port()
    settings = {
        "STAYBASE_PORT": str(port),
        "STAYBASE_DEVELOPMENT": "1",
        "STAYBASE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "STAYBASE_PUBLISHABLE_KEY": "publishable",
        "STAYBASE_POSTGREST_URL": f"http://127.0.0.1:{free_port()}",
        "STAYBASE_FUNCTIONS_PORT": str(free_port()),
        "STAYBASE_SANDBOX_URL": "",
    }
    configuration, log = tmp_path / "Caddyfile", tmp_path / "gateway.log"
    configuration.write_text(caddyfile(settings))
    caddy = Path(sys.executable).parent / "caddy"
    with log.open("wb") as output:
        gateway = subprocess.Popen(
            [caddy, "run", "--config", configuration, "--adapter", "caddyfile"],
            env={"HOME": str(tmp_path)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        assert processes.wait_until(lambda: listens(port), 20)
        for address in (f"/guest/access/{SECRET}?t={SECRET}", f"/rest/v1/{SECRET}?p_code={SECRET}"):
            told = {"Authorization": f"Bearer {SECRET}"}
            answer = httpx2.get(f"http://127.0.0.1:{port}{address}", headers=told, timeout=20)
            assert answer.status_code == 502
        wait_for(lambda: "connection refused" in log.read_text(), "a line of the gateway")
    finally:
        gateway.terminate()
        gateway.wait(10)
    assert SECRET not in log.read_text()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
