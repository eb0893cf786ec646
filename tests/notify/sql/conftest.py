"""One ledger for the many examples of one test file; everything else gets a database of its own."""

from collections.abc import Iterator

import pytest

from functions.cli.cluster import Cluster
from tests.house import cloned
from tests.notify.ledger import Ledger


@pytest.fixture(scope="module")
def ledger_once(cluster: Cluster, template: str) -> Iterator[Ledger]:
    with cloned(cluster, template) as database:
        ledger = Ledger(database)
        yield ledger
        ledger.close()
