"""One stream's own reading of the events: as its caller, from its cursor on."""

import asyncio
from typing import Final

import psycopg
from anyio import CancelScope
from fastapi import Request
from fastapi.sse import format_sse_event
from psycopg.rows import TupleRow

from functions.shared.caller import Caller
from functions.shared.database_errors import problem_from
from functions.shared.db import as_caller

AT_ONCE: Final = 200
READINGS_AT_A_TIME: Final = 4
"""So that many streams, woken together, leave connections for those who do something."""

_SINCE: Final = """
select told ->> 'cursor', array(select array[e ->> 'cursor', e ->> 'topic', e::text]
                                from jsonb_array_elements(told -> 'events') as e)
from api.events_since(%s, %s) as told
"""
_turn = asyncio.Semaphore(READINGS_AT_A_TIME)


class Reading:
    """Where a stream stands."""

    def __init__(self, request: Request, caller: Caller, cursor: str | None) -> None:
        self.cursor = cursor
        self.has_more = False
        self._request, self._caller = request, caller

    async def next(self) -> list[bytes]:
        """Events after the cursor, ready to send; moves it. Without a cursor takes up the present one."""
        try:
            async with _turn:
                with CancelScope(shield=True):  # who leaves meanwhile costs no connection
                    row = await self._read()
        except psycopg.Error as error:
            raise problem_from(error, is_signed_in=True) from error
        self.cursor, events = row
        self.has_more = len(events) == AT_ONCE
        return [format_sse_event(event=topic, data_str=event, id=cursor) for cursor, topic, event in events]

    async def _read(self) -> TupleRow:
        async with as_caller(self._request, self._caller) as connection:
            ran = await connection.execute(_SINCE, (self.cursor, AT_ONCE))
            row = await ran.fetchone()
        assert row is not None
        return row
