"""What the tests of notifications stand on: a ledger, a sandbox, and workers that are real processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.cli.cluster import Cluster
from tests.functions.server import House, running_functions
from tests.house import Database, cloned
from tests.notify.ledger import Ledger
from tests.notify.workers import Workers
from tests.sandbox.running import ACCOUNT, ENVIRONMENT, TOKEN, RunningSandbox, running

PUBLIC_URL = "https://stay.example"


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


@pytest.fixture(scope="module")
def house(cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The functions behind a public address, with a Twilio account."""
    with (
        cloned(cluster, template) as database,
        running_functions(
            database,
            tmp_path_factory.mktemp("house"),
            STAYBASE_PUBLIC_URL=PUBLIC_URL,
            TWILIO_ACCOUNT_SID=ACCOUNT,
            TWILIO_AUTH_TOKEN=TOKEN,
        ) as house,
    ):
        yield house


@pytest.fixture(scope="module")
def notes(house: House) -> Iterator[Ledger]:
    ledger = Ledger(house.database)
    yield ledger
    ledger.close()
