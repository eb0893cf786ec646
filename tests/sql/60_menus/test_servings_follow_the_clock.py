"""A serving's time is the wall's: it moves with its property's zone, and so does its lock."""

from datetime import timedelta

from psycopg.types.json import Jsonb

from tests.clockwork import tick
from tests.kitchen import ordered, set_hour, today
from tests.world import OWNER, World

AGREE = """
select s.starts_at = (s.served_on + t.starts_at) at time zone p.time_zone
  and r.scheduled_for = s.starts_at
from service_menus.orders as o
join portal.requests as r on r.tenant_id = o.tenant_id and r.id = o.request_id
join service_menus.sessions as s on s.tenant_id = o.tenant_id and s.id = o.session_id
join service_menus.time_slots as t on t.tenant_id = s.tenant_id and t.id = s.slot_id
join public.properties as p on p.tenant_id = r.tenant_id and p.id = r.property_id
where r.id = %s
"""


def move(world: World, zone: str) -> None:
    """The owner sets the property's zone right."""
    with world.member(OWNER):
        world.value("select api.save_property('FSL', %s)", Jsonb({"time_zone": zone}))


def test_breakfast_stays_at_eight_when_the_zone_was_wrong(undone: World) -> None:
    set_hour(undone)
    request = ordered(undone)
    move(undone, "Europe/Madrid")
    assert undone.value(AGREE, request) is True


def test_what_is_locked_and_what_was_agreed_for_an_instant_stay(undone: World) -> None:
    set_hour(undone)
    served = ordered(undone)
    call = {"type_slug": "wake_up_call", "scheduled_for": f"{today(undone) + timedelta(days=1)}T09:30"}
    with undone.guest("Marutani"):
        asked = undone.submit(call, "call")["body"]["request"]["id"]
    set_hour(undone, "07:21", 1)
    tick(undone)
    agreed = (
        "select r.scheduled_for, s.starts_at from portal.requests as r"
        " left join service_menus.orders as o on o.request_id = r.id"
        " left join service_menus.sessions as s on s.id = o.session_id where r.id in (%s, %s) order by r.id"
    )
    before = undone.rows(agreed, served, asked)
    move(undone, "Asia/Dubai")
    assert undone.rows(agreed, served, asked) == before
