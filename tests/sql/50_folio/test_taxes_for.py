"""taxes_for: the taxes on a category at a property on its business date."""

from typing import Any

import pytest

from tests.world import World


@pytest.fixture
def hotel(undone: World) -> World:
    """One house of the cast with no tax but what a test lays down, on 4 May 2026."""
    undone.conn.execute("select app.set_caller(id) from public.tenants where slug = 'hamsun'")
    undone.conn.execute("update app.clock set shift = '2026-05-04 12:00+05'::timestamptz - now()")
    undone.conn.execute("update public.tax_codes set categories = '{}'")
    return undone


def lay(world: World, code: str, rate: float | None, since: str, until: str | None = None) -> None:
    world.conn.execute(
        "insert into public.tax_codes"
        " (tenant_id, property_id, code, name, rate, categories, valid_from, valid_until)"
        " select tenant_id, id, %s, %s, %s, array['laundry'], %s, %s"
        " from public.properties where code = 'FSL'",
        (code, code, rate, since, until),
    )


def taxes(world: World, category: str = "laundry", house: str = "FSL") -> list[tuple[Any, ...]]:
    found = world.value(
        "select app.taxes_for((select id from public.properties where code = %s), %s)", house, category
    )
    return [(tax["code"], tax["rate"]) for tax in found]


def test_a_tax_holds_from_its_first_to_before_its_last_date(hotel: World) -> None:
    lay(hotel, "BEFORE", 10, "2025-01-01", "2026-05-04")
    lay(hotel, "NOW", 16, "2026-05-04", "2026-05-05")
    lay(hotel, "AFTER", 20, "2026-05-05")
    assert taxes(hotel) == [("NOW", 16)]
    hotel.conn.execute("update app.clock set shift = shift + interval '1 day'")
    assert taxes(hotel) == [("AFTER", 20)]
    hotel.conn.execute("update app.clock set shift = shift - interval '2 days'")
    assert taxes(hotel) == [("BEFORE", 10)]


def test_it_goes_by_the_propertys_date(hotel: World) -> None:
    lay(hotel, "NEW", 20, "2026-05-05")
    hotel.conn.execute("update app.clock set shift = '2026-05-04 20:00+00'::timestamptz - now()")
    assert taxes(hotel) == [("NEW", 20)]


def test_several_hold_in_the_order_of_their_codes(hotel: World) -> None:
    lay(hotel, "VAT", 10, "2020-01-01")
    lay(hotel, "CITY", 2.5, "2020-01-01")
    assert taxes(hotel) == [("CITY", 2.5), ("VAT", 10)]


def test_exempt_is_a_tax_code_without_a_rate(hotel: World) -> None:
    lay(hotel, "EXEMPT", None, "2020-01-01")
    assert taxes(hotel) == [("EXEMPT", None)]


def test_no_code_is_not_exempt(hotel: World) -> None:
    assert taxes(hotel) == []
    lay(hotel, "VAT", 10, "2020-01-01")
    assert taxes(hotel, "room") == []
    assert taxes(hotel, house="CLF") == []
