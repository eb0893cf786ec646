"""Where a request comes from: the socket's peer, or what the gateway on this machine says of it."""

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

UNKNOWN = "0.0.0.0"


def client_address(request: HTTPConnection) -> str:
    """The client's address. X-Forwarded-For counts only from the gateway, which replaces a client's."""
    peer = _parsed(request.client.host if request.client else "")
    if peer is None:
        return UNKNOWN
    if not peer.is_loopback:
        return str(peer)
    told = request.headers.getlist("x-forwarded-for")
    forwarded = _parsed(told[-1].rpartition(",")[2].strip()) if told else None
    return str(forwarded or peer)


def is_on_this_machine(request: HTTPConnection) -> bool:
    """Whether peer, forwarded address and Host are all loopback: a person at this very machine.

    Host is asked too, so that a foreign name that resolves to 127.0.0.1 opens nothing.
    """
    peer = _parsed(request.client.host if request.client else "")
    forwarded = [
        _parsed(one.strip()) for line in request.headers.getlist("x-forwarded-for") for one in line.split(",")
    ]
    return all(one is not None and one.is_loopback for one in (peer, *forwarded)) and _host_is_loopback(
        request
    )


def _host_is_loopback(request: HTTPConnection) -> bool:
    try:
        name = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return False
    address = _parsed(name)
    return name == "localhost" or (address is not None and address.is_loopback)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address
