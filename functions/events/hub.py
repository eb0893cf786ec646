"""The one LISTEN connection of a process: hears that something was written, wakes the streams concerned.

A notification only says "look": the log is looked at on every connection, for a while after each find, and
slowly all the time. Writers notify only a hub that sleeps (`notify.workers`), because a notify in each
transaction would make commits queue up. With nobody connected there is no listener, and nobody notifies.
"""

import asyncio
import os
import uuid
from typing import Final

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from functions.events.followers import Followers
from functions.events.pulse import Look, look
from functions.shared.logs import get_log

CHANNEL: Final = "staybase_events"
BETWEEN_LOOKS: Final = 0.02
BETWEEN_LOOKS_FOR_LATE_COMMITS: Final = (0.05, 0.1, 0.25)
AWAKE_AFTER_A_FIND: Final = 1.0
SLOW_POLL: Final = 5.0
PACE_OF_A_FOLLOWER: Final = 0.002
"""Seconds between wake-ups for each stream woken: 200 streams are woken 2.5 times a second at most."""
RECONNECT_AFTER: Final = (0.1, 0.5, 1.0, 2.0, 5.0)

_JOIN: Final = "insert into notify.workers (id, kind, is_asleep, seen_at) values (%s, 'events', false, now())"
_SAY: Final = "update notify.workers set is_asleep = %s, seen_at = now() where id = %s"
_LEAVE: Final = "delete from notify.workers where id = %s"
_SWEEP: Final = "delete from notify.workers where kind = 'events' and seen_at < now() - interval '10 minutes'"


class Hub:
    """Wakes followers until it is stopped."""

    def __init__(self, service_url: str) -> None:
        self.followers = Followers()
        self.is_stopping = False
        self._url = service_url
        self._since = 0

    def stop(self) -> None:
        """Ends every stream, so that the server, which waits for its answers to end, can end too."""
        self.is_stopping = True
        self.followers.wake_since(frozenset())

    async def run(self) -> None:
        """Listens for ever. A lost connection is made anew, and everyone then looks again."""
        tries = 0
        while True:
            try:
                await self.followers.someone.wait()
                async with await AsyncConnection.connect(
                    self._url, autocommit=True, application_name=f"staybase events {os.getpid()}"
                ) as connection:
                    tries = 0
                    await self._listen(connection)
            except (psycopg.Error, OSError) as error:
                get_log().warning("events_listener_lost", kind=type(error).__name__)
                await asyncio.sleep(RECONNECT_AFTER[min(tries, len(RECONNECT_AFTER) - 1)])
                tries += 1

    async def _listen(self, connection: AsyncConnection[TupleRow]) -> None:
        worker_id = uuid.uuid4()
        await connection.execute(f"listen {CHANNEL}")
        await connection.execute(_SWEEP)
        await connection.execute(_JOIN, (worker_id,))
        try:
            self._since = (await look(connection, set(), 0)).xmin
            self.followers.wake_since(frozenset())
            while len(self.followers):
                await self._stay_awake(connection)
                await connection.execute(_SAY, (True, worker_id))
                await self._sleep(connection, worker_id)
                await connection.execute(_SAY, (False, worker_id))
        finally:
            if not connection.closed:
                await connection.execute(_LEAVE, (worker_id,))

    async def _look(self, connection: AsyncConnection[TupleRow]) -> tuple[Look, int]:
        present = self.followers.present()
        seen = await look(connection, {f.caller.tenant_id for f in present}, self._since)
        self._since = max(self._since, seen.xmin)
        woken = self.followers.wake(seen.settled)
        self.followers.wake_since(present)  # their tenant may not have been looked at
        return seen, woken

    async def _stay_awake(self, connection: AsyncConnection[TupleRow]) -> None:
        """Looks at short intervals until nothing was found for a while."""
        clock = asyncio.get_running_loop().time
        until = clock() + AWAKE_AFTER_A_FIND
        while clock() < until:
            seen, woken = await self._look(connection)
            if seen.settled or seen.is_pending:
                until = clock() + AWAKE_AFTER_A_FIND
            await asyncio.sleep(max(BETWEEN_LOOKS, woken * PACE_OF_A_FOLLOWER))

    async def _sleep(self, connection: AsyncConnection[TupleRow], worker_id: uuid.UUID) -> None:
        """Waits for a notification. Transactions begun while we were awake send none: they are waited out."""
        seen, _ = await self._look(connection)
        last_begun_awake = seen.xmax
        pauses = iter(BETWEEN_LOOKS_FOR_LATE_COMMITS)
        pause = next(pauses)
        while not seen.settled and seen.xmin < last_begun_awake:
            await asyncio.sleep(pause)
            pause = next(pauses, pause)
            seen, _ = await self._look(connection)
        while not seen.settled and not seen.is_pending and len(self.followers):
            async for _ in connection.notifies(timeout=SLOW_POLL, stop_after=1):
                return
            seen, _ = await self._look(connection)
            await connection.execute(_SAY, (True, worker_id))
