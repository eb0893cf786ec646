"""Signing out here and everywhere, from each page that people work at, with two devices."""

import pytest
from playwright.sync_api import Page, expect

from tests.pages.admin.conftest import Visit
from tests.world import KITCHEN, OWNER, World

DOORS = {
    "office": ("/admin", OWNER),
    "inbox of an owner": ("/app/inbox", OWNER),
    "inbox of staff": ("/app/inbox", KITCHEN),
    "console": ("/staff/console", KITCHEN),
}
NOTICE = (
    "insert into identity.notices (tenant_id, membership_id, kind)"
    " select tenant_id, membership_id, 'refresh_reused' from app.resolve_login(%s) returning id"
)


def press(page: Page, name: str) -> None:
    settings = page.locator(".own summary")
    if settings.count():
        settings.click()
    page.get_by_role("button", name=name, exact=True).click()


def is_in(page: Page, path: str) -> bool:
    answer = page.goto(path)
    return answer is not None and answer.status == 200 and page.url == path


@pytest.mark.parametrize("where", DOORS)
def test_everywhere_is_on_the_other_device_too(visit: Visit, where: str) -> None:
    path, email = DOORS[where]
    here, there = visit(path, email).page, visit(path, email).page
    address = here.url
    press(here, "Sign out")
    expect(here.get_by_label("Password").or_(here.get_by_text("Scan your badge")).first).to_be_visible()
    assert not is_in(here, address)
    assert is_in(there, address)
    third = visit(path, email).page
    press(there, "Sign out everywhere")
    expect(there.get_by_label("Password").or_(there.get_by_text("Scan your badge")).first).to_be_visible()
    assert not is_in(third, address)


@pytest.mark.parametrize("where", ["inbox of staff", "console", "inbox of an owner"])
def test_a_notice_stands_until_it_is_read(visit: Visit, world: World, where: str) -> None:
    path, email = DOORS[where]
    world.rows(NOTICE, email)
    shown = visit(path, email)
    told = shown.page.get_by_role("alert", name="About your sign-in")
    expect(told).to_contain_text("Somebody showed an old sign-in of yours again.")
    assert shown.problems() == []
    told.get_by_role("button", name="I have read this").click()
    expect(told).to_have_count(0)
    shown.page.reload()
    expect(told).to_have_count(0)
    assert shown.faults == []
