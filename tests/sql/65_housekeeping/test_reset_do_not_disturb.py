"""reset_do_not_disturb: a day's do-not-disturb ends with the property's day."""

import pytest

from tests.cleaning import Lodge
from tests.desk import open_lodge
from tests.house import Database


@pytest.mark.shows("cron/reset-do-not-disturb")
def test_it_ends_with_the_day(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1, "15:00")
    lodge.wants(booking, do_not_disturb_today=True)
    lodge.morning(1, "23:58")
    lodge.tick()
    assert lodge.desk.room("L1")["service_status"] == "do_not_disturb"
    lodge.morning(1, "23:59")
    lodge.tick()
    assert lodge.desk.room("L1")["service_status"] == "none"
    assert lodge.desk.one("select count(*) from public.bookings where cleaning_dnd_today") == 0
    lodge.morning(2)
    lodge.tick()
    assert lodge.decided(2) == [("planned", None)]


def test_a_service_that_is_asked_for_stays(lodge: Lodge) -> None:
    lodge.stays("L1")
    lodge.desk.mark("L1", service_status="make_up_room")
    lodge.morning(1, "23:59")
    lodge.tick()
    assert lodge.desk.room("L1")["service_status"] == "make_up_room"


def test_a_late_end_takes_nothing_from_the_new_day(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1, "08:00")
    lodge.wants(booking, do_not_disturb_today=True)
    lodge.tick()
    assert lodge.desk.room("L1")["service_status"] == "do_not_disturb"


def test_after_an_outage_of_most_of_a_day_it_has_ended_before_the_day_is_planned(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1, "15:00")
    lodge.desk.db.execute("select app.tick()")
    lodge.wants(booking, do_not_disturb_today=True)
    # Neither has run since the first day: of the two, the day's plan was due first then, and is due last now.
    for job, at in (("daily_cleaning", "09:00"), ("reset_do_not_disturb", "23:59")):
        lodge.desk.db.execute(
            "update app.job_plans set next_at = (%s::date + %s::time) at time zone %s"
            " where property_id = %s and job = %s",
            (lodge.desk.day(0), at, lodge.desk.zone, lodge.desk.property_id, job),
        )
    lodge.morning(2, "14:30")
    lodge.desk.db.execute("select app.tick()")
    assert lodge.decided(2) == [("planned", None)]


@pytest.mark.parametrize("zone", ["Pacific/Pago_Pago", "Asia/Kathmandu", "Pacific/Kiritimati"])
def test_it_is_the_property_s_own_minute(town: Database, zone: str) -> None:
    with town.connect() as db:
        lodge = Lodge(open_lodge(town, db, f"Z{zone[-3:].upper()}", zone))
        booking = lodge.stays("L1")
        lodge.morning(1, "15:00")
        lodge.wants(booking, do_not_disturb_today=True)
        for at, service in (("23:58:59", "do_not_disturb"), ("23:59:00", "none")):
            lodge.morning(1, at)
            db.execute("select app.tick()")
            assert lodge.desk.room("L1")["service_status"] == service
