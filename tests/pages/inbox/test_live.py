"""The page follows what happens: by itself, at once, and asking only for what changed."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.pages.inbox.conftest import Asks
from tests.pages.inbox.desk import Member
from tests.stack import Stack
from tests.world import HOUSEKEEPER, World

SOON = 4_000  # ms; the stream would find it by itself in five seconds
WATCH_THE_TITLE = """
window.titles = [];
new MutationObserver(() => titles.push(document.querySelector("#head h2")?.textContent))
  .observe(document.getElementById("detail"), { subtree: true, childList: true, characterData: true });
"""


def test_a_new_request_appears_at_once(mohsin: Member, asks: Asks) -> None:
    mohsin.page.evaluate("window.stayed = true")
    before = mohsin.count("All open")
    request_id = asks("housekeeping", items=[{"sku": "towel", "quantity": 2}])
    expect(mohsin.row(request_id)).to_be_visible(timeout=SOON)
    expect(mohsin.page.locator("#rows > li").first).to_have_id(f"r-{request_id}")
    expect(mohsin.row(request_id)).to_contain_text("G06")
    expect(mohsin.page.locator("#heard")).to_contain_text("Bath towel")
    assert mohsin.count("All open") == before + 1
    assert mohsin.page.evaluate("window.stayed") is True
    assert mohsin.screen.faults == []


def test_what_is_being_typed_stays(mohsin: Member, towels: str, world: World) -> None:
    mohsin.opens(towels)
    box = mohsin.page.locator("#comment")
    box.fill("half a senten")
    with world.member(HOUSEKEEPER) as sana:
        sana.act(towels, "acknowledge")
    expect(mohsin.status()).to_have_text("Acknowledged")
    expect(mohsin.row(towels)).to_contain_text("Acknowledged")
    expect(mohsin.story()).to_contain_text("Sana")
    expect(box).to_have_value("half a senten")
    expect(box).to_be_focused()


def test_a_burst_is_asked_for_at_once(mohsin: Member, asks: Asks) -> None:
    asked: list[str] = []
    mohsin.page.on("request", lambda request: asked.append(request.url))
    born = [asks("housekeeping", items=[{"sku": "towel", "quantity": 1}]) for _ in range(20)]
    for request_id in born:
        expect(mohsin.row(request_id)).to_be_visible()
    assert all("/app/inbox/live" in address for address in asked)
    assert len(asked) < 10


def test_what_leaves_the_view_leaves_the_list(mohsin: Member, towels: str, world: World) -> None:
    expect(mohsin.row(towels)).to_be_visible()
    with world.member(HOUSEKEEPER) as sana:
        sana.act(towels, "acknowledge")
        sana.act(towels, "complete")
    expect(mohsin.row(towels)).to_have_count(0)


def test_a_lost_stream_says_so_and_catches_up(mohsin: Member, stack: Stack, asks: Asks) -> None:
    resumed: list[str] = []
    mohsin.page.on(
        "request",
        lambda request: (
            resumed.append(request.headers.get("last-event-id", ""))
            if request.url == f"{stack.url}/functions/v1/events"
            else None
        ),
    )
    mohsin.screen.context.set_offline(True)
    mohsin.page.evaluate("document.getElementById('stream')._htmx.sse.reader.cancel()")
    banner = mohsin.page.locator("#offline")
    expect(banner).to_be_visible()
    missed = asks("concierge", subtype="other", note="While nobody looked")
    mohsin.screen.context.set_offline(False)
    expect(mohsin.row(missed)).to_be_visible()
    expect(banner).to_be_hidden()
    assert resumed[-1]


@pytest.mark.long
def test_what_got_no_answer_is_asked_for_again(mohsin: Member, towels: str, world: World) -> None:
    broken: list[Route] = []

    def once(route: Route) -> None:
        broken.append(route)
        route.abort() if len(broken) == 1 else route.fulfill(status=502) if len(
            broken
        ) == 2 else route.continue_()

    mohsin.page.route("**/app/inbox/live?*", once)
    with world.member(HOUSEKEEPER) as sana:
        sana.act(towels, "acknowledge")
    expect(mohsin.row(towels)).to_contain_text("Acknowledged")


@pytest.mark.long
def test_an_answer_that_comes_late_takes_nothing_back(mohsin: Member, towels: str, world: World) -> None:
    mohsin.opens(towels)
    mohsin.presses("Cancel")
    mohsin.form().get_by_label("Reason").fill("The guest found some")
    held: list[Route] = []
    mohsin.page.route("**/app/inbox/live?*", lambda route: route.continue_() if held else held.append(route))
    with mohsin.page.expect_request("**/app/inbox/live?*"), world.member(HOUSEKEEPER) as sana:
        sana.act(towels, "acknowledge")
    said = expect(mohsin.page.get_by_role("alert"))
    mohsin.sends_form()
    said.to_contain_text("Nothing was done twice.")
    with mohsin.page.expect_request("**/app/inbox/live?*"):
        held[0].continue_()
    said.to_contain_text("Nothing was done twice.")


@pytest.mark.long
def test_a_press_without_a_connection_is_answered(mohsin: Member, towels: str) -> None:
    expect(mohsin.row(towels)).to_be_visible()
    mohsin.screen.context.set_offline(True)
    mohsin.row(towels).locator("a").click()
    expect(mohsin.page.locator("#notice")).to_contain_text("No connection")


def test_going_back_keeps_the_page_alive(mohsin: Member, towels: str, asks: Asks) -> None:
    mohsin.opens(towels)
    mohsin.page.locator("#comment").fill("half a senten")
    mohsin.page.go_back()
    expect(mohsin.page.locator("#pane")).to_have_count(0)
    mohsin.is_live()
    later = asks("housekeeping", items=[{"sku": "towel", "quantity": 1}])
    expect(mohsin.row(later)).to_be_visible(timeout=SOON)
    mohsin.opens(towels)
    expect(mohsin.page.locator("#comment")).to_have_value("half a senten")


def test_a_message_on_its_way_is_followed_until_it_left(mohsin: Member, towels: str) -> None:
    mohsin.opens(towels)
    expect(mohsin.story()).to_contain_text("Told the guest on WhatsApp: received")
    expect(mohsin.story()).not_to_contain_text("waiting to be sent")
    expect(mohsin.page.locator("#story [hx-get]")).to_have_count(0)


def test_a_late_answer_stays_out_of_another_request(
    mohsin: Member, towels: str, sandwich: str, world: World
) -> None:
    held: list[Route] = []
    news_of_it = re.compile(f"/app/inbox/live.*open={towels}")
    mohsin.opens(towels)
    expect(mohsin.page.locator("#story [hx-get]")).to_have_count(0)
    mohsin.page.route(news_of_it, lambda route: held.append(route))
    with mohsin.page.expect_request(news_of_it), world.member(HOUSEKEEPER) as sana:
        sana.act(towels, "acknowledge")
    mohsin.opens(sandwich)
    mohsin.page.evaluate(WATCH_THE_TITLE)
    with mohsin.page.expect_response(news_of_it):
        for route in held:
            route.continue_()
    expect(mohsin.row(towels)).to_contain_text("Acknowledged")
    expect(mohsin.page.locator("#head h2")).to_have_text("Club sandwich")
    assert "2 × Bath towel" not in mohsin.page.evaluate("titles")
    assert mohsin.screen.faults == []
