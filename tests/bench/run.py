"""What every measure works with: the filled stack, its callers, the peer, and the ways to drive them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from functions.cli import processes
from functions.cli.home import ROOT
from tests.bench.client import Job, Measured
from tests.bench.house import Caller, Connection
from tests.bench.plan import Plan
from tests.stack import Stack


@dataclass(frozen=True)
class Run:
    """One run of the bench."""

    stack: Stack
    plan: Plan
    conn: Connection
    members: list[Caller]
    guests: list[Caller]
    peer: int
    """Port of the peer."""
    small: str
    """Address of the small database, as the owner."""
    report: Callable[[str], None]

    @property
    def everyone(self) -> list[Caller]:
        """Members and guests."""
        return [*self.members, *self.guests]

    @property
    def postgrest(self) -> int:
        """Port of PostgREST itself."""
        return int(self.stack.settings["STAYBASE_POSTGREST_URL"].rpartition(":")[2])

    @property
    def gateway(self) -> int:
        """Port of the gateway."""
        return int(self.stack.settings["STAYBASE_PORT"])

    @property
    def authenticator(self) -> str:
        """Where PostgREST comes in."""
        return self.stack.settings["STAYBASE_AUTHENTICATOR_URL"]

    def drive(
        self, port: int, requests: Sequence[Sequence[str]], *, again: bool = True, pause: float = 0.0
    ) -> Measured:
        """Send requests from a client process of its own; anything but an answer with 2xx breaks the run."""
        asked = [list(each) for each in requests]
        job = Job(port, self.plan.sample, self.plan.warming, asked, again, pause)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.client"],
            input=json.dumps(asdict(job)), capture_output=True, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"the client failed:\n{done.stderr[-2000:]}")
        measured = Measured(**json.loads(done.stdout))
        if measured.failures or not measured.answers:
            raise RuntimeError(f"not only answers: {measured.failures}\n{measured.first_failure}")
        return measured

    def sandbox(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask the sandbox's control API."""
        request = urllib.request.Request(  # noqa: S310
            f"{self.stack.settings['STAYBASE_SANDBOX_URL']}/sandbox/{path}",
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None

    def value(self, query: str, *values: object) -> Any:
        """The first column of the first row, as the owner."""
        row = self.conn.execute(query.encode(), values or None).fetchone()
        return row[0] if row else None

    @contextmanager
    def without_sending(self, *, forget: bool = True) -> Iterator[None]:
        """The worker stands still, and counts as awake as under load; what was queued is forgotten."""
        worker = self.stack.state.parts["worker"].pid
        self.wait(lambda: self._is_quiet(worker), "the worker to be idle")
        try:
            self.conn.execute(
                "update notify.workers set is_asleep = false, seen_at = now() where kind = 'outbox'"
            )
            yield
        finally:
            if forget:
                self.forget_queue()
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGCONT)

    def _is_quiet(self, worker: int) -> bool:
        """Whether the worker was stopped while it did nothing; else it goes on."""
        os.kill(worker, signal.SIGSTOP)
        busy = self.value(
            "select exists (select from pg_stat_activity"
            " where application_name = 'staybase worker' and state <> 'idle')"
            " or exists (select from public.notification_log where state = 'sending')"
        )
        if busy:
            os.kill(worker, signal.SIGCONT)
        return not busy

    def forget_queue(self) -> None:
        """What is still queued will not be sent."""
        self.conn.execute("update public.notification_log set state = 'cancelled' where state = 'queued'")

    def wait(self, condition: Callable[[], bool], what: str, seconds: float = 120) -> None:
        """Look until something holds."""
        if not processes.wait_until(condition, seconds, 0.05):
            raise RuntimeError(f"waited {seconds:.0f} seconds for {what}")


def database(address: str, name: str) -> str:
    """The same cluster's other database."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def now() -> float:
    """Wall clock, as the sandbox writes it."""
    return time.time()
