"""The sandbox as a program: `uvicorn functions.sandbox.app:app`, on loopback, in development only.

Calls to the providers are answered before any framework sees them: they are the hot path, and a dropped
connection needs the server's own `send`. Everything below `/sandbox` is an ordinary FastAPI application.
"""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from types import FrameType

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from functions.sandbox import beds24_page, control, mail_pages, pages, slack_page
from functions.sandbox.beds24 import PREFIX
from functions.sandbox.call import Call, CallerIsGone, is_loopback
from functions.sandbox.sandbox import Sandbox, build
from functions.sandbox.switches import Dropped


class SandboxApp(FastAPI):
    """FastAPI with the providers' doors in front."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        call = Call(scope, receive, send)
        if not is_loopback(scope):
            await call.answer(403, {"message": "The sandbox answers on loopback only."})
            return
        sandbox: Sandbox = self.state.sandbox
        path: str = scope["path"]
        if path.startswith("/2010-04-01/"):
            answer = sandbox.twilio.answer(call)
        elif path.startswith("/api/"):
            answer = sandbox.slack.answer(call)
        elif path.startswith("/v1/Content"):
            answer = sandbox.content.answer(call)
        elif path.startswith(PREFIX):
            answer = sandbox.beds24.answer(call)
        else:
            await super().__call__(scope, receive, send)
            return
        try:
            await answer
        except Dropped:
            await call.drop()
        except CallerIsGone:
            return


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    sandbox: Sandbox = app.state.sandbox
    with ending_open_calls(sandbox):
        await sandbox.mail.start(sandbox.mail_port)
        sandbox.callbacks.resume()
        telling = asyncio.create_task(sandbox.callbacks.run())
        yield
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling
        await sandbox.callbacks.close()
        await sandbox.guests.close()
        await sandbox.beds24.hooks.close()
        await sandbox.mail.close()
        sandbox.messages.close()


@contextmanager
def ending_open_calls(sandbox: Sandbox) -> Iterator[None]:
    """On SIGTERM or SIGINT lets streams and held calls end first; the server would wait for them for ever."""
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def end() -> None:
        sandbox.bell.close()
        sandbox.switchboard.release(sandbox.switchboard.held(), "drop")

    def ended(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(end)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in before:
        signal.signal(number, ended)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def quiet_access_log() -> None:
    """The server's access log would name phones, and cost as much as a call."""
    logger = logging.getLogger("uvicorn.access")
    logger.handlers.clear()
    logger.propagate = False


def create() -> SandboxApp:
    quiet_access_log()
    app = SandboxApp(
        title="Staybase sandbox", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.sandbox = build(os.environ)
    app.include_router(control.router)
    app.include_router(slack_page.router)
    app.include_router(beds24_page.router)
    app.include_router(pages.router)
    app.include_router(mail_pages.router)
    return app


app = create()
