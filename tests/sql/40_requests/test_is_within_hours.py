"""is_within_hours and is_open_at: whether a service is open at the property's local time."""

import pytest
from psycopg.types.json import Jsonb

from tests.world import World


def set_time(world: World, local: str, zone: str = "Asia/Karachi") -> None:
    world.conn.execute(
        "update app.clock set shift = (('2026-05-04 ' || %s)::timestamp at time zone %s) - now()",
        (local, zone),
    )


def is_open(world: World, hours: object, house: str = "FSL") -> object:
    world.conn.execute("select app.set_caller(id) from public.tenants where slug = 'hamsun'")
    return world.value(
        "select app.is_within_hours(%s, id) from public.properties where code = %s",
        *(None if hours is None else Jsonb(hours), house),
    )


DAY = {"from": "07:00", "until": "23:00"}
NIGHT = {"from": "22:00", "until": "06:00"}


@pytest.mark.parametrize(
    ("hours", "local", "open_now"),
    [
        (DAY, "06:59:59", False),
        (DAY, "07:00", True),
        (DAY, "22:59:59", True),
        (DAY, "23:00", False),
        (NIGHT, "21:59:59", False),
        (NIGHT, "22:00", True),
        (NIGHT, "00:00", True),
        (NIGHT, "05:59:59", True),
        (NIGHT, "06:00", False),
        (None, "03:00", True),
        ({"from": "00:00", "until": "24:00"}, "23:59:59", True),
        ({"from": "08:00", "until": "08:00"}, "08:00", False),
    ],
)
def test_hours_hold_at_the_property_and_may_wrap_midnight(
    undone: World, hours: object, local: str, open_now: bool
) -> None:
    set_time(undone, local)
    assert is_open(undone, hours) is open_now


def test_two_houses_have_two_times(undone: World) -> None:
    set_time(undone, "08:00", "Asia/Karachi")
    assert (is_open(undone, DAY, "FSL"), is_open(undone, DAY, "EXT")) == (True, False)


def test_the_portal_shows_what_is_closed_now(undone: World) -> None:
    undone.conn.execute(
        "insert into public.app_settings (tenant_id, property_id, key, value)"
        " select tenant_id, id, 'service_hours:kitchen_fnb',"
        "  jsonb_build_object('from', (t - interval '2 hours')::time, 'until', (t - interval '1 hour')::time)"
        " from (select *, app.now() at time zone time_zone as t from public.properties where code = 'FSL') p"
    )
    with undone.guest("Marutani"):
        shown = dict(undone.rows("select slug, is_open from api.portal_request_types"))
    assert (shown["kitchen_fnb"], shown["concierge"]) == (False, True)
