"""refund_payment: money goes back to who paid it, never more than came."""

from typing import Any

import pytest

from tests.folio import as_command, bill, deposit, owed, pay, refund, send, slug_of
from tests.house import Database
from tests.races import at_once
from tests.world import HOUSEKEEPER, STRANGER, World


def test_the_folio_owes_it_again(undone: World, folio: str) -> None:
    payment = pay(undone, folio, 1000)
    back = refund(undone, payment, 300, "The lift stood still")
    assert (back["kind"], back["method"], back["balance"]) == ("refund", "card", 300)
    assert as_command(undone, "payment_remainder", payment["id"]) == 700


def test_remaining_is_captured_less_refunded(undone: World, folio: str) -> None:
    payment = pay(undone, folio, 1000)
    refund(undone, payment, 300)
    assert slug_of(lambda: refund(undone, payment, "700.01")) == "refund_exceeds_remainder"
    assert refund(undone, payment)["amount"] == 700
    assert slug_of(lambda: refund(undone, payment)) == "refund_exceeds_remainder"
    assert owed(undone, folio) == 1000


def test_a_capture_is_refunded_and_a_hold_is_not(undone: World, folio: str) -> None:
    hold = pay(undone, folio, 500, kind="authorisation")
    assert slug_of(lambda: refund(undone, hold)) == "payment_not_found"
    taken = send(undone, "capture_payment", {"payment_id": hold["id"]})["payment"]
    assert refund(undone, taken)["balance"] == 1000


def test_a_refund_is_not_refunded(undone: World, folio: str) -> None:
    back = refund(undone, pay(undone, folio, 1000), 300)
    assert slug_of(lambda: refund(undone, back)) == "payment_not_found"


def test_a_closed_folio_gives_a_deposit_back_and_nothing_else(
    undone: World, folio: str, booking: Any
) -> None:
    payment, kept = pay(undone, folio, 400), deposit(undone, booking, 300)
    as_command(undone, "close_folio", booking, "They wait for the keys")
    assert slug_of(lambda: refund(undone, payment)) == "folio_closed"
    assert slug_of(lambda: send(undone, "apply_deposit", {"payment_id": kept["id"]})) == "folio_closed"
    back = refund(undone, kept, 100, "The keys are back")
    assert (back["kind"], back["balance"], back["deposits_held"]) == ("deposit_refund", 600, 200)
    assert slug_of(lambda: refund(undone, kept, 201)) == "refund_exceeds_remainder"
    assert undone.rows(
        "select operation, actor_name, new_values ->> 'kind' from public.audit_log"
        " where table_name = 'public.payments' and row_key ->> 'id' = %s",
        back["id"],
    ) == [("INSERT", "Mohsin", "deposit_refund")]


def test_two_refunds_of_a_deposit_of_a_closed_folio_at_once(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        booking = world.booking("Okafor")
        kept = deposit(world, booking, 300)
        as_command(world, "close_folio", booking, "They wait for the keys")
    led, late = at_once(
        database,
        lambda one: refund(World(one), kept, 200),
        lambda one: slug_of(lambda: refund(World(one), kept, 200)),
    )
    assert (led["deposits_held"], late) == (100, "refund_exceeds_remainder")


@pytest.mark.parametrize("reason", ["", " ", "x" * 501])
def test_it_says_why(undone: World, folio: str, reason: str) -> None:
    payment = pay(undone, folio, 1000)
    assert slug_of(lambda: refund(undone, payment, 1, reason)) == "reason_missing"


@pytest.mark.parametrize(
    ("member", "slug"), [(HOUSEKEEPER, "permission_missing"), (STRANGER, "payment_not_found")]
)
def test_not_for_everybody(undone: World, folio: str, member: str, slug: str) -> None:
    body = {"payment_id": pay(undone, folio, 1000)["id"], "reason": "Mine"}
    assert slug_of(lambda: send(undone, "refund_payment", body, by=member)) == slug


def test_two_refunds_of_one_payment_at_once(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        payment = pay(world, bill(world, world.booking("Okafor"), 1000), 1000)
    led, late = at_once(
        database,
        lambda one: refund(World(one), payment, 600),
        lambda one: slug_of(lambda: refund(World(one), payment, 600)),
    )
    assert (led["amount"], late) == (600, "refund_exceeds_remainder")


def test_a_refund_meets_a_void(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        payment = pay(world, bill(world, world.booking("Okafor"), 1000), 1000, "cash")

    def void(conn: Any) -> None:
        with World(conn).member("reception@hamsun.example") as desk:
            desk.value("select api.void_payment(%s, 'Miscounted')", payment["id"])

    _, late = at_once(database, void, lambda one: slug_of(lambda: refund(World(one), payment, 600)))
    assert late == "refund_exceeds_remainder"
