"""Strangers with codes take turns: few at the database at a time, and who is refused hears of it late.

Neither holds a connection, so guests who are in pass by those who guess, however many those are.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import APIRouter, Request, Response

from functions.shared.addresses import client_address
from functions.shared.db import service_rows
from functions.shared.errors import RETRY_SOON, Problem

AT_ONCE: Final = 2
MOST_WAITING: Final = 500
MOST_HELD: Final = 1000
"""Refusals on their way at a time; what comes on top of that is answered at once."""
HELD_SECONDS: Final = (0.5, 1.5)
"""Of different length, so that those who came together do not come back together."""
CROWD: Final = 100
"""Refusals held at a time for which the next one waits twice as long."""

router = APIRouter(include_in_schema=False)
_turns: Final = asyncio.Semaphore(AT_ONCE)
_waiting = 0
_held = 0


@router.get("/functions/v1/portal-turn")
async def portal_turn(request: Request) -> Response:
    """Asked by the gateway before a code goes to PostgREST: 204, late after a wrong code; or the refusal."""
    address = client_address(request)
    async with turn():
        found = await service_rows(
            request, "select app.code_wait(%s), app.code_wait(%s, 1) is not null", (address, address)
        )
    wait, has_failed = found[0]
    if has_failed or wait is not None:
        await hold_back()
    if wait is not None:
        raise too_many_tries(wait)
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


@asynccontextmanager
async def turn() -> AsyncIterator[None]:
    """One of few at a time, in the order of coming."""
    global _waiting
    if _waiting >= MOST_WAITING:
        raise Problem(
            503, "too_busy", "Too many come just now.", "Try again in a moment.", headers=RETRY_SOON
        )
    _waiting += 1
    try:
        async with _turns:
            yield
    finally:
        _waiting -= 1


async def hold_back() -> None:
    """Lets a refusal wait, where nothing else waits with it."""
    global _held
    if _held >= MOST_HELD:
        return
    _held += 1
    try:
        await asyncio.sleep(seconds_held(_held))
    finally:
        _held -= 1


def seconds_held(held: int) -> float:
    """How long one more refusal waits while so many are held: who guesses slows all guessing."""
    return random.uniform(*HELD_SECONDS) * (1 + held / CROWD)  # noqa: S311


def too_many_tries(seconds: int) -> Problem:
    """429: an address or its network has tried too many codes."""
    return Problem(
        429,
        "too_many_tries",
        "Too many tries.",
        "Wait a little, then open the link from the message again.",
        headers={"Retry-After": str(seconds)},
    )
