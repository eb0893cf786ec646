"""After signing in one goes on to what one wanted to see, and never to another site."""

import pytest
from playwright.sync_api import Browser, expect

from functions.pages.base.onward import onward
from tests.pages.browser import screen
from tests.stack import Stack

ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/admin",
    "https:evil.example",
    "javascript:alert(1)",
    "/admin//evil.example",
    "/app/..//evil.example",
    "/admin@evil.example",
    "/adminevil",
    "/admin\r\nSet-Cookie: a=b",
    "/admin/login",
    "/staff/access?next=/app",
    "/",
    "",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nowhere_but_to_pages_of_ours(address: str) -> None:
    assert onward(address, "/app/inbox") == "/app/inbox"


@pytest.mark.parametrize(
    "address", ["/admin", "/app/inbox?view=mine&q=G06", "/staff/console", "/admin/staff"]
)
def test_back_to_a_page_of_ours(address: str) -> None:
    assert onward(address, "/") == address


def test_the_inbox_leads_to_both_doors_and_they_lead_back(stack: Stack, chromium: Browser) -> None:
    with screen(chromium) as shown:
        for name, door in (("I am staff", "/staff/access"), ("I am a manager", "/admin/login")):
            shown.page.goto(f"{stack.url}/app/inbox?view=mine")
            assert shown.problems() == []
            shown.page.get_by_role("link", name=name).click()
            expect(shown.page).to_have_url(f"{stack.url}{door}?next=/app/inbox%3Fview%3Dmine")
            kept = shown.page.locator("input[name=next]").first
            expect(kept).to_have_value("/app/inbox?view=mine")


@pytest.mark.parametrize("asked", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_a_manager_who_is_in_is_led_nowhere_else(stack: Stack, chromium: Browser, asked: str) -> None:
    with screen(chromium) as shown:
        shown.sign_in(stack.url, "owner@hamsun.example")
        answer = shown.page.request.get(f"{stack.url}/admin/login", params={"next": asked}, max_redirects=0)
        assert (answer.status, answer.headers["location"]) == (303, "/admin")
