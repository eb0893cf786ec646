"""The clock, counted at the provider: each thing once, through both clock changes and a fallen PostgreSQL."""

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.clockwork import forget_slots, make_job, set_clock
from tests.house import Database, Server, cloned, lay_template, running_server
from tests.notify.workers import Workers
from tests.races import at_once
from tests.sandbox.running import RunningSandbox
from tests.world import World, wait_for

# Half past two does not exist on the first of them in Madrid, and comes twice on the second.
SPRING, AUTUMN = ("2026-03-28", "2026-03-29", "2026-03-30"), ("2026-10-24", "2026-10-25", "2026-10-26")
MINUTES = ("00:29", "00:30", "01:00", "01:29", "01:30", "02:00", "12:00")
TELLS = """
if p_run.property_id = (select p.id from public.properties as p where p.code = 'FSL') then
  perform app.queue_notification(
    'slack', 'request_received', '#sheep-' || to_char(p_run.slot, 'mmdd'), 'sheep:' || app.new_id(),
    '{"title": "Sheep", "number": "FSL-1"}');
end if;
return '{"sheep": 1}';
"""


def lay(database: Database, noon: str = "2026-03-27") -> None:
    """A house in Madrid that tells its sheep at half past two from then on, and nothing else that is due."""
    with database.connect() as conn:
        world = World(conn)
        set_clock(world, f"{noon} 12:00+00")
        conn.execute("update public.properties set time_zone = 'Europe/Madrid' where code = 'FSL'")
        make_job(world, TELLS, at="02:30", grace="20 hours")
        conn.execute("update app.job_plans set is_on = false where job <> 'count_sheep'")
        conn.execute("truncate public.notification_log, public.notification_attempts")


def live(database: Database, *days: str) -> None:
    """Each minute is ticked by two clocks at once, without the lock that lets only one of them go on."""
    for day in days:
        for minute in MINUTES:
            with database.connect() as conn:
                set_clock(World(conn), f"{day} {minute}+00")
                is_due = World(conn).value(
                    "select exists (select from app.job_plans where is_on and next_at <= app.now())"
                )
            if is_due:
                at_once(database, ticking, ticking)


def ticking(conn: "psycopg.Connection[tuple[Any, ...]]") -> None:
    conn.execute("select app.run_jobs()")


def heard(sandbox: RunningSandbox, count: int) -> Counter[str]:
    """How often the provider heard of each day, once it has heard of so many."""
    wait_for(lambda: len(sandbox.messages(channel="slack")) >= count, f"{count} messages", 30)
    return Counter(message["to"] for message in sandbox.messages(channel="slack"))


def once(*days: str) -> Counter[str]:
    return Counter(f"#sheep-{day[5:].replace('-', '')}" for day in days)


def queue_is_empty(database: Database) -> None:
    waiting = "select count(*) from public.notification_log where state <> 'sent'"
    with database.connect() as conn:
        wait_for(lambda: World(conn).value(waiting) == 0, "everything to be sent", 30)


def test_both_clock_changes_bring_each_day_once(
    database: Database, workers: Workers, sandbox: RunningSandbox
) -> None:
    lay(database)
    live(database, *SPRING, *AUTUMN)
    workers.start()
    assert heard(sandbox, 6) == once(*SPRING, *AUTUMN)
    queue_is_empty(database)
    assert len(sandbox.messages(channel="slack")) == 6


@pytest.mark.parametrize(
    ("noon", "days"),
    [
        pytest.param("2026-03-27", SPRING, id="spring"),
        pytest.param("2026-10-23", AUTUMN, id="autumn", marks=pytest.mark.long),
    ],
)
def test_without_the_unique_slot_it_doubles(
    database: Database, workers: Workers, sandbox: RunningSandbox, noon: str, days: tuple[str, ...]
) -> None:
    lay(database, noon)
    with database.connect() as conn:
        forget_slots(World(conn))
    live(database, *days)
    workers.start()
    assert heard(sandbox, 6) == once(*days, *days)
    queue_is_empty(database)
    assert len(sandbox.messages(channel="slack")) == 6


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL that is this test's to take down."""
    with running_server() as server:
        lay_template(server.cluster)
        yield server


@pytest.mark.long
def test_a_postgresql_that_falls_in_the_middle_changes_nothing(
    server: Server, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    with cloned(server.cluster, "staybase_template") as database:
        lay(database)
        workers = Workers(database, sandbox, tmp_path)
        try:
            workers.start()
            live(database, *SPRING)
            assert heard(sandbox, 3) == once(*SPRING)
            fall_while_ticking(server, database, AUTUMN[0])
            server.start()
            live(database, *AUTUMN)
            assert heard(sandbox, 6) == once(*SPRING, *AUTUMN)
            queue_is_empty(database)
        finally:
            workers.end()
    assert len(sandbox.messages(channel="slack")) == 6


def fall_while_ticking(server: Server, database: Database, day: str) -> None:
    """PostgreSQL is thrown down when the job has run and its transaction has not ended."""
    with database.connect() as conn:
        set_clock(World(conn), f"{day} 00:30+00")
        try:
            with conn.transaction():
                ticking(conn)
                assert World(conn).value("select count(*) from app.job_runs where state = 'done'") > 3
                server.end(signal.SIGQUIT)
                conn.execute("select 1")
        except psycopg.OperationalError:
            return
    raise AssertionError("the connection outlived the server")
