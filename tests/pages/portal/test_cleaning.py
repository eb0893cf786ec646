"""Cleaning preferences: today, every day, and when."""

import pytest
from playwright.sync_api import expect

from tests.pages.browser import each_size, with_scripts_and_without
from tests.pages.portal.conftest import Visit
from tests.world import World


@pytest.fixture(autouse=True)
def _as_found(world: World) -> None:
    world.conn.execute(
        "update public.bookings set auto_daily_cleaning = false, cleaning_pref_time = null,"
        " cleaning_dnd_today = false, cleaning_skip_on = null"
    )


@pytest.mark.shows("subflow/cleaning_preferences", "card/cleaning_preferences")
@with_scripts_and_without
def test_a_guest_says_what_they_want(visit: Visit, scripts: bool) -> None:
    guest = visit(scripts=scripts)
    expect(guest.page.get_by_role("link", name="Cleaning preferences")).to_contain_text("Only when you ask")
    guest.page.get_by_role("link", name="Cleaning preferences").click()
    guest.page.get_by_label("Clean daily").check()
    guest.page.get_by_label("Best time").fill("11:30")
    guest.page.get_by_role("button", name="Save").click()
    expect(guest.page.get_by_text("We have noted it.")).to_be_visible()
    guest.go("/")
    expect(guest.page.get_by_role("link", name="Cleaning preferences")).to_contain_text("Daily, around 11:30")


def test_not_today_is_on_the_first_page(visit: Visit) -> None:
    guest = visit()
    guest.go("/portal/cleaning")
    guest.page.get_by_label("Do not disturb until midnight").check()
    guest.page.get_by_role("button", name="Save").click()
    guest.go("/")
    expect(guest.page.get_by_role("link", name="Cleaning preferences")).to_contain_text("Do not disturb")


def test_a_time_at_night_is_refused_and_said(visit: Visit) -> None:
    guest = visit()
    answer = guest.page.request.post(
        f"{guest.home}/portal/cleaning", form={"time": "03:00"}, headers={"Origin": guest.home}
    )
    assert answer.status == 409
    assert "Rooms are not cleaned at that hour." in answer.text()


def test_before_arrival_there_is_no_today(visit: Visit) -> None:
    guest = visit(state="pre_checkin")
    guest.go("/portal/cleaning")
    expect(guest.page.get_by_text("Clean daily")).to_be_visible()
    expect(guest.page.get_by_text("Do not disturb")).to_have_count(0)


def test_on_the_last_day_it_is_not_there(visit: Visit) -> None:
    guest = visit(state="departure_day")
    expect(guest.page.get_by_role("link", name="Cleaning preferences")).to_have_count(0)
    answer = guest.page.goto(f"{guest.home}/portal/cleaning")
    assert answer is not None
    assert answer.status == 404


@each_size
def test_it_is_fit_for_everyone(visit: Visit, size: tuple[int, int]) -> None:
    guest = visit(size=size)
    guest.go("/portal/cleaning")
    assert guest.screen.problems() == []
    assert guest.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert guest.screen.faults == []
