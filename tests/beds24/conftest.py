"""What these tests stand on: the sandbox's Beds24, a Lodge connected with it, and the worker's desk."""

from collections.abc import Iterator

import pytest

from functions.beds24.desk import Desk
from tests.beds24.there import There
from tests.channel_manager import ChannelManager
from tests.desk import open_lodge
from tests.house import Database
from tests.races import Connection
from tests.sandbox.running import ENVIRONMENT, RunningSandbox, running


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[RunningSandbox]:
    with running(ENVIRONMENT) as sandbox:
        yield sandbox


@pytest.fixture
def there(sandbox_process: RunningSandbox) -> There:
    """Beds24, without a booking and with all its credits."""
    sandbox_process.reset()
    return There(sandbox_process)


@pytest.fixture
def desk(database: Database, there: There) -> Iterator[Desk]:
    """The worker's desk."""
    desk = Desk(database.service_url, there.api_url, timeout=2)
    yield desk
    desk.close()


@pytest.fixture
def manager(database: Database, db: Connection, there: There, desk: Desk) -> ChannelManager:
    """A Lodge, let in and mapped; nothing else of the house is connected."""
    db.execute("update notify.beds24_access set state = 'off', problem = null")
    db.execute("update notify.beds24_connections set verified_at = null")
    manager = ChannelManager(open_lodge(database, db, "LDG"), 40001).invite(there.invite())
    desk.work()
    return manager.map()
