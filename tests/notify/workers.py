"""Workers as real processes against the sandbox."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from tests.house import Database
from tests.notify.ledger import Ledger
from tests.sandbox.running import (
    ACCOUNT,
    ENVIRONMENT,
    MAIL_PASSWORD,
    MAIL_USER,
    SLACK_TOKEN,
    TOKEN,
    RunningSandbox,
)
from tests.world import wait_for

ROOT = Path(__file__).resolve().parents[2]


def environment(database: Database, sandbox: RunningSandbox) -> dict[str, str]:
    """What a worker finds in its environment."""
    return {
        "PATH": os.environ["PATH"],
        **ENVIRONMENT,
        "STAYBASE_SERVICE_URL": database.service_url,
        "STAYBASE_PUBLIC_URL": "http://127.0.0.1:9",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_URL": sandbox.url,
        "SLACK_BOT_TOKEN": SLACK_TOKEN,
        "SLACK_API_URL": f"{sandbox.url}/api/",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(sandbox.mail_port),
        "SMTP_USER": MAIL_USER,
        "SMTP_PASSWORD": MAIL_PASSWORD,
        "SMTP_SECURITY": "none",
        "SMTP_FROM": "stay@staybase.example",
    }


class Workers:
    """The worker processes of one test."""

    def __init__(self, database: Database, sandbox: RunningSandbox, folder: Path) -> None:
        self._environment = environment(database, sandbox)
        self._marker = folder / "stopped-at"
        self._log = folder / "worker.log"
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(
        self,
        stop_at: str | None = None,
        *,
        is_unsafe: bool = False,
        slow_poll: float = 1.0,
        operator: str = "",
    ) -> "subprocess.Popen[bytes]":
        """A worker; with `stop_at` one that stands still at that point of its first send."""
        self._marker.unlink(missing_ok=True)
        chosen = {**self._environment, "STAYBASE_WORKER_SLOW_POLL": str(slow_poll)}
        chosen["STAYBASE_OPERATOR_EMAIL"] = operator
        if stop_at:
            chosen |= {"STAYBASE_STOP_AT": stop_at, "STAYBASE_STOP_MARKER": str(self._marker)}
        if is_unsafe:
            chosen["STAYBASE_UNSAFE_OUTBOX"] = "1"
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "functions.notify.worker"],
                cwd=ROOT,
                env=chosen,
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)
        return process

    def kill_at(self, point: str, *, is_unsafe: bool = False) -> None:
        """A worker that gets to the point and is killed there, as kill -9 does."""
        process = self.start(point, is_unsafe=is_unsafe)
        wait_for(
            lambda: self._marker.exists() and self._marker.read_text() == point, f"the worker at {point}", 20
        )
        process.kill()
        process.wait()

    def stop(self, process: "subprocess.Popen[bytes]") -> int:
        """Asks a worker to end, and says with which code it did."""
        process.send_signal(signal.SIGTERM)
        return process.wait(20)

    def end(self) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.kill()
            process.wait()

    @property
    def log(self) -> str:
        return self._log.read_text()


def wait_for_state(ledger: Ledger, notification: UUID, *states: str, seconds: float = 20) -> None:
    """Until a notification is in one of these states."""
    wait_for(
        lambda: ledger.state(notification) in states, f"a notification that is {' or '.join(states)}", seconds
    )


def wait_for_a_human(ledger: Ledger, notification: UUID) -> str:
    """Until a notification waits for a human; says why it does."""
    wait_for(
        lambda: (
            ledger.state(notification) == "unknown" and ledger.row(notification)["next_lookup_at"] is None
        ),
        "a notification that waits for a human",
        20,
    )
    return str(ledger.row(notification)["error_code"])
