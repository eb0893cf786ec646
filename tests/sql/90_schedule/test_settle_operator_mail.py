"""settle_operator_mail: what was definitely not taken comes again, later each time; nothing else does."""

from typing import Any

import pytest

from tests.world import World

FAILS = (
    "insert into app.platform_alerts (kind, dedupe_key, details)"
    """ values ('tick_failed', 'tick_failed:1', '{"step": "seal_audit", "code": "P0001"}')"""
)
CLAIM = "select id from app.claim_operator_mails('operator@platform.example')"
STATE = "select state, tries, round(extract(epoch from next_try_at - clock_timestamp()) / 60)::integer from app.operator_mails"  # noqa: E501
DUE = "update app.operator_mails set next_try_at = clock_timestamp() where state = 'failed'"


def settle(world: World, mail: Any, state: str) -> None:
    world.conn.execute("select app.settle_operator_mail(%s, %s, 'x')", (mail, state))


def test_what_failed_comes_again_after_a_growing_wait(undone: World) -> None:
    undone.conn.execute(FAILS)
    for tries, minutes in ((1, 1), (2, 2), (3, 4)):
        mail = undone.value(CLAIM)
        settle(undone, mail, "failed")
        assert undone.rows(STATE) == [("failed", tries, minutes)]
        assert undone.rows(CLAIM) == []
        undone.conn.execute(DUE)


@pytest.mark.parametrize("state", ["sent", "unknown"])
def test_nothing_else_comes_again(undone: World, state: str) -> None:
    undone.conn.execute(FAILS)
    mail = undone.value(CLAIM)
    settle(undone, mail, state)
    settle(undone, mail, "failed")
    assert undone.rows(STATE) == [(state, 1, None)]
    assert undone.rows(CLAIM) == []


def test_one_that_was_cut_short_is_not_sent_again(undone: World) -> None:
    undone.conn.execute(FAILS)
    undone.value(CLAIM)
    assert undone.rows(CLAIM) == []
