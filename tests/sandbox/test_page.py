"""The page: what arrived, as phones and channels; live, in two languages, with its buttons."""

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from functions.sandbox.wording import LANGUAGES
from tests.sandbox.running import GUEST, HOTEL, RunningSandbox

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
CHAT = "/sandbox?chat=whatsapp:%2B12025550111"
CHANNEL = "/sandbox?chat=slack:%23kitchen-fsl"
BLOCKS: list[dict[str, Any]] = [
    {"type": "header", "text": {"type": "plain_text", "text": "FSL-1042 · Food and drinks"}},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*1* Club sandwich <https://stay.example|open>"}},
    {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Room*\nG06"}]},
    {"type": "divider"},
    {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Confirm"}}]},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "Ordered on the portal"}]},
]


def fill(sandbox: RunningSandbox) -> None:
    content = sandbox.template("We have *{{1}}* & <more>.", name="request_received_en")
    sandbox.twilio().messages.create(
        to=GUEST, from_=HOTEL, content_sid=content, content_variables=json.dumps({"1": "FSL-1042"})
    )
    sandbox.slack().chat_postMessage(channel="#kitchen-fsl", text="FSL-1042", blocks=BLOCKS)


def assert_accessible(page: Page) -> None:
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize(
    "size", [pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk", marks=pytest.mark.long)]
)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["/sandbox", CHAT, CHANNEL])
def test_every_view_is_accessible_and_fits(
    sandbox: RunningSandbox, page: Page, place: str, language: str, size: ViewportSize
) -> None:
    fill(sandbox)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.set_viewport_size(size)
    page.goto(f"{sandbox.url}{place}{'&' if '?' in place else '?'}lang={language}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert said == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_sandbox_says_what_to_do(sandbox: RunningSandbox, page: Page, language: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{sandbox.url}/sandbox?lang={language}")
    hint = {"en": "Ask for two towels", "es": "Pida dos toallas"}[language]
    expect(page.get_by_text(re.compile(hint))).to_be_visible()
    assert_accessible(page)


def test_a_message_appears_without_a_reload_and_its_ticks_move(sandbox: RunningSandbox, page: Page) -> None:
    page.goto(f"{sandbox.url}{CHAT}")
    expect(page.get_by_text("Window closed")).to_be_visible()
    fill(sandbox)
    bubble = page.get_by_role("article")
    expect(bubble.locator(".text")).to_have_text("We have FSL-1042 & <more>.")
    expect(bubble.locator("strong")).to_have_text("FSL-1042")
    expect(bubble.locator(".tick.read")).to_be_visible()
    sandbox.guest_wrote(body="Thank you")
    expect(page.locator(".bub.out")).to_contain_text("Thank you")
    expect(page.get_by_text("Window open until")).to_be_visible()


def test_blocks_read_as_in_slack(sandbox: RunningSandbox, page: Page) -> None:
    fill(sandbox)
    page.goto(f"{sandbox.url}{CHANNEL}")
    post = page.get_by_role("article")
    expect(post.locator(".top")).to_have_text("FSL-1042 · Food and drinks")
    expect(post.get_by_role("link", name="open")).to_have_attribute("href", "https://stay.example")
    expect(post.locator(".fields strong")).to_have_text("Room")
    expect(post.get_by_text("Confirm")).to_be_visible()


def test_people_and_channels_are_found_and_filtered(sandbox: RunningSandbox, page: Page) -> None:
    fill(sandbox)
    page.goto(f"{sandbox.url}/sandbox")
    rows = page.locator("#conversations .what")
    expect(rows).to_have_text(["#kitchen-fsl", "+1 202 555 0111"])
    page.get_by_role("link", name="WhatsApp", exact=True).click()
    expect(rows).to_have_text(["+1 202 555 0111"])
    page.get_by_role("link", name="All", exact=True).click()
    page.get_by_role("searchbox").fill("kitchen")
    page.get_by_role("searchbox").press("Enter")
    expect(rows).to_have_text(["#kitchen-fsl"])


def test_a_phone_goes_from_the_list_to_a_conversation_and_back(sandbox: RunningSandbox, page: Page) -> None:
    fill(sandbox)
    page.set_viewport_size(PHONE)
    page.goto(f"{sandbox.url}/sandbox")
    page.get_by_role("link", name=re.compile("kitchen-fsl")).click()
    expect(page.get_by_role("heading", name="#kitchen-fsl")).to_be_visible()
    page.get_by_role("link", name="Back to all conversations").click()
    expect(page.get_by_role("heading", name="Sandbox")).to_be_visible()


def test_a_button_arms_a_fault_for_this_guest_and_takes_it_back(sandbox: RunningSandbox, page: Page) -> None:
    fill(sandbox)
    page.goto(f"{sandbox.url}{CHAT}")
    page.get_by_role("button", name=re.compile("Accept, then drop")).click()
    expect(page.locator("#armed")).to_contain_text("Accept, then drop")
    [switch] = sandbox.control.get("/sandbox/switches").json()
    assert (switch["action"], switch["to"], switch["times"]) == ("accept_then_drop", "+12025550111", 1)
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("#armed")).to_contain_text("Nothing is armed")
    assert "chat=whatsapp" in page.url


def test_the_page_works_without_its_script(sandbox: RunningSandbox, page: Page) -> None:
    fill(sandbox)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{sandbox.url}{CHAT}")
    page.get_by_role("textbox", name=re.compile("Write as the guest")).fill("One more pillow")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".bub.out")).to_contain_text("One more pillow")


def test_what_a_guest_or_hotel_writes_is_never_markup(sandbox: RunningSandbox, page: Page) -> None:
    sandbox.guest_wrote(body="<img src=x onerror=alert(1)> *<b>bold</b>*")
    sandbox.slack().chat_postMessage(
        channel="#kitchen-fsl", text='<https://x.example/"onclick="alert(1)|<b>x</b>>'
    )
    page.goto(f"{sandbox.url}{CHAT}")
    expect(page.locator(".bub .text")).to_have_text("<img src=x onerror=alert(1)> <b>bold</b>")
    page.goto(f"{sandbox.url}{CHANNEL}")
    assert page.locator(".post [onclick], .post b").count() == 0


def test_the_policy_allows_no_inline_code(sandbox: RunningSandbox) -> None:
    answer = sandbox.control.get("/sandbox")
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?! type=\"module\" src)|\sstyle=|\son\w+=|<style", answer.text)
