"""The worker marks a try while its callback arrives: one waits for the other, nobody is turned away."""

import threading
from typing import Any

import pytest

from functions.notify.messages import Accepted, Failed, Outcome, Sent, Unknown
from tests.notify.ledger import Ledger
from tests.races import is_blocked

SID = "SM" + "1" * 32


@pytest.mark.parametrize(
    "outcome", [Accepted(SID), Failed("20500", "Internal Server Error"), Unknown("no_answer", "")], ids=repr
)
def test_neither_locks_the_other_out(ledger: Ledger, outcome: Outcome) -> None:
    notification = ledger.queue()
    [claim] = ledger.claim()
    ledger.outbox.begin([claim])
    errors: list[BaseException] = []

    def mark() -> None:
        try:
            ledger.outbox.mark([Sent(claim, outcome)])
        except Exception as error:
            errors.append(error)

    marking = threading.Thread(target=mark)
    with ledger.database.connect() as callback:
        with callback.transaction():
            # a callback's first step, which is where the marking worker meets it
            callback.execute(
                "select from public.notification_log where id = %s for no key update", (notification,)
            )
            marking.start()
            while not is_blocked(ledger.conn, ledger.outbox.connection, callback):
                assert marking.is_alive()
            told: Any = callback.execute(
                "select app.record_callback(%s, %s, %s, 'delivered', null)",
                (claim.tenant_id, notification, SID),
            ).fetchone()
        marking.join(timeout=20)
    assert (told, errors) == ((True,), [])
    assert ledger.state(notification) == "delivered"
    assert ledger.attempts(notification)[0]["provider_id"] == SID


def test_two_batches_in_another_order_do_not_block_each_other_for_ever(ledger: Ledger) -> None:
    ids = [ledger.queue() for _ in range(2)]
    claims = ledger.claim()
    ledger.outbox.begin(claims)
    with ledger.database.connect() as other:
        with other.transaction():
            other.execute(
                "select from public.notification_log where id = %s for no key update", (min(ids, key=str),)
            )
            marking = threading.Thread(
                target=ledger.outbox.mark,
                args=([Sent(c, Accepted(f"SM{c.id.hex}")) for c in sorted(claims, key=lambda c: -c.id.int)],),
            )
            marking.start()
            while not is_blocked(ledger.conn, ledger.outbox.connection, other):
                assert marking.is_alive()
            other.execute("set local lock_timeout = '2s'")
            other.execute(
                "select from public.notification_log where id = %s for no key update", (max(ids, key=str),)
            )
        marking.join(timeout=20)
    assert [ledger.state(notification) for notification in ids] == ["sent", "sent"]
