"""The order card: tax in the price or on it, as the database says, and what became of the sum."""

from decimal import Decimal
from typing import Any

import pytest

from functions.pages.inbox.order import Order, order_of

GST = {"code": "GST", "name": "GST 16 %", "rate": 16}


def line(total: str, tax: str = "0") -> dict[str, Any]:
    return {"total": total, "taxes": [{**GST, "amount": tax}], "is_complimentary": False}


def order(
    total: str, lines: list[dict[str, Any]], charges: list[dict[str, Any]] | None = None, **more: Any
) -> Order:
    request = {
        "total": total,
        "currency": "PKR",
        "tax_mode": "inclusive",
        "phase": "active",
        "subtype_taxes": [],
        **more,
    }
    made = order_of(request, lines, charges or [])
    assert made is not None
    return made


def test_tax_lies_in_an_inclusive_price() -> None:
    made = order("2100", [line("1850", "255.17"), line("250", "34.48")])
    assert [(tax.amount, tax.is_in_price) for tax in made.taxes] == [(Decimal("289.65"), True)]
    assert (made.total, made.state) == (Decimal("2100"), "to_post")


def test_tax_comes_on_an_exclusive_price() -> None:
    made = order("100", [line("100", "16")], tax_mode="exclusive", currency="EUR")
    assert (made.taxes[0].amount, made.total) == (Decimal(16), Decimal(116))


def test_a_price_without_lines_is_taxed_too() -> None:
    made = order("45", [], tax_mode="exclusive", currency="EUR", subtype_taxes=[{**GST, "amount": "4.5"}])
    assert made.total == Decimal("49.5")


@pytest.mark.parametrize(
    ("total", "phase", "charges", "state"),
    [
        ("0", "active", [], "free"),
        ("250", "active", [], "to_post"),
        ("250", "closed", [], "not_posted"),
        ("250", "closed", [{"gross": "250"}], "posted"),
    ],
)
def test_the_sum_says_what_became_of_it(
    total: str, phase: str, charges: list[dict[str, Any]], state: str
) -> None:
    assert order(total, [line(total)], charges, phase=phase).state == state


def test_what_costs_nothing_has_no_card() -> None:
    request = {"total": "0", "currency": "PKR", "tax_mode": "inclusive", "phase": "open"}
    assert order_of(request, [], []) is None
