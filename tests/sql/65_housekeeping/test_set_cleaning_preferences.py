"""set_cleaning_preferences: every day or not, when, and not today; said by the guest or at the desk."""

from contextlib import nullcontext
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.cleaning import Lodge
from tests.desk import STRANGER, refused
from tests.world import KITCHEN, OWNER, Refused, World

SET = "select api.set_cleaning_preferences(%s)"


@pytest.mark.shows(
    "subflow/cleaning_columns",
    "subflow/cleaning_opt_in_portal",
    "table/bookings",
    "template/cleaning_pref_changed",
)
def test_a_guest_switches_it_on_and_is_told(undone: World) -> None:
    """change_cleaning, tell_cleaning_change, cleaning_as_json."""
    with undone.guest("Marutani", "context"):
        told = undone.value(SET, Jsonb({"daily": True, "time": "11:00"}))
    assert (told["daily"], told["time"], told["opt_in_source"]) == (True, "11:00", "portal")
    kept = (
        "select auto_daily_cleaning, cleaning_pref_time::text, cleaning_dnd_today,"
        " cleaning_opted_in_at = app.now(), cleaning_opt_in_source from public.bookings where id = %s"
    )
    assert undone.rows(kept, undone.booking("Marutani")) == [(True, "11:00:00", False, True, "portal")]
    said = (
        "select event_key, variables ->> 'preference'"
        " from public.notification_log where event_key like 'cleaning%%' order by created_at desc limit 1"
    )
    assert undone.rows(said) == [("cleaning_pref_changed", "Daily cleaning is on, around 11:00")]


def test_the_same_again_says_nothing(undone: World) -> None:
    for _ in range(3):
        with undone.guest("Marutani", "context"):
            undone.value(SET, Jsonb({"daily": True}))
    count = "select count(*) from public.notification_log where event_key = 'cleaning_pref_changed'"
    assert undone.value(count) == 1


def test_the_guest_s_page_shows_it(undone: World) -> None:
    """portal_cleaning, cleaning_times."""
    with undone.guest("Marutani", "context"):
        undone.value(SET, Jsonb({"daily": True, "skip_today": True}))
        assert undone.rows(
            "select daily, time, times, skip_today, do_not_disturb_today from api.portal_cleaning"
        ) == [(True, None, {"house": "10:00", "from": "08:00", "until": "18:00"}, True, False)]
    with undone.guest("Lindqvist"):
        assert undone.rows("select daily from api.portal_cleaning") == []


@pytest.mark.parametrize(
    ("wish", "slug"),
    [
        ({}, "cleaning_wish_empty"),
        ({"daily": "yes"}, "cleaning_wish_invalid"),
        ({"daily": None}, "cleaning_wish_invalid"),
        ({"time": "25:00"}, "cleaning_wish_invalid"),
        ({"time": "7pm"}, "cleaning_wish_invalid"),
        ({"time": "05:00"}, "cleaning_time_closed"),
        ({"time": "18:01"}, "cleaning_time_closed"),
        ({"colour": "red"}, "field_unknown"),
    ],
)
def test_what_cannot_be_is_said(undone: World, wish: dict[str, Any], slug: str) -> None:
    """cleaning_wish."""
    with pytest.raises(Refused) as caught, undone.guest("Marutani", "context"):
        undone.value(SET, Jsonb(wish))
    assert caught.value.slug == slug


@pytest.mark.parametrize(("time", "is_open"), [("23:00", True), ("02:00", True), ("12:00", False)])
def test_a_house_that_cleans_at_night(undone: World, time: str, is_open: bool) -> None:
    with undone.member(OWNER):
        hours = Jsonb({"from": "22:00", "until": "06:00"})
        undone.value("select api.set_setting('FSL', 'cleaning_hours', %s)", hours)
    refusal = nullcontext() if is_open else pytest.raises(Refused, match="22:00 and 06:00")
    with refusal, undone.guest("Marutani"):
        assert undone.value(SET, Jsonb({"time": time}))["time"] == time


@pytest.mark.parametrize("guest", ["Haddad", "Lindqvist"])
def test_it_is_open_before_the_last_day(undone: World, guest: str) -> None:
    with pytest.raises(Refused) as caught, undone.guest(guest):
        undone.value(SET, Jsonb({"daily": True}))
    assert caught.value.slug == "feature_closed"


def test_a_time_can_be_left_to_the_house(undone: World) -> None:
    with undone.guest("Marutani"):
        undone.value(SET, Jsonb({"time": "11:00"}))
        assert undone.value(SET, Jsonb({"time": None}))["time"] is None


@pytest.mark.shows("subflow/cleaning_opt_in_booking", "table/bookings")
def test_the_desk_says_it_for_a_guest(lodge: Lodge) -> None:
    booking = lodge.desk.in_house(0, 5)
    assert lodge.wants(booking, daily=True)["opt_in_source"] == "staff"
    with refused("booking_not_found", 404):
        lodge.wants(booking, by=STRANGER, daily=False)


def test_not_today_takes_the_day_s_cleaning_off_the_list(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1)
    lodge.tick()
    lodge.wants(booking, skip_today=True)
    assert lodge.listed() == [("daily_clean", "L1", "skipped", "daily_cron")]
    assert lodge.desk.messages(booking)[-1] == "cleaning_skip_confirmed"


def test_what_was_begun_is_finished(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1)
    lodge.tick()
    lodge.act("L1", "assign", "start")
    lodge.wants(booking, do_not_disturb_today=True)
    assert lodge.listed() == [("daily_clean", "L1", "in_progress", "daily_cron")]


def test_do_not_disturb_is_on_the_door(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.wants(booking, do_not_disturb_today=True)
    assert lodge.desk.room("L1")["service_status"] == "do_not_disturb"
    lodge.wants(booking, do_not_disturb_today=False)
    assert lodge.desk.room("L1")["service_status"] == "none"


def test_who_may_not_write_requests_may_not_say_it(undone: World) -> None:
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:requests:write'")
    booking = undone.booking("Marutani")
    with pytest.raises(Refused) as caught, undone.member(KITCHEN):
        undone.value("select api.set_cleaning_preferences(%s, %s)", Jsonb({"daily": True}), booking)
    assert caught.value.slug == "permission_missing"


def test_two_wishes_at_once_are_both_kept(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.desk.at_once(
        lambda conn: lodge.desk.call(
            "set_cleaning_preferences",
            conn=conn,
            p_preferences=Jsonb({"time": "12:00"}),
            p_booking_id=booking["id"],
        ),
        lambda conn: lodge.desk.call(
            "set_cleaning_preferences",
            conn=conn,
            p_preferences=Jsonb({"daily": False}),
            p_booking_id=booking["id"],
        ),
    )
    kept = lodge.desk.db.execute(
        "select auto_daily_cleaning, cleaning_pref_time::text from public.bookings where id = %s",
        (booking["id"],),
    ).fetchone()
    assert kept == (False, "12:00:00")
