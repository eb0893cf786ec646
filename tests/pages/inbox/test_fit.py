"""Fit for the desk and for a phone: accessible, by keys alone, strict about what runs, in two languages."""

import pytest
from playwright.sync_api import expect

from tests.pages.browser import DESK, PHONE
from tests.pages.inbox.conftest import SignIn
from tests.pages.inbox.desk import Member
from tests.world import RECEPTION


@pytest.mark.long
@pytest.mark.parametrize("size", [pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk")])
def test_every_pane_is_accessible(sign_in: SignIn, size: tuple[int, int], sandwich: str, task: str) -> None:
    mohsin = sign_in(size=size)
    paths = (
        "/app/inbox",
        "/app/inbox?view=mine&q=nothing-like-this",
        f"/app/inbox/requests/{sandwich}",
        f"/app/inbox/requests/{task}/actions/assign",
        "/app/inbox/tasks/new",
    )
    for path in paths:
        mohsin.go(path)
        assert (path, mohsin.screen.problems()) == (path, [])
        assert mohsin.page.evaluate("document.documentElement.scrollWidth") <= size[0], path
    assert mohsin.screen.faults == []


def test_a_phone_shows_one_pane_at_a_time(sign_in: SignIn, towels: str) -> None:
    mohsin = sign_in(size=PHONE)
    mohsin.go()
    expect(mohsin.page.locator("#detail")).to_be_hidden()
    mohsin.opens(towels)
    expect(mohsin.page.locator("#list")).to_be_hidden()
    mohsin.page.locator("#comment").focus()
    box = mohsin.page.locator("#comment").bounding_box()
    assert box is not None
    assert box["width"] > PHONE[0] / 2
    mohsin.page.get_by_role("link", name="Inbox").click()
    expect(mohsin.row(towels)).to_be_visible()


def test_all_goes_by_keys(mohsin: Member, towels: str) -> None:
    expect(mohsin.row(towels)).to_be_visible()
    keys = mohsin.page.keyboard
    mohsin.page.locator("#rows a").first.focus()
    keys.press("j")
    keys.press("k")
    expect(mohsin.row(towels).locator("a")).to_be_focused()
    keys.press("Enter")
    expect(mohsin.page.locator("#pane")).to_be_visible()
    keys.press("/")
    expect(mohsin.page.locator("#search")).to_be_focused()
    keys.press("Escape")
    keys.press("?")
    expect(mohsin.page.get_by_role("dialog", name="Keys")).to_be_visible()
    keys.press("Escape")
    keys.press("c")
    expect(mohsin.page.locator("#comment")).to_be_focused()


def test_the_page_runs_nothing_but_our_own_files(mohsin: Member) -> None:
    answer = mohsin.page.goto(f"{mohsin.home}/app/inbox")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    addresses = mohsin.page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert all(address.startswith(mohsin.home) for address in addresses)


def test_the_members_language_is_spoken(sign_in: SignIn, towels: str) -> None:
    mohsin = sign_in(RECEPTION)
    mohsin.go()
    mohsin.page.locator(".own summary").click()
    mohsin.page.get_by_role("button", name="Español").click()
    expect(mohsin.page.locator("html")).to_have_attribute("lang", "es")
    mohsin.opens(towels)
    assert mohsin.buttons()[0].startswith("Acusar recibo")
    expect(mohsin.page.locator("#head")).to_contain_text("Habitación G06")
    expect(mohsin.page.locator("#rail")).to_contain_text("Sin asignar")
    mohsin.page.locator(".own summary").click()
    mohsin.page.get_by_role("button", name="English").click()
    expect(mohsin.page.locator("html")).to_have_attribute("lang", "en")
