"""Who ticks: pg_cron where there is one, and the worker where it has fallen silent."""

import pytest

from functions.notify.tick import IS_OURS, Ticker
from tests.house import Database
from tests.stack import Stack
from tests.world import World, wait_for

SILENT = "update app.last_tick set ticked_at = clock_timestamp() - %s::interval"
IS_FRESH = "select ticked_at > clock_timestamp() - interval '1 minute' from app.last_tick"
LATE = "select count(*) from app.platform_alerts where kind = 'tick_late' and resolved_at is null"


@pytest.mark.parametrize(("silence", "is_ours"), [("80 seconds", False), ("100 seconds", True)])
def test_it_is_the_workers_where_pg_cron_has_fallen_silent(stack: Stack, silence: str, is_ours: bool) -> None:
    with stack.connect() as conn, conn.transaction(force_rollback=True):
        assert conn.execute("select from pg_extension where extname = 'pg_cron'").rowcount == 1
        conn.execute(SILENT, (silence,))
        assert conn.execute(IS_OURS).fetchone() == (is_ours,)


def test_the_worker_ticks(database: Database) -> None:
    with database.connect() as conn:
        conn.execute(SILENT, ("2 minutes",))
        Ticker(database.service_url).run_if_due()
        wait_for(lambda: World(conn).value(IS_FRESH), "a tick", 10)
        assert World(conn).value(LATE) == 0


def test_a_silence_is_told_though_the_next_tick_ends_it(database: Database) -> None:
    told = "select count(*) from app.platform_alerts where kind = 'tick_late' and resolved_at is not null"
    with database.connect() as conn:
        before = World(conn).value(told)
        conn.execute(SILENT, ("4 minutes",))
        Ticker(database.service_url).run_if_due()
        wait_for(lambda: World(conn).value(told) == before + 1, "the alert that has ended", 10)
        assert World(conn).value(IS_FRESH)


def test_a_tick_that_hangs_is_told(database: Database) -> None:
    with database.connect() as conn, database.connect() as hanging, hanging.transaction():
        hanging.execute("select pg_advisory_xact_lock(hashtextextended('app.tick', 0))")
        conn.execute(SILENT, ("4 minutes",))
        Ticker(database.service_url).run_if_due()
        wait_for(lambda: World(conn).value(LATE) == 1, "the alert", 10)
