"""Who is connected, and whom a change concerns. Only a hint: what a client gets, its own reading decides."""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from functions.shared.caller import Caller
from functions.shared.errors import Problem

MOST_STREAMS: Final = 1000
MOST_STREAMS_OF_A_SESSION: Final = 12


@dataclass(frozen=True, slots=True)
class Change:
    """Something was written for a tenant, about a booking or about none."""

    tenant_id: str
    booking_id: str | None


@dataclass(eq=False, slots=True)
class Follower:
    """One connected stream. `woken` is set when there may be something for it."""

    caller: Caller
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def is_concerned_by(self, change: Change) -> bool:
        """Whether the change may be one that this follower sees; a guest follows one booking."""
        booking_id = self.caller.booking_id
        return change.tenant_id == self.caller.tenant_id and (
            booking_id is None or change.booking_id in (None, booking_id)
        )


class Followers:
    """The connected streams of this process, bounded in all and for each session."""

    def __init__(self) -> None:
        self._all: set[Follower] = set()
        self._streams_of: Counter[str] = Counter()
        self.someone = asyncio.Event()
        """Set while anyone is connected."""

    def __len__(self) -> int:
        return len(self._all)

    @contextmanager
    def follow(self, caller: Caller) -> Iterator[Follower]:
        """Connects a stream for as long as the block lasts. Refuses one too many."""
        if self._streams_of[caller.session_id] >= MOST_STREAMS_OF_A_SESSION:
            raise _too_many(429, "Close a page that is still open.")
        if len(self._all) >= MOST_STREAMS:
            raise _too_many(503, "Try again in a moment.")
        follower = Follower(caller)
        self._all.add(follower)
        self._streams_of[caller.session_id] += 1
        self.someone.set()
        try:
            yield follower
        finally:
            self._all.discard(follower)
            self._streams_of[caller.session_id] -= 1
            self._streams_of += Counter()  # drops what is down to nothing
            if not self._all:
                self.someone.clear()

    def present(self) -> frozenset[Follower]:
        """Everyone connected just now."""
        return frozenset(self._all)

    def wake(self, changes: Collection[Change]) -> int:
        """Wakes whom the changes may concern, and says how many that were."""
        concerned = [f for f in self._all if any(f.is_concerned_by(change) for change in changes)]
        for follower in concerned:
            follower.woken.set()
        return len(concerned)

    def wake_since(self, present: frozenset[Follower]) -> None:
        """Wakes those who connected after `present` was taken."""
        for follower in self._all - present:
            follower.woken.set()


def _too_many(status: int, hint: str) -> Problem:
    return Problem(status, "too_many_streams", "Too many event streams.", hint, headers={"Retry-After": "5"})
