"""retry_job: a job that failed is tried again with the next tick, by whoever sets the house up."""

import pytest

from tests.clockwork import make_job, next_at, runs, set_clock, tick
from tests.world import MANAGER, RECEPTION, STRANGER, Refused, World

RETRY = "select api.retry_job(%s, %s)"
MENDED = (
    "create or replace function app.count_sheep(p_run app.job_runs) returns jsonb language sql"
    " set search_path = '' as $$ select '{\"sheep\": 1}'::jsonb $$"
)


@pytest.fixture(autouse=True)
def _failed(undone: World) -> None:
    """Five tries in vain: the next would be in a quarter of an hour."""
    set_clock(undone, "2026-05-05 03:59+00")
    make_job(undone, body="raise exception 'no sheep';")
    for minute in ("04:00", "04:01", "04:03", "04:07", "04:15"):
        set_clock(undone, f"2026-05-05 {minute}:01+00")
        tick(undone)
    assert (runs(undone), next_at(undone)) == ([("05-05 04:00", "failed", 5)], "05-05 04:31")


def test_the_next_tick_tries_the_same_slot_again(undone: World) -> None:
    undone.conn.execute(MENDED)
    with undone.member(MANAGER):
        first = undone.value(RETRY, "FSL", "count_sheep")
        assert undone.value(RETRY, "FSL", "count_sheep")["job"] == first["job"] == "count_sheep"
    tick(undone)
    assert runs(undone) == [("05-05 04:00", "done", 6)]
    with pytest.raises(Refused) as refused, undone.member(MANAGER):
        undone.value(RETRY, "FSL", "count_sheep")
    assert refused.value.slug == "job_has_not_failed"


@pytest.mark.parametrize(
    ("email", "code", "job", "slug"),
    [
        (RECEPTION, "FSL", "count_sheep", "permission_missing"),
        (STRANGER, "FSL", "count_sheep", "property_not_found"),
        (MANAGER, "FSL", "nothing", "job_not_found"),
        (MANAGER, "FSL", "retention", "job_has_not_failed"),
    ],
)
def test_what_cannot_be_tried_again_is_said(
    undone: World, email: str, code: str, job: str, slug: str
) -> None:
    with pytest.raises(Refused) as refused, undone.member(email):
        undone.value(RETRY, code, job)
    assert refused.value.slug == slug
