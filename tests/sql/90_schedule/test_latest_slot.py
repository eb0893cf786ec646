"""latest_slot: one instant for each local day, wherever the day is and whatever its length."""

import pytest

from tests.clockwork import set_clock
from tests.world import World


@pytest.mark.parametrize(
    ("zone", "at", "now", "slot"),
    [
        ("Asia/Karachi", "03:00", "2026-05-05 22:01+00", "2026-05-05 22:00+00"),
        ("Asia/Karachi", "03:00", "2026-05-05 22:00+00", "2026-05-05 22:00+00"),
        ("Asia/Karachi", "03:00", "2026-05-05 21:59+00", "2026-05-04 22:00+00"),
        ("Asia/Kathmandu", "00:00", "2026-05-05 18:15+00", "2026-05-05 18:15+00"),
        ("Pacific/Kiritimati", "00:00", "2026-05-05 10:00+00", "2026-05-05 10:00+00"),
        ("Pacific/Pago_Pago", "23:59", "2026-05-05 11:00+00", "2026-05-05 10:59+00"),
        # skipped by the clock change: that much later
        ("Europe/Madrid", "02:30", "2026-03-29 12:00+00", "2026-03-29 01:30+00"),
        ("Europe/Madrid", "02:30", "2026-03-29 01:10+00", "2026-03-28 01:30+00"),
        # repeated by it: the second one, and not before
        ("Europe/Madrid", "02:30", "2026-10-25 12:00+00", "2026-10-25 01:30+00"),
        ("Europe/Madrid", "02:30", "2026-10-25 00:45+00", "2026-10-24 00:30+00"),
    ],
)
def test_a_day_has_one_slot(undone: World, zone: str, at: str, now: str, slot: str) -> None:
    set_clock(undone, now)
    assert undone.value("select app.latest_slot(%s, %s::time, null) = %s::timestamptz", zone, at, slot)


@pytest.mark.parametrize(
    ("now", "slot"),
    [("2026-05-05 10:04:59+00", "2026-05-05 10:00+00"), ("2026-05-05 10:05+00", "2026-05-05 10:05+00")],
)
def test_what_recurs_has_one_every_so_often(undone: World, now: str, slot: str) -> None:
    set_clock(undone, now)
    found = "select app.latest_slot('Asia/Kathmandu', null, interval '5 minutes') = %s::timestamptz"
    assert undone.value(found, slot)
