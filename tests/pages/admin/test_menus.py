"""/admin/menus: what is served, when and for how much; made, changed, sold out and seen as guests see it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.pages.admin.conftest import Visit
from tests.pages.browser import each_size
from tests.stack import Stack
from tests.world import MANAGER, STRANGER, World

PATH = "/admin/menus"
LUNCH = "(select id from service_menus.menus where name ->> 'en' = 'Garden lunch')"


@pytest.fixture(autouse=True)
def as_given(world: World) -> Iterator[None]:
    """The test's own menu goes as it came, and nothing is sold out."""
    yield
    world.conn.execute(
        f"delete from service_menus.choice_groups where menu_item_id in"
        f" (select id from service_menus.menu_items where menu_id = {LUNCH});"
        f"delete from service_menus.menu_items where menu_id = {LUNCH};"
        f"delete from service_menus.time_slots where menu_id = {LUNCH};"
        f"delete from app.job_plans where variant = 'garden-lunch';"
        f"delete from service_menus.menus where id = {LUNCH};"
        f"update service_menus.drinks set is_sold_out = false".encode()
    )


@pytest.mark.shows("subflow/breakfast_menu_admin")
def test_a_menu_is_made_from_nothing_to_open(visit: Visit, world: World) -> None:
    page = visit(PATH, MANAGER).page
    page.get_by_label("Meal").select_option("Lunch")
    page.get_by_label("Name in English").fill("Garden lunch")
    page.get_by_label("Name in Spanish").fill("Almuerzo en el jardín")
    page.get_by_label("What it costs").select_option("By the person")
    page.get_by_label("Price a person").fill("1800")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("No time yet: nobody can order.")).to_be_visible()

    page.get_by_label("Another time").fill("12:30")
    page.get_by_label("Places", exact=True).fill("14")
    page.locator("#times ~ form").get_by_role("button", name="Add").click()
    page.get_by_text("Another dish").click()
    new = page.locator("#dishes ~ details").last
    new.get_by_label("Name in English").fill("Biryani")
    new.get_by_label("Price (PKR)").fill("0")
    new.get_by_label("milk").check()
    new.get_by_label("Stays on the bill").uncheck()
    new.get_by_role("button", name="Add").click()
    page.get_by_text("Another choice").click()
    page.get_by_label("What is chosen, in English").fill("With")
    page.get_by_label("Choice 1").fill("Chicken")
    page.get_by_label("Choice 2").fill("Lamb")
    page.get_by_label("Surcharge 2").fill("300")
    page.locator("#dishes ~ ul").get_by_role("button", name="Add").click()
    page.get_by_label("Sunday").uncheck()
    page.get_by_label("State").select_option("Open to guests")
    page.get_by_role("button", name="Save Rules").click()

    page.get_by_role("link", name="See it as a guest").click()
    expect(page.locator("main")).to_contain_text("Biryani")
    expect(page.locator("main")).to_contain_text("With: Chicken, Lamb (+ PKR 300)")
    assert world.rows(
        "select m.state, m.weekdays, m.price_per_person, s.capacity, i.allergens, m.on_cancel, i.on_cancel"
        " from service_menus.menus as m"
        " join service_menus.time_slots as s on s.menu_id = m.id"
        f" join service_menus.menu_items as i on i.menu_id = m.id where m.id = {LUNCH}"
    ) == [("active", [1, 2, 3, 4, 5, 6], 1800, 14, ["milk"], "keep_once_begun", "give_back")]


def test_a_drink_is_sold_out_in_a_tap(visit: Visit, world: World) -> None:
    page = visit(PATH, MANAGER).page
    page.get_by_role("link", name="Breakfast").filter(has_text="FSL").click()
    page.get_by_role("button", name="Sold out: Coffee").click()
    expect(page.get_by_role("button", name="There is some again: Coffee")).to_be_visible()
    assert world.value("select count(*) from service_menus.drinks where is_sold_out") == 1
    page.get_by_role("button", name="There is some again: Coffee").click()
    expect(page.get_by_role("button", name="Sold out: Coffee")).to_be_visible()


def test_what_makes_no_sense_is_said(visit: Visit, world: World) -> None:
    page = visit(PATH, MANAGER).page
    page.get_by_role("link", name="Breakfast").filter(has_text="FSL").click()
    page.get_by_text("Edit Coffee").click()
    page.locator("#drinks ~ ul details[open]").get_by_label("Price (PKR)").fill("dear")
    page.locator("#drinks ~ ul details[open]").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Something here cannot be read.")
    assert world.value("select max(price) from service_menus.drinks where name ->> 'en' = 'Coffee'") == 350


def test_another_hotels_menus_are_nowhere(visit: Visit, world: World, stack: Stack) -> None:
    menu_id = world.value("select id from service_menus.menus where slug = 'dinner'")
    page = visit(PATH, STRANGER).page
    expect(page.get_by_role("link", name="Breakfast")).to_have_count(1)
    answer = page.goto(f"{stack.url}{PATH}/{menu_id}")
    assert answer is not None
    assert answer.status == 404


@each_size
def test_it_is_fit_for_everyone(visit: Visit, size: tuple[int, int]) -> None:
    shown = visit(PATH, MANAGER, size=size)
    assert shown.problems() == []
    shown.page.get_by_role("link", name="Breakfast").filter(has_text="FSL").click()
    shown.page.get_by_text("Edit Coffee").click()
    assert shown.problems() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    shown.page.get_by_role("link", name="See it as a guest").click()
    assert shown.problems() == []
    assert shown.faults == []
