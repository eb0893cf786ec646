"""What a property can be: countries, currencies and time zones, named in the reader's language."""

from functools import cache
from typing import Final
from zoneinfo import available_timezones

from babel.core import Locale
from babel.numbers import get_currency_name, get_territory_currencies

NO_COUNTRIES: Final = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
CATEGORIES: Final = (
    "room",
    "room_service",
    "grocery",
    "airport_transfer",
    "laundry",
    "late_checkout",
    "early_checkin",
    "extension",
    "event",
    "no_show",
    "fee",
    "other",
)
"""What a tax may fall on, as a hotel thinks of it; corrections follow what they correct."""

Choice = tuple[str, str]


@cache
def countries(language: str) -> list[Choice]:
    """ISO 3166 code and name, by name."""
    names = Locale.parse(language).territories
    known = [
        (code, name)
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    ]
    return sorted(known, key=lambda each: each[1])


@cache
def currencies(language: str) -> list[Choice]:
    """ISO 4217 code and name of every currency that is in use somewhere."""
    in_use = {code for country, _ in countries(language) for code in get_territory_currencies(country)}
    return sorted((code, f"{code} · {get_currency_name(code, locale=language)}") for code in in_use)


@cache
def zones() -> list[str]:
    """IANA names of places."""
    return sorted(
        name
        for name in available_timezones()
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/"))
    )
