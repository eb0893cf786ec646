"""/admin/settings: what each house does its own way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.admin.conftest import Visit
from tests.pages.browser import each_size
from tests.stack import Stack
from tests.world import MANAGER, RECEPTION, World

PATH = "/admin/settings"
EMAIL = "Staff may sign in by e-mail, without their badge"
TRIES = "Tries with QR codes a minute, for one guest"
TAX = "Tax number on bills, as it is to be printed: NTN 1234567-8"
HOURS = "When guests can ask for: Kitchen"
OURS = "key not like 'retention_days:%%' and key not like 'job:%%'"


@pytest.fixture(autouse=True)
def as_given(world: World) -> Iterator[None]:
    """Nothing is set before and after."""
    forget = f"delete from public.app_settings where {OURS}".replace("%%", "%")
    world.conn.execute(forget.encode())
    yield
    world.conn.execute(forget.encode())


def stated(world: World) -> list[tuple[object, ...]]:
    return world.rows(
        "select p.code, s.key, s.value from public.app_settings s left join public.properties p"
        f" on p.tenant_id = s.tenant_id and p.id = s.property_id where s.{OURS.replace('and ', 'and s.')}"
        " order by 1, 2"
    )


def row(page: Page, label: str) -> Locator:
    return page.locator("#settings li").filter(has_text=label).first


def save(page: Page, label: str) -> None:
    row(page, label).get_by_role("button").click()


def test_a_switch_is_shown_with_its_default_and_changed(visit: Visit, world: World) -> None:
    page = visit(PATH, MANAGER).page
    expect(row(page, EMAIL)).to_contain_text("Unless changed: yes")
    page.get_by_role("combobox", name=EMAIL).select_option("No")
    save(page, EMAIL)
    expect(row(page, EMAIL).get_by_role("status")).to_have_text("Saved. It holds from now on.")
    expect(row(page, EMAIL)).to_contain_text("changed here")
    assert stated(world) == [("FSL", "staff_signs_in_by_email", False)]
    page.get_by_role("combobox", name=EMAIL).select_option("As otherwise")
    save(page, EMAIL)
    expect(row(page, EMAIL)).not_to_contain_text("changed here")
    assert stated(world) == []


def test_hours_go_over_midnight_and_to_its_end(visit: Visit, world: World) -> None:
    page = visit(f"{PATH}?property=CLF").page
    expect(row(page, HOURS)).to_contain_text("Unless changed: at any hour")
    for until, kept in (("02:00", "02:00"), ("00:00", "24:00")):
        row(page, HOURS).get_by_label("From").fill("18:00")
        row(page, HOURS).get_by_label("Until").fill(until)
        save(page, HOURS)
        expect(row(page, HOURS).get_by_label("Until")).to_have_value(until)
        assert stated(world) == [("CLF", "service_hours:kitchen_fnb", {"from": "18:00", "until": kept})]
    expect(page.get_by_role("link", name="CLF")).to_have_attribute("aria-current", "true")


def test_a_tax_number_is_kept_as_it_is_typed(visit: Visit, world: World) -> None:
    page = visit(f"{PATH}?property=CLF").page
    expect(row(page, TAX)).to_contain_text("Unless changed: the hotel’s own")
    page.get_by_role("textbox", name=TAX).fill(" 01234567 ")
    save(page, TAX)
    assert stated(world) == [("CLF", "invoice:tax_number", "01234567")]
    expect(page.get_by_role("textbox", name=TAX)).to_have_value("01234567")


def test_the_whole_hotel_s_holds_in_each_house(visit: Visit, world: World) -> None:
    page = visit(f"{PATH}?property=hotel").page
    page.get_by_role("spinbutton", name=TRIES).fill("9")
    save(page, TRIES)
    page.get_by_role("combobox", name=EMAIL).select_option("No")
    save(page, EMAIL)
    assert stated(world) == [
        (None, "qr_limits:guest_per_minute", 9),
        (None, "staff_signs_in_by_email", False),
    ]
    page.get_by_role("link", name="EXT").click()
    expect(row(page, EMAIL)).to_contain_text("Unless changed: no")
    expect(page.get_by_text(TRIES)).to_have_count(0)


@pytest.mark.parametrize("garbage", ["0", "1001", "2.5", "nine", "-1", "1" * 40])
def test_garbage_is_said_and_stays_as_typed(visit: Visit, world: World, garbage: str) -> None:
    page = visit(f"{PATH}?property=hotel").page
    row(page, TRIES).locator("form").evaluate("form => form.noValidate = true")
    row(page, TRIES).locator("[name=value]").evaluate(
        "(field, typed) => { field.type = 'text'; field.value = typed }", garbage
    )
    save(page, TRIES)
    expect(row(page, TRIES).get_by_role("alert")).to_have_text(
        "That cannot be meant here. Nothing was changed."
    )
    assert row(page, TRIES).locator("[name=value]").get_attribute("value") == garbage
    assert stated(world) == []


@pytest.mark.parametrize(("email", "status"), [(RECEPTION, 403), (MANAGER, 404)])
def test_what_is_not_theirs_nobody_sets(
    visit: Visit, stack: Stack, world: World, email: str, status: int
) -> None:
    """Staff nothing at all, a manager nothing of another hotel's house."""
    page = visit("/app/inbox", email).page
    house = world.value(
        "select p.code from public.properties p join public.tenants t on t.id = p.tenant_id"
        " where t.slug = 'alpine'"
    )
    answer = page.request.post(
        f"{stack.url}{PATH}",
        form={"property": house, "key": "staff_signs_in_by_email", "value": "no"},
        headers={"Origin": stack.url},
    )
    assert answer.status == status
    assert stated(world) == []


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.long), "es"])
@each_size
def test_it_is_fit_for_everyone(visit: Visit, world: World, size: tuple[int, int], language: str) -> None:
    change = "update identity.memberships set language = %s where display_name = 'Tariq'"
    world.conn.execute(change, (language,))
    try:
        shown = visit(PATH, MANAGER, size=size)
        words = {"en": "Settings", "es": "Ajustes"}
        expect(shown.page.get_by_role("heading", level=1)).to_have_text(words[language])
        form = shown.page.locator("#settings form").first
        form.get_by_role("combobox").select_option("no")
        form.get_by_role("button").click()
        expect(shown.page.locator("#settings").get_by_role("status")).to_be_visible()
        assert shown.problems() == []
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert shown.faults == []
    finally:
        world.conn.execute(change, ("en",))
