"""last_tick, clock_health: whether the clock goes, and what its last tick did."""

from tests.clockwork import make_job, set_clock, tick
from tests.world import MANAGER, RECEPTION, STRANGER, World

SHOWN = "select jobs, is_late, took_ms >= 0 from api.last_tick"
SILENT = "update app.last_tick set ticked_at = clock_timestamp() - interval '4 minutes'"
HEALTH = "select jobs, is_late from app.clock_health"


def test_who_sets_the_house_up_sees_when_and_how_many_jobs_of_theirs(undone: World) -> None:
    set_clock(undone, "2026-05-05 03:58+00")
    make_job(undone)
    undone.conn.execute("update app.job_plans set is_on = false where job <> 'count_sheep'")
    set_clock(undone, "2026-05-05 04:00:01+00")
    tick(undone)
    # in the two houses of Karachi: it is not nine elsewhere
    with undone.member(MANAGER):
        assert undone.rows(SHOWN) == [(2, False, True)]
    with undone.member(STRANGER):
        assert undone.rows(SHOWN) == [(0, False, True)]
    with undone.member(RECEPTION):
        assert undone.rows(SHOWN) == []
    assert undone.rows(HEALTH) == [(2, False)]


def test_one_that_stands_still_is_late(undone: World) -> None:
    undone.conn.execute(SILENT)
    with undone.member(MANAGER):
        assert undone.value("select is_late from api.last_tick")
    assert undone.value("select is_late from app.clock_health")
