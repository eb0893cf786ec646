"""Money, dates and times as people read them."""

from decimal import Decimal

import pytest
from babel.core import Locale
from babel.numbers import format_currency, get_currency_symbol
from hypothesis import given
from hypothesis import strategies as st

from functions.pages.base import formats
from functions.pages.base.languages import NAMES

KARACHI = "Asia/Karachi"


@pytest.mark.parametrize(
    ("language", "amount", "currency", "shown"),
    [
        ("en", 87500, "PKR", "PKR 87,500"),
        ("en", "1850.5", "PKR", "PKR 1,850.50"),
        ("es", 87500, "PKR", "87.500 PKR"),
        ("en", "12.50", "EUR", "€12.50"),
        ("es", "12.5", "EUR", "12,50 €"),
        ("en", 1500, "JPY", "¥1,500"),
        ("en", "-250", "PKR", "-PKR 250"),
        ("en", "0.125", "KWD", "KWD 0.125"),
    ],
)
def test_money_follows_language_and_currency(
    language: str, amount: object, currency: str, shown: str
) -> None:
    assert formats.money(language, str(amount), currency).replace("\xa0", " ") == shown


@given(
    amount=st.decimals(-(10**9), 10**9, places=3, allow_nan=False),
    currency=st.sampled_from(["PKR", "EUR", "JPY", "KWD", "USD", "INR"]),
    language=st.sampled_from(list(NAMES)),
)
def test_it_is_written_as_the_languages_own_pattern_has_it(
    amount: Decimal, currency: str, language: str
) -> None:
    shape = Locale.parse(language).currency_formats["standard"].pattern
    if get_currency_symbol(currency, language).isalpha():
        shape = shape.replace("¤#", "¤\u00a0#")
    whole = amount == amount.to_integral_value()
    written = format_currency(
        amount, currency, format=shape.replace("0.00", "0") if whole else shape, locale=language,
        currency_digits=not whole,
    )  # fmt: skip
    assert formats.money(language, amount, currency) == written


def test_days_read_as_a_person_says_them() -> None:
    assert formats.day("en", "2025-04-27") == "Sunday 27 April"
    assert formats.day("es", "2025-04-27") == "domingo 27 de abril"
    assert formats.short_day("es", "2025-04-27") == "27 abr"


def test_times_are_those_on_the_propertys_wall() -> None:
    assert formats.clock("en", "2025-04-27T21:30:00+00:00", KARACHI) == "02:30"
    assert formats.weekday_moment("en", "2025-04-27T21:30:00+00:00", KARACHI) == "Monday 28 April, 02:30"
    assert formats.wall_time("en", "12:00:00") == "12:00"


def test_another_day_is_named() -> None:
    assert formats.moment("en", "2020-04-27T08:00:00+00:00", KARACHI) == "27 Apr, 13:00"
    assert formats.far_moment("en", "2020-04-27T08:00:00+00:00", KARACHI) == "27 Apr 2020"


def test_a_column_of_figures_leaves_the_currency_to_its_head() -> None:
    assert formats.figure("en", "1850.5", "PKR") == "1,850.50"
    assert formats.figure("es", -1850, "KWD") == "-1.850,000"
    assert formats.figure("en", 1500, "JPY") == "1,500"


def test_a_column_of_dates_is_all_digits() -> None:
    assert formats.full_day("en", "2025-04-07") == formats.full_day("es", "2025-04-07") == "07/04/2025"
