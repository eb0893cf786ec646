"""Functions that serve at once: a copy of a process that has loaded them, with settings of its own."""

import multiprocessing
import os
from collections.abc import Mapping
from pathlib import Path

import uvicorn

from functions.cli.home import ROOT
from functions.shared.settings import get_settings

# Enough for the application to load; nothing is connected to.
NOWHERE = {
    "STAYBASE_AUTHENTICATOR_URL": "postgresql://nowhere",
    "STAYBASE_SERVICE_URL": "postgresql://nowhere",
    "STAYBASE_JWT_SECRET": "x" * 32,
}
LOADED = multiprocessing.get_context("forkserver")
LOADED.set_forkserver_preload(["tests.functions.loaded"])


class Copy:
    """One of them, spoken to as a program that was started."""

    def __init__(self, environment: Mapping[str, str], port: int, log: Path) -> None:
        log.touch()
        self._process = LOADED.Process(target=serve, args=(dict(environment), port, log), daemon=True)
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """How it ended, if it has."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Says something to it, unless it has ended."""
        if self.pid is not None and self.poll() is None:
            os.kill(self.pid, number)

    def wait(self, timeout: float | None = None) -> int:
        """How it ended; fails when it does not."""
        self._process.join(timeout)
        ended = self.poll()
        if ended is None:
            raise TimeoutError(f"{self.pid} is still there after {timeout} seconds")
        return ended


def serve(environment: dict[str, str], port: int, log: Path) -> None:
    """What the copy does: this environment and no other, and what it says goes to the log."""
    with log.open("wb") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    get_settings.cache_clear()
    uvicorn.run("functions.app:app", port=port, access_log=False)
