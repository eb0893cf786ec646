"""api.replay_notification: a human sends a message again."""

from typing import Any
from uuid import UUID

import psycopg
import pytest

from functions.notify.messages import Accepted, Failed, Sent, Unknown
from tests.notify.ledger import Ledger
from tests.world import HOUSEKEEPER, MANAGER, STRANGER, Refused, World

FINAL = Failed("21211", "Invalid 'To' Phone Number", is_final=True)


@pytest.fixture
def world(ledger: Ledger) -> World:
    return World(ledger.conn)


def replay(world: World, email: str, notification: UUID) -> Any:
    with world.member(email) as member:
        return member.value("select api.replay_notification(%s)", notification)


def test_a_dead_message_is_sent_again_with_a_fresh_count(ledger: Ledger, world: World) -> None:
    notification = ledger.queue()
    ledger.try_one(FINAL)
    assert replay(world, MANAGER, notification) == {"id": str(notification), "state": "queued"}
    assert ledger.alerts("notification_dead") == []
    ledger.try_one(Accepted("SM1"))
    row = ledger.row(notification)
    assert (row["state"], row["failure_count"], row["attempt_count"]) == ("sent", 0, 2)


def test_one_that_failed_on_its_way_too(ledger: Ledger, world: World) -> None:
    notification = ledger.sent("SM1")
    ledger.conn.execute(
        "select app.record_callback(%s, %s, 'SM1', 'failed', '63016')", (ledger.tenant, notification)
    )
    replay(world, MANAGER, notification)
    assert ledger.state(notification) == "queued"


def test_a_human_decides_about_the_unknown(ledger: Ledger, world: World) -> None:
    notification = ledger.queue()
    claim = ledger.try_one(Unknown("no_answer", ""))
    replay(world, MANAGER, notification)
    assert ledger.outbox.claim_lookups(5) == []
    ledger.outbox.mark([Sent(claim, Accepted("SM of the first try"))])
    assert ledger.state(notification) == "queued"


def test_twice_is_refused(ledger: Ledger, world: World) -> None:
    notification = ledger.queue()
    ledger.try_one(FINAL)
    replay(world, MANAGER, notification)
    with pytest.raises(Refused) as refused:
        replay(world, MANAGER, notification)
    assert refused.value.slug == "notification_not_replayable"


def test_what_arrived_is_not_sent_again(ledger: Ledger, world: World) -> None:
    notification = ledger.sent("SM1")
    with pytest.raises(Refused) as refused:
        replay(world, MANAGER, notification)
    assert (refused.value.slug, refused.value.code) == ("notification_not_replayable", "PT409")


def test_without_the_permission_it_is_refused(ledger: Ledger, world: World) -> None:
    notification = ledger.queue()
    ledger.try_one(FINAL)
    with pytest.raises(Refused) as refused:
        replay(world, HOUSEKEEPER, notification)
    assert refused.value.slug == "permission_missing"


def test_another_hotels_message_does_not_exist(ledger: Ledger, world: World) -> None:
    notification = ledger.queue()
    ledger.try_one(FINAL)
    with pytest.raises(Refused) as refused:
        replay(world, STRANGER, notification)
    assert refused.value.slug == "notification_not_found"


def test_two_at_the_same_moment_send_once(ledger: Ledger, world: World) -> None:
    notification = ledger.queue()
    ledger.try_one(FINAL)
    ledger.conn.execute("set lock_timeout = '50ms'")
    with ledger.database.connect() as other, World(other).member(MANAGER) as first:
        first.value("select api.replay_notification(%s)", notification)
        with pytest.raises(Refused) as refused:
            replay(world, MANAGER, notification)
    assert refused.value.code == psycopg.errors.LockNotAvailable.sqlstate
    assert len(ledger.claim()) == 1
