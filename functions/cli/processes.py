"""Starting, recognising and ending processes, so that none is ever left behind. Standard library only."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(sign: int, parent: int) -> None:
    """Ask the kernel to send `sign` to this process when `parent` ends, even by kill -9."""
    _libc.prctl(PR_SET_PDEATHSIG, sign, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), sign)


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    output: IO[bytes] | int,
    user: str | None = None,
    death: int = signal.SIGTERM,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own that ends when this process does."""
    parent = os.getpid()
    groups: list[int] | None = None
    uid: int | None = None
    gid: int | None = None
    if user is not None:
        account = pwd.getpwnam(user)
        uid, gid = account.pw_uid, account.pw_gid
        groups = os.getgrouplist(user, gid)

    def bind() -> None:
        die_with_parent(death, parent)

    return subprocess.Popen(
        [str(word) for word in command],
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        user=uid,
        group=gid,
        extra_groups=groups,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=bind,
    )


def born(pid: int) -> int | None:
    """When a process began, in clock ticks since boot: with its pid this names it. None: no such process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, IndexError):
        return None
    return None if fields[0] == "Z" else int(fields[19])


def is_alive(pid: int, birth: int | None) -> bool:
    """Whether the very process that had this pid at that birth still runs."""
    now = born(pid)
    return now is not None and (birth is None or birth == now)


def end(pid: int, birth: int | None, *, sign: int = signal.SIGTERM, patience: float = 10.0) -> None:
    """Ask a process to end; after `patience` seconds kill it and its group."""
    with contextlib.suppress(ProcessLookupError):
        if is_alive(pid, birth):
            os.kill(pid, sign)
    if not wait_until(lambda: not is_alive(pid, birth), patience):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        wait_until(lambda: not is_alive(pid, birth), 5.0)


def wait_until(holds: Callable[[], bool], patience: float, pause: float = 0.05) -> bool:
    """Ask again and again until `holds()` or `patience` seconds are over; says which."""
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
