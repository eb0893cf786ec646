"""Keeps the parts of one copy running. Standard library only, because it stays in memory all the time.

Run as `python -m functions.cli.supervisor`. It ends when told to (SIGTERM), and its parts end with it: each
asked the kernel to be ended when this process is, even by kill -9.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from functions.cli import parts as stack
from functions.cli import processes
from functions.cli.environment import needed
from functions.cli.home import ROOT, Home, PartState, State, hold_lock
from functions.cli.parts import Part
from functions.cli.refusal import Refusal

START_PATIENCE = 60.0
DEATHS_AT_START = 3
LONGEST_PAUSE = 30.0
SETTLED = 60.0
LOG_LIMIT = 20 * 2**20


@dataclass
class Run:
    """One part while it is looked after."""

    part: Part
    process: "subprocess.Popen[bytes] | None" = None
    again_at: float = 0.0
    pause: float = 0.5
    deaths: int = 0


class Supervisor:
    """Starts the parts in their order, watches them, starts again what died, and ends them all."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.settings = needed(home)
        self.state = State(supervisor=os.getpid(), birth=processes.born(os.getpid()))
        self.state.url = self.settings["STAYBASE_PUBLIC_URL"]
        self.runs: list[Run] = []
        self.told_to_end = False

    def run(self) -> int:
        """Until told to end; the exit code."""
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._end_soon)
        code = 0
        try:
            self._start_all()
            self._say("up", "")
            while not self.told_to_end:
                self._look_after()
                time.sleep(0.2)
        except Refusal as refusal:
            self.state.message, code = str(refusal), 1
        finally:
            self._end_all()
            self._say("failed" if code else "down", self.state.message)
        return code

    def _end_soon(self, _sign: int, _frame: object) -> None:
        self.told_to_end = True

    def _start_all(self) -> None:
        cluster = stack.own_cluster(self.home, self.settings)
        if cluster is not None:
            self._say("starting", "starting PostgreSQL")
            self.state.cluster = str(cluster.data)
            self._begin([stack.database(cluster)])
        self._say("preparing", "preparing the database")
        self._prepare()
        self._say("starting", "starting the parts")
        stack.write_configuration(self.home, self.settings)
        self._begin(stack.others(self.home, self.settings))

    def _begin(self, parts: list[Part]) -> None:
        """Start parts together and wait until each is healthy."""
        fresh = [Run(part) for part in parts]
        self.runs += fresh
        for run in fresh:
            self._launch(run)
        deadline = time.monotonic() + START_PATIENCE
        while not self.told_to_end:
            self._look_after()
            waiting = [run.part.name for run in fresh if not self.state.parts[run.part.name].healthy]
            if not waiting:
                return
            worn_out = [run for run in fresh if run.deaths >= DEATHS_AT_START]
            if worn_out or time.monotonic() > deadline:
                name = worn_out[0].part.name if worn_out else waiting[0]
                reason = last_line(self.home.logs / f"{name}.log")
                raise Refusal(
                    f"{name} does not start: {reason}.", f"See ./staybase logs {name} and ./staybase doctor."
                )
            time.sleep(0.05)

    def _prepare(self) -> None:
        """Migrations and seeds, in a process of their own, so that this one stays small."""
        log = self.home.logs / "prepare.log"
        environment = stack.environment(self.home, self.settings, "prepare")
        with log.open("wb") as output:
            process = processes.start(stack.preparation(), env=environment, output=output, cwd=ROOT)
        while process.poll() is None:
            if self.told_to_end:
                processes.end(process.pid, None)
            self._look_after()
            time.sleep(0.05)
        if process.returncode != 0 and not self.told_to_end:
            raise Refusal(
                f"The database could not be prepared: {last_line(log)}", "All of it: ./staybase logs prepare"
            )

    def _launch(self, run: Run) -> None:
        part = run.part
        log = self.home.logs / f"{part.name}.log"
        with contextlib.suppress(FileNotFoundError):
            if log.stat().st_size > LOG_LIMIT:
                log.replace(log.with_suffix(".log.1"))
        environment = stack.environment(self.home, self.settings, part.name)
        with log.open("ab") as output:
            try:
                run.process = processes.start(
                    part.command, env=environment, output=output, user=part.user, cwd=part.cwd,
                    death=signal.SIGINT if part.stop == signal.SIGINT else signal.SIGKILL,
                )  # fmt: skip
            except OSError as error:
                raise Refusal(
                    f"{part.command[0]} cannot be run: {error.strerror}.", "Run ./staybase doctor."
                ) from None
        old = self.state.parts.get(part.name, PartState())
        pid = run.process.pid
        self.state.parts[part.name] = PartState(
            pid, processes.born(pid), False, old.restarts, time.time(), old.last_end
        )
        self._write()

    def _look_after(self) -> None:
        """One round: who died, who is due again, who became healthy."""
        now = time.monotonic()
        for run in self.runs:
            told = self.state.parts[run.part.name]
            if run.process is None:
                if now >= run.again_at and not self.told_to_end:
                    told.restarts += 1
                    self._launch(run)
            elif run.process.poll() is not None:
                self._mourn(run, told, now)
            elif not told.healthy and time.time() - told.since >= run.part.settle and run.part.is_healthy():
                told.healthy = True
                self._write()

    def _mourn(self, run: Run, told: PartState, now: float) -> None:
        """A part died: say so, and start it again after a pause that grows while it keeps dying."""
        code = run.process.returncode if run.process else 0
        if time.time() - told.since > SETTLED:
            run.pause = 0.5
        told.last_end = f"signal {-code}" if code < 0 else f"exit code {code}"
        told.healthy, told.pid = False, 0
        run.process, run.again_at, run.deaths = None, now + run.pause, run.deaths + 1
        run.pause = min(run.pause * 2, LONGEST_PAUSE)
        print(
            f"{time.strftime('%F %T')} {run.part.name} ended ({told.last_end}); starting it again", flush=True
        )
        self._write()

    def _end_all(self) -> None:
        """End every part, the database last, and wait for each."""
        self.told_to_end = True
        self._say("ending", self.state.message)
        for runs in (self.runs[1:], self.runs[:1]):
            for run in runs:
                if run.process is not None and run.process.poll() is None:
                    run.process.send_signal(run.part.stop)
            for run in runs:
                self._wait_for(run)

    def _wait_for(self, run: Run) -> None:
        """Wait until a part that was asked to end has ended; kill it when it takes too long."""
        if run.process is None:
            return
        try:
            run.process.wait(run.part.patience)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(run.process.pid, signal.SIGKILL)
            run.process.wait()
        self.state.parts[run.part.name].pid = 0

    def _say(self, phase: str, message: str) -> None:
        self.state.phase, self.state.message = phase, message
        self._write()

    def _write(self) -> None:
        with contextlib.suppress(OSError):  # a full disk must not end a hotel
            self.state.write(self.home)


def last_line(log: Path) -> str:
    """The last thing a part said."""
    try:
        lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    except OSError:
        lines = []
    return lines[-1].rstrip(".") if lines else "it said nothing"


def main() -> int:
    """Hold the home's lock, then keep it running."""
    home = Home.here()
    lock = hold_lock(home)
    if lock is None:
        print("Staybase is already running here.", flush=True)
        return 3
    parent = os.environ.pop("STAYBASE_ATTACHED_TO", "")
    if parent:
        processes.die_with_parent(signal.SIGTERM, int(parent))
    return Supervisor(home).run()


if __name__ == "__main__":
    sys.exit(main())
