"""What tests stand on: a temporary cluster, a filled template, and a database of its own for each."""

import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from functions.cli import cluster as clusters
from functions.cli import processes
from functions.cli.cluster import Cluster
from functions.cli.migrate import migrate

TEMPLATE = "staybase_template"

# Nothing here has to survive a power cut, and a test machine's disk is slow.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "on",
    "full_page_writes": "off",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "max_wal_size": "128MB",
}

# A busy disk copies a database in 200 to 1500 ms, memory in 50 to 200: taken where there is plenty of it.
MEMORY = Path("/dev/shm")
PLENTY = 4 * 2**30


@dataclass(frozen=True)
class Database:
    """A migrated and seeded database of a test's own, with the three ways in."""

    cluster: Cluster
    name: str

    @property
    def url(self) -> str:
        """As the migrating role, whom nothing binds."""
        return self.cluster.url(self.name)

    @property
    def authenticator_url(self) -> str:
        """As PostgREST and `as_caller` come in."""
        return self.cluster.url(self.name, "authenticator")

    @property
    def service_url(self) -> str:
        """As the worker comes in."""
        return self.cluster.url(self.name, "service")

    def connect(self, url: str | None = None) -> "psycopg.Connection[tuple[Any, ...]]":
        """A new connection, autocommit; the second one of a race."""
        return psycopg.connect(url or self.url, autocommit=True)


def roomy_folder() -> Path | None:
    """Where a cluster of tests is laid: in memory if the machine can spare it, else the temporary folder."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= PLENTY else None


@dataclass
class Server:
    """The PostgreSQL of a temporary cluster, which a test may take down."""

    cluster: Cluster
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Returns when it answers."""
        with self.log.open("ab") as log:
            self.process = processes.start(
                self.cluster.command,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
                output=log,
                user=clusters.account(),
                death=signal.SIGQUIT,
                cwd=Path("/"),
            )
        if not processes.wait_until(lambda: clusters.is_ready(self.cluster), 20):
            raise RuntimeError(self.log.read_text())

    def end(self, sign: int = signal.SIGINT) -> None:
        """SIGINT asks its sessions to go; SIGQUIT throws them out, and what they had begun is lost."""
        if self.process is not None:
            processes.end(self.process.pid, None, sign=sign)
            self.process.wait()
            self.process = None


@contextmanager
def running_server(
    settings: dict[str, str] | None = None, lay: Callable[[Cluster], None] | None = None, password: str = ""
) -> Iterator[Server]:
    """A cluster of its own for as long as the block lasts; `lay` makes it otherwise, with that password."""
    folder = Path(tempfile.mkdtemp(prefix="staybase-tests-", dir=roomy_folder()))
    folder.chmod(0o711)
    cluster = Cluster(folder / "postgres", clusters.free_port(), password or clusters.new_password())
    server = Server(cluster, folder / "postgres.log")
    try:
        if lay is None:
            clusters.create(cluster, {**SETTINGS, **(settings or {})})
        else:
            lay(cluster)
        server.start()
        yield server
    finally:
        server.end()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_cluster(settings: dict[str, str] | None = None) -> Iterator[Cluster]:
    """The same for whoever lets it run."""
    with running_server(settings) as server:
        yield server.cluster


def execute(cluster: Cluster, statement: str) -> None:
    """One statement in the cluster's own `postgres` database."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as conn:
        conn.execute(statement)


def lay_template(cluster: Cluster) -> str:
    """Make, migrate and seed once what every test's database is a copy of."""
    execute(cluster, f"create database {TEMPLATE}")
    fill_template(cluster)
    return TEMPLATE


def fill_template(cluster: Cluster) -> None:
    """Migrate and seed an empty database, and let the two login roles in."""
    from functions.cli.seed import seed_demo, seed_reference

    migrate(cluster.url(TEMPLATE), development=True)
    with psycopg.connect(cluster.url(TEMPLATE)) as conn:
        for role in ("authenticator", "service"):
            conn.execute(f"alter role {role} login password '{cluster.password}'")
        seed_reference(conn)
        seed_demo(conn)
        let_messages_leave_at_once(conn)


def let_messages_leave_at_once(conn: "psycopg.Connection[Any]") -> None:
    """Nothing can be undone, so no message waits until it cannot be; tests of undoing say otherwise."""
    conn.execute(
        "insert into public.app_settings (tenant_id, key, value)"
        " select t.id, 'undo_seconds', '0' from public.tenants as t"
    )


@contextmanager
def cloned(cluster: Cluster, template: str) -> Iterator[Database]:
    """A copy of the template for as long as the block lasts."""
    name = f"test_{uuid.uuid4().hex}"
    execute(cluster, f"create database {name} template {template} strategy file_copy")
    try:
        yield Database(cluster, name)
    finally:
        execute(cluster, f"drop database {name} with (force)")
