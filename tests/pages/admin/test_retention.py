"""/admin/privacy: how long each house keeps what it may forget."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.pages.admin.conftest import Visit
from tests.pages.browser import each_size
from tests.stack import Stack
from tests.world import MANAGER, RECEPTION, World

PATH = "/admin/privacy"
MESSAGES = "To whom messages went and what they said"
KEPT = "Keep for ever"


@pytest.fixture(autouse=True)
def as_given(world: World) -> Iterator[None]:
    """Nothing is set before and after."""
    forget = "delete from public.app_settings where key like 'retention_days:%'"
    world.conn.execute(forget)
    yield
    world.conn.execute(forget)


def stated(world: World) -> list[tuple[object, ...]]:
    return world.rows(
        "select p.code, s.key, s.value from public.app_settings s left join public.properties p"
        " on p.tenant_id = s.tenant_id and p.id = s.property_id where s.key like 'retention_days:%%' order by 1, 2"  # noqa: E501
    )


def days(page: Page, label: str = MESSAGES) -> str:
    return page.get_by_label(label, exact=True).input_value()


def save(page: Page) -> None:
    page.locator("#retention").get_by_role("button", name="Save").click()


def test_days_are_shown_with_the_default_and_changed(visit: Visit, world: World) -> None:
    page = visit(PATH, MANAGER).page
    row = page.locator("#retention li").filter(has_text=MESSAGES)
    expect(row).to_contain_text("Unless changed: 90 days")
    assert days(page) == "90"
    page.get_by_label(MESSAGES, exact=True).fill("60")
    save(page)
    expect(page.locator("#retention [role=status]")).to_contain_text("Saved.")
    expect(row).to_contain_text("changed here")
    assert days(page) == "60"
    assert stated(world) == [("FSL", "retention_days:messages", 60)]


def test_each_house_has_its_own(visit: Visit, world: World) -> None:
    page = visit(PATH).page
    page.get_by_role("link", name="CLF").click()
    page.get_by_label(MESSAGES, exact=True).fill("14")
    save(page)
    expect(page.get_by_role("link", name="CLF")).to_have_attribute("aria-current", "true")
    assert days(page) == "14"
    page.get_by_role("link", name="FSL").click()
    assert days(page) == "90"
    assert stated(world) == [("CLF", "retention_days:messages", 14)]


def test_what_belongs_to_no_house_is_the_whole_hotels(visit: Visit, world: World) -> None:
    page = visit(PATH).page
    page.get_by_role("link", name="Whole hotel").click()
    guests = page.locator("#retention li").filter(has_text="Guests who have not come back")
    expect(guests).to_contain_text("kept for ever")
    expect(guests.get_by_label(KEPT)).to_be_checked()
    guests.get_by_label(KEPT).uncheck()
    guests.get_by_role("spinbutton").fill("1095")
    save(page)
    assert stated(world) == [(None, "retention_days:guests", 1095)]
    guests.get_by_label(KEPT).check()
    save(page)
    expect(page.locator("#retention [role=status]")).to_contain_text("Saved.")
    assert stated(world) == []


@pytest.mark.parametrize(
    "garbage",
    [
        "0",
        "1.5",
        "1" * 40,
        *(pytest.param(odd, marks=pytest.mark.long) for odd in ("3651", "", "ninety", "-1")),
    ],
)
def test_garbage_is_said_and_stays_as_typed(visit: Visit, world: World, garbage: str) -> None:
    page = visit(PATH).page
    page.locator("#retention form").evaluate("form => form.noValidate = true")
    page.get_by_label(MESSAGES, exact=True).evaluate(
        "(field, typed) => { field.type = 'text'; field.value = typed }", garbage
    )
    save(page)
    expect(page.get_by_role("alert")).to_have_text(
        "Write whole days from 1 to 3650, for invoices at least 1461. Nothing was changed."
    )
    assert stated(world) == []
    assert page.get_by_label(MESSAGES, exact=True).get_attribute("value") == garbage


def test_another_hotels_house_is_not_there(visit: Visit, stack: Stack, world: World) -> None:
    page = visit(PATH).page
    house = world.value(
        "select p.code from public.properties p join public.tenants t on t.id = p.tenant_id"
        " where t.slug = 'alpine'"
    )
    answer = page.request.post(
        f"{stack.url}{PATH}/retention",
        form={"property": house, "days_messages": "60"},
        headers={"Origin": stack.url},
    )
    assert answer.status == 404
    assert stated(world) == []


def test_staff_change_nothing(visit: Visit, stack: Stack, world: World) -> None:
    page = visit("/app/inbox", RECEPTION).page
    answer = page.request.post(
        f"{stack.url}{PATH}/retention",
        form={"property": "FSL", "days_messages": "60"},
        headers={"Origin": stack.url},
    )
    assert answer.status == 403
    assert stated(world) == []


def test_it_speaks_spanish(visit: Visit, world: World) -> None:
    language = "update identity.memberships set language = %s where display_name = 'Tariq'"
    world.conn.execute(language, ("es",))
    try:
        page = visit(f"{PATH}?property=hotel", MANAGER).page
        expect(page.locator("#retention")).to_contain_text("Cuánto se guardan los datos")
        expect(page.locator("#retention")).to_contain_text("Sesiones terminadas")
    finally:
        world.conn.execute(language, ("en",))


@each_size
def test_what_was_changed_is_fit_for_everyone(visit: Visit, size: tuple[int, int]) -> None:
    shown = visit(PATH, size=size)
    shown.page.get_by_label(MESSAGES, exact=True).fill("60")
    save(shown.page)
    expect(shown.page.locator("#retention [role=status]")).to_contain_text("Saved.")
    assert shown.problems() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert shown.faults == []
