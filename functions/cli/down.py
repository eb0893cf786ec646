"""`down` and `reset`: nothing of a copy is left running; `reset` also forgets its data."""

import os
import shutil
from pathlib import Path

from functions.cli import processes
from functions.cli.home import Home, is_running, read_state

PATIENCE = 60.0


def down(home: Home) -> bool:
    """End this copy, also when its supervisor is dead; says whether anything was running."""
    state = read_state(home)
    found = False
    if state is not None and state.is_alive:
        found = True
        processes.end(state.supervisor, state.birth, patience=PATIENCE)
    if state is not None:
        for part in state.parts.values():
            if part.pid and processes.is_alive(part.pid, part.birth):
                found = True
                processes.end(part.pid, part.birth, patience=5)
    for pid in strays(home):
        found = True
        processes.end(pid, processes.born(pid), patience=5)
    processes.wait_until(lambda: not is_running(home), 5)
    return found


def strays(home: Home) -> list[int]:
    """Processes with this home's mark that no supervisor knows of; the database's by its own pid file."""
    marks = {f"STAYBASE_HOME={home.folder}".encode()}
    found = [pid for pid in _pids() if _carries(pid, marks)]
    for data in (home.folder / "postgres", home.distant_cluster):
        pid = _postmaster(data)
        if pid:
            found.append(pid)
    return found


def _pids() -> list[int]:
    return [
        int(path.name)
        for path in Path("/proc").iterdir()
        if path.name.isdigit() and int(path.name) != os.getpid()
    ]


def _carries(pid: int, marks: set[bytes]) -> bool:
    try:
        words = set(Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"))
    except OSError:
        return False
    return marks <= words and any(word.startswith(b"STAYBASE_PART=") for word in words)


def _postmaster(data: Path) -> int:
    """The server of a data folder, if the pid in its pid file is really it."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return 0
    return pid if str(data).encode() in command else 0


def reset(home: Home) -> None:
    """End this copy and forget its data, secrets and ports; what was installed stays."""
    down(home)
    for folder in (
        home.folder / "postgres",
        home.distant_cluster.parent,
        home.run,
        home.logs,
        home.folder / "sandbox",
    ):
        shutil.rmtree(folder, ignore_errors=True)
    for file in (home.environment_file, home.ports_file):
        file.unlink(missing_ok=True)
