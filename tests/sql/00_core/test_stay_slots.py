"""stay_slots: the half-days that a stay takes; never an empty range, which would overlap nothing."""

import pytest

from tests.world import World

NIGHTS = ("2026-05-01", "2026-05-03")


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (NIGHTS, NIGHTS, True),
        (NIGHTS, ("2026-05-02", "2026-05-04"), True),
        (NIGHTS, ("2026-05-03", "2026-05-04"), False),
        (NIGHTS, ("2026-04-30", "2026-05-01"), False),
        (("2026-05-02", "2026-05-02"), NIGHTS, True),
        (("2026-05-01", "2026-05-01"), NIGHTS, False),
        (("2026-05-03", "2026-05-03"), NIGHTS, False),
        (("2026-05-02", "2026-05-02"), ("2026-05-02", "2026-05-02"), True),
        (("2026-05-02", "2026-05-02"), ("2026-05-03", "2026-05-03"), False),
    ],
)
def test_two_stays_meet_or_do_not(
    undone: World, one: tuple[str, str], other: tuple[str, str], overlap: bool
) -> None:
    assert undone.value("select app.stay_slots(%s, %s) && app.stay_slots(%s, %s)", *one, *other) is overlap


@pytest.mark.parametrize("day", ["1999-12-31", "2000-01-01", "2026-05-02"])
def test_a_day_use_is_never_empty(undone: World, day: str) -> None:
    assert undone.value("select isempty(app.stay_slots(%s, %s))", day, day) is False
