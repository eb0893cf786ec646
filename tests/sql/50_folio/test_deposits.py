"""take_deposit, apply_deposit: a deposit is a liability until it is applied."""

from typing import Any

import pytest

from tests.folio import as_command, bill, owed, refund, send, slug_of
from tests.house import Database
from tests.races import at_once
from tests.world import HOUSEKEEPER, STRANGER, World


def take(world: World, booking: Any, amount: int, **by: str) -> Any:
    body = {"booking_id": booking, "amount": str(amount), "method": "transfer", "reference": "TR-1"}
    return send(world, "take_deposit", body, **by)["payment"]


def apply(world: World, deposit: Any, amount: int | None = None) -> Any:
    body = {"payment_id": deposit["id"]} | ({"amount": str(amount)} if amount else {})
    return send(world, "apply_deposit", body)["payment"]


def test_it_settles_nothing_until_it_is_applied(undone: World, booking: Any, folio: str) -> None:
    deposit = take(undone, booking, 400)
    assert (deposit["balance"], deposit["deposits_held"]) == (1000, 400)
    applied = apply(undone, deposit)
    assert (applied["amount"], applied["balance"], applied["deposits_held"]) == (400, 600, 0)


def test_it_opens_the_folio_before_anything_is_charged(undone: World, booking: Any) -> None:
    assert take(undone, booking, 400)["balance"] == 0
    assert as_command(undone, "deposits_held", booking) == 400


def test_no_more_than_is_owed_nor_held(undone: World, booking: Any, folio: str) -> None:
    deposit = take(undone, booking, 1500)
    assert slug_of(lambda: apply(undone, deposit, 1001)) == "payment_exceeds_balance"
    assert slug_of(lambda: apply(undone, deposit, 1501)) == "deposit_exceeded"
    assert apply(undone, deposit)["amount"] == 1000
    assert slug_of(lambda: apply(undone, deposit)) == "payment_exceeds_balance"
    back = refund(undone, deposit)
    assert (back["kind"], back["amount"], back["balance"], back["deposits_held"]) == (
        "deposit_refund", 500, 0, 0,
    )  # fmt: skip
    assert slug_of(lambda: apply(undone, deposit)) == "deposit_exceeded"
    assert owed(undone, folio) == 0


def test_it_is_not_closed_away(undone: World, booking: Any) -> None:
    take(undone, booking, 400)
    assert slug_of(lambda: as_command(undone, "close_folio", booking, None)) == "deposit_not_settled"
    assert slug_of(lambda: as_command(undone, "close_folio", booking, "Kept as no-show fee")) is None


@pytest.mark.parametrize(
    ("member", "slug"), [(HOUSEKEEPER, "permission_missing"), (STRANGER, "booking_not_found")]
)
def test_not_for_everybody(undone: World, booking: Any, member: str, slug: str) -> None:
    assert slug_of(lambda: take(undone, booking, 400, by=member)) == slug


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        ({"method": "IOU"}, "payment_invalid"),
        ({"amount": "-1"}, "input_invalid"),
        ({"booking_id": "x"}, "booking_not_found"),
    ],
)
def test_bad_input_is_named(undone: World, booking: Any, wrong: dict[str, str], slug: str) -> None:
    body = {"booking_id": booking, "amount": "5", "method": "cash"} | wrong
    assert slug_of(lambda: send(undone, "take_deposit", body)) == slug


def test_applied_and_given_back_at_once(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        booking = world.booking("Okafor")
        bill(world, booking, 1000)
        deposit = take(world, booking, 400)
    _, late = at_once(
        database,
        lambda one: apply(World(one), deposit),
        lambda one: slug_of(lambda: refund(World(one), deposit, 400)),
    )
    assert late == "refund_exceeds_remainder"
