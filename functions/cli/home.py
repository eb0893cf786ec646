"""Where one copy of Staybase keeps what is its own. Standard library only."""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from functions.cli import processes
from functions.cli.refusal import Refusal

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_PORT = 8080


@dataclass(frozen=True)
class Home:
    """The folder named by STAYBASE_HOME and what lies in it."""

    folder: Path

    @classmethod
    def here(cls, environ: Mapping[str, str] | None = None) -> "Home":
        """The home that the environment names, `.staybase` in the clone when it names none."""
        named = (os.environ if environ is None else environ).get("STAYBASE_HOME") or str(ROOT / ".staybase")
        return cls(Path(named).absolute())

    @property
    def environment_file(self) -> Path:
        """Settings and secrets, for root's eyes only."""
        return self.folder / "env"

    @property
    def ports_file(self) -> Path:
        """The internal ports, picked free once and remembered."""
        return self.folder / "ports.json"

    @property
    def logs(self) -> Path:
        """One log file for each part."""
        return self.folder / "logs"

    @property
    def run(self) -> Path:
        """What only matters while it runs: lock, state, generated configuration."""
        return self.folder / "run"

    @property
    def distant_cluster(self) -> Path:
        """Where the cluster lies when `postgres` cannot walk into this folder."""
        digest = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:12]
        return Path("/var/lib/staybase") / digest / "postgres"

    def make(self) -> None:
        """Make the folders; others may walk through (as `postgres` must), the files inside are closed."""
        for folder in (self.folder, self.logs, self.run):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Refusal(
                    f"{folder} cannot be made: {error.strerror}.",
                    "Set STAYBASE_HOME to a folder you may write.",
                ) from None
        self.folder.chmod(0o711)
        self.run.chmod(0o700)
        self.logs.chmod(0o700)


@dataclass
class PartState:
    """How one part of the stack is doing."""

    pid: int = 0
    birth: int | None = None
    healthy: bool = False
    restarts: int = 0
    since: float = 0.0
    last_end: str = ""


@dataclass
class State:
    """What the supervisor tells everybody else, in run/state.json."""

    phase: str = "starting"
    message: str = ""
    supervisor: int = 0
    birth: int | None = None
    url: str = ""
    cluster: str = ""
    since: float = field(default_factory=time.time)
    parts: dict[str, PartState] = field(default_factory=dict)

    def write(self, home: Home) -> None:
        """Replace the state file in one step."""
        path = home.run / "state.json"
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(asdict(self), indent=1))
        beside.replace(path)

    @property
    def is_alive(self) -> bool:
        """Whether the supervisor that wrote this still runs."""
        return self.supervisor > 0 and processes.is_alive(self.supervisor, self.birth)


def read_state(home: Home) -> State | None:
    """What the supervisor last said; None when it never ran here."""
    try:
        told = json.loads((home.run / "state.json").read_text())
    except (OSError, ValueError):
        return None
    parts = {name: PartState(**part) for name, part in told.pop("parts").items()}
    return State(**told, parts=parts)


def is_running(home: Home) -> bool:
    """Whether a supervisor holds this home's lock."""
    lock = hold_lock(home)
    if lock is None:
        return True
    os.close(lock)
    return False


def hold_lock(home: Home) -> int | None:
    """Take the lock of the home for as long as this process lives; None when another holds it."""
    try:
        handle = os.open(home.run / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        return os.open("/dev/null", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle
