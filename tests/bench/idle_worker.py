"""The worker with channels that accept at once: what is left is claiming, beginning and marking.

Run as `python -m tests.bench.idle_worker` in a worker's environment; it ends after BENCH_ROWS sends and tells
their rate.
"""

import itertools
import json
import os
import sys
import threading
import time
from datetime import datetime

from functions.notify.messages import Accepted, Message, Outcome
from functions.notify.settings import WorkerSettings
from functions.notify.worker import Worker
from functions.shared.logs import configure_logs


class NoCall:
    """A provider that takes everything without being asked."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._numbers = itertools.count(1)
        self.begun = 0.0
        self.ended = 0.0
        self.is_done = threading.Event()

    def send(self, message: Message) -> Outcome:
        number = next(self._numbers)
        if number == 1:
            self.begun = time.perf_counter()
        if number == self._rows:
            self.ended = time.perf_counter()
            self.is_done.set()
        return Accepted(f"SM{message.id}")

    def look_up(self, message: Message, attempted_at: datetime) -> list[str]:
        return []


def main() -> None:
    configure_logs()
    sys.setswitchinterval(0.001)
    rows = int(os.environ["BENCH_ROWS"])
    channel = NoCall(rows)
    worker = Worker(WorkerSettings.from_environment(), {"whatsapp": channel, "slack": channel})

    def stop_when_done() -> None:
        channel.is_done.wait()
        worker.stop()

    threading.Thread(target=stop_when_done, daemon=True).start()
    worker.run()
    print(json.dumps({"rate": (rows - 1) / (channel.ended - channel.begun)}))


if __name__ == "__main__":
    main()
