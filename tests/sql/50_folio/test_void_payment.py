"""void_payment: cash of this shift, or a hold on a card, as if it had never been."""

from typing import Any

import pytest

from tests.folio import as_command, deposit, owed, pay, refund, send, slug_of
from tests.world import MANAGER, RECEPTION, STRANGER, World


def void(world: World, payment: Any, reason: str | None = "Miscounted", by: str = RECEPTION) -> Any:
    with world.member(by):
        return world.value("select api.void_payment(%s, %s)", payment["id"], reason)["payment"]


def test_cash_of_the_same_shift(undone: World, folio: str) -> None:
    gone = void(undone, pay(undone, folio, 400, "cash"))
    assert (gone["kind"], gone["balance"]) == ("void", 1000)
    assert owed(undone, folio) == 1000


def test_a_hold_is_released(undone: World, folio: str) -> None:
    hold = pay(undone, folio, 400, kind="authorisation")
    assert void(undone, hold)["kind"] == "release"
    assert (
        slug_of(lambda: send(undone, "capture_payment", {"payment_id": hold["id"]})) == "payment_is_settled"
    )


def test_a_closed_folio_releases_a_hold_and_nothing_else(undone: World, folio: str, booking: Any) -> None:
    cash, hold = pay(undone, folio, 400, "cash"), pay(undone, folio, 300, kind="authorisation")
    as_command(undone, "close_folio", booking, "The company pays")
    assert slug_of(lambda: void(undone, cash)) == "folio_closed"
    assert slug_of(lambda: send(undone, "capture_payment", {"payment_id": hold["id"]})) == "folio_closed"
    assert (void(undone, hold)["kind"], owed(undone, folio)) == ("release", 600)
    assert slug_of(lambda: void(undone, hold)) == "payment_is_settled"


@pytest.mark.parametrize("method", ["card", "transfer", "other"])
def test_anything_else_is_refunded(undone: World, folio: str, method: str) -> None:
    payment = pay(undone, folio, 400, method)
    assert slug_of(lambda: void(undone, payment)) == "payment_cannot_be_voided"


def test_not_another_ones_drawer_nor_yesterdays(undone: World, folio: str) -> None:
    payment = pay(undone, folio, 400, "cash")
    assert slug_of(lambda: void(undone, payment, by=MANAGER)) == "payment_cannot_be_voided"
    undone.conn.execute("update app.clock set shift = shift + interval '1 day'")
    assert slug_of(lambda: void(undone, payment)) == "payment_cannot_be_voided"


def test_not_a_captured_hold_nor_a_deposit(undone: World, folio: str, booking: Any) -> None:
    hold = pay(undone, folio, 400, kind="authorisation")
    taken = send(undone, "capture_payment", {"payment_id": hold["id"]})["payment"]
    kept = deposit(undone, booking, 50)
    assert slug_of(lambda: void(undone, hold)) == "payment_is_settled"
    assert slug_of(lambda: void(undone, taken)) == "payment_cannot_be_voided"
    assert slug_of(lambda: void(undone, kept)) == "payment_cannot_be_voided"


def test_once_and_not_after_a_refund(undone: World, folio: str) -> None:
    payment = pay(undone, folio, 400, "cash")
    void(undone, payment)
    assert slug_of(lambda: void(undone, payment)) == "payment_is_settled"
    other = pay(undone, folio, 400, "cash")
    refund(undone, other, 1)
    assert slug_of(lambda: void(undone, other)) == "payment_is_settled"


def test_it_says_why_and_who(undone: World, folio: str) -> None:
    payment = pay(undone, folio, 400, "cash")
    assert slug_of(lambda: void(undone, payment, None)) == "reason_missing"
    assert slug_of(lambda: void(undone, payment, by=STRANGER)) == "payment_not_found"
