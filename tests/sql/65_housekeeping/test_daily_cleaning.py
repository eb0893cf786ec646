"""daily_cleaning: each morning every guest who wants it is on the list, or it says why not."""

from typing import Any

import pytest

from tests.cleaning import Lodge
from tests.desk import HOUSEKEEPER, STRANGER


@pytest.mark.shows("subflow/cleaning_daily")
def test_who_wants_it_is_on_the_list_once(lodge: Lodge) -> None:
    """plan_cleanings, tell_days_cleaning."""
    lodge.stays("L1")
    lodge.stays("L2", time="11:30")
    lodge.desk.in_house(0, 5, room="C1", room_type="CABIN")
    lodge.morning(1)
    for _ in range(3):
        lodge.tick()
    assert lodge.listed() == [
        ("daily_clean", "L1", "new", "daily_cron"),
        ("daily_clean", "L2", "new", "daily_cron"),
    ]
    assert lodge.decided(1) == [("planned", None), ("planned", None)]
    times = (
        "select to_char(scheduled_for at time zone %s, 'HH24:MI') from portal.requests"
        " where property_id = %s and type_slug = 'cleaning' order by number"
    )
    assert lodge.desk.db.execute(times.encode(), (lodge.desk.zone, lodge.desk.property_id)).fetchall() == [
        ("10:00",),
        ("11:30",),
    ]


def test_housekeeping_hears_the_list_in_one_message(lodge: Lodge) -> None:
    lodge.stays("L1")
    lodge.stays("L2")
    lodge.morning(1)
    for _ in range(2):
        lodge.tick()
    told = lodge.desk.db.execute(
        "select event_key, variables ->> 'rooms' from public.notification_log"
        " where property_id = %s and channel = 'slack' and created_at >= app.now() - interval '1 minute'"
        " and event_key <> 'request_stuck'",
        (lodge.desk.property_id,),
    ).fetchall()
    assert told == [("daily_cleaning_planned", "L1, L2")]


@pytest.mark.shows("template/cleaning_done")
def test_the_guest_hears_nothing_until_it_is_done(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    before = lodge.desk.messages(booking)
    lodge.morning(1)
    lodge.tick()
    assert lodge.desk.messages(booking) == before
    lodge.act("L1", "assign", "start", "complete")
    assert lodge.desk.messages(booking) == [*before, "cleaning_done"]


@pytest.mark.shows("cron/daily-cleaning")
@pytest.mark.parametrize(
    ("reason", "day", "wish"),
    [
        ("do_not_disturb", 1, {"do_not_disturb_today": True}),
        ("guest_said_skip", 1, {"skip_today": True}),
        ("arrival_day", 0, {}),
        ("departure_day", 5, {}),
    ],
)
def test_what_speaks_against_it_is_noted(lodge: Lodge, reason: str, day: int, wish: dict[str, Any]) -> None:
    """why_not_cleaned."""
    booking = lodge.stays("L1")
    lodge.morning(day, "08:00")
    if wish:
        lodge.wants(booking, **wish)
    lodge.morning(day)
    lodge.tick()
    assert lodge.decided(day) == [("skipped", reason)]
    assert lodge.listed() == []


def test_a_room_cleaned_today_is_left_alone(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1, "07:00")
    lodge.desk.ask(booking, "cleaning", "one_off")
    lodge.act("L1", "assign", "start", "complete")
    lodge.morning(1)
    lodge.tick()
    assert lodge.decided(1) == [("skipped", "cleaned_already")]


def test_a_room_on_the_list_gets_no_second(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1, "07:00")
    lodge.desk.ask(booking, "cleaning", "one_off")
    lodge.morning(1)
    lodge.tick()
    assert lodge.decided(1) == [("skipped", "planned_already")]


def test_each_day_has_its_own(lodge: Lodge) -> None:
    lodge.stays("L1")
    for day in (1, 2, 3):
        lodge.morning(day)
        lodge.tick()
        lodge.act("L1", "assign", "start", "complete")
    assert len(lodge.listed()) == 3


def test_a_guest_who_is_being_checked_out_is_looked_at_again(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.stays("L2")
    lodge.morning(1)
    with lodge.desk.database.connect() as other, other.transaction():
        other.execute("select from public.bookings where id = %s for no key update", (booking["id"],))
        lodge.tick()
        assert [room for _, room, *_ in lodge.listed()] == ["L2"]
    lodge.tick()
    assert [room for _, room, *_ in lodge.listed()] == ["L2", "L1"]


@pytest.mark.shows("table/daily_cron_log")
def test_who_works_on_requests_sees_why(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1, "08:00")
    lodge.wants(booking, skip_today=True)
    lodge.morning(1)
    lodge.tick()
    why = "select room_number, decision, reason from api.daily_cron_log where booking_id = %s"
    assert lodge.desk.seen(why, booking["id"], by=HOUSEKEEPER) == [("L1", "skipped", "guest_said_skip")]
    assert lodge.desk.seen(why, booking["id"], by=STRANGER) == []
