"""/admin/clock: what is due, what ran and what failed at each house; a job's switch and time of day."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.pages.admin.conftest import Visit
from tests.pages.browser import PHONE, each_size
from tests.stack import Stack
from tests.world import MANAGER, RECEPTION, World

PATH = "/admin/clock"
JOB = "Forget what has been kept long enough"
FORGET = (
    "delete from app.job_runs as r using public.properties as p where p.id = r.property_id and p.code = 'FSL'"
)
UNSET = "delete from public.app_settings where key = 'job:retention'"
RAN = """
insert into app.job_runs (tenant_id, job, property_id, slot, ran_at, state, tries, outcome, error)
select p.tenant_id, 'retention', p.id, d.slot, d.slot,
       case n when 0 then 'failed' when 1 then 'missed' else 'done' end, case n when 0 then 3 else 1 end,
       '{"messages": 12, "devices": 0}', case n when 0 then '22012 division by zero' end
from public.properties as p, generate_series(0, 35) as n
cross join lateral (select app.now() - n * interval '1 day' as slot) as d
where p.code = 'FSL'
"""


@pytest.fixture(autouse=True)
def as_ran(world: World) -> Iterator[None]:
    """FSL has five weeks behind it, and trouble today."""
    world.conn.execute(FORGET)
    world.conn.execute(RAN)
    yield
    world.conn.execute(UNSET)
    world.conn.execute(FORGET)


def test_a_job_is_seen_moved_and_switched(visit: Visit, world: World) -> None:
    shown = visit(f"{PATH}?property=FSL", MANAGER, size=PHONE)
    page = shown.page
    form, runs = page.get_by_role("form", name=JOB), page.locator("#runs")
    expect(form).to_contain_text("Next: ")
    expect(form).to_contain_text("22012 division by zero")
    expect(runs.locator("li").first).to_contain_text("3 tries")
    expect(runs.locator("li")).to_have_count(30)
    expect(runs.locator("li").last).to_contain_text("12 messages")
    tick = page.locator("#tick")
    expect(tick).to_contain_text(re.compile(r"It goes.*Last tick.*\d+ ms.*Due next.*Failed", re.DOTALL))
    expect(tick.get_by_role("link", name=JOB)).to_have_attribute("href", "#retention-")
    assert shown.problems() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]

    runs.get_by_role("link", name="Earlier runs").click()
    expect(runs.locator("li")).to_have_count(6)
    runs.get_by_role("link", name="Failed or missed").click()
    expect(runs.locator("li")).to_have_count(2)
    runs.get_by_role("link", name="All of them").click()
    expect(runs.locator("li")).to_have_count(30)

    form.get_by_label("Time of day").fill("04:30")
    form.get_by_role("button", name="Save").click()
    expect(page.locator("#jobs [role=status]")).to_have_text("Saved. It holds from now on.")
    expect(form).to_contain_text("04:30")
    form.get_by_role("button", name="Switch off").click()
    expect(form).to_contain_text("switched off")
    assert world.value("select value from public.app_settings where key = 'job:retention'") == {
        "at": "04:30",
        "is_on": False,
    }
    form.get_by_role("button", name="Switch on").click()
    expect(form).not_to_contain_text("switched off")

    form.get_by_label("Time of day").evaluate(
        "(field) => { field.form.noValidate = true; field.type = 'text'; field.value = 'noon' }"
    )
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_have_text("That is no time of day. Nothing was changed.")

    form.get_by_role("button", name="Try again now").click()
    expect(page.locator("#jobs [role=status]")).to_have_text("It is tried again within a minute.")
    due = (
        "select next_at <= app.now() from app.job_plans as j"
        " join public.properties as p on p.id = j.property_id where j.job = 'retention' and p.code = 'FSL'"
    )
    assert world.value(due)
    assert shown.faults == []


@pytest.mark.parametrize("before", ["yesterday", "2026-01-01", "2026-01-01T00:00:00+00:00 x) ", "'"])
def test_an_address_that_means_nothing_shows_the_latest(visit: Visit, stack: Stack, before: str) -> None:
    page = visit("/admin", MANAGER).page
    answer = page.request.get(f"{stack.url}{PATH}", params={"property": "FSL", "before": before})
    assert (answer.status, answer.text().count("22012")) == (200, 2)


def test_staff_change_nothing(visit: Visit, stack: Stack, world: World) -> None:
    page = visit("/app/inbox", RECEPTION).page
    answer = page.request.post(
        f"{stack.url}{PATH}",
        form={"property": "FSL", "job": "retention", "do": "off"},
        headers={"Origin": stack.url},
    )
    assert answer.status == 403
    assert world.value("select count(*) from public.app_settings where key = 'job:retention'") == 0


@pytest.mark.long
@each_size
def test_it_is_fit_for_everyone_in_spanish(visit: Visit, world: World, size: tuple[int, int]) -> None:
    language = "update identity.memberships set language = %s where display_name = 'Tariq'"
    world.conn.execute(language, ("es",))
    try:
        shown = visit(f"{PATH}?property=FSL", MANAGER, size=size)
        expect(shown.page.locator("#jobs")).to_contain_text("Próxima vez")
        expect(shown.page.locator("#jobs")).to_contain_text("qué desean comer: Desayuno")
        assert shown.problems() == []
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    finally:
        world.conn.execute(language, ("en",))
