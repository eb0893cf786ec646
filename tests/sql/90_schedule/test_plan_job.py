"""plan_job: a property's jobs follow its zone and its settings from the moment they change."""

import pytest

from tests.clockwork import ZONE, make_job, next_at, set_clock
from tests.world import World

SET = (
    "insert into public.app_settings (tenant_id, property_id, key, value)"
    " select p.tenant_id, p.id, 'job:count_sheep', %s::jsonb from public.properties as p where p.code = 'FSL'"
    " on conflict (tenant_id, property_id, key) do update set value = excluded.value"
)


@pytest.fixture(autouse=True)
def _morning(undone: World) -> None:
    set_clock(undone, "2026-05-05 03:00+00")
    make_job(undone)


def test_the_house_s_time_holds_where_nothing_is_said(undone: World) -> None:
    """plan_jobs."""
    assert next_at(undone) == "05-05 04:00"


def test_a_setting_moves_it(undone: World) -> None:
    """tg_app_settings__plan_jobs."""
    undone.conn.execute(SET, ('{"at": "10:30"}',))
    assert next_at(undone) == "05-05 05:30"
    undone.conn.execute("delete from public.app_settings where key = 'job:count_sheep'")
    assert next_at(undone) == "05-05 04:00"


def test_a_setting_switches_it_off(undone: World) -> None:
    undone.conn.execute(SET, ('{"is_on": false}',))
    assert undone.value(
        "select not is_on from app.job_plans where job = 'count_sheep' order by is_on limit 1"
    )


def test_another_zone_moves_it(undone: World) -> None:
    """tg_properties__plan_jobs."""
    undone.conn.execute(ZONE, ("Asia/Tokyo",))
    set_clock(undone, "2026-05-05 23:00+00")
    undone.conn.execute("select app.tick()")
    assert next_at(undone) == "05-06 00:00"


def test_one_that_waits_to_be_made_up_for_keeps_its_place(undone: World) -> None:
    set_clock(undone, "2026-05-05 08:00+00")
    undone.conn.execute("select app.plan_jobs(p) from public.properties as p")
    assert next_at(undone) == "05-05 04:00"


def test_a_clock_that_goes_back_has_it_before_it_again(undone: World) -> None:
    """tg_clock__plans_follow."""
    set_clock(undone, "2026-05-02 03:00+00")
    assert next_at(undone) == "05-02 04:00"
