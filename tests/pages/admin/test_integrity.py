"""/admin/integrity: what the chain comes to, what violates an invariant, and every change, searched."""

from typing import Any

import pytest
from playwright.sync_api import expect

from functions.pages.admin.integrity import SOMETIMES, Search
from functions.pages.base.rendering import environment
from tests.pages.admin.conftest import Visit
from tests.pages.browser import each_size
from tests.stack import Stack
from tests.world import MANAGER, RECEPTION, World

OURS = "(select id from public.tenants where slug = 'hamsun')"
PATH = "/admin/integrity"


@pytest.fixture(autouse=True)
def sealed(world: World) -> None:
    """A log with a seal."""
    world.conn.execute("update public.rooms set floor = 'roof' where room_number = 'G06'")
    world.conn.execute("update public.rooms set floor = null where room_number = 'G06'")
    world.value("select app.seal_audit()")


@pytest.fixture
def without_triggers(world: World) -> Any:
    """A superuser who is stopped by nothing."""
    world.conn.execute("set session_replication_role = replica")
    return world.conn


def test_a_sound_chain_and_kept_rules_are_said_so(visit: Visit) -> None:
    page = visit(PATH).page
    expect(page.locator("#chain [role=status]")).to_contain_text("Nothing was changed, removed")
    expect(page.locator("#invariants [role=status]")).to_have_text("All of it holds.")
    expect(page.locator("#invariants li")).to_have_count(16)
    expect(page.get_by_role("link", name="Integrity")).to_have_attribute("aria-current", "page")


def test_a_tampered_log_is_said_so(visit: Visit, without_triggers: Any) -> None:
    change = f"update public.audit_log set command = %s where position = (select min(position) from public.audit_log where tenant_id = {OURS})"  # noqa: E501
    [(command,)] = without_triggers.execute(
        f"select command from public.audit_log where tenant_id = {OURS} order by position limit 1"
    ).fetchall()
    without_triggers.execute(change, ("forged",))
    try:
        alarm = visit(PATH).page.locator("#chain [role=alert]")
        expect(alarm).to_contain_text("The chain is broken at seal 1.")
        expect(alarm).to_contain_text("An entry or the seal was changed.")
    finally:
        without_triggers.execute(change, (command,))


@pytest.mark.parametrize(
    ("language", "title", "line"),
    [
        ("en", "Entries have waited too long for their seal.", "1 entry since"),
        ("es", "Hay anotaciones que esperan su sello desde hace demasiado.", "1 anotación desde el"),
    ],
)
def test_a_seal_that_is_overdue_is_said_so(language: str, title: str, line: str) -> None:
    chain = dict.fromkeys(SOMETIMES) | {
        "is_sound": False,
        "reason": "seal_overdue",
        "rows": 0,
        "checked_until": 0,
        "unsealed_rows": 1,
        "unsealed_since": "2026-03-01T10:00:00+00:00",
        "grace_seconds": 3600,
    }
    template = environment(language).get_template("admin/_chain.html")
    shown = template.render(chain=chain, zone="UTC", noted="", seals=[])
    assert title in shown
    assert line in shown
    assert "60 minut" in shown
    assert "broken" not in shown


def test_what_violates_an_invariant_is_named(visit: Visit, world: World) -> None:
    world.conn.execute("create table portal.tickets (id uuid primary key, status text, assignee_id uuid)")
    try:
        broken = visit(PATH).page.locator("#invariants")
        expect(broken.get_by_role("alert")).to_have_text("1 rule is broken.")
        expect(broken.locator("li").first).to_contain_text("portal.tickets")
    finally:
        world.conn.execute("drop table portal.tickets")


def test_a_noted_end_is_looked_for(visit: Visit) -> None:
    page = visit(PATH).page
    end = page.locator("#chain code").inner_text()
    page.get_by_label("An end you noted").fill(end)
    page.get_by_role("button", name="Look for it").click()
    expect(page.get_by_text("It is in the chain.")).to_be_visible()
    page.get_by_label("An end you noted").fill("ab" * 32)
    page.get_by_role("button", name="Look for it").click()
    expect(page.get_by_text("It is not in the chain.")).to_be_visible()


def test_changes_are_searched_and_opened(visit: Visit, world: World) -> None:
    room = world.value("select id from public.rooms where room_number = 'G06'")
    page = visit(PATH).page
    page.get_by_label("Table").select_option("public.rooms")
    page.get_by_label("Row its id").fill(str(room))
    page.get_by_role("button", name="Search", exact=True).click()
    first = page.locator("#found > li").first
    first.locator("summary").click()
    expect(first.locator("del")).to_have_text("roof")
    first.get_by_role("link", name="The row as it was then").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("public.rooms")
    expect(page.locator(".kv", has_text="room_number")).to_contain_text("G06")
    page.get_by_role("link", name="All changes of this row").click()
    expect(page.get_by_label("Row its id")).to_have_value(str(room))


def test_what_matches_nothing_is_said(visit: Visit) -> None:
    page = visit(f"{PATH}?who=Nobody-of-this-name").page
    expect(page.get_by_text("No change matches.")).to_be_visible()


def test_the_list_goes_on_page_by_page(visit: Visit) -> None:
    page = visit(PATH).page
    expect(page.locator("#found > li")).to_have_count(40)
    newest = page.locator("#found > li").first.inner_text()
    page.get_by_role("link", name="Older changes").click()
    expect(page.locator("#found > li")).to_have_count(40)
    assert page.locator("#found > li").first.inner_text() != newest or "before=" in page.url


def test_reception_has_no_way_in(visit: Visit, stack: Stack) -> None:
    page = visit("/app/inbox", RECEPTION).page
    answer = page.goto(f"{stack.url}{PATH}")
    assert answer is not None
    assert answer.status == 403


@pytest.mark.parametrize("path", [f"{PATH}/row", f"{PATH}/row?table=public.rooms&row=x&at=now"])
def test_a_row_that_nobody_named_is_not_there(visit: Visit, stack: Stack, path: str) -> None:
    answer = visit(PATH).page.goto(f"{stack.url}{path}")
    assert answer is not None
    assert answer.status == 404


@each_size
def test_it_is_fit_for_everyone(visit: Visit, size: tuple[int, int]) -> None:
    shown = visit(PATH, size=size)
    assert shown.problems() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert shown.faults == []


def test_it_speaks_spanish(visit: Visit, world: World) -> None:
    language = "update identity.memberships set language = %s where display_name = 'Tariq'"
    world.conn.execute(language, ("es",))
    try:
        page = visit(PATH, MANAGER).page
        expect(page.get_by_role("heading", level=1)).to_have_text("Integridad")
        expect(page.locator("#invariants [role=status]")).to_have_text("Todo se cumple.")
    finally:
        world.conn.execute(language, ("en",))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {}),
        ({"table": "public.rooms"}, {"table_name": "eq.public.rooms"}),
        ({"table": "public.rooms;drop", "row": "7", "since": "soon"}, {}),
        ({"who": " Mohsin "}, {"actor_name": "ilike.*Mohsin*"}),
        (
            {"since": "2026-05-05", "until": "2026-05-05"},
            {"and": "(at.gte.2026-05-05T00:00:00+05:00,at.lt.2026-05-06T00:00:00+05:00)"},
        ),
    ],
)
def test_a_search_means_what_it_says(query: dict[str, str], found: dict[str, str]) -> None:
    assert Search.of(query).conditions("Asia/Karachi") == found


def test_a_long_chain_is_checked_part_by_part(visit: Visit) -> None:
    page = visit(f"{PATH}?after=1").page
    expect(page.locator("#chain [role=status]")).to_contain_text("Nothing was changed, removed")
    template = environment("en").get_template("admin/_chain.html")
    part = dict.fromkeys(SOMETIMES) | {"is_sound": True, "rows": 7, "checked_until": 3, "continue_after": 3}
    assert "?after=3" in template.render(chain=part, noted="", seals=[], zone="UTC")
