"""claim_idempotency_key: the first of twins goes on, the others get its answer."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.house import Database
from tests.world import (
    MANAGER,
    RECEPTION,
    STRANGER,
    Refused,
    World,
    is_waiting_for_a_lock,
    wait_for,
)

ORDER = {"items": [{"sku": "cola", "quantity": 1}], "note": "cold"}


def claim(world: World, key: str | None, body: object = None, command: str = "order") -> Any:
    return world.value("select app.claim_idempotency_key(%s, %s, %s)", command, key, Jsonb(body or ORDER))


def keep(world: World, key: str, answer: object, command: str = "order") -> None:
    world.value("select app.keep_answer(%s, %s, %s)", command, key, Jsonb(answer))


def as_engine(world: World, email: str) -> None:
    """What stands when a command's body runs: the member's settings, and engine's rights."""
    world.conn.execute("select app.act_as_member(%s)", (email,))
    world.conn.execute("set local role engine")


def first(world: World, key: str | None = "k", email: str = RECEPTION, body: object = None) -> Any:
    with world.owner():
        as_engine(world, email)
        return claim(world, key, body)


def test_the_first_goes_on(undone: World) -> None:
    assert first(undone) is None


def test_a_repeat_gets_the_answer(undone: World) -> None:
    with undone.owner():
        as_engine(undone, RECEPTION)
        claim(undone, "k")
        keep(undone, "k", {"number": "FSL-1"})
    assert first(undone) == {"number": "FSL-1"}


def test_the_same_body_in_another_order_of_keys_is_the_same(undone: World) -> None:
    first(undone)
    with undone.owner():
        as_engine(undone, RECEPTION)
        keep(undone, "k", {"number": "FSL-1"})
        assert claim(undone, "k", dict(reversed(ORDER.items()))) == {"number": "FSL-1"}


def test_another_body_is_refused(undone: World) -> None:
    first(undone)
    with pytest.raises(Refused) as refused:
        first(undone, body={"items": []})
    assert (refused.value.slug, refused.value.code) == ("idempotency_key_reused", "PT422")


@pytest.mark.parametrize("key", [None, "", "k" * 201])
def test_a_key_is_needed(undone: World, key: str | None) -> None:
    with pytest.raises(Refused) as refused:
        first(undone, key)
    assert (refused.value.slug, refused.value.code) == ("idempotency_key_missing", "PT400")


def test_a_key_belongs_to_its_caller_its_command_and_its_tenant(undone: World) -> None:
    assert first(undone) is None
    assert first(undone, email=MANAGER) is None
    assert first(undone, email=STRANGER) is None
    with undone.owner():
        as_engine(undone, RECEPTION)
        assert claim(undone, "k", command="another") is None


def test_a_twin_waits_and_gets_the_answer(database: Database) -> None:
    with database.connect() as ahead, database.connect() as behind, ThreadPoolExecutor(1) as pool:
        leader = World(ahead)
        with leader.owner():
            as_engine(leader, RECEPTION)
            claim(leader, "k")
            twin: Future[Any] = pool.submit(first, World(behind))
            wait_for(lambda: is_waiting_for_a_lock(ahead, behind), "the twin's wait")
            keep(leader, "k", {"number": "FSL-1"})
        assert twin.result(timeout=10) == {"number": "FSL-1"}


def test_a_twin_goes_on_when_the_first_is_refused(database: Database) -> None:
    with database.connect() as ahead, database.connect() as behind, ThreadPoolExecutor(1) as pool:
        leader = World(ahead)
        with ahead.transaction(force_rollback=True):
            as_engine(leader, RECEPTION)
            claim(leader, "k")
            twin: Future[Any] = pool.submit(first, World(behind))
            wait_for(lambda: is_waiting_for_a_lock(ahead, behind), "the twin's wait")
        assert twin.result(timeout=10) is None


def test_a_twin_that_waits_too_long_is_told_to_come_back(database: Database) -> None:
    with database.connect() as ahead, database.connect() as behind:
        behind.execute("set app.patience = '50ms'")
        leader = World(ahead)
        with leader.owner():
            as_engine(leader, RECEPTION)
            claim(leader, "k")
            with pytest.raises(Refused) as refused:
                first(World(behind))
    assert (refused.value.slug, refused.value.code) == ("twin_in_flight", "PT409")


def test_patience_is_ten_seconds(undone: World) -> None:
    first(undone)
    assert undone.value("show lock_timeout") == "10s"
