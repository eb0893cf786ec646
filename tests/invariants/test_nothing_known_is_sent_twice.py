"""The same event is one row, a claimed row one worker's, and what is known to be sent is never claimed."""

from typing import Any

import pytest

from tests.house import Database
from tests.world import World

# Events that have two rows.
TWICE = """
select dedupe_key from public.notification_log group by tenant_id, dedupe_key having count(*) > 1
"""
QUEUE = "select app.queue_notification('slack', 'test', '#reception-fsl', 'one event')"


def in_hamsun(world: World) -> None:
    world.conn.execute("select app.set_caller(id) from public.tenants where slug = 'hamsun'")


def claimed(world: World) -> list[Any]:
    rows = world.rows("select id from app.claim_notifications('{slack}', '{1000}')")
    return [row[0] for row in rows]


@pytest.mark.shows("invariant/notifications_are_idempotent")
def test_nothing_known_is_sent_twice(undone: World) -> None:
    in_hamsun(undone)
    for _ in range(2):
        undone.conn.execute(QUEUE)
    assert undone.rows(TWICE) == []
    row = undone.value("select id from public.notification_log where dedupe_key = 'one event'")
    assert row in claimed(undone)
    assert row not in claimed(undone)
    undone.conn.execute(
        "update public.notification_log set state = 'sent', lease_until = null where id = %s", (row,)
    )
    undone.conn.execute("update public.notification_log set state = 'queued' where id = %s", (row,))
    assert row not in claimed(undone)


def test_two_workers_never_hold_the_same_row(database: Database) -> None:
    with database.connect() as one, database.connect() as other:
        with one.transaction(), other.transaction():
            mine, theirs = claimed(World(one)), claimed(World(other))
        assert mine
        assert not set(mine) & set(theirs)


def test_the_control_is_found_without_the_key(undone: World) -> None:
    in_hamsun(undone)
    undone.conn.execute("alter table public.notification_log drop constraint notification_is_queued_once")
    undone.conn.execute("create unique index on public.notification_log (tenant_id, dedupe_key, id)")
    undone.conn.execute(
        "insert into public.notification_log"
        " (tenant_id, event_key, channel, recipient, dedupe_key, send_after)"
        " select app.tenant_id(), 'test', 'slack', '#x', 'one event', now() from generate_series(1, 2)"
    )
    assert undone.rows(TWICE) == [("one event",)]


def test_the_control_is_found_without_the_trigger(undone: World) -> None:
    in_hamsun(undone)
    undone.conn.execute("drop trigger state_never_regresses on public.notification_log")
    undone.conn.execute(QUEUE)
    [row] = [
        one
        for one in claimed(undone)
        if undone.value("select dedupe_key = 'one event' from public.notification_log where id = %s", one)
    ]
    undone.conn.execute(
        "update public.notification_log set state = 'sent', lease_until = null where id = %s", (row,)
    )
    undone.conn.execute("update public.notification_log set state = 'queued' where id = %s", (row,))
    assert row in claimed(undone)
