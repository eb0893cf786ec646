"""app.claim_notifications: due rows become one worker's, under a lease and a fence."""

import uuid

from functions.notify.outbox import Outbox
from tests.notify.ledger import Ledger


def test_a_claimed_row_is_leased_and_fenced(ledger: Ledger) -> None:
    notification = ledger.queue()
    [claim] = ledger.claim()
    row = ledger.row(notification)
    assert (claim.id, claim.fence) == (notification, row["fence"])
    assert (row["state"], row["fence"]) == ("sending", 1)
    assert row["lease_until"] is not None


def test_nothing_is_claimed_twice(ledger: Ledger) -> None:
    ledger.queue()
    assert len(ledger.claim()) == 1
    assert ledger.claim() == []


def test_two_workers_share_what_is_due(ledger: Ledger) -> None:
    for _ in range(6):
        ledger.queue()
    other = Outbox(ledger.database.service_url, uuid.uuid4())
    with other.connection.transaction():
        theirs = other.claim({"whatsapp": 4})
        ours = ledger.claim()
    other.close()
    assert (len(theirs), len(ours)) == (4, 2)
    assert not {claim.id for claim in theirs} & {claim.id for claim in ours}


def test_each_channel_has_its_own_limit(ledger: Ledger) -> None:
    for channel in ("whatsapp", "whatsapp", "slack", "slack"):
        ledger.queue(channel)
    claims = ledger.outbox.claim({"whatsapp": 1, "slack": 2})
    assert sorted(ledger.row(claim.id)["channel"] for claim in claims) == ["slack", "slack", "whatsapp"]


def test_oldest_first(ledger: Ledger) -> None:
    older, newer = ledger.queue(), ledger.queue()
    assert [claim.id for claim in ledger.claim(limit=1)] == [older]
    assert [claim.id for claim in ledger.claim(limit=1)] == [newer]


def test_what_is_not_due_waits_for_the_houses_clock(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.conn.execute("update public.notification_log set send_after = app.now() + interval '1 hour'")
    assert ledger.claim() == []
    ledger.conn.execute("update app.clock set shift = interval '61 minutes'")
    assert [claim.id for claim in ledger.claim()] == [notification]
