"""Housekeeping's page of a day: which rooms are cleaned, which are not, and why."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.kitchen import today
from tests.pages.browser import PHONE
from tests.pages.inbox.conftest import Asks, SignIn
from tests.world import HOUSEKEEPER, World

DECIDED = """
insert into housekeeping.daily_cron_log
  (tenant_id, property_id, booking_id, room_id, on_date, decision, reason, request_id, decided_at)
select b.tenant_id, b.property_id, b.id, b.room_id, %s, %s, %s, %s, app.now()
from public.bookings as b join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
where g.last_name = %s and b.checkin_status = 'CHECKED_IN'
"""


@pytest.fixture(autouse=True)
def as_found(world: World) -> Iterator[None]:
    world.conn.execute("delete from housekeeping.daily_cron_log")
    yield
    world.conn.execute("delete from housekeeping.daily_cron_log")


@pytest.mark.shows("table/daily_cron_log")
def test_housekeeping_reads_why_a_room_is_not_cleaned(sign_in: SignIn, world: World, asks: Asks) -> None:
    maid = sign_in(HOUSEKEEPER, size=PHONE)
    maid.go()
    maid.page.get_by_role("link", name="Daily cleaning").click()
    expect(maid.page.get_by_text("Nothing is decided for today yet.")).to_be_visible()

    made = asks("cleaning", subtype="one_off")
    world.conn.execute(DECIDED, (today(world), "planned", None, made, "Marutani"))
    maid.go("/app/cleaning?property=FSL")
    cleaned = maid.page.get_by_role("region", name="On the list")
    expect(cleaned.get_by_role("link")).to_contain_text("G06Kenji Marutani")
    world.conn.execute("delete from housekeeping.daily_cron_log")
    world.conn.execute(DECIDED, (today(world), "skipped", "do_not_disturb", None, "Marutani"))
    maid.page.reload()
    skipped = maid.page.get_by_role("region", name="Not cleaned")
    expect(skipped.locator(".ticket")).to_have_text("G06The guest does not want to be disturbed")
    assert maid.screen.problems() == []
    assert maid.screen.faults == []
