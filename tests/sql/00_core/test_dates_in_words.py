"""date_text, moment_text: dates and times as a message writes them, the same as on the pages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from functions.pages.base import formats
from tests.world import World

YEAR = [date(2026, 1, 1) + timedelta(days=11 * step) for step in range(34)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_day_and_month_reads_as_on_the_pages(undone: World, language: str) -> None:
    said = [row[0] for row in undone.rows("select app.date_text(d, %s) from unnest(%s) d", language, YEAR)]
    assert said == [formats.day(language, day) for day in YEAR]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sunday 26 April, 14:00"),
        ("es", "domingo 26 de abril, 14:00"),
        ("ur", "اتوار 26 اپریل, 14:00"),
        (None, "Sunday 26 April, 14:00"),
    ],
)
def test_a_moment_is_on_the_houses_clock(undone: World, language: str | None, text: str) -> None:
    at = datetime(2026, 4, 26, 9, 0, tzinfo=UTC)
    assert undone.value("select app.moment_text(%s, 'Asia/Karachi', %s)", at, language) == text


def test_no_date_is_no_text(undone: World) -> None:
    assert undone.value("select app.date_text(null, 'en')") is None
    assert undone.value("select app.moment_text(null, 'Asia/Karachi', 'en')") is None
