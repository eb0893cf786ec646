"""Filled clusters, made once for all processes of a run: a copy takes a tenth of what making one does."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from functions.cli import cluster as clusters
from functions.cli import environment, parts
from functions.cli.cluster import Cluster
from functions.cli.home import Home
from functions.cli.prepare import prepare
from tests.house import SETTINGS, TEMPLATE, Server, lay_template, roomy_folder, running_server

SHARED = "STAYBASE_TESTS_PREPARED"


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the others makes the folder that they share."""
    if not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="staybase-prepared-", dir=roomy_folder())
        Path(folder).chmod(0o711)
        os.environ[SHARED] = folder


def pytest_unconfigure(config: pytest.Config) -> None:
    """And takes it away."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED, ""), ignore_errors=True)


def prepared(name: str, make: Callable[[Path], Cluster]) -> Path:
    """The folder with the cluster's `data` and `password` that `make` filled, in whichever process it ran."""
    shared = Path(os.environ[SHARED])
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made, making = shared / name, shared / f"{name}.making"
        if not made.exists():
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir(mode=0o711)
            (making / "password").write_text(make(making).password)
            making.rename(made)
    return made


def taken(original: Path, cluster: Cluster, settings: Mapping[str, str]) -> None:
    """Lay a copy in a cluster's place, under its port; its password is the original's."""
    subprocess.run(["cp", "-a", original / "data", cluster.data], check=True)
    clusters.configure(cluster, settings)


def password(original: Path) -> str:
    """How the superuser of every copy comes in."""
    return (original / "password").read_text()


def make_template(folder: Path) -> Cluster:
    """The template of every test's database; no room in it that nobody uses, for it is copied often."""
    with running_server() as server:
        lay_template(server.cluster)
        with psycopg.connect(server.cluster.url(TEMPLATE), autocommit=True) as conn:
            conn.execute("vacuum (full, analyze)")
        server.end()
        subprocess.run(["mv", server.cluster.data, folder / "data"], check=True)
    return server.cluster


@contextmanager
def running_copy() -> Iterator[Cluster]:
    """A cluster for as long as the block lasts, with the template in it."""
    original = prepared("template", make_template)

    def lay(cluster: Cluster) -> None:
        taken(original, cluster, SETTINGS)

    with running_server(lay=lay, password=password(original)) as server:
        yield server.cluster


def make_demo(folder: Path) -> Cluster:
    """What a first `up` leaves behind."""
    home = Home(folder / "home")
    home.make()
    settings = environment.prepare(home, {})
    cluster = parts.own_cluster(home, settings)
    assert cluster is not None
    clusters.create(cluster, parts.CRON)
    be_hasty(cluster)
    server = Server(cluster, folder / "postgres.log")
    server.start()
    try:
        prepare(settings)
    finally:
        server.end()
    cluster.data.rename(folder / "data")
    return cluster


def lay_demo(home: Home, given: Mapping[str, str]) -> None:
    """Lay a copy of that in a home, which `up` finds as if it had been there before."""
    original = prepared("demo", make_demo)
    environment.write(home, {"STAYBASE_POSTGRES_PASSWORD": password(original)})
    cluster = parts.own_cluster(home, environment.prepare(home, given))
    assert cluster is not None
    taken(original, cluster, parts.CRON)


def be_hasty(cluster: Cluster) -> None:
    """Have a cluster not wait for the disk: a test survives no power cut."""
    configuration = cluster.data / "postgresql.local.conf"
    configuration.write_text("fsync = off\nfull_page_writes = off\n")
    configuration.chmod(0o644)
