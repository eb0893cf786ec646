"""Money, dates and times as a person reads them: in the visitor's language, in the property's zone.

Each function takes the language first; `rendering` binds it, so that a template writes
`{{ row.total | money(row.currency) }}` and `{{ row.created_at | clock(stay.time_zone) }}`.
Values are what PostgREST sends: numbers, ISO dates and ISO instants.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TypeAlias
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, get_currency_precision, get_currency_symbol

Instant: TypeAlias = str | datetime
Amount: TypeAlias = str | int | float | Decimal

LONG_DAY = {"es": "EEEE d 'de' MMMM"}


def money(language: str, amount: Amount, currency: str, *, exact: bool = False) -> str:
    """`PKR 1,850` or, when there are cents or `exact` is asked for, `PKR 1,850.50`."""
    value = Decimal(str(amount))
    whole = not exact and value == value.to_integral_value()
    pattern = Locale.parse(language).currency_formats["standard"].pattern
    digits = 0 if whole else get_currency_precision(currency)
    shape = pattern.replace("0.00", "0" if digits == 0 else "0." + "0" * digits)
    if get_currency_symbol(currency, language).isalpha():
        shape = shape.replace("¤#", "¤\u00a0#")
    return format_currency(value, currency, format=shape, locale=language, currency_digits=False)


def day(language: str, value: str | date) -> str:
    """`Sunday 27 April`: how a guest says a date near today."""
    moment = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return format_date(moment, LONG_DAY.get(language, "EEEE d MMMM"), locale=language)


def short_day(language: str, value: str | date) -> str:
    """`27 Apr`, for rows of a list."""
    moment = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return format_date(moment, "d MMM", locale=language)


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


def initials(_language: str, name: str) -> str:
    """`MS` of Mohsin Siddiqui: at most two letters, for the small round picture of a person."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


FILTERS: dict[str, Callable[..., str]] = {
    "money": money,
    "day": day,
    "short_day": short_day,
    "clock": clock,
    "wall_time": wall_time,
    "moment": moment,
    "far_moment": far_moment,
    "weekday_moment": weekday_moment,
    "initials": initials,
}
