"""A cluster shaped like Supabase's: its `postgres` is no superuser, and others are at home there already."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from functions.cli import parts
from functions.cli.cluster import DATABASE, Cluster
from tests.house import running_cluster

SHAPE = Path(__file__).parent / "shape.sql"
SUPERUSER = "supabase_admin"


@contextmanager
def supabase_cluster() -> Iterator[Cluster]:
    """A cluster whose superuser is `supabase_admin`; `cluster.url()` is its lesser `postgres`."""
    with running_cluster(parts.CRON) as cluster:
        demote_postgres(cluster)
        shape(cluster, DATABASE)
        yield cluster


def demote_postgres(cluster: Cluster) -> None:
    """The role that made the cluster becomes `supabase_admin`; a lesser one takes its name."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as conn:
        conn.execute(f"create role interim superuser login password '{cluster.password}'".encode())
    with psycopg.connect(cluster.url("postgres", "interim"), autocommit=True) as conn:
        conn.execute(f"alter role postgres rename to {SUPERUSER}".encode())
    with as_superuser(cluster, "postgres") as conn:
        conn.execute("drop role interim")
        conn.execute(
            "create role postgres nosuperuser createdb createrole replication bypassrls login"
            f" password '{cluster.password}'".encode()
        )
        conn.execute(f"alter database {DATABASE} owner to postgres".encode())


def shape(cluster: Cluster, database: str) -> None:
    """Give a database of the cluster, owned by `postgres`, what a new project's has."""
    with as_superuser(cluster, database) as conn:
        conn.execute(SHAPE.read_bytes())


def as_superuser(cluster: Cluster, database: str = DATABASE) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection that no customer has."""
    return psycopg.connect(cluster.url(database, SUPERUSER), autocommit=True)
