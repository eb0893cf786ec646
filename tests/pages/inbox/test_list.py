"""The list: what belongs to which view, found by words, a page at a time."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Route, expect

from tests.pages.browser import with_scripts_and_without
from tests.pages.inbox.conftest import Asks, SignIn
from tests.pages.inbox.desk import Member
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, World, wait_for

WATCH = """id => {
  window.intruded = false
  const look = () => { window.intruded ||= document.getElementById(id) !== null }
  new MutationObserver(look).observe(document.body, {childList: true, subtree: true})
}"""


@pytest.fixture
def pile(world: World) -> Iterator[str]:
    """A word that 60 tasks carry, gone from the inbox afterwards."""
    word = f"pile{uuid4().hex[:6]}"
    made = []
    with world.member(RECEPTION) as reception:
        for number in range(60):
            answer = reception.submit({"type_slug": "task", "title": f"{word} {number}"}, str(uuid4()))
            made.append(answer["body"]["request"]["id"])
    yield word
    with world.member(RECEPTION) as reception:
        for request_id in made:
            reception.act(request_id, "cancel", None, {"reason": "done with the test"})


def test_a_view_holds_what_its_name_says(mohsin: Member, towels: str, task: str, world: World) -> None:
    me = world.value("select id from identity.memberships where display_name = 'Mohsin'")
    with world.member(MANAGER) as manager:
        manager.act(task, "assign", None, {"assignee": str(me)})
    for view, mine, theirs in (
        ("open", True, True),
        ("mine", True, False),
        ("unassigned", False, True),
        ("team:housekeeping", False, True),
        ("closed", False, False),
    ):
        mohsin.go(f"/app/inbox?view={view}")
        assert (view, mohsin.row(task).count(), mohsin.row(towels).count()) == (view, mine, theirs)


def test_closed_today_holds_what_was_finished(mohsin: Member, towels: str, world: World) -> None:
    with world.member(HOUSEKEEPER) as sana:
        sana.act(towels, "acknowledge")
        sana.act(towels, "complete")
    mohsin.page.get_by_role("link", name="Closed today").click()
    expect(mohsin.row(towels)).to_contain_text("Done")


def test_a_property_filters_list_and_counts(mohsin: Member, towels: str) -> None:
    everywhere = mohsin.count("All open")
    mohsin.page.locator(".pill", has_text="CLF").click()
    expect(mohsin.page.locator(".pill[aria-current]")).to_have_text("CLF")
    expect(mohsin.row(towels)).to_have_count(0)
    shown = mohsin.page.locator("#rows .room small").all_inner_texts()
    assert shown
    assert set(shown) == {"CLF"}
    wait_for(lambda: mohsin.count("All open") == len(shown), "the counts of the house")
    assert len(shown) < everywhere


def test_what_was_asked_for_one_view_does_not_come_into_the_next(mohsin: Member, asks: Asks) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    mohsin.page.route("**/app/inbox/live?*", hold_the_first)
    with mohsin.page.expect_request("**/app/inbox/live?*"):
        towels = asks("housekeeping", items=[{"sku": "towel", "quantity": 1}])
    mohsin.page.locator(".pill", has_text="CLF").click()
    expect(mohsin.page.locator(".pill[aria-current]")).to_have_text("CLF")
    mohsin.page.evaluate(WATCH, f"r-{towels}")
    # The late answer is dropped; the question is put again, for the view that is open now.
    with mohsin.page.expect_response(lambda answer: "property=CLF" in answer.url and towels in answer.url):
        held[0].continue_()
    assert mohsin.page.evaluate("window.intruded") is False
    mohsin.page.locator(".pill", has_text="FSL").click()
    expect(mohsin.row(towels)).to_be_visible()


def test_only_the_members_own_houses_are_offered(sign_in: SignIn, world: World, towels: str) -> None:
    world.rows(
        "update identity.memberships as m set property_ids = array[p.id] from public.properties as p"
        " where p.tenant_id = m.tenant_id and p.code = 'CLF' and m.display_name = 'Bilal' returning m.id"
    )
    bilal = sign_in("technician@hamsun.example")
    bilal.go()
    expect(bilal.page.locator(".pill")).to_have_count(0)
    bilal.visits(towels)
    expect(bilal.page.locator("#pane")).to_have_count(0)
    world.rows(
        "update identity.memberships set property_ids = '{}' where display_name = 'Bilal' returning id"
    )


def test_words_find_room_guest_and_number(mohsin: Member, towels: str, task: str, world: World) -> None:
    number = world.value("select number from portal.requests where id = %s", towels)
    for words in ("g06 towel", "marutani", number):
        mohsin.page.locator("#search").fill(words)
        expect(mohsin.row(task)).to_have_count(0)
        expect(mohsin.row(towels)).to_be_visible()
        expect(mohsin.page.locator("#search")).to_be_focused()


@pytest.mark.parametrize("words", ["%", "_", '"),id.neq.(', "a,b", "\\", "*"])
def test_odd_words_are_only_words(mohsin: Member, task: str, words: str) -> None:
    answer = mohsin.page.goto(f"{mohsin.home}/app/inbox?q={words}")
    assert answer is not None
    assert answer.status == 200


def test_nothing_found_says_where_else_to_look(mohsin: Member, towels: str, world: World) -> None:
    number = world.value("select number from portal.requests where id = %s", towels)
    with world.member(HOUSEKEEPER) as sana:
        sana.act(towels, "acknowledge")
        sana.act(towels, "complete")
    mohsin.page.locator("#search").fill(number)
    expect(mohsin.page.locator(".empty")).to_be_visible()
    mohsin.page.get_by_role("link", name="Search closed ones too").click()
    expect(mohsin.row(towels)).to_be_visible()


@with_scripts_and_without
def test_what_follows_comes_a_page_at_a_time(sign_in: SignIn, pile: str, scripts: bool) -> None:
    mohsin = sign_in(scripts=scripts)
    mohsin.go(f"/app/inbox?q={pile}")
    rows = mohsin.page.locator("#rows > li")
    expect(rows).to_have_count(50)
    first = rows.evaluate_all("all => all.map(each => each.id)") if scripts else []
    mohsin.page.locator("#more a").click()
    expect(rows).to_have_count(60 if scripts else 10)
    expect(mohsin.page.locator("#more a")).to_have_count(0)
    if scripts:
        every = rows.evaluate_all("all => all.map(each => each.id)")
        assert every[:50] == first
        assert len(set(every)) == 60
