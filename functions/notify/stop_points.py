"""Named points of a send at which a development worker stands still, so that a test can kill it there.

STAYBASE_STOP_AT names the point. The thread that reaches it writes its name to the file STAYBASE_STOP_MARKER
and waits to be killed. In production both are ignored; at every other point this is one comparison.

after_claim     the rows are leased, nothing else is written
after_attempt   the attempt row is committed, the provider has not been called
after_accept    the provider has answered, nobody else knows
before_mark     the answer is about to be written down
"""

import threading
from pathlib import Path
from typing import Literal

from functions.notify.settings import WorkerSettings

Point = Literal["after_claim", "after_attempt", "after_accept", "before_mark"]


class StopPoints:
    """The one point at which this process stops, if any."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._stop_at = settings.stop_at
        self._marker = settings.marker

    def reach(self, point: Point) -> None:
        """Passes the point, or stands still for ever."""
        if point != self._stop_at:
            return
        if self._marker:
            Path(self._marker).write_text(point)
        threading.Event().wait()
