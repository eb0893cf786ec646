"""A whole running copy for tests: all processes, free ports, a temporary home, started by `up` itself."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from functions.cli import cluster as clusters
from functions.cli import environment, parts, processes
from functions.cli.cluster import free_port
from functions.cli.down import down
from functions.cli.home import ROOT, Home, State, read_state
from functions.cli.links import Link, links, token
from tests.house import let_messages_leave_at_once, roomy_folder
from tests.prepared import be_hasty, lay_demo


@dataclass(frozen=True)
class Stack:
    """A running copy and the ways into it."""

    home: Home
    settings: Mapping[str, str]
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        """The gateway's origin."""
        return self.settings["STAYBASE_PUBLIC_URL"]

    @property
    def state(self) -> State:
        """What the supervisor says right now."""
        return read_state(self.home) or State()

    def connect(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection as the migrating role, autocommit."""
        return psycopg.connect(self.settings["STAYBASE_OWNER_URL"], autocommit=True)

    def link(self, state: str = "in_house", tenant: str = "hamsun") -> Link:
        """A demo guest in this stay state."""
        return next(link for link in links(self.settings) if link.state == state and link.tenant == tenant)

    def token(self, email: str = "reception@hamsun.example") -> str:
        """An access token for a member of the cast."""
        return token(self.settings, email)


def environ(home: Path, port: int, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a command of this copy finds in its environment; nothing of ours leaks in."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("STAYBASE_", "PYTEST_"))
    }
    return {**kept, "STAYBASE_HOME": str(home), "STAYBASE_PORT": str(port), "COLUMNS": "160", **(more or {})}


def command(*words: str) -> list[str]:
    """A command line of ours, past the shell script, whose set-up is there already."""
    return [sys.executable, "-m", "functions.cli", *words]


def run(
    home: Path, port: int, *words: str, more: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    environment = environ(home, port, more)
    return subprocess.run(
        command(*words), cwd=ROOT, env=environment, text=True, capture_output=True, check=False, timeout=180
    )


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A folder that `postgres` can walk into; whatever still runs in it is ended afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="staybase-home-", dir=roomy_folder()))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        down(Home(folder))
        shutil.rmtree(Home(folder).distant_cluster.parent, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_stack(
    more: Mapping[str, str] | None = None, *words: str, port: int = 0, from_nothing: bool = False
) -> Iterator[Stack]:
    """`up` in the foreground until the block ends; it dies with the test process.

    The demo's database is a copy of one that an earlier `up` has filled, unless it is to begin with nothing.
    """
    with temporary_home() as folder:
        home, said = Home(folder), folder / "up.txt"
        environment_of_up = environ(folder, port or free_port(), more)
        home.make()
        lay = lay_hasty_cluster if more or from_nothing else lay_demo
        lay(home, environment_of_up)
        with said.open("wb") as output:
            process = processes.start(command("up", *words), env=environment_of_up, output=output, cwd=ROOT)
        try:
            processes.wait_until(lambda: process.poll() is not None or "Ctrl-C ends" in said.read_text(), 120)
            if process.poll() is not None or not is_up(home):
                raise RuntimeError(f"up did not come up:\n{said.read_text()}")
            stack = Stack(home, environment.load(home), process)
            with stack.connect() as conn:
                let_messages_leave_at_once(conn)
            yield stack
        finally:
            processes.end(process.pid, None, sign=signal.SIGINT, patience=60)
            process.wait()


def lay_hasty_cluster(home: Home, environment_of_up: Mapping[str, str]) -> None:
    """Make the empty cluster that `up` will find."""
    cluster = parts.own_cluster(home, environment.prepare(home, environment_of_up))
    if cluster is not None:
        clusters.create(cluster, parts.CRON)
        be_hasty(cluster)


def is_up(home: Home) -> bool:
    """Whether every part has been healthy."""
    state = read_state(home)
    return state is not None and state.phase == "up" and state.is_alive
