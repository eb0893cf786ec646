"""The minute's tick where nothing is due: what a thousand properties cost once a minute, all day."""

import time
from statistics import median

from tests.bench.figures import Figure, at_most, figure
from tests.bench.house import lay_properties
from tests.bench.run import Run

PROPERTIES = 1_000
TICKS = 40


def tick(run: Run) -> list[Figure]:
    """Milliseconds of a tick at the bench's own houses and at a thousand properties of as many hotels."""
    run.report(f"ticking {TICKS} times at {PROPERTIES:,} properties")
    with run.conn.transaction(force_rollback=True):
        # lock: the stack's own tick lets this one go on
        run.conn.execute("select pg_advisory_xact_lock(hashtextextended('app.tick', 0))")
        few = int(run.value("select count(*) from public.properties"))
        at_few = _ticked(run)
        lay_properties(run.conn, PROPERTIES)
        at_many = _ticked(run)
    control = f"at {few:,} properties {median(at_few):.1f} ms"
    return [figure("tick_with_nothing_due", at_many, "ms", at_most(20), control=control)]


def _ticked(run: Run) -> list[float]:
    """Once to settle what there is, then again and again."""
    run.conn.execute("update app.job_plans set next_at = app.now() + interval '1 day'")
    run.conn.execute("select app.tick()")
    took = []
    for _ in range(TICKS):
        began = time.perf_counter()
        run.conn.execute("select app.tick()")
        took.append((time.perf_counter() - began) * 1000)
    return took
