"""The functions' application: every area's routes behind one doorway, two pools and one event hub."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

from fastapi import FastAPI

from functions import events, folio, identity, kiosk, menus, pages, portal
from functions.beds24 import webhook as beds24_webhook
from functions.events.hub import Hub
from functions.identity import qr_codes
from functions.notify import send, whatsapp_inbound, whatsapp_status
from functions.shared import crossing, health
from functions.shared.crossing import Crossing
from functions.shared.db import Database
from functions.shared.doorway import Doorway
from functions.shared.errors import add_error_handlers, refusals
from functions.shared.logs import configure_logs
from functions.shared.settings import get_settings
from functions.slack import interactions


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Opens the pools and the hub for as long as the process serves."""
    settings = get_settings()
    app.state.database = Database(settings)
    app.state.hub = Hub(settings.service_url)
    await app.state.database.open()
    listening = asyncio.create_task(app.state.hub.run())
    _before_the_server_stops(app.state.hub.stop)
    try:
        yield
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await app.state.database.close()


def build_app() -> FastAPI:
    """The application. Settings that are missing or wrong end the process here, with a line each."""
    get_settings()
    configure_logs()
    app = FastAPI(
        title="Staybase functions",
        version="1",
        description="Reads and most commands are PostgREST's, under /rest/v1. These touch the world outside.",
        openapi_url="/functions/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        responses=refusals(500),
    )
    app.add_middleware(Crossing)
    app.add_middleware(Doorway)
    add_error_handlers(app)
    for area in (
        health,
        crossing,
        portal,
        folio,
        menus,
        identity,
        qr_codes,
        kiosk,
        events,
        whatsapp_status,
        whatsapp_inbound,
        send,
        interactions,
        beds24_webhook,
        pages,
    ):
        app.include_router(area.router)
    return app


def _before_the_server_stops(stop: Callable[[], None]) -> None:
    """Runs `stop` on the signals that end the server, before it waits for its open answers."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _first(stop, loop, signal.getsignal(number)))


def _first(stop: Callable[[], None], loop: asyncio.AbstractEventLoop, following: Any) -> Any:
    def handle(received: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop)
        if callable(following):
            following(received, frame)

    return handle


app = build_app()
