"""watch_tick: a clock that stands still is noticed by somebody else."""

import pytest

from tests.world import World

LATE = "select count(*) from app.platform_alerts where kind = 'tick_late' and resolved_at is null"
SILENT = "update app.last_tick set ticked_at = clock_timestamp() - %s::interval"


@pytest.mark.parametrize(("silence", "alerts"), [("2 minutes 59 seconds", 0), ("3 minutes 1 second", 1)])
def test_three_silent_minutes_are_told_once(undone: World, silence: str, alerts: int) -> None:
    undone.conn.execute(SILENT, (silence,))
    for _ in range(2):
        assert undone.value("select app.watch_tick()") is bool(alerts)
        assert undone.value(LATE) == alerts


def test_the_next_tick_settles_it(undone: World) -> None:
    undone.conn.execute(SILENT, ("1 hour",))
    undone.value("select app.watch_tick()")
    undone.conn.execute("select app.tick()")
    assert undone.value("select app.watch_tick()") is False
    assert undone.value(LATE) == 0
