"""A room is never held twice for the same half-day: neither for nights nor for two day uses."""

import psycopg
import pytest

from tests.world import World

TWICE = """
select r.room_number
from public.stays as a
join public.stays as b
  on b.tenant_id = a.tenant_id and b.room_id = a.room_id and b.id > a.id and b.slots && a.slots
join public.rooms as r on r.tenant_id = a.tenant_id and r.id = a.room_id
where a.released_at is null and b.released_at is null
"""
AGAIN = """
insert into public.stays (tenant_id, booking_id, property_id, room_id, starts_on, ends_on)
select tenant_id, booking_id, property_id, room_id, starts_on, ends_on from public.stays
where released_at is null limit 1
"""
TWO_DAY_USES = """
insert into public.stays (tenant_id, booking_id, property_id, room_id, starts_on, ends_on)
select tenant_id, booking_id, property_id, room_id, date '2099-01-01', date '2099-01-01'
from (select * from public.stays limit 1) as s, generate_series(1, 2)
"""


def without_other_rules(world: World) -> None:
    """The constraint alone, without the triggers that would speak first."""
    world.conn.execute("alter table public.stays disable trigger user")


@pytest.mark.parametrize("insertion", [AGAIN, TWO_DAY_USES])
def test_a_room_is_never_booked_twice(undone: World, insertion: str) -> None:
    assert undone.rows(TWICE) == []
    without_other_rules(undone)
    with pytest.raises(psycopg.errors.ExclusionViolation, match="room_is_not_double_booked"):
        undone.conn.execute(insertion.encode())


@pytest.mark.parametrize("insertion", [AGAIN, TWO_DAY_USES])
def test_the_control_is_found(undone: World, insertion: str) -> None:
    without_other_rules(undone)
    undone.conn.execute("alter table public.stays drop constraint room_is_not_double_booked")
    undone.conn.execute(insertion.encode())
    assert len(undone.rows(TWICE)) == 1
