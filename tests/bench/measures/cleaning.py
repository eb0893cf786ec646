"""A morning's daily cleaning: every house's run, as the tick does it."""

import time

from tests.bench.figures import Figure, at_most, figure
from tests.bench.house import LOAD
from tests.bench.run import Run

EACH = 52
"""Bookings a house that are laid for the first half, and again for the second."""
NO_TICK = "select pg_advisory_lock(hashtextextended('app.tick', 0))"
TICK_AGAIN = "select pg_advisory_unlock(hashtextextended('app.tick', 0))"


def daily_cleaning(run: Run) -> list[Figure]:
    """Seconds for the bookings of all houses, with history and messages, and what twice as many cost."""
    half, whole = list[float](), list[float]()
    count = 0
    with run.without_sending():
        run.conn.execute(NO_TICK)
        try:
            for number in range(run.plan.rounds):
                run.report(f"daily cleaning: round {number + 1} of {run.plan.rounds}")
                _leave(run)
                _lay(run, 2 * number + 1)
                half.append(_morning(run)[0])
                _lay(run, 2 * number + 2)
                took, count = _morning(run)
                whole.append(took)
            _leave(run)
        finally:
            run.conn.execute(TICK_AGAIN)
    growth = [twice / once for twice, once in zip(whole, half, strict=True)]
    control = f"{count:,} bookings in {run.plan.tenants - 2} houses, one tick"
    return [
        figure("daily_cleaning", whole, "s", at_most(5), control=control),
        figure(
            "daily_cleaning_doubled", growth, "×", at_most(2.4), control="twice the bookings; 2 is linear"
        ),
    ]


def _lay(run: Run, batch: int) -> None:
    with run.conn.transaction():
        run.conn.execute("set local session_replication_role = replica")
        for name, setting in (("each", EACH), ("batch", batch)):
            run.conn.execute("select set_config(%s, %s, true)", (f"bench.{name}", str(setting)))
        run.conn.execute((LOAD / "cleaning.sql").read_bytes())
    run.conn.execute(
        "vacuum analyze public.bookings, public.rooms, portal.requests, housekeeping.daily_cron_log"
    )


def _morning(run: Run) -> tuple[float, int]:
    """(seconds, requests made) of the tick's jobs."""
    began = time.perf_counter()
    run.conn.execute("select app.run_jobs()")
    took = time.perf_counter() - began
    return took, int(run.value("select count(*) from portal.requests where source = 'daily_cron'"))


def _leave(run: Run) -> None:
    """Nobody wants it any more: the next round begins with an empty list."""
    with run.conn.transaction():
        run.conn.execute("set local session_replication_role = replica")
        run.conn.execute("update public.bookings set auto_daily_cleaning = false where auto_daily_cleaning")
