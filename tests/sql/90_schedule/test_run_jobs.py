"""run_jobs: each thing happens once, also when the clock ticks twice at the same moment."""

from tests.clockwork import forget_slots, make_job, runs, set_clock, sheep
from tests.house import Database
from tests.races import Connection, at_once
from tests.world import World


def due(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        set_clock(world, "2026-05-05 03:00+00")
        make_job(world)
        set_clock(world, "2026-05-05 04:00+00")


def both(database: Database) -> None:
    """Two clocks without the lock that lets only one tick go on."""
    at_once(database, run, run)


def run(conn: Connection) -> None:
    conn.execute("select app.run_jobs()")


def test_twice_at_once_is_once(database: Database) -> None:
    due(database)
    both(database)
    with database.connect() as conn:
        assert (runs(World(conn)), sheep(World(conn))) == ([("05-05 04:00", "done", 1)], 1)


def test_without_the_unique_slot_it_is_twice(database: Database) -> None:
    due(database)
    with database.connect() as conn:
        forget_slots(World(conn))
    both(database)
    with database.connect() as conn:
        assert sheep(World(conn)) == 2


def test_one_that_fails_holds_none_of_the_others_up(undone: World) -> None:
    set_clock(undone, "2026-05-05 03:00+00")
    make_job(
        undone,
        "if p_run.property_id = (select p.id from public.properties as p where p.code = 'CLF')"
        " then perform 1 / 0; end if; return '{}';",
    )
    set_clock(undone, "2026-05-05 12:00+00")
    undone.conn.execute("update app.jobs set grace = '20 hours'")
    undone.conn.execute("select app.run_jobs()")
    assert sheep(undone) == 1
    states = "select state, count(*) from app.job_runs where job = 'count_sheep' group by 1 order by 1"
    assert undone.rows(states) == [("done", 3), ("failed", 1)]


def test_it_leaves_no_tenant_behind(undone: World) -> None:
    undone.conn.execute("update app.job_plans set next_at = app.now()")
    undone.conn.execute("select app.run_jobs()")
    assert undone.value("select app.tenant_id()") is None
