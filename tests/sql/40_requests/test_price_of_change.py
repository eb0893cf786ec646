"""What a change of the stay costs stands on its request: as quoted, then as agreed; to who may see money."""

from decimal import Decimal
from typing import Any

from tests.world import MANAGER, World

LATE = {"type_slug": "booking_action", "subtype": "late_checkout", "check_out_time": "15:00"}
PRICE = "select price from api.portal_requests where id = %s"


def wish(undone: World) -> Any:
    """Marutani's wish for a later check-out."""
    with undone.guest("Marutani"):
        return undone.submit(LATE, "late")["body"]["request"]["id"]


def prices(undone: World, request: Any, guest: str = "Marutani", level: str = "identified") -> Any:
    with undone.guest(guest, level):
        return undone.rows(PRICE, request)


def test_it_is_the_quoted_one_and_then_the_agreed_one(undone: World) -> None:
    request = wish(undone)
    assert prices(undone, request) == [(Decimal("11000"),)]
    with undone.member(MANAGER):
        undone.act(request, "approve", given={"amount": "9000"})
    assert prices(undone, request) == [(Decimal("9000"),)]


def test_what_is_turned_down_costs_nothing(undone: World) -> None:
    request = wish(undone)
    with undone.member(MANAGER):
        undone.act(request, "reject", given={"reason": "Fully booked"})
    assert prices(undone, request) == [(None,)]


def test_only_its_guest_sees_it_once_known(undone: World) -> None:
    request = wish(undone)
    assert prices(undone, request, level="context") == [(None,)]
    assert prices(undone, request, "Haddad") == []
