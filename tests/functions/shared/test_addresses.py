"""Whom a request comes from, and who sits at this machine."""

from typing import Any

import pytest
from starlette.requests import Request

from functions.shared.addresses import client_address, is_on_this_machine


def request(peer: str | None, host: str = "127.0.0.1:8080", *forwarded: str) -> Request:
    headers = [(b"host", host.encode())] + [(b"x-forwarded-for", one.encode()) for one in forwarded]
    scope: dict[str, Any] = {"type": "http", "headers": headers, "client": (peer, 1) if peer else None}
    return Request(scope)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", (), "127.0.0.1"),
        ("127.0.0.1", ("203.0.113.7",), "203.0.113.7"),
        ("::1", ("2001:db8::7",), "2001:db8::7"),
        ("127.0.0.1", ("198.51.100.1, 203.0.113.7",), "203.0.113.7"),
        ("127.0.0.1", ("198.51.100.1", "203.0.113.7"), "203.0.113.7"),
        ("127.0.0.1", ("nonsense",), "127.0.0.1"),
        ("203.0.113.9", ("198.51.100.1",), "203.0.113.9"),
        ("::ffff:203.0.113.9", (), "203.0.113.9"),
        (None, ("198.51.100.1",), "0.0.0.0"),
    ],
)
def test_only_the_gateway_may_say_whom_it_forwards(
    peer: str | None, forwarded: tuple[str, ...], address: str
) -> None:
    assert client_address(request(peer, "here", *forwarded)) == address


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "localhost:8080", "[::1]:8080"])
def test_a_person_at_this_machine_is_known(host: str) -> None:
    assert is_on_this_machine(request("127.0.0.1", host, "127.0.0.1"))


@pytest.mark.parametrize(
    ("peer", "host", "forwarded"),
    [
        ("203.0.113.9", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.9, 127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "nonsense"),
        ("127.0.0.1", "rebound.example", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "[", "127.0.0.1"),
        (None, "127.0.0.1", "127.0.0.1"),
    ],
)
def test_anyone_else_is_not(peer: str | None, host: str, forwarded: str) -> None:
    assert not is_on_this_machine(request(peer, host, forwarded))
