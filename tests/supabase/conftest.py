"""The tests' fixtures once more, on a cluster shaped like Supabase's, as its `postgres`."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from functions.cli.cluster import Cluster
from tests.house import TEMPLATE, Database, cloned, execute, fill_template
from tests.supabase.house import shape, supabase_cluster
from tests.world import UndoneWorld, World

# The tests speak for each session's role; a superuser may, this `postgres` has to be let.
SPEAKING_FOR = "grant guest, staff, admin, kiosk, platform, service to postgres"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A cluster whose `postgres` is no superuser."""
    with supabase_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> str:
    """A project's database, migrated and seeded by its `postgres`."""
    execute(cluster, f"create database {TEMPLATE}")
    shape(cluster, TEMPLATE)
    fill_template(cluster)
    with psycopg.connect(cluster.url(TEMPLATE), autocommit=True) as conn:
        conn.execute(SPEAKING_FOR)
    return TEMPLATE


@pytest.fixture
def database(cluster: Cluster, template: str) -> Iterator[Database]:
    """A project's database of this test's own."""
    with cloned(cluster, template) as database:
        yield database


@pytest.fixture(scope="session")
def shared_database(cluster: Cluster, template: str) -> Iterator[Database]:
    """One for all tests that only read or that undo what they do."""
    with cloned(cluster, template) as database:
        yield database


@pytest.fixture
def db(shared_database: Database) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """A connection as the project's `postgres`, autocommit."""
    with shared_database.connect() as connection:
        yield connection


@pytest.fixture
def undone(shared_database: Database) -> Iterator[World]:
    """The cast in a single transaction that is rolled back."""
    with shared_database.connect() as connection, connection.transaction(force_rollback=True):
        yield UndoneWorld(connection)
