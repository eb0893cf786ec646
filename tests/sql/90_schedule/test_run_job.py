"""run_job: a slot runs once, is made up for within its grace, and is tried again when it fails."""

from tests.clockwork import make_job, next_at, runs, set_clock, sheep, tick
from tests.world import MANAGER, World

ALERTS = "select count(*) from public.alerts where kind = 'job_failed' and resolved_at is null"
MISSED = (
    "select p.code from public.alerts as a join public.properties as p on p.id = a.property_id"
    " where a.kind = 'job_missed' and a.details ->> 'job' = 'count_sheep' and a.resolved_at is null"
)


def test_it_runs_when_it_is_due_and_once(undone: World) -> None:
    set_clock(undone, "2026-05-05 03:59+00")
    make_job(undone)
    tick(undone)
    assert runs(undone) == []
    set_clock(undone, "2026-05-05 04:00+00")
    for _ in range(3):
        tick(undone)
    assert (runs(undone), sheep(undone)) == ([("05-05 04:00", "done", 1)], 1)
    assert next_at(undone) == "05-06 04:00"


def test_a_late_tick_makes_up_for_it(undone: World) -> None:
    set_clock(undone, "2026-05-05 03:00+00")
    make_job(undone)
    set_clock(undone, "2026-05-05 09:59+00")
    tick(undone)
    assert (runs(undone), sheep(undone)) == ([("05-05 04:00", "done", 1)], 1)


def test_beyond_its_grace_it_is_noted_and_left(undone: World) -> None:
    set_clock(undone, "2026-05-05 03:00+00")
    make_job(undone)
    set_clock(undone, "2026-05-05 10:01+00")
    for _ in range(2):
        tick(undone)
    assert (runs(undone), sheep(undone)) == ([("05-05 04:00", "missed", 1)], 0)
    assert next_at(undone) == "05-06 04:00"


def test_a_daily_one_that_is_missed_is_told_until_it_succeeds(undone: World) -> None:
    """tell_job_failed."""
    set_clock(undone, "2026-05-05 03:00+00")
    make_job(undone)
    for day in ("05", "06"):
        set_clock(undone, f"2026-05-{day} 10:01+00")
        tick(undone)
        missed = undone.rows(MISSED)
        assert missed.count(("FSL",)) == 1
        assert ("EXT",) not in missed  # in Spain there is time left
    set_clock(undone, "2026-05-07 04:00+00")
    tick(undone)
    assert undone.rows(MISSED) == []


def test_after_days_of_silence_only_the_last_slot_runs(undone: World) -> None:
    set_clock(undone, "2026-05-05 03:00+00")
    make_job(undone)
    set_clock(undone, "2026-05-08 05:00+00")
    for _ in range(2):
        tick(undone)
    assert (runs(undone), sheep(undone)) == ([("05-08 04:00", "done", 1)], 1)


def test_one_that_fails_is_told_once_and_tried_again(undone: World) -> None:
    """tell_job_failed."""
    set_clock(undone, "2026-05-05 03:00+00")
    make_job(undone, "perform 1 / 0; return '{}';")
    for minute in ("04:00", "04:00", "04:01", "04:02", "04:03"):
        set_clock(undone, f"2026-05-05 {minute}+00")
        tick(undone)
    assert (runs(undone), sheep(undone)) == ([("05-05 04:00", "failed", 3)], 0)
    assert undone.value("select error from app.job_runs where state = 'failed' limit 1") == (
        "22012 division by zero"
    )
    assert undone.value(ALERTS) == 2  # it is nine in the morning at two houses
    assert next_at(undone) == "05-05 04:07"

    make_sheep = "return '{\"sheep\": 1}';"
    undone.conn.execute("delete from app.jobs where key = 'count_sheep'")
    make_job(undone, make_sheep)
    undone.conn.execute("update app.job_plans set next_at = app.now()")
    tick(undone)
    assert (runs(undone), sheep(undone)) == ([("05-05 04:00", "done", 4)], 1)
    assert undone.value(ALERTS) == 0


def test_an_unfinished_one_goes_on_with_the_next_tick(undone: World) -> None:
    """sum_of_counts."""
    set_clock(undone, "2026-05-05 04:00+00")
    make_job(
        undone,
        "return jsonb_build_object('sheep', 10, 'is_unfinished', (select count(*) from app.sheep as s"
        " where s.property_id = p_run.property_id) < 3);",
    )
    undone.conn.execute("update app.job_plans set next_at = app.now() where job = 'count_sheep'")
    for _ in range(5):
        tick(undone)
    assert runs(undone) == [("05-05 04:00", "done", 3)]
    assert undone.value("select outcome from app.job_runs where state = 'done' limit 1") == {"sheep": 30}


def test_both_clock_changes_have_it_once_a_day(undone: World) -> None:
    set_clock(undone, "2026-03-27 00:00+00")
    undone.conn.execute("update public.properties set time_zone = 'Europe/Madrid' where code = 'FSL'")
    make_job(undone, at="02:30", grace="20 hours")
    days = list[str]()
    for day in ("03-27", "03-28", "03-29", "03-30", "10-24", "10-25", "10-26"):
        for minute in ("00:29", "00:31", "01:00", "01:29", "01:31", "02:31", "12:00"):
            set_clock(undone, f"2026-{day} {minute}+00")
            tick(undone)
        # what ran is forgotten before the autumn comes
        days += [slot[:5] for slot, state, _ in runs(undone) if state == "done" and slot[:5] == day]
    assert days == ["03-27", "03-28", "03-29", "03-30", "10-24", "10-25", "10-26"]


def test_a_time_that_is_moved_on_the_day_does_not_bring_it_twice(undone: World) -> None:
    set_clock(undone, "2026-05-05 04:00+00")
    make_job(undone)
    undone.conn.execute("update app.job_plans set next_at = app.now() where job = 'count_sheep'")
    tick(undone)
    with undone.member(MANAGER):
        undone.value("select api.set_job('FSL', 'count_sheep', '11:00')")
    set_clock(undone, "2026-05-05 06:01+00")
    tick(undone)
    assert sheep(undone) == 1
    set_clock(undone, "2026-05-06 06:01+00")
    tick(undone)
    assert sheep(undone) == 2


def test_what_recurs_runs_every_so_often(undone: World) -> None:
    set_clock(undone, "2026-05-05 04:00:30+00")
    make_job(undone, at=None, every="5 minutes", grace="4 minutes")
    for minute in range(16):
        set_clock(undone, f"2026-05-05 04:{minute:02}:45+00")
        tick(undone)
    assert [slot[6:] for slot, *_ in runs(undone)] == ["04:05", "04:10", "04:15"]
