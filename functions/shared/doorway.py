"""The outermost layer: an id and one log line for each request, a limit on bodies, and no bare 500."""

import re
import secrets
import time
from typing import Any, Final

import psycopg
import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from functions.shared.cookies import add_waiting_cookies
from functions.shared.database_errors import problem_from
from functions.shared.errors import Problem, RequestRefused, show, text_not_readable
from functions.shared.logs import get_log, log_defect

MOST_BODY_BYTES: Final = 256 * 1024
MOST_BODY_BYTES_AT: Final = {"/admin/portal/picture": 48 * 1024 * 1024}
"""Where files come in. More than what is kept, so that a file too large is told of on its page."""
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Doorway:
    """Wraps the application. What its handlers let through becomes an answer in the one shape."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. Lifespan and the rest pass untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit = _Visit(scope, receive, send)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=visit.request_id)
        try:
            visit.refuse_declared_size()
            await self.app(scope, visit.receive, visit.send)
        except Exception as error:
            await visit.answer(error)
        finally:
            visit.log()


class _Visit:
    """One request on its way through."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self._receive, self._send = scope, receive, send
        self.headers = Headers(scope=scope)
        told = self.headers.get("x-request-id", "")
        self.request_id = told if _REQUEST_ID.fullmatch(told) else secrets.token_hex(12)
        scope.setdefault("state", {})["request_id"] = self.request_id
        self.status: int | None = None
        self.bytes_taken = 0
        self.most = MOST_BODY_BYTES_AT.get(scope["path"], MOST_BODY_BYTES)
        self.began = time.perf_counter()

    def refuse_declared_size(self) -> None:
        """Refuses by Content-Length before a byte is read."""
        declared = self.headers.get("content-length", "0")
        if not declared.isdigit() or int(declared[:18]) > self.most:
            raise _too_large(self.most)

    async def receive(self) -> Message:
        """The next part of the body, counted, since a body may come in pieces without a declared length."""
        message = await self._receive()
        self.bytes_taken += len(message.get("body", b""))
        if self.bytes_taken > self.most:
            raise HTTPException(413)  # the framework lets no other exception through from a body
        return message

    async def send(self, message: Message) -> None:
        """Passes the answer on, with the request's id in it."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = self.request_id
            headers.setdefault("X-Content-Type-Options", "nosniff")
            headers.setdefault("Referrer-Policy", "same-origin")
            add_waiting_cookies(self.scope, headers)
        await self._send(message)

    async def answer(self, error: Exception) -> None:
        """What nobody handled, told plainly; if the answer has begun, all that is left is to end it.

        Who left before their request was whole is told nothing.
        """
        if isinstance(error, ClientDisconnect):
            return
        if isinstance(error, Problem):
            problem = error
        elif isinstance(error, psycopg.Error):
            problem = problem_from(error, is_signed_in=True)
        elif isinstance(error, UnicodeError):
            problem = text_not_readable()
        else:
            problem = _unforeseen(error, self.request_id)
        if self.status is None:
            await show(Request(self.scope), problem)(self.scope, self._receive, self.send)

    def log(self) -> None:
        """One line: what was asked by its route, never with ids, codes or addresses in it."""
        route: Any = self.scope.get("route")
        get_log().info(
            "request",
            method=self.scope["method"],
            route=getattr(route, "path", None),
            status=self.status,
            milliseconds=round((time.perf_counter() - self.began) * 1000, 1),
        )


def _too_large(most: int) -> RequestRefused:
    hint = f"Send {most // 1024} KB at most."
    return RequestRefused(413, "body_too_large", "The request is too large.", hint)


def _unforeseen(error: Exception, request_id: str) -> Problem:
    """A defect of ours."""
    log_defect(error)
    hint = f"If it stays, tell us the id {request_id}."
    return Problem(500, "not_your_fault", "Something went wrong on our side.", hint, code="XX000")
