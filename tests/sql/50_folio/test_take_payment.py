"""take_payment: a guest pays something of what the folio owes."""

import uuid
from typing import Any

import pytest

from tests.folio import bill, owed, pay, send, slug_of
from tests.house import Database
from tests.races import at_once
from tests.world import HOUSEKEEPER, STRANGER, World


def test_the_folio_owes_less(undone: World, folio: str) -> None:
    payment = pay(undone, folio, 400, "cash", reference="Till 1")
    assert (payment["kind"], payment["amount"], payment["balance"]) == ("payment", 400, 600)
    assert (payment["taken_by_name"], payment["reference"]) == ("Mohsin", "Till 1")
    assert owed(undone, folio) == 600


def test_it_carries_the_business_date_of_the_property(undone: World, folio: str) -> None:
    undone.conn.execute("update app.clock set shift = date_trunc('day', now()) + interval '21 hours' - now()")
    payment = pay(undone, folio, 400)
    assert payment["business_on"] == str(undone.value("select (app.now() at time zone 'Asia/Karachi')::date"))


def test_the_same_key_is_one_payment(undone: World, folio: str) -> None:
    first = pay(undone, folio, 400, key="k")
    assert pay(undone, folio, 400, key="k") == first
    assert owed(undone, folio) == 600
    assert slug_of(lambda: pay(undone, folio, 401, key="k")) == "idempotency_key_reused"


def test_what_comes_on_top_is_a_deposit(undone: World, folio: str) -> None:
    assert slug_of(lambda: pay(undone, folio, 1001)) == "payment_exceeds_balance"
    pay(undone, folio, 1000)
    assert slug_of(lambda: pay(undone, folio, 1)) == "payment_exceeds_balance"


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        ({"amount": "-5"}, "input_invalid"),
        ({"amount": "0"}, "input_invalid"),
        ({"amount": "1.001"}, "input_invalid"),
        ({"amount": "NaN"}, "input_invalid"),
        ({"amount": None}, "input_invalid"),
        ({"amount": "1e300"}, "input_invalid"),
        ({"method": "shells"}, "payment_invalid"),
        ({"method": None}, "payment_invalid"),
        ({"kind": "refund"}, "payment_invalid"),
        ({"kind": "authorisation", "method": "cash"}, "payment_invalid"),
        ({"reference": "x" * 121}, "payment_invalid"),
        ({"folio_id": "mine"}, "folio_not_found"),
    ],
)
def test_bad_input_is_named(undone: World, folio: str, wrong: dict[str, Any], slug: str) -> None:
    body = {"folio_id": folio, "amount": "400", "method": "card"} | wrong
    assert slug_of(lambda: send(undone, "take_payment", body)) == slug


@pytest.mark.parametrize(
    ("member", "slug"), [(HOUSEKEEPER, "permission_missing"), (STRANGER, "folio_not_found")]
)
def test_not_for_everybody(undone: World, folio: str, member: str, slug: str) -> None:
    body = {"folio_id": folio, "amount": "400", "method": "card"}
    assert slug_of(lambda: send(undone, "take_payment", body, by=member)) == slug


@pytest.mark.parametrize(
    "change",
    ["update public.payments set amount = 1", "delete from public.payments", "truncate public.payments"],
)
def test_payments_are_never_changed_by_anyone(undone: World, folio: str, change: str) -> None:
    pay(undone, folio, 400)

    def meddle() -> None:
        with undone.owner():
            undone.conn.execute(change.encode())

    assert slug_of(meddle) == "postings_are_never_changed"


@pytest.mark.parametrize("role", ["guest", "staff", "admin", "service"])
def test_payments_have_one_writer(undone: World, role: str) -> None:
    assert not undone.value("select has_table_privilege(%s, 'public.payments', 'insert')", role)


def test_two_pay_the_same_bill_at_once(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        booking = world.booking("Okafor")
        folio = bill(world, booking, 1000)
    _, late = at_once(
        database,
        lambda one: pay(World(one), folio, 600),
        lambda one: slug_of(lambda: pay(World(one), folio, 600)),
    )
    assert late == "payment_exceeds_balance"


def test_a_folio_that_closes_takes_no_payment(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        folio = bill(world, world.booking("Okafor"), 1000)

    def close(conn: Any) -> None:
        with World(conn).member("reception@hamsun.example") as world:
            world.value("select api.close_folio(%s, 'The company pays')", uuid.UUID(folio))

    _, late = at_once(database, close, lambda one: slug_of(lambda: pay(World(one), folio, 600)))
    assert late == "folio_closed"
