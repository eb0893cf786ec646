"""Staybase's own PostgreSQL 15 cluster: made, configured, asked about. Debian's `main` is not touched."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from functions.cli.refusal import Refusal

BINARIES = Path(os.environ.get("STAYBASE_POSTGRES_BIN", "/usr/lib/postgresql/15/bin"))
DATABASE = "staybase"
ROOM_NEEDED_MB = 250

# Small: the whole idle stack has to fit into 400 MB. A bigger machine says so in postgresql.local.conf.
# Logs hold no statements and no details: both carry guests' data. Nor, for the roles that speak for people,
# errors (cli/prepare.py); the server's own and its owner's stay.
CONFIGURATION = """\
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
password_encryption = scram-sha-256
max_connections = 80
shared_buffers = {shared_buffers}
work_mem = 8MB
maintenance_work_mem = 64MB
effective_cache_size = 1GB
random_page_cost = 1.1
max_worker_processes = 10
max_wal_size = 1GB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_line_prefix = '%m [%p] %u@%d '
log_statement = none
log_min_error_statement = panic
log_error_verbosity = terse
autovacuum_naptime = 15s
shared_preload_libraries = '{preload}'
{more}
include_if_exists 'postgresql.local.conf'
"""


@dataclass(frozen=True)
class Cluster:
    """Where a cluster lies and how its superuser comes in."""

    data: Path
    port: int
    password: str

    def url(self, database: str = DATABASE, user: str = "postgres", password: str | None = None) -> str:
        """The address of one of its databases for one of its roles."""
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    @property
    def command(self) -> list[str | Path]:
        """The command line of the server."""
        return [BINARIES / "postgres", "-D", self.data]


def account() -> str | None:
    """Whom the server runs as: `postgres` when root starts it (root it refuses to be), else whoever asks."""
    return "postgres" if os.geteuid() == 0 else None


def as_account(*command: str | Path, said: str = "") -> "subprocess.CompletedProcess[str]":
    """Run one of PostgreSQL's programs as the account that owns the cluster."""
    words = [str(word) for word in command]
    user = account()
    if user is not None:
        words = ["runuser", "-u", user, "--", *words]
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        words, cwd="/", env=environment, text=True, input=said, capture_output=True, check=False
    )


def reaches(folder: Path) -> bool:
    """Whether the cluster's account can walk into a folder (it cannot into a clone below /root)."""
    return as_account("test", "-x", folder).returncode == 0


def has_pg_cron() -> bool:
    """Whether the server's pg_cron is installed."""
    return Path("/usr/share/postgresql/15/extension/pg_cron.control").exists()


def create(cluster: Cluster, settings: Mapping[str, str] | None = None) -> None:
    """Make the cluster beside its place and move it there when it is whole: half a cluster is never seen."""
    if not (BINARIES / "initdb").exists():
        raise Refusal("PostgreSQL 15 is not installed.", "Install it with: apt-get install postgresql-15")
    parent = cluster.data.parent
    parent.mkdir(parents=True, exist_ok=True)
    check_room(parent)
    workshop = Path(tempfile.mkdtemp(prefix=".making-", dir=parent))
    try:
        user = account()
        if user is not None:
            shutil.chown(workshop, user, user)
        made, password = workshop / "data", workshop / "password"
        password.write_text(cluster.password)
        if user is not None:
            shutil.chown(password, user, user)
        password.chmod(0o600)
        done = as_account(
            BINARIES / "initdb", "-D", made, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password,
            "-E", "UTF8", "--locale", "C.UTF-8", "--data-checksums",
        )  # fmt: skip
        if done.returncode != 0:
            raise not_made(parent, done.stderr)
        configure(Cluster(made, cluster.port, cluster.password), settings)
        _create_database(made)
        made.rename(cluster.data)
    except OSError as error:
        raise Refusal(
            f"The database cluster could not be made: {error.strerror}.", "Mend that, then run it again."
        ) from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _create_database(data: Path) -> None:
    """Make our database while no server runs, so that pg_cron finds it at the very first start."""
    words: list[str | Path] = [
        BINARIES / "postgres",
        "--single",
        "-D",
        data,
        "-c",
        "shared_preload_libraries=",
        "postgres",
    ]
    done = as_account(*words, said=f"create database {DATABASE}\n")
    if done.returncode != 0:
        raise not_made(data.parent.parent, done.stderr)


def not_made(folder: Path, said: str) -> Refusal:
    """Why PostgreSQL's programs could not make the cluster, in one line."""
    if "No space left" in said or "could not write" in said:
        return Refusal(f"The disk under {folder} is full.", "Free some space, then run it again.")
    reason = (said.strip().splitlines() or ["it did not say why"])[-1].rstrip(".")
    return Refusal(f"The database cluster could not be made: {reason}.", "Mend that, then run it again.")


def configure(cluster: Cluster, settings: Mapping[str, str] | None = None) -> None:
    """Write postgresql.conf anew: our settings, then the owner's own in postgresql.local.conf."""
    preload = ["pg_cron"] if has_pg_cron() and (settings or {}).get("cron.database_name") else []
    more = "\n".join(f"{name} = '{value}'" for name, value in (settings or {}).items())
    text = CONFIGURATION.format(
        port=cluster.port,
        preload=",".join(preload),
        shared_buffers=os.environ.get("STAYBASE_SHARED_BUFFERS", "64MB"),
        more=more,
    )
    path = cluster.data / "postgresql.conf"
    path.write_text(text)
    user = account()
    if user is not None:
        shutil.chown(path, user, user)


def check_room(folder: Path) -> None:
    """Refuse before anything is made when the disk cannot hold a cluster."""
    free = shutil.disk_usage(folder).free // 2**20
    if free < ROOM_NEEDED_MB:
        raise Refusal(
            f"Only {free} MB are free under {folder}; the database needs {ROOM_NEEDED_MB} MB.",
            "Free some space, or set STAYBASE_HOME to a folder on another disk.",
        )


def is_ready(cluster: Cluster) -> bool:
    """Whether the server answers."""
    asked = [str(BINARIES / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(cluster.port), "-t", "2"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_password() -> str:
    """A password that needs no quoting in an address."""
    return secrets.token_urlsafe(24).replace("-", "x").replace("_", "y")
