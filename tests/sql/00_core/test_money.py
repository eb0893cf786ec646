"""currency_exponent, fits_currency, money_text: amounts by their currency's smallest unit."""

from decimal import Decimal

import psycopg
import pytest
from babel.numbers import format_decimal

from tests.world import World


@pytest.mark.parametrize(
    ("currency", "decimals"), [("JPY", 0), ("CLP", 0), ("PKR", 2), ("EUR", 2), ("KWD", 3), ("TND", 3)]
)
def test_decimals_of_a_currency(undone: World, currency: str, decimals: int) -> None:
    assert undone.value("select app.currency_exponent(%s)", currency) == decimals


@pytest.mark.parametrize(
    ("amount", "currency", "fits"),
    [
        ("100", "JPY", True),
        ("100.5", "JPY", False),
        ("100.00", "JPY", True),
        ("12.34", "EUR", True),
        ("12.345", "EUR", False),
        ("1.234", "KWD", True),
        ("1.2345", "KWD", False),
        ("-0.01", "PKR", True),
        ("NaN", "PKR", False),
        (None, "JPY", True),
    ],
)
def test_an_amount_fits_or_does_not(undone: World, amount: str | None, currency: str, fits: bool) -> None:
    assert undone.value("select app.fits_currency(%s::numeric, %s)", amount, currency) is fits


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1850", "PKR", "PKR 1,850"),
        ("1850.5", "PKR", "PKR 1,850.50"),
        ("0", "EUR", "EUR 0"),
        ("12.5", "EUR", "EUR 12.50"),
        ("-1850", "PKR", "-PKR 1,850"),
        ("1234567", "JPY", "JPY 1,234,567"),
        ("1.5", "KWD", "KWD 1.500"),
        ("5", "KWD", "KWD 5"),
        ("99999999999.999", "KWD", "KWD 99,999,999,999.999"),
        (None, "EUR", None),
    ],
)
def test_money_as_a_message_writes_it(
    undone: World, amount: str | None, currency: str, text: str | None
) -> None:
    assert undone.value("select app.money_text(%s::numeric, %s, 'en')", amount, currency) == text


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        ("1850.5", "EUR", "en", "EUR 1,850.50"),
        ("1850.5", "EUR", "es", "1.850,50 EUR"),
        ("1850", "PKR", "es", "1.850 PKR"),
        ("-1234567.89", "EUR", "es", "-1.234.567,89 EUR"),
        ("1.5", "KWD", "es", "1,500 KWD"),
        ("1850.5", "EUR", "ur", "EUR 1,850.50"),
        ("1850.5", "EUR", None, "EUR 1,850.50"),
    ],
)
def test_money_in_the_readers_language(
    undone: World, amount: str, currency: str, language: str | None, text: str
) -> None:
    assert undone.value("select app.money_text(%s::numeric, %s, %s)", amount, currency, language) == text


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("amount", ["0.05", "12.5", "1850.5", "-99999.99", "1234567.89"])
def test_its_digits_are_those_that_pages_write(undone: World, amount: str, language: str) -> None:
    said = undone.value("select app.money_text(%s::numeric, 'PKR', %s)", amount, language)
    assert format_decimal(abs(Decimal(amount)), "#,##0.00", language) in said
    assert said.startswith("-") is amount.startswith("-")


def test_no_table_takes_half_a_yen(undone: World) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="catalog_price_fits_its_currency"):
        undone.conn.execute(
            "update portal.catalog_items set is_complimentary = false, price = %s, currency = 'JPY'",
            (Decimal("0.5"),),
        )
