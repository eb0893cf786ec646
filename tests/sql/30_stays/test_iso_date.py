"""iso_date: a date as callers write it."""

import pytest

from tests.desk import Desk, refused

OTHER_WAYS = [
    "today",
    "tomorrow",
    "infinity",
    "04/05/2036",
    "20360504",
    "2036-5-4",
    "2036-02-30",
    "4 May 2036",
    "",
]


@pytest.mark.parametrize("written", OTHER_WAYS)
def test_a_booking_takes_no_other_date(desk: Desk, written: str) -> None:
    with refused("field_invalid", 422):
        desk.book(check_out=written)


@pytest.mark.parametrize("written", OTHER_WAYS)
def test_nor_does_a_change_of_dates(desk: Desk, written: str) -> None:
    booking = desk.book()
    with refused("field_invalid", 422):
        desk.call("change_stay_dates", p_booking_id=booking["id"], p_check_out=written)


def test_iso_8601_is_read(desk: Desk) -> None:
    assert desk.one("select app.iso_date('2028-02-29', 'check_in') = date '2028-02-29'")
    assert desk.one("select app.iso_date(null, 'check_in')") is None
