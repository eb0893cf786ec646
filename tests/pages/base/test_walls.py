"""A time as people type it is meant on the property's wall."""

from zoneinfo import ZoneInfo

import pytest

from functions.pages.base.walls import instant


@pytest.mark.parametrize(
    ("typed", "zone", "expected"),
    [
        ("2026-05-01T06:10", "Asia/Karachi", ("2026-05-01T06:10:00+05:00", "")),
        ("2026-05-01T06:10", "Europe/Madrid", ("2026-05-01T06:10:00+02:00", "")),
        ("2026-03-29T02:30", "Europe/Madrid", ("", "not_on_that_day")),
        ("2026-10-25T02:30", "Europe/Madrid", ("2026-10-25T02:30:00+02:00", "")),
        ("tomorrow", "Europe/Madrid", ("", "not_a_time")),
    ],
)
def test_a_time_is_read_in_the_propertys_zone(typed: str, zone: str, expected: tuple[str, str]) -> None:
    assert instant(typed, ZoneInfo(zone)) == expected
