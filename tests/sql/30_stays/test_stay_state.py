"""stay_state: where a stay stands on a day, at every boundary, in every kind of zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.desk import Desk
from tests.races import Connection

CHECK_IN, CHECK_OUT = 10, 12

BOUNDARIES = [
    ("confirmed", "PENDING", 9, "pre_checkin"),
    ("confirmed", "PENDING", 10, "arrival_day"),
    ("confirmed", "PENDING", 11, "arrival_day"),
    ("confirmed", "PENDING", 12, "arrival_day"),
    ("confirmed", "PENDING", 13, None),
    ("confirmed", "CHECKED_IN", 10, "in_house"),
    ("confirmed", "CHECKED_IN", 11, "in_house"),
    ("confirmed", "CHECKED_IN", 12, "departure_day"),
    ("confirmed", "CHECKED_IN", 13, "departure_day"),
    ("confirmed", "CHECKED_OUT", 11, "post_checkout"),
    ("confirmed", "CHECKED_OUT", 12, "post_checkout"),
    ("confirmed", "CHECKED_OUT", 99, "post_checkout"),
    ("draft", "PENDING", 10, None),
    ("pending", "PENDING", 10, None),
    ("cancelled", "PENDING", 10, None),
    ("no_show", "PENDING", 10, None),
]

# Zone, and a local date on which the day changes; in the last three that midnight does not exist.
ZONES = [
    ("Pacific/Pago_Pago", date(2025, 6, 10)),
    ("America/New_York", date(2025, 11, 2)),
    ("Europe/Madrid", date(2025, 3, 30)),
    ("Asia/Karachi", date(2025, 6, 10)),
    ("Asia/Kathmandu", date(2025, 6, 10)),
    ("Pacific/Kiritimati", date(2025, 6, 10)),
    ("America/Santiago", date(2025, 9, 7)),
    ("Africa/Cairo", date(2025, 4, 25)),
    ("Asia/Beirut", date(2025, 3, 30)),
]


@pytest.mark.shows(
    "state/pre_checkin", "state/arrival_day", "state/in_house", "state/departure_day", "state/post_checkout"
)
@pytest.mark.parametrize(("status", "checkin_status", "today", "state"), BOUNDARIES)
def test_every_boundary(desk: Desk, status: str, checkin_status: str, today: int, state: str | None) -> None:
    found = desk.one(
        "select app.stay_state(%s, %s, %s, %s, %s)",
        *(status, checkin_status, desk.day(CHECK_IN), desk.day(CHECK_OUT), desk.day(today)),
    )
    assert found == state


@pytest.mark.parametrize(
    ("checkin_status", "today", "state"),
    [
        ("PENDING", -1, "pre_checkin"),
        ("PENDING", 0, "arrival_day"),
        ("PENDING", 1, None),
        ("CHECKED_IN", 0, "departure_day"),
        ("CHECKED_OUT", 0, "post_checkout"),
    ],
)
def test_a_day_use(desk: Desk, checkin_status: str, today: int, state: str | None) -> None:
    day = desk.day(0)
    assert (
        desk.one(
            "select app.stay_state('confirmed', %s, %s, %s, %s)", checkin_status, day, day, desk.day(today)
        )
        == state
    )


def test_an_unknown_day_opens_nothing(desk: Desk) -> None:
    assert (
        desk.one("select app.stay_state('confirmed', 'PENDING', %s, %s, null)", desk.day(0), desk.day(1))
        is None
    )


def last_second_before(day: date, zone: str) -> datetime:
    """The last second of the local day before; the instant after it is the first of `day`."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(
        seconds=1
    )


def state_at(db: Connection, moment: datetime, zone: str, day: date, checkin_status: str) -> str | None:
    """The state of a stay of one night from `day` on, read with the clock at a moment."""
    with db.transaction() as undone:
        db.execute("update app.clock set shift = %s - now()", (moment,))
        row = db.execute(
            "select app.stay_state('confirmed', %s, %s, %s, app.today_in(%s))",
            (checkin_status, day, day + timedelta(days=1), zone),
        ).fetchone()
        raise psycopg.Rollback(undone)
    assert row is not None
    return str(row[0]) if row[0] else None


@pytest.mark.parametrize(("zone", "day"), ZONES)
def test_the_day_changes_at_the_propertys_own_midnight(desk: Desk, zone: str, day: date) -> None:
    before = last_second_before(day, zone)
    after = before + timedelta(seconds=1)

    assert state_at(desk.db, before, zone, day, "PENDING") == "pre_checkin"
    assert state_at(desk.db, after, zone, day, "PENDING") == "arrival_day"
    assert state_at(desk.db, before, zone, day - timedelta(days=1), "CHECKED_IN") == "in_house"
    assert state_at(desk.db, after, zone, day - timedelta(days=1), "CHECKED_IN") == "departure_day"


@pytest.mark.parametrize(("zone", "day"), ZONES[-3:])
def test_the_midnight_that_does_not_exist_is_really_one(desk: Desk, zone: str, day: date) -> None:
    first = last_second_before(day, zone) + timedelta(seconds=1)

    assert desk.one("select (%s at time zone %s)::time::text", first, zone) == "01:00:00"


def test_a_farther_zone_is_in_house_while_a_nearer_one_still_waits(desk: Desk) -> None:
    moment = datetime(2025, 6, 10, 10, 30, tzinfo=UTC)
    day = date(2025, 6, 11)

    assert state_at(desk.db, moment, "Pacific/Kiritimati", day, "PENDING") == "arrival_day"
    assert state_at(desk.db, moment, "Pacific/Pago_Pago", day, "PENDING") == "pre_checkin"
    assert state_at(desk.db, moment, "Pacific/Pago_Pago", day - timedelta(days=2), "CHECKED_IN") == "in_house"


def test_stay_state_is_never_stored(desk: Desk) -> None:
    stored = (
        "select count(*) from information_schema.columns as c"
        " join information_schema.tables as t using (table_schema, table_name)"
        " where t.table_type = 'BASE TABLE' and c.table_schema in ('public', 'portal')"
        " and c.column_name in ('stay_state', 'state') and c.table_name in ('bookings', 'stays', 'requests')"
    )
    assert desk.one(stored) == 0
    assert desk.one("select provolatile = 'i' from pg_proc where proname = 'stay_state'")


def test_the_view_shows_it_for_the_propertys_date(desk: Desk) -> None:
    desk.confirmed(1, 3)
    assert desk.seen("select state from api.bookings where property_code = %s", desk.code) == [
        ("pre_checkin",)
    ]
    desk.wait_days()
    assert desk.seen("select state from api.bookings where property_code = %s", desk.code) == [
        ("arrival_day",)
    ]
