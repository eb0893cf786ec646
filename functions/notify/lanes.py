"""A lane is a channel with the threads that drive on it: a provider that hangs holds up no other channel."""

import queue
import threading
import time
from collections.abc import Callable

from functions.notify.channels import Channel
from functions.notify.messages import LookedUp, Lookup, LookupFailed, Message, Sent, Throttled, Unknown
from functions.notify.stop_points import StopPoints
from functions.shared.logs import get_log

AHEAD_SECONDS = 0.05
MOST_AHEAD = 120
SMOOTHING = 0.2


class Lane:
    """Sends one channel's messages, several at once; reports from its threads by `report`.

    It takes as many messages ahead as it will start within a twentieth of a second: an attempt row is
    written just before its call, and a fast channel still gets its rows by the dozen. A call begins only
    in the first half of its lease: what waited longer is handed back untried.
    """

    def __init__(
        self, channel: Channel, senders: int, report: Callable[[Sent | LookedUp], None], points: StopPoints
    ) -> None:
        self._channel = channel
        self._senders = senders
        self._report = report
        self._points = points
        self._work: queue.SimpleQueue[tuple[Message, float] | tuple[Message, Lookup]] = queue.SimpleQueue()
        self._seconds_each = 0.0
        self._under_way = 0
        for _ in range(senders):
            threading.Thread(target=self._drive, daemon=True).start()

    @property
    def room(self) -> int:
        """How many more messages it takes now."""
        ahead = 0
        if self._seconds_each:
            ahead = min(MOST_AHEAD, int(AHEAD_SECONDS * self._senders / self._seconds_each))
        return max(0, self._senders + ahead - self._under_way)

    def send(self, message: Message) -> None:
        """Queues a message to be sent. Called by the loop only, as are `look_up` and `done`."""
        self._under_way += 1
        self._work.put((message, time.monotonic() + (message.lease_left or 0.0) / 2))

    def look_up(self, message: Message, lookup: Lookup) -> None:
        """Queues a look-up."""
        self._under_way += 1
        self._work.put((message, lookup))

    def done(self) -> None:
        """One report was collected."""
        self._under_way -= 1

    def _drive(self) -> None:
        while True:
            message, work = self._work.get()
            if isinstance(work, Lookup):
                self._report(LookedUp(work, self._candidates(message, work)))
            elif time.monotonic() > work:
                self._report(Sent(message.claim, Throttled("not_started_in_time", 1.0)))
            else:
                self._send(message)

    def _send(self, message: Message) -> None:
        started = time.perf_counter()
        try:
            outcome = self._channel.send(message)
        except Exception as error:
            # a defect of ours; whether the call was made is not known
            outcome = Unknown("worker_defect", type(error).__name__)
        self._points.reach("after_accept")
        self._seconds_each += SMOOTHING * (time.perf_counter() - started - self._seconds_each)
        self._report(Sent(message.claim, outcome))

    def _candidates(self, message: Message, lookup: Lookup) -> list[str] | None:
        try:
            return self._channel.look_up(message, lookup.attempted_at)
        except LookupFailed as failed:
            get_log().warning("lookup_failed", channel=message.channel, error=str(failed))
        except Exception as error:
            get_log().error("lookup_defect", channel=message.channel, error=type(error).__name__)
        return None
