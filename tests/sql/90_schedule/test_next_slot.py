"""next_slot: when a job is due next, also across a clock change and after its time was moved."""

import pytest

from tests.clockwork import set_clock
from tests.world import World


@pytest.mark.parametrize(
    ("zone", "at", "now", "slot"),
    [
        ("Asia/Karachi", "03:00", "2026-05-05 21:59+00", "2026-05-05 22:00+00"),
        ("Asia/Karachi", "03:00", "2026-05-05 22:00+00", "2026-05-06 22:00+00"),
        ("Pacific/Kiritimati", "00:00", "2026-05-05 09:59+00", "2026-05-05 10:00+00"),
        ("Pacific/Pago_Pago", "23:59", "2026-05-05 11:00+00", "2026-05-06 10:59+00"),
        ("Europe/Madrid", "02:30", "2026-03-29 00:59+00", "2026-03-29 01:30+00"),
        ("Europe/Madrid", "02:30", "2026-10-24 23:00+00", "2026-10-25 01:30+00"),
        ("Europe/Madrid", "02:30", "2026-10-25 00:45+00", "2026-10-25 01:30+00"),
    ],
)
def test_it_is_the_first_one_from_now_on(undone: World, zone: str, at: str, now: str, slot: str) -> None:
    set_clock(undone, now)
    assert undone.value("select app.next_slot(%s, %s::time, null) = %s::timestamptz", zone, at, slot)


def test_a_day_that_was_had_is_not_had_again(undone: World) -> None:
    set_clock(undone, "2026-05-05 05:00+00")
    due = "select app.next_slot('Asia/Karachi', '11:00', null, %s::timestamptz) = %s::timestamptz"
    assert undone.value(due, "2026-05-04 04:00+00", "2026-05-05 06:00+00")
    assert undone.value(due, "2026-05-05 04:00+00", "2026-05-06 06:00+00")


def test_what_recurs_is_due_again_soon(undone: World) -> None:
    set_clock(undone, "2026-05-05 10:04:59+00")
    due = "select app.next_slot('Asia/Karachi', null, interval '5 minutes') = '2026-05-05 10:05+00'"
    assert undone.value(due)
