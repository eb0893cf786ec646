"""One database for each file: both hotels of the cast, furnished alike."""

from collections.abc import Iterator

import pytest

from functions.cli.cluster import Cluster
from tests.house import Database, cloned
from tests.isolation.actors import HOTELS
from tests.isolation.catalog import Connection
from tests.isolation.furnish import furnish


@pytest.fixture(scope="module")
def furnished(cluster: Cluster, template: str) -> Iterator[Database]:
    """A copy in which each hotel has something for every command and every list."""
    with cloned(cluster, template) as database:
        with database.connect() as conn:
            for hotel in HOTELS:
                furnish(conn, hotel)
        yield database


@pytest.fixture(scope="module")
def conn(furnished: Database) -> Iterator[Connection]:
    """The migrating role's connection to it, autocommit."""
    with furnished.connect() as connection:
        yield connection
