"""`up` and what ends it: it says what is wrong in one line, and never leaves a process behind."""

import contextlib
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from functions.cli import cluster as clusters
from functions.cli import data_api, processes
from functions.cli.cluster import Cluster, free_port
from functions.cli.down import strays
from functions.cli.home import ROOT, Home, read_state
from functions.cli.refusal import Refusal
from functions.cli.status import family, proportional_memory
from tests.house import execute, running_cluster
from tests.stack import Stack, command, environ, run, running_stack, temporary_home

# As /proc/net writes them: 127.0.0.1, and the states "listening" and (of a datagram socket) "open to all".
LOOPBACK, LISTEN, UNBOUND = "0100007F", "0A", "07"


@pytest.fixture
def home() -> Iterator[Path]:
    """A temporary home that `postgres` can walk into."""
    with temporary_home() as folder:
        yield folder


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    """A disk of 40 MB."""
    disk = home / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m,mode=0755", "tmpfs", str(disk)], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture(scope="module")
def spare_stack() -> Iterator[Stack]:
    """A running copy that began with nothing, that nobody has used, and whose parts a test may end."""
    with running_stack(from_nothing=True) as stack:
        yield stack


@pytest.fixture
def own_stack() -> Iterator[Stack]:
    """A running copy that a test may destroy."""
    with running_stack() as stack:
        yield stack


def pids(stack: Stack) -> set[int]:
    return family(stack.state) - {0}


def sockets(pid: int) -> set[str]:
    """The inodes of a process's sockets."""
    found = set()
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            found.update(re.findall(r"socket:\[(\d+)\]", str(handle.readlink())))
    return found


def assert_nothing_left(stack: Stack, were: set[int]) -> None:
    gone = processes.wait_until(lambda: not any(processes.is_alive(pid, None) for pid in were), 15)
    assert gone, f"still alive: {[pid for pid in were if processes.is_alive(pid, None)]}"
    assert strays(stack.home) == []


def test_taken_port_is_said_in_one_line(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(home, port, "up", "--detach")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"Port {port} is taken" in done.stderr
    assert f"STAYBASE_PORT={port + 1}" in done.stderr
    assert not any((home / made).exists() for made in ("postgres", "env", "ports.json"))


def test_missing_data_api_is_said_in_one_line(home: Path) -> None:
    done = run(home, free_port(), "up", "--detach", more={"POSTGREST_BIN": "/nowhere/postgrest"})
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "/nowhere/postgrest" in done.stderr


def test_foreign_architecture_is_told_what_to_bring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(Refusal, match=r"no PostgREST binary for riscv64.*POSTGREST_BIN"):
        data_api.binary({})


def test_full_disk_is_seen_before_anything_is_made(small_disk: Path) -> None:
    done = run(small_disk / "home", free_port(), "up", "--detach")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert re.search(r"Only \d+ MB are free", done.stderr)
    assert not (small_disk / "home/postgres").exists()


def test_disk_that_fills_up_meanwhile_leaves_no_half_cluster(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "ROOM_NEEDED_MB", 1)
    with pytest.raises(Refusal, match=r"The disk under .* is full"):
        clusters.create(Cluster(small_disk / "postgres", free_port(), "secret"))
    assert list(small_disk.iterdir()) == []


def test_second_up_says_that_it_is_running(stack: Stack) -> None:
    port = int(stack.settings["STAYBASE_PORT"])
    done = run(stack.home.folder, port, "up", "--detach")
    assert done.returncode == 0, done.stderr
    assert f"already running at {stack.url}" in done.stdout
    assert stack.process.poll() is None


def test_everything_listens_on_loopback_only(stack: Stack) -> None:
    ours = {socket for pid in pids(stack) for socket in sockets(pid)}
    listening = [
        line.split()
        for table in ("/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6")
        for line in Path(table).read_text().splitlines()[1:]
    ]
    addresses = {
        row[1].partition(":")[0] for row in listening if row[9] in ours and row[3] in (LISTEN, UNBOUND)
    }
    assert addresses == {LOOPBACK}


def test_whole_stack_fits_into_400_megabytes(spare_stack: Stack) -> None:
    used = {pid: proportional_memory(pid) for pid in pids(spare_stack)}
    assert sum(used.values()) <= 400 * 1024, used


def test_part_that_dies_is_started_again_and_reported(spare_stack: Stack) -> None:
    before = spare_stack.state.parts["worker"]
    os.kill(before.pid, signal.SIGKILL)

    def is_back() -> bool:
        now = spare_stack.state.parts["worker"]
        return now.restarts == 1 and now.healthy and now.pid != before.pid

    assert processes.wait_until(is_back, 20)
    said = spare_stack.home.folder / "up.txt"
    assert processes.wait_until(
        lambda: "worker ended (signal 9) and was started again" in said.read_text(), 5
    )


def test_database_that_dies_comes_back_and_so_do_its_readers(spare_stack: Stack) -> None:
    os.kill(spare_stack.state.parts["postgres"].pid, signal.SIGKILL)

    def answers() -> bool:
        try:
            with spare_stack.connect() as conn:
                return conn.execute("select 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    assert processes.wait_until(lambda: spare_stack.state.parts["postgres"].restarts >= 1 and answers(), 60)
    assert processes.wait_until(lambda: run(spare_stack.home.folder, 0, "status").returncode == 0, 30)


def test_ctrl_c_leaves_nothing_behind(own_stack: Stack) -> None:
    were = pids(own_stack)
    own_stack.process.send_signal(signal.SIGINT)
    assert own_stack.process.wait(40) == 0
    assert_nothing_left(own_stack, were)


def test_ctrl_c_in_the_first_moment_says_nothing_of_python(home: Path) -> None:
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        command("up"), cwd=ROOT, env=environ(home, free_port()), stdout=pipe, stderr=pipe
    )
    try:
        assert processes.wait_until(lambda: catches_ctrl_c(process.pid), 10, 0.0005)
        assert processes.wait_until(lambda: not catches_ctrl_c(process.pid), 10, 0.0005)
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, said, complained) == (-signal.SIGINT, b"", b"")
    assert list(home.iterdir()) == []


def catches_ctrl_c(pid: int) -> bool:
    """Whether a process has a handler for it, as Python has from its start until we say otherwise."""
    told = Path(f"/proc/{pid}/status").read_text()
    return bool(int(told.partition("SigCgt:")[2].split()[0], 16) & 1 << signal.SIGINT - 1)


@pytest.mark.long
def test_killed_up_takes_everything_with_it(own_stack: Stack) -> None:
    were = pids(own_stack)
    own_stack.process.kill()
    own_stack.process.wait()
    assert_nothing_left(own_stack, were)


def test_down_works_after_kill_9_of_the_supervisor(own_stack: Stack) -> None:
    were = pids(own_stack)
    os.kill(own_stack.state.supervisor, signal.SIGKILL)
    assert own_stack.process.wait(20) == 1
    assert run(own_stack.home.folder, 0, "down").returncode == 0
    assert_nothing_left(own_stack, were)


@pytest.mark.long
def test_unreachable_home_puts_the_cluster_elsewhere_and_says_where(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    folder = closed / "home"
    port = free_port()
    started = run(folder, port, "up", "--detach")
    try:
        assert started.returncode == 0, started.stderr
        where = Home(folder).distant_cluster
        assert str(where).startswith("/var/lib/staybase/")
        assert str(where) in run(folder, port, "status").stdout
        assert not (folder / "postgres").exists()
    finally:
        assert run(folder, port, "reset", "--yes").returncode == 0
    assert not Home(folder).distant_cluster.parent.exists()


@pytest.mark.long
def test_existing_database_is_used_instead_of_an_own_cluster(home: Path) -> None:
    with running_cluster() as existing:
        execute(existing, "create database hotel")
        port = free_port()
        more = {"DATABASE_URL": existing.url("hotel")}
        started = run(home, port, "up", "--detach", more=more)
        assert started.returncode == 0, started.stderr
        state = read_state(Home(home))
        assert state is not None
        assert "postgres" not in state.parts
        assert "existing PostgreSQL" in run(home, port, "status").stdout
        assert run(home, port, "down").returncode == 0


def test_reset_asks_first(home: Path) -> None:
    shutil.copy(Path(__file__), home / "env")
    done = run(home, 0, "reset")
    assert done.returncode == 1
    assert (home / "env").exists()


@pytest.mark.long
def test_the_clock_ticks_from_the_very_first_start(spare_stack: Stack) -> None:
    def has_ticked() -> bool:
        with spare_stack.connect() as conn:
            return conn.execute("select from cron.job_run_details where status = 'succeeded'").rowcount > 0

    assert processes.wait_until(has_ticked, 80)
