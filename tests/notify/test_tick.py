"""Who ticks: pg_cron where there is one, and the worker where it has fallen silent."""

import pytest

from functions.notify.tick import IS_OURS
from tests.stack import Stack

SILENT = "update app.last_tick set ticked_at = clock_timestamp() - %s::interval"


@pytest.mark.parametrize(("silence", "is_ours"), [("80 seconds", False), ("100 seconds", True)])
def test_the_worker_ticks_where_pg_cron_has_fallen_silent(stack: Stack, silence: str, is_ours: bool) -> None:
    with stack.connect() as conn, conn.transaction(force_rollback=True):
        assert conn.execute("select from pg_extension where extname = 'pg_cron'").rowcount == 1
        conn.execute(SILENT, (silence,))
        assert conn.execute(IS_OURS).fetchone() == (is_ours,)
