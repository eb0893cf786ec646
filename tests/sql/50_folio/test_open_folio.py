"""open_folio: the one folio of a booking, opened when first needed."""

from typing import Any

import pytest

from tests.folio import as_command
from tests.house import Database
from tests.races import all_at_once
from tests.world import Refused, World


@pytest.fixture
def booking(undone: World) -> Any:
    """A guest who has not been charged anything: Okafor, not arrived yet."""
    return undone.booking("Okafor")


def test_a_booking_has_one_folio_however_often_it_is_opened(undone: World, booking: Any) -> None:
    first = as_command(undone, "open_folio", booking)
    assert as_command(undone, "open_folio", booking) == first
    assert undone.value("select count(*) from public.folios where booking_id = %s", booking) == 1


def test_it_takes_currency_and_tax_mode_of_the_house(undone: World, booking: Any) -> None:
    folio = as_command(undone, "open_folio", booking)
    assert undone.rows("select currency, tax_mode from public.folios where id = %s", folio) == [
        ("PKR", "inclusive")
    ]


def test_a_booking_that_does_not_exist_has_none(undone: World) -> None:
    stranger = undone.value(
        "select b.id from public.bookings b join public.tenants t on t.id = b.tenant_id"
        " where t.slug = 'alpine' limit 1"
    )
    for booking in ("00000000-0000-0000-0000-000000000000", stranger):
        with pytest.raises(Refused) as refused:
            as_command(undone, "open_folio", booking)
        assert (refused.value.slug, refused.value.code) == ("booking_not_found", "PT404")


def test_two_at_once_open_one(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        booking = world.booking("Okafor")
        opened = all_at_once(database, [lambda one: as_command(World(one), "open_folio", booking)] * 6)
        assert len(set(opened)) == 1
        assert world.value("select count(*) from public.folios where booking_id = %s", booking) == 1


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform"])
def test_no_session_calls_it_alone(undone: World, role: str) -> None:
    assert not undone.value("select has_function_privilege(%s, 'app.open_folio(uuid)', 'execute')", role)
