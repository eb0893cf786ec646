"""Money, dates and times as a person reads them: in the visitor's language, in the property's zone.

Each function takes the language first; `rendering` binds it, so that a template writes
`{{ row.total | money(row.currency) }}` and `{{ row.created_at | clock(stay.time_zone) }}`.
Values are what PostgREST sends: numbers, ISO dates and ISO instants.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, get_currency_precision, get_currency_symbol

Instant: TypeAlias = str | datetime
Amount: TypeAlias = str | int | float | Decimal

LONG_DAY = {"es": "EEEE d 'de' MMMM"}


def money(language: str, amount: Amount, currency: str, *, is_exact: bool = False) -> str:
    """`PKR 1,850` or, when there are cents or it is to be exact, `PKR 1,850.50`."""
    value = Decimal(str(amount))
    whole = not is_exact and value == value.to_integral_value()
    before, after = _around(language, currency)
    digits = _digits(language, abs(value), 0 if whole else get_currency_precision(currency))
    return f"{'-' if value < 0 else ''}{before}{digits}{after}"


def figure(language: str, amount: Amount, currency: str) -> str:
    """`1,850.50`: an amount in a column whose head names the currency."""
    value = Decimal(str(amount))
    return f"{'-' if value < 0 else ''}{_digits(language, abs(value), get_currency_precision(currency))}"


@cache
def _around(language: str, currency: str) -> tuple[str, str]:
    """What stands before and after the digits of an amount. Asked of Babel once: a bill has many lines."""
    shape = Locale.parse(language).currency_formats["standard"].pattern.replace("0.00", "0")
    if get_currency_symbol(currency, language).isalpha():
        shape = shape.replace("¤#", "¤\u00a0#")
    shown = format_currency(0, currency, format=shape, locale=language, currency_digits=False)
    before, _, after = shown.partition("0")
    return before, after


def _digits(language: str, value: Decimal, places: int) -> str:
    symbols = _symbols(language)
    return f"{value:,.{places}f}".translate(symbols)


@cache
def _symbols(language: str) -> dict[int, str]:
    """A language's signs for the comma between thousands and the point before decimals."""
    symbols = Locale.parse(language).number_symbols["latn"]
    return {ord(","): symbols["group"], ord("."): symbols["decimal"]}


def full_day(language: str, value: str | date) -> str:
    """`27/04/2025`: all digits, for a column of dates."""
    return _dated(language, value, "dd/MM/y")


def day(language: str, value: str | date) -> str:
    """`Sunday 27 April`: how a guest says a date near today."""
    moment = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return format_date(moment, LONG_DAY.get(language, "EEEE d MMMM"), locale=language)


def short_day(language: str, value: str | date) -> str:
    """`27 Apr`, for rows of a list."""
    return _dated(language, value, "d MMM")


@lru_cache(maxsize=2048)
def _dated(language: str, value: str | date, shape: str) -> str:
    moment = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return format_date(moment, shape, locale=language)


def clock(language: str, value: Instant, zone: str) -> str:
    """`20:14` on the property's wall."""
    return format_time(at(value, zone), "HH:mm", locale=language)


def wall_time(language: str, value: str | time) -> str:
    """`12:00` from a time of day such as the property's check-out time."""
    moment = time.fromisoformat(value) if isinstance(value, str) else value
    return format_time(moment, "HH:mm", locale=language)


def moment(language: str, value: Instant, zone: str) -> str:
    """`20:14` today, `27 Apr, 20:14` on another day."""
    local = at(value, zone)
    if local.date() == datetime.now(ZoneInfo(zone)).date():
        return clock(language, value, zone)
    return f"{format_date(local, 'd MMM', locale=language)}, {clock(language, value, zone)}"


def far_moment(language: str, value: Instant, zone: str) -> str:
    """As `moment` within this year, `27 Apr 2031` in another."""
    local = at(value, zone)
    if local.year == datetime.now(ZoneInfo(zone)).year:
        return moment(language, value, zone)
    return format_date(local, "d MMM y", locale=language)


def weekday_moment(language: str, value: Instant, zone: str) -> str:
    """`Sunday 27 April, 06:10`: a time that was agreed on."""
    return f"{day(language, at(value, zone).date())}, {clock(language, value, zone)}"


def at(value: Instant, zone: str) -> datetime:
    """An instant in a zone."""
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))


def rate(language: str, percent: Amount) -> str:
    """`16 %`, `7.5 %`: the rate of a tax."""
    return f"{format_decimal(Decimal(str(percent)), locale=language)}\u00a0%"


def initials(_language: str, name: str) -> str:
    """`MS` of Mohsin Siddiqui: at most two letters, for the small round picture of a person."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


FILTERS: dict[str, Callable[..., str]] = {
    "money": money,
    "day": day,
    "short_day": short_day,
    "full_day": full_day,
    "clock": clock,
    "wall_time": wall_time,
    "moment": moment,
    "far_moment": far_moment,
    "weekday_moment": weekday_moment,
    "initials": initials,
    "rate": rate,
}
