"""folio_document: a bill with all that its paper says, for whoever may see it."""

from typing import Any

import pytest

from tests.folio import bill, charge, pay, send, slug_of
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, World


def document(world: World, folio: Any, by: str = RECEPTION) -> Any:
    with world.member(by):
        return world.value("select api.folio_document(%s)", folio)


def test_it_says_what_was_charged_taxed_and_paid(undone: World, booking: Any, folio: str) -> None:
    gone = charge(undone, booking, 500)
    with undone.member(MANAGER):
        undone.value("select api.reverse_charge(%s, 'It was found')", gone)
    pay(undone, folio, 400, reference="Slip 1")
    pay(undone, folio, 100, kind="authorisation")
    paper = document(undone, folio)
    assert [(line["gross"], line["is_reversal"]) for line in paper["lines"]] == [
        (1000, False),
        (500, False),
        (-500, True),
    ]
    assert paper["totals"] == {
        "net": 862.07, "tax": 137.93, "gross": 1000, "paid": 400, "balance": 600, "deposits_held": 0,
    }  # fmt: skip
    assert [(tax["code"], tax["net"], tax["amount"]) for tax in paper["taxes"]] == [("GST", 862.07, 137.93)]
    assert [(one["kind"], one["reference"]) for one in paper["payments"]] == [("payment", "Slip 1")]
    assert paper["issuer"]["name"] == "Hamsun"
    assert paper["stay"]["guest_name"].endswith("Okafor")


def test_a_guest_gets_the_own_bill_once_identified(undone: World) -> None:
    booking = undone.booking("Marutani")
    own = bill(undone, booking, 500)
    company = send(undone, "add_folio", {"booking_id": booking, "payer_name": "Acme"})["folio"]["id"]
    others = bill(undone, undone.booking("Okafor"), 700)

    def asked(folio: Any, level: str = "identified") -> Any:
        with undone.guest("Marutani", level):
            return undone.value("select api.folio_document(%s)", folio)

    assert asked(None)["folio"]["id"] == asked(own)["folio"]["id"] == own
    assert slug_of(lambda: asked(company)) == "folio_not_found"
    assert slug_of(lambda: asked(others)) == "folio_not_found"
    assert slug_of(lambda: asked(None, "context")) == "second_fact_needed"


@pytest.mark.parametrize(
    ("member", "slug"), [(HOUSEKEEPER, "permission_missing"), (STRANGER, "folio_not_found")]
)
def test_not_for_everybody(undone: World, folio: str, member: str, slug: str) -> None:
    assert slug_of(lambda: document(undone, folio, member)) == slug


def test_payments_one_by_one_are_a_right_of_their_own(undone: World, folio: str) -> None:
    pay(undone, folio, 400)
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:payments:read'")
    paper = document(undone, folio)
    assert (paper["payments"], paper["totals"]["paid"]) == ([], 400)


def test_the_guests_bill_in_one_row(undone: World) -> None:
    folio = bill(undone, undone.booking("Marutani"), 500)
    pay(undone, folio, 200)
    seen = "select total, paid, balance, deposits_held from api.portal_bill"
    with undone.guest("Marutani"):
        assert undone.rows(seen) == [(500, 200, 300, 0)]
    with undone.guest("Marutani", "context"):
        assert undone.rows(seen) == []
