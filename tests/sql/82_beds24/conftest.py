"""A Lodge that is connected with Beds24, its rooms mapped. Each test opens one of its own."""

from collections.abc import Iterator
from itertools import count

import pytest

from functions.cli.cluster import Cluster
from tests.channel_manager import ChannelManager
from tests.desk import open_lodge
from tests.house import Database, cloned

numbers = count(101)


@pytest.fixture(scope="module")
def town(cluster: Cluster, template: str) -> Iterator[Database]:
    """One database for a file's tests."""
    with cloned(cluster, template) as database:
        yield database


@pytest.fixture
def manager(town: Database) -> Iterator[ChannelManager]:
    """Beds24 and its Lodge."""
    with town.connect() as db:
        number = next(numbers)
        yield ChannelManager(open_lodge(town, db, f"L{number}"), 70_000 + number).connect().map()
