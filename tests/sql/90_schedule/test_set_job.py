"""set_job: when a job runs at a property, and whether, by whoever sets the house up."""

import pytest

from tests.clockwork import make_job, next_at, set_clock
from tests.world import MANAGER, RECEPTION, STRANGER, Refused, World

SET = "select api.set_job(%s, %s, %s, %s)"


@pytest.fixture(autouse=True)
def _morning(undone: World) -> None:
    set_clock(undone, "2026-05-05 03:00+00")
    make_job(undone)


def test_the_time_is_the_property_s(undone: World) -> None:
    with undone.member(MANAGER):
        told = undone.value(SET, "FSL", "count_sheep", "10:30", None)
    assert (told["property"], told["at"], told["is_on"]) == ("FSL", "10:30", True)
    assert next_at(undone) == "05-05 05:30"


def test_what_is_left_out_stays(undone: World) -> None:
    with undone.member(MANAGER):
        undone.value(SET, "FSL", "count_sheep", "10:30", None)
        told = undone.value(SET, "FSL", "count_sheep", None, False)
    assert (told["at"], told["is_on"]) == ("10:30", False)


@pytest.mark.parametrize(
    ("property_code", "job", "at", "slug"),
    [
        ("FSL", "nothing", None, "job_not_found"),
        ("NOWHERE", "count_sheep", None, "property_not_found"),
    ],
)
def test_what_there_is_not_is_said(
    undone: World, property_code: str, job: str, at: str | None, slug: str
) -> None:
    with pytest.raises(Refused) as refused, undone.member(MANAGER):
        undone.value(SET, property_code, job, at, None)
    assert refused.value.slug == slug


def test_what_recurs_has_no_time_of_day(undone: World) -> None:
    undone.conn.execute("update app.jobs set at_time = null, every = '5 minutes' where key = 'count_sheep'")
    with pytest.raises(Refused) as refused, undone.member(MANAGER):
        undone.value(SET, "FSL", "count_sheep", "10:30", None)
    assert refused.value.slug == "job_time_invalid"


@pytest.mark.parametrize(
    ("email", "slug"), [(RECEPTION, "permission_missing"), (STRANGER, "property_not_found")]
)
def test_nobody_else_sets_it(undone: World, email: str, slug: str) -> None:
    with pytest.raises(Refused) as refused, undone.member(email):
        undone.value(SET, "FSL", "count_sheep", "10:30", None)
    assert refused.value.slug == slug


def test_who_sets_it_sees_what_is_due_and_what_ran(undone: World) -> None:
    set_clock(undone, "2026-05-05 04:00+00")
    undone.conn.execute("select app.tick()")
    plans = (
        "select label, at_time::text, last_state from api.jobs"
        " where property_code = 'FSL' and job = 'count_sheep'"
    )
    with undone.member(MANAGER):
        assert undone.rows(plans) == [("Count sheep", "09:00:00", "done")]
        assert undone.value("select count(*) from api.job_runs where job = 'count_sheep'") == 2
    for email in (RECEPTION, STRANGER):
        with undone.member(email):
            assert undone.rows(plans) == []
