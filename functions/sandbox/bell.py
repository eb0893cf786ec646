"""Rings when anything on the page changed; who listens hears it once, however often it rang meanwhile."""

import asyncio
from collections.abc import AsyncIterator


class Bell:
    """One bell of the process; ringing costs nothing while nobody listens."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Event] = set()
        self._closed = False

    def ring(self) -> None:
        for listener in self._listeners:
            listener.set()

    def close(self) -> None:
        """Ends every listening, so that open streams do not hold up the end of the process."""
        self._closed = True
        self.ring()

    async def listen(self, at_most_every: float, sign_of_life: float) -> AsyncIterator[bool]:
        """Yields True after a ring, False when nothing rang for `sign_of_life` seconds."""
        rung = asyncio.Event()
        self._listeners.add(rung)
        try:
            while not self._closed:
                try:
                    async with asyncio.timeout(sign_of_life):
                        await rung.wait()
                except TimeoutError:
                    yield False
                    continue
                if self._closed:
                    return
                rung.clear()
                yield True
                await asyncio.sleep(at_most_every)
        finally:
            self._listeners.discard(rung)
