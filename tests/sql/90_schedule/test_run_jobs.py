"""run_jobs: each thing happens once, also when the clock ticks twice at the same moment."""

from tests.clockwork import make_job, runs, set_clock, sheep
from tests.house import Database
from tests.races import all_at_once
from tests.world import World


def due(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        set_clock(world, "2026-05-05 03:00+00")
        make_job(
            world, "perform pg_advisory_lock_shared(7); perform pg_advisory_unlock_shared(7); return '{}';"
        )
        set_clock(world, "2026-05-05 04:00+00")


def both(database: Database) -> list[object]:
    """Two clocks without the lock that lets only one tick go on."""
    return all_at_once(database, [lambda conn: conn.execute("select app.run_jobs()")] * 2)


def test_twice_at_once_is_once(database: Database) -> None:
    due(database)
    both(database)
    with database.connect() as conn:
        assert (runs(World(conn)), sheep(World(conn))) == ([("05-05 04:00", "done", 1)], 1)


def test_without_the_unique_slot_it_is_twice(database: Database) -> None:
    due(database)
    with database.connect() as conn:
        text = World(conn).value("select pg_get_functiondef('app.run_job(app.job_plans)'::regprocedure)")
        conn.execute("alter table app.job_runs drop constraint a_slot_runs_once")
        a, b = text.index("  on conflict"), text.index("  returning * into v_run")
        conn.execute((text[:a] + text[b:]).encode())
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
