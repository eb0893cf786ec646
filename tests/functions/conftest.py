"""Fixtures of the functions' tests: one process and one database for each test file."""

from collections.abc import Iterator

import pytest

from functions.cli.cluster import Cluster
from tests.functions.server import House, running_functions
from tests.house import cloned


@pytest.fixture(scope="module")
def house(cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The functions on the demo's data."""
    with (
        cloned(cluster, template) as database,
        running_functions(database, tmp_path_factory.mktemp("house")) as house,
    ):
        yield house
