"""watch_jobs: a job that fails to the end, at however many houses, is one alert of the installation."""

import pytest

from tests.world import World

FAILED = """
select app.raise_alert(
  p.tenant_id, p.id, 'job_missed', 'high', 'x', jsonb_build_object('job', 'retention', 'has_failed', %s::boolean), 'job_missed:' || p.id)
from public.properties as p where p.code = any (%s)
"""  # noqa: E501
MENDED = (
    "update public.alerts set resolved_at = app.now() where kind = 'job_missed' and details ? 'has_failed'"
)
GIVEN_UP = (
    "select details ->> 'job', details ->> 'places', resolved_at is null from app.platform_alerts"
    " where kind = 'job_given_up'"
)


def watch(world: World) -> None:
    world.conn.execute("select app.watch_jobs()")


def test_it_is_one_alert_until_it_fails_nowhere(undone: World) -> None:
    undone.conn.execute(FAILED, (True, ["FSL", "CLF"]))
    for _ in range(2):
        watch(undone)
        assert undone.rows(GIVEN_UP) == [("retention", "2", True)]
    undone.conn.execute(MENDED)
    watch(undone)
    assert undone.rows(GIVEN_UP) == [("retention", "2", False)]


@pytest.mark.parametrize("has_failed", [False, None])
def test_what_nobody_came_by_for_is_no_fault_of_the_job(undone: World, has_failed: bool | None) -> None:
    undone.conn.execute(FAILED, (has_failed, ["FSL"]))
    watch(undone)
    assert undone.rows(GIVEN_UP) == []
