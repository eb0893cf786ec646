"""Callers at the same moment, on connections of their own. Nobody sleeps: the lock table says who waits."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import psycopg

from tests.house import Database

Connection = psycopg.Connection[tuple[Any, ...]]
Act = Callable[[Connection], Any]


def at_once(database: Database, first: Act, second: Act) -> tuple[Any, Any]:
    """Let the second caller wait for the first one's lock, then let the first commit.

    Answers what each got: a result, or the error it was refused with.
    """
    with database.connect() as ahead, database.connect() as behind, database.connect() as watcher:
        outcome: list[Any] = []
        waiter = threading.Thread(target=lambda: outcome.append(outcome_of(second, behind)))
        with ahead.transaction():
            led = first(ahead)
            waiter.start()
            while not is_blocked(watcher, behind, ahead):
                assert waiter.is_alive(), "the second caller did not have to wait"
        waiter.join(timeout=20)
        assert outcome, "the second caller never came back"
        return led, outcome[0]


def all_at_once(database: Database, acts: Sequence[Act]) -> list[Any]:
    """Let all callers go together; what each got, a result or an error."""
    start = threading.Barrier(len(acts))
    with ExitStack() as stack, ThreadPoolExecutor(len(acts)) as pool:
        conns = [stack.enter_context(database.connect()) for _ in acts]

        def go(act: Act, conn: Connection) -> Any:
            start.wait(timeout=20)
            return outcome_of(act, conn)

        return list(pool.map(go, acts, conns))


def is_blocked(watcher: Connection, waiting: Connection, holding: Connection) -> bool:
    """Whether one backend waits for the other, by the lock table."""
    row = watcher.execute(
        "select %s = any (pg_blocking_pids(%s))", (holding.info.backend_pid, waiting.info.backend_pid)
    ).fetchone()
    return bool(row and row[0])


def outcome_of(act: Act, conn: Connection) -> Any:
    """What an act comes to: its result or its refusal."""
    try:
        return act(conn)
    except psycopg.Error as error:
        return error
