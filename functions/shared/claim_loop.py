"""Work beside the worker's own loop: claims are taken one by one, in threads, until nothing is due.

A claim is one worker's under a lease, with a fence against a second holder; the functions that give and
settle it are SQL. No transaction is open while somebody outside is asked.
"""

import threading
from abc import ABC, abstractmethod
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any, Final, Generic, TypeVar

import psycopg
from psycopg.rows import class_row

from functions.shared.logs import get_log

LEASE: Final = timedelta(minutes=3)

Connection = psycopg.Connection[tuple[Any, ...]]
Held = TypeVar("Held")


class ClaimLoop(ABC, Generic[Held]):
    """A few claims at once, each thread on a connection of its own.

    `claim` is the query that leases what is due next for the interval it is given, `held` the class of its
    row. `look` costs that one query when there is nothing to do.
    """

    def __init__(
        self, name: str, service_url: str, claim: str, held: type[Held], *, threads: int = 1
    ) -> None:
        self._name = name
        self._service_url = service_url
        self._claim, self._held = claim, held
        self._most = threads
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._working: set[Future[None]] = set()
        self._ending = threading.Event()
        self._own = threading.local()
        self._connections: list[Connection] = []

    @abstractmethod
    def see_to(self, db: Connection, held: Held) -> None:
        """Does what one claim asks for and settles it, whatever went wrong outside."""

    def look(self) -> None:
        """Puts a free thread to work, if there is one. Returns at once."""
        self._working = {future for future in self._working if not future.done()}
        if len(self._working) < self._most:
            self._working.add(self._threads.submit(self._work_quietly))

    def work(self) -> int:
        """Works until nothing is due now; how many claims were seen to."""
        worked = 0
        db = self._connection()
        while not self._ending.is_set():
            held = db.cursor(row_factory=class_row(self._held)).execute(self._claim, (LEASE,)).fetchone()
            if held is None:
                break
            worked += 1
            self.see_to(db, held)
        return worked

    def close(self) -> None:
        """Takes nothing new, and waits for the calls that are under way."""
        self._ending.set()
        self._threads.shutdown(cancel_futures=True)
        for connection in self._connections:
            connection.close()

    def _connection(self) -> Connection:
        """This thread's own; a lost one is made anew."""
        own: Connection | None = getattr(self._own, "connection", None)
        if own is None or own.closed:
            own = psycopg.connect(
                self._service_url,
                autocommit=True,
                application_name=f"staybase {self._name}",
                connect_timeout=5,
            )
            self._own.connection = own
            self._connections = [*(one for one in self._connections if not one.closed), own]
        return own

    def _work_quietly(self) -> None:
        try:
            self.work()
        except psycopg.Error as error:
            get_log().warning(f"{self._name}_database_lost", error=type(error).__name__, code=error.sqlstate)
