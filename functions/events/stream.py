"""GET /functions/v1/events: what the caller may see, as it happens, resumable without a gap."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from starlette.types import Receive, Scope, Send

from functions.events.followers import Follower
from functions.events.hub import Hub
from functions.events.reading import Reading
from functions.shared.caller import Caller
from functions.shared.callers import Flow, caller_from
from functions.shared.errors import NotSignedIn, Problem, refusals

HEARTBEAT: Final = 15.0
"""Seconds: a comment that keeps gateways from closing, and a fresh reading that notices a session's end."""
RECONNECT_MILLISECONDS: Final = 1000
STAFF_PAGES: Final = ("/app", "/admin", "/staff", "/tickets", "/dev")

router = APIRouter(tags=["events"])


class EventStream(StreamingResponse):
    """A stream that gives its place back however it ends, even before its first byte."""

    media_type = "text/event-stream"

    def __init__(self, held: ExitStack, content: AsyncIterator[bytes]) -> None:
        super().__init__(content, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self.held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streams until the caller leaves or the stream ends."""
        with self.held:
            await super().__call__(scope, receive, send)


async def listener(request: Request) -> Caller:
    """Who listens: by token, else by cookie; with both cookies, the flow of the page that listens."""
    page = urlsplit(request.headers.get("referer", "")).path
    console = (Flow.ADMIN, Flow.STAFF)
    flows = (*console, Flow.GUEST) if page.startswith(STAFF_PAGES) else (Flow.GUEST, *console)
    caller = await caller_from(request, *flows)
    if caller is None:
        raise NotSignedIn
    return caller


@router.get(
    "/functions/v1/events",
    status_code=200,
    response_class=EventStream,
    responses=refusals(400, 401, 403, 429, 503),
)
async def events(
    request: Request,
    caller: Annotated[Caller, Depends(listener)],
    last_event_id: Annotated[str | None, Header(max_length=100)] = None,
    since: Annotated[str | None, Query(max_length=100, description="Like Last-Event-ID.")] = None,
) -> EventStream:
    """Server-sent events: `event` is the topic, `data` the row of `api.events`, `id` the cursor.

    Without a cursor the stream begins now. It ends with the token or the session; reconnecting resumes it.
    """
    hub: Hub = request.app.state.hub
    with ExitStack() as held:
        follower = held.enter_context(hub.followers.follow(caller))
        reading = Reading(request, caller, last_event_id or since)
        first = await reading.next()
        return EventStream(held.pop_all(), _stream(hub, follower, reading, first))


async def _stream(hub: Hub, follower: Follower, reading: Reading, found: list[bytes]) -> AsyncIterator[bytes]:
    yield format_sse_event(retry=RECONNECT_MILLISECONDS, id=reading.cursor)
    while True:
        for event in found:
            yield event
        left = follower.caller.expires_at - time.time()
        if left <= 0 or hub.is_stopping:
            return
        if not reading.has_more and not await _is_woken(follower, min(HEARTBEAT, left)):
            yield b": still here\n\n"
        follower.woken.clear()
        try:
            found = await reading.next()
        except Problem as problem:
            if problem.status < 500:
                return
            found = []


async def _is_woken(follower: Follower, seconds: float) -> bool:
    """Whether something woke the stream within that time."""
    try:
        async with asyncio.timeout(seconds):
            await follower.woken.wait()
    except TimeoutError:
        return False
    return True
