"""A seeded database that no test changes, so that one is enough for all that only look."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from functions.cli.cluster import Cluster
from tests.house import cloned


@pytest.fixture(scope="session")
def seeded(cluster: Cluster, template: str) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """A connection as the migrating role that can only read."""
    with cloned(cluster, template) as database, database.connect() as connection:
        connection.read_only = True
        yield connection
