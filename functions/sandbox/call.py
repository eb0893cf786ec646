"""One HTTP call to a provider, read from bare ASGI: the hot path goes without a framework."""

import asyncio
import ipaddress
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

LARGEST_BODY = 1_000_000
JSON_TYPE = (b"content-type", b"application/json; charset=utf-8")

Header = tuple[bytes, bytes]


class CallerIsGone(Exception):
    """The client closed the connection while its call was held."""


class Call:
    """Reads the request once, answers it once, or drops the connection without an answer."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: bytes = scope["query_string"]
        self._headers: list[Header] = scope["headers"]
        self._receive = receive
        self._send = send

    def header(self, name: bytes) -> bytes:
        return next((value for key, value in self._headers if key == name), b"")

    async def body(self) -> bytes:
        parts: list[bytes] = []
        size = 0
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise CallerIsGone
            part = message.get("body", b"")
            size += len(part)
            if size <= LARGEST_BODY:
                parts.append(part)
            if not message.get("more_body"):
                return b"".join(parts) if size <= LARGEST_BODY else b""

    async def form(self) -> dict[str, str]:
        return fields((await self.body()).decode("utf-8", "replace"))

    def parameters(self) -> dict[str, str]:
        return fields(self.query.decode("latin-1"))

    async def gone(self) -> None:
        """Returns when the client has closed the connection; the body must have been read."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def held_until(self, released: asyncio.Event) -> None:
        """Waits for the release, or raises when the client goes away first."""
        waiting = asyncio.ensure_future(released.wait())
        leaving = asyncio.ensure_future(self.gone())
        try:
            await asyncio.wait((waiting, leaving), return_when=asyncio.FIRST_COMPLETED)
            if leaving.done():
                raise CallerIsGone
        finally:
            waiting.cancel()
            leaving.cancel()

    async def answer(self, status: int, payload: Any, headers: Iterable[Header] = ()) -> None:
        content = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        length = (b"content-length", str(len(content)).encode())
        await self._send(
            {"type": "http.response.start", "status": status, "headers": [JSON_TYPE, length, *headers]}
        )
        await self._send({"type": "http.response.body", "body": content})

    async def answer_file(self, media_type: str, content: bytes) -> None:
        """A file as it was kept."""
        headers = [(b"content-type", media_type.encode()), (b"content-length", str(len(content)).encode())]
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        await self._send({"type": "http.response.body", "body": content})

    async def drop(self) -> None:
        """Closes the connection without an answer; ASGI has no word for it, so the transport is asked."""
        self._send.__self__.transport.abort()  # type: ignore[attr-defined]
        await self.gone()


def fields(encoded: str) -> dict[str, str]:
    return dict(parse_qsl(encoded, keep_blank_values=True))


def whole(text: str | None, otherwise: int) -> int:
    """A whole number that a caller gave as text; the usual one for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise


def is_loopback(scope: Scope) -> bool:
    """Whether the call came in on a loopback address of this machine, whatever the server was bound to."""
    server = scope.get("server")
    if server is None or server[1] is None:
        return True
    try:
        return ipaddress.ip_address(server[0]).is_loopback
    except ValueError:
        return bool(server[0] == "localhost")
