"""app.wake: a commit notifies only where a worker sleeps."""

from functions.notify.outbox import Outbox
from tests.house import Database
from tests.notify.ledger import Ledger


def notified(database: Database, ledger: Ledger) -> int:
    """How many notifications a listener gets from three commits, two messages each."""
    with database.connect() as listener:
        listener.execute("listen staybase_outbox")
        for _ in range(3):
            with ledger.conn.transaction():
                ledger.queue()
                ledger.queue()
        return len(list(listener.notifies(timeout=0.2, stop_after=10)))


def test_nobody_is_notified_while_the_worker_is_awake(ledger: Ledger) -> None:
    ledger.outbox.sleep(False)
    assert notified(ledger.database, ledger) == 0


def test_a_sleeper_is_notified_once_a_commit(ledger: Ledger) -> None:
    ledger.outbox.sleep(True)
    assert notified(ledger.database, ledger) == 3


def test_a_sleeper_of_another_kind_is_left_alone(ledger: Ledger) -> None:
    ledger.conn.execute("insert into notify.workers (kind, is_asleep) values ('events', true)")
    assert notified(ledger.database, ledger) == 0


def test_a_worker_that_was_not_seen_for_long_is_forgotten(ledger: Ledger) -> None:
    ledger.conn.execute(
        "insert into notify.workers (kind, is_asleep, seen_at)"
        " values ('outbox', true, clock_timestamp() - interval '3 minutes')"
    )
    ledger.outbox.sleep(False)
    assert ledger.value("select count(*) from notify.workers where kind = 'outbox'") == 1


def test_a_worker_that_ends_takes_its_row_along(ledger: Ledger) -> None:
    ledger.outbox.sleep(True)
    ledger.outbox.close()
    assert ledger.value("select count(*) from notify.workers where kind = 'outbox'") == 0
    ledger.outbox = Outbox(ledger.database.service_url, ledger.tenant)
