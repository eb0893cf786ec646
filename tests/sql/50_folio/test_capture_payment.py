"""capture_payment: a hold on a card becomes a payment."""

from typing import Any

import pytest

from tests.folio import owed, pay, send, slug_of
from tests.world import STRANGER, World


def capture(world: World, hold: Any, amount: str | None = None, **by: str) -> Any:
    body = {"payment_id": hold["id"]} | ({"amount": amount} if amount else {})
    return send(world, "capture_payment", body, **by)["payment"]


def test_a_hold_settles_nothing_until_it_is_captured(undone: World, folio: str) -> None:
    hold = pay(undone, folio, 5000, kind="authorisation")
    assert owed(undone, folio) == 1000
    assert capture(undone, hold, "1000")["balance"] == 0


@pytest.mark.parametrize(
    ("amount", "slug"), [("501", "payment_exceeds_hold"), (None, None), ("0", "input_invalid")]
)
def test_never_more_than_is_held(undone: World, folio: str, amount: str | None, slug: str | None) -> None:
    hold = pay(undone, folio, 500, kind="authorisation")
    assert slug_of(lambda: capture(undone, hold, amount)) == slug


def test_never_more_than_is_owed(undone: World, folio: str) -> None:
    hold = pay(undone, folio, 5000, kind="authorisation")
    assert slug_of(lambda: capture(undone, hold)) == "payment_exceeds_balance"


def test_once(undone: World, folio: str) -> None:
    hold = pay(undone, folio, 500, kind="authorisation")
    capture(undone, hold, "100")
    assert slug_of(lambda: capture(undone, hold, "100")) == "payment_is_settled"


def test_a_stranger_finds_no_such_payment(undone: World, folio: str) -> None:
    hold = pay(undone, folio, 500, kind="authorisation")
    assert slug_of(lambda: capture(undone, hold, by=STRANGER)) == "payment_not_found"
    assert slug_of(lambda: capture(undone, pay(undone, folio, 5))) == "payment_not_found"
