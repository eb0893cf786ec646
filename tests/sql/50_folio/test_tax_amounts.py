"""tax_amounts: each tax on an amount."""

from decimal import Decimal

import pytest
from psycopg.types.json import Jsonb

from tests.world import World


@pytest.mark.parametrize(
    ("amount", "rates", "mode", "currency", "amounts"),
    [
        ("1850", "16", "inclusive", "PKR", "255.17"),
        ("100", "16", "exclusive", "PKR", "16.00"),
        ("100", "10,6", "exclusive", "EUR", "10.00,6.00"),
        ("105", "16", "exclusive", "JPY", "17"),
        ("10.5", "5", "exclusive", "KWD", "0.525"),
        ("-1850", "16", "inclusive", "PKR", "-255.17"),
        ("100", "", "inclusive", "PKR", "0"),
    ],
)
def test_each_tax_is_rounded_to_its_currency(
    world: World, amount: str, rates: str, mode: str, currency: str, amounts: str
) -> None:
    taxes = [{"code": rate, "rate": float(rate) if rate else None} for rate in rates.split(",")]
    found = world.value(
        "select app.tax_amounts(%s, %s, %s, %s)", Decimal(amount), Jsonb(taxes), mode, currency
    )
    assert [Decimal(str(tax["amount"])) for tax in found] == [Decimal(one) for one in amounts.split(",")]


def test_no_amount_has_no_taxes(world: World) -> None:
    assert world.value("select app.tax_amounts(null, '[]', 'inclusive', 'PKR')") == []
