"""The Lodge: a house of three rooms that belongs to the cast's tenant. Each test opens one of its own."""

from collections.abc import Iterator
from itertools import count

import pytest

from functions.cli.cluster import Cluster
from tests.desk import Desk, open_lodge
from tests.house import Database, cloned

numbers = count(101)


@pytest.fixture(scope="module")
def town(cluster: Cluster, template: str) -> Iterator[Database]:
    """One database for a file's tests: a Lodge has nothing in common with the next but the clock."""
    with cloned(cluster, template) as database:
        yield database


@pytest.fixture
def desk(town: Database) -> Iterator[Desk]:
    """Reception of a Lodge of this test's own."""
    with town.connect() as db:
        yield open_lodge(town, db, f"L{next(numbers)}")
