"""code_is_alive: a code outlives the stay by a week, and never dies under a guest in house."""

import pytest

from tests.desk import Desk


@pytest.mark.shows("code/lives_until_a_week_after")
@pytest.mark.parametrize(
    ("checkin_status", "checked_out_on", "today", "alive"),
    [
        ("PENDING", None, -30, True),
        ("PENDING", None, 7, True),
        ("PENDING", None, 8, False),
        ("CHECKED_IN", None, 8, True),
        ("CHECKED_IN", None, 400, True),
        ("CHECKED_OUT", 0, 7, True),
        ("CHECKED_OUT", 0, 8, False),
        ("CHECKED_OUT", 3, 10, True),
        ("CHECKED_OUT", 3, 11, False),
    ],
)
def test_lives_a_week_after_the_later_of_planned_and_actual_departure(
    desk: Desk, checkin_status: str, checked_out_on: int | None, today: int, alive: bool
) -> None:
    left = None if checked_out_on is None else desk.day(checked_out_on)
    found = desk.one(
        "select app.code_is_alive(%s, %s, %s, %s)", checkin_status, desk.day(0), left, desk.day(today)
    )
    assert found is alive
