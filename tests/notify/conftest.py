"""What the tests of notifications stand on: a ledger, a sandbox, and workers that are real processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import Database
from tests.notify.ledger import Ledger
from tests.notify.workers import Workers
from tests.sandbox.running import ENVIRONMENT, RunningSandbox, running


@pytest.fixture
def ledger(database: Database) -> Iterator[Ledger]:
    """The notifications of this test's database."""
    ledger = Ledger(database)
    yield ledger
    ledger.close()


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[RunningSandbox]:
    with running(ENVIRONMENT) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: RunningSandbox) -> Iterator[RunningSandbox]:
    """The providers' stand-in, empty."""
    sandbox_process.reset()
    yield sandbox_process
    sandbox_process.close_clients()


@pytest.fixture
def workers(database: Database, sandbox: RunningSandbox, tmp_path: Path) -> Iterator[Workers]:
    """Starts worker processes and kills what is left of them."""
    workers = Workers(database, sandbox, tmp_path)
    yield workers
    workers.end()
