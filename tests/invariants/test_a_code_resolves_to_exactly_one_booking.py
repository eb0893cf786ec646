"""A code resolves to exactly one booking, whatever the tenant."""

import psycopg
import pytest

from tests.world import World

AMBIGUOUS = """
select c.code
from portal.codes as c
cross join lateral (select count(*) as bookings from app.resolve_code(c.code)) as r
where r.bookings <> 1
"""
ONE_CODE_FOR_ALL = """
insert into portal.codes (tenant_id, code, booking_id)
select b.tenant_id, 'ABCDEF', b.id
from public.bookings as b
where not exists (select from portal.codes as c where c.tenant_id = b.tenant_id and c.booking_id = b.id)
limit 2
"""


def without_codes(world: World) -> None:
    world.conn.execute("alter table portal.codes disable trigger codes__never_change")
    world.conn.execute(
        "delete from portal.codes where booking_id in (select id from public.bookings limit 2)"
    )


@pytest.mark.shows("invariant/a_code_resolves_to_exactly_one_booking")
def test_a_code_resolves_to_exactly_one_booking(undone: World) -> None:
    assert undone.value("select count(*) from portal.codes") >= 5
    assert undone.rows(AMBIGUOUS) == []
    without_codes(undone)
    with pytest.raises(psycopg.errors.UniqueViolation, match="codes_code_key"):
        undone.conn.execute(ONE_CODE_FOR_ALL)


def test_the_control_is_found(undone: World) -> None:
    without_codes(undone)
    undone.conn.execute("alter table portal.codes drop constraint codes_code_key")
    undone.conn.execute(ONE_CODE_FOR_ALL)
    assert undone.rows(AMBIGUOUS) == [("ABCDEF",), ("ABCDEF",)]
