"""folio_balance: what a folio still owes."""

from typing import Any

import pytest

from tests.folio import as_command, bill, charge, pay
from tests.world import MANAGER, STRANGER, World


@pytest.fixture
def booking(undone: World) -> Any:
    """A guest who has not been charged anything: Okafor, not arrived yet."""
    return undone.booking("Okafor")


def test_the_balance_is_the_sum_of_the_charges(undone: World, booking: Any) -> None:
    folio = as_command(undone, "open_folio", booking)
    assert as_command(undone, "folio_balance", folio) == 0
    charge(undone, booking, 1000)
    key = charge(undone, booking, 500)
    assert as_command(undone, "folio_balance", folio) == 1500
    with undone.member(MANAGER):
        undone.value("select api.reverse_charge(%s, 'found')", key)
    assert as_command(undone, "folio_balance", folio) == 1000
    with undone.member(MANAGER):
        assert undone.rows("select gross, balance, charges from api.folios where id = %s", folio) == [
            (1000, 1000, 3)
        ]


def test_a_guest_sees_what_was_owed_after_each_charge(undone: World) -> None:
    booking = undone.booking("Marutani")
    folio = bill(undone, booking, 1000)
    for act in (lambda: pay(undone, folio, 600), lambda: charge(undone, booking, 50)):
        undone.conn.execute("update app.clock set shift = shift + interval '1 minute'")
        act()
    with undone.guest("Marutani"):
        assert undone.rows("select gross, balance from api.portal_folio order by posted_at") == [
            (1000, 1000),
            (50, 450),
        ]


def test_another_hotels_folio_owes_this_one_nothing(undone: World, booking: Any) -> None:
    folio = as_command(undone, "open_folio", booking)
    charge(undone, booking, 700)
    assert as_command(undone, "folio_balance", folio, by=STRANGER) == 0


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform"])
def test_no_session_calls_it_alone(undone: World, role: str) -> None:
    assert not undone.value("select has_function_privilege(%s, 'app.folio_balance(uuid)', 'execute')", role)
