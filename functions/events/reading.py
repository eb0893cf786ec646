"""One stream's own reading of `api.events`: as its caller, from its cursor on."""

import asyncio
from typing import Final

import psycopg
from fastapi import Request
from fastapi.sse import format_sse_event

from functions.shared.callers import Caller
from functions.shared.database_errors import problem_from
from functions.shared.db import as_caller

AT_ONCE: Final = 200
READINGS_AT_A_TIME: Final = 4
"""So that many streams, woken together, leave connections for those who do something."""

_NOW: Final = "select api.events_cursor()"
_SINCE: Final = "select e.cursor, e.topic, to_jsonb(e)::text from api.events_since(%s, %s) as e"
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
            async with _turn, as_caller(self._request, self._caller) as connection:
                if self.cursor is None:
                    now = await (await connection.execute(_NOW)).fetchone()
                    assert now is not None
                    self.cursor, rows = now[0], []
                else:
                    rows = await (await connection.execute(_SINCE, (self.cursor, AT_ONCE))).fetchall()
        except psycopg.Error as error:
            raise problem_from(error, is_signed_in=True) from error
        self.has_more = len(rows) == AT_ONCE
        if rows:
            self.cursor = rows[-1][0]
        return [format_sse_event(event=topic, data_str=row, id=cursor) for cursor, topic, row in rows]
