"""The minute's tick where no pg_cron does it, or where it has fallen silent: a thread of its own.

pg_cron overlooks a job that is planned in the transaction that makes the extension, until PostgreSQL is
started again; and whoever stops it stops every job. A tick too many changes nothing.
"""

import threading
import time

import psycopg

from functions.shared.logs import get_log

EVERY = 60.0
IS_OURS = """
select to_regprocedure('app.tick()') is not null
  and (not exists (select from pg_catalog.pg_extension where extname = 'pg_cron')
       or exists (select from app.last_tick where ticked_at < clock_timestamp() - interval '90 seconds'))
"""


class Ticker:
    """Ticks once a minute. Late and doubled ticks change nothing, so it keeps no count."""

    def __init__(self, service_url: str) -> None:
        self._service_url = service_url
        self._ticked_at = float("-inf")
        self._ticking: threading.Thread | None = None

    def run_if_due(self) -> None:
        """Starts a tick when a minute is over and the last one has ended."""
        if time.monotonic() - self._ticked_at < EVERY or (self._ticking and self._ticking.is_alive()):
            return
        self._ticked_at = time.monotonic()
        self._ticking = threading.Thread(target=self._tick, daemon=True)
        self._ticking.start()

    def _tick(self) -> None:
        try:
            with psycopg.connect(
                self._service_url, autocommit=True, application_name="staybase tick"
            ) as connection:
                # before the tick: what ends a silence must not hide that there was one
                connection.execute("select app.watch_tick()")
                row = connection.execute(IS_OURS).fetchone()
                if row and row[0]:
                    connection.execute("select app.tick()")
                    connection.execute("select app.watch_tick()")
        except psycopg.Error as error:
            get_log().warning("tick_failed", error=type(error).__name__, code=error.sqlstate)
