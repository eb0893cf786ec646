"""app.claim_lookups: unknown rows whose provider is asked now."""

from uuid import UUID

import pytest

from functions.notify.messages import Unknown
from tests.notify.ledger import Ledger
from tests.races import Connection, all_at_once

LOST = Unknown("no_answer", "ReadTimeoutError")


def unknown(ledger: Ledger) -> UUID:
    notification = ledger.queue()
    ledger.try_one(LOST)
    return notification


def test_it_says_when_the_attempt_began_and_counts_the_look_up(ledger: Ledger) -> None:
    notification = unknown(ledger)
    [(lookup, message)] = ledger.outbox.claim_lookups(5)
    assert (lookup.id, lookup.number, message.id) == (notification, 1, notification)
    assert lookup.attempted_at == ledger.attempts(notification)[-1]["started_at"]


def test_what_nobody_reports_comes_back_after_the_lease(ledger: Ledger) -> None:
    notification = unknown(ledger)
    ledger.outbox.claim_lookups(5)
    assert ledger.outbox.claim_lookups(5) == []
    seconds = ledger.value(
        "select extract(epoch from n.next_lookup_at - clock_timestamp()) / extract(epoch from c.lease)"
        " from public.notification_log n join notify.channels c on c.key = n.channel where n.id = %s",
        notification,
    )
    assert 0.9 < seconds <= 1
    ledger.time_passes()
    [(lookup, _)] = ledger.outbox.claim_lookups(5)
    assert lookup.number == 2


def test_no_more_than_asked_and_the_longest_waiting_first(ledger: Ledger) -> None:
    first, second = unknown(ledger), unknown(ledger)
    ledger.conn.execute(
        "update public.notification_log set next_lookup_at = clock_timestamp() - interval '1 minute'"
        " where id = %s",
        (second,),
    )
    assert [lookup.id for lookup, _ in ledger.outbox.claim_lookups(1)] == [second]
    assert [lookup.id for lookup, _ in ledger.outbox.claim_lookups(1)] == [first]


def test_two_workers_never_hold_the_same(ledger: Ledger) -> None:
    made = {unknown(ledger) for _ in range(6)}

    def claim(conn: Connection) -> list[UUID]:
        return [row[0] for row in conn.execute("select id from app.claim_lookups(2)").fetchall()]

    claimed = [each for got in all_at_once(ledger.database, [claim] * 4) for each in got]
    assert len(claimed) == len(set(claimed))
    assert set(claimed) <= made


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "engine"])
def test_only_the_worker_calls_it(ledger: Ledger, role: str) -> None:
    assert not ledger.value(
        "select has_function_privilege(%s, 'app.claim_lookups(integer)', 'execute')", role
    )
