"""The cast at work: a connection that acts for someone, in domain words."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

Connection = psycopg.Connection[tuple[Any, ...]]

OWNER = "owner@hamsun.example"
MANAGER = "manager@hamsun.example"
RECEPTION = "reception@hamsun.example"
HOUSEKEEPER = "housekeeper@hamsun.example"
KITCHEN = "kitchen@hamsun.example"
STRANGER = "stranger@alpine.example"


class Refused(Exception):
    """What a command answered instead: its slug and sentence."""

    def __init__(self, error: psycopg.Error) -> None:
        super().__init__(error.diag.message_primary)
        self.slug = error.diag.message_detail
        self.sentence = error.diag.message_primary or ""
        self.hint = error.diag.message_hint or ""
        self.code = error.sqlstate


class World:
    """Acts on one database connection (autocommit); every call is a transaction of its own."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn

    def value(self, query: str, *values: object) -> Any:
        """The first column of the first row, as the migrating role."""
        row = self.conn.execute(query.encode(), values).fetchone()
        return row[0] if row else None

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows, as the migrating role."""
        return self.conn.execute(query.encode(), values).fetchall()

    @contextmanager
    def member(self, email: str) -> Iterator["World"]:
        """A transaction as a member's session would have it: settings, then the session's role."""
        with self._speaking():
            self.conn.execute("select app.act_as_member(%s)", (email,))
            self._become(self.value("select app.session_role()"))
            yield self

    @contextmanager
    def guest(self, last_name: str, level: str = "identified") -> Iterator["World"]:
        """A transaction as the guest of the cast with this last name."""
        with self._speaking():
            booking = self.booking(last_name)
            tenant = self.value("select tenant_id from public.bookings where id = %s", booking)
            assert self.value("select app.enter_as_guest(%s, %s, null, %s)", tenant, booking, level), (
                last_name
            )
            self._become("guest")
            yield self

    def booking(self, last_name: str) -> Any:
        """The id of the latest booking of a guest."""
        return self.value(
            "select b.id from public.bookings b join public.guests g using (tenant_id)"
            " where g.id = b.guest_id and g.last_name = %s order by b.created_at desc, b.id desc limit 1",
            last_name,
        )

    def submit(self, request: dict[str, Any], key: str) -> dict[str, Any]:
        """portal_submit_request's whole answer."""
        answer: dict[str, Any] = self.value("select api.portal_submit_request(%s, %s)", Jsonb(request), key)
        return answer

    def act(
        self, request_id: Any, action: str, expected: str | None = None, given: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """portal_update_request_status's answer."""
        answer: dict[str, Any] = self.value(
            "select api.portal_update_request_status(%s, %s, %s, %s)",
            request_id,
            action,
            expected,
            Jsonb(given or {}),
        )
        return answer

    @contextmanager
    def owner(self) -> Iterator["World"]:
        """A transaction as the migrating role, whom only triggers and constraints stop."""
        with self._speaking():
            yield self

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            with self.conn.transaction():
                yield
        except psycopg.Error as error:
            raise Refused(error) from error

    def _become(self, role: str) -> None:
        self.conn.execute(f"set local role {role}".encode())


class UndoneWorld(World):
    """Acts inside one transaction that is rolled back in the end; each call is a savepoint of its own.

    The transaction's time stands still, so each call moves the house's clock on by a millisecond.
    """

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        with super()._speaking():
            self.conn.execute("update app.clock set shift = shift + interval '1 millisecond'")
            yield
            self.conn.execute("reset role")
            self.conn.execute("select app.set_caller(null)")


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 10) -> None:
    """Wait until something holds; the one place where tests look again."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come about in {seconds} seconds")
        threading.Event().wait(0.01)


def is_waiting_for_a_lock(watcher: Connection, waiter: Connection) -> bool:
    """Whether another connection waits for a lock. (pg_stat_activity would stand still in a transaction.)"""
    row = watcher.execute(
        "select cardinality(pg_blocking_pids(%s)) > 0", (waiter.info.backend_pid,)
    ).fetchone()
    return bool(row and row[0])
