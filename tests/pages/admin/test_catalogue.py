"""/admin/catalogue and /admin/portal: what a house sells and how many are there; what guests find open."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.pages.admin.conftest import Visit
from tests.pages.browser import PHONE
from tests.world import MANAGER, World

CATALOGUE = "/admin/catalogue"
LASSI = "sku = 'rose_lassi'"


@pytest.fixture(autouse=True)
def as_given(world: World) -> Iterator[None]:
    """The test's own things go as they came, and the guests' window is as it was."""
    yield
    world.conn.execute(
        f"delete from portal.stock_moves where item_id in"
        f" (select id from portal.catalog_items where {LASSI});"
        f"delete from portal.catalog_items where {LASSI};"
        "delete from portal.catalog_categories where key = 'lassis'"
    )
    with world.member(MANAGER):
        world.value("select api.set_feature_windows('FSL', 'mini_shop', '{in_house,departure_day}')")


def test_a_manager_keeps_the_catalogue(visit: Visit, world: World) -> None:
    shown = visit(f"{CATALOGUE}?property=FSL&kind=kitchen_fnb", MANAGER, size=PHONE)
    page = shown.page
    shelf = page.get_by_role("region", name="Another shelf")
    shelf.get_by_label("Name in English").fill("Lassis")
    shelf.get_by_role("button", name="Add").click()

    thing = page.get_by_role("region", name="Another thing")
    thing.get_by_label("Shelf").select_option("Lassis")
    thing.get_by_label("Name in English").fill("Rose lassi")
    thing.get_by_label("Name in Spanish").fill("Lassi de rosas")
    thing.get_by_label("Price (PKR)").fill("450")
    thing.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Lassis")).to_be_visible()
    with world.guest("Marutani"):
        assert world.rows(f"select price, in_stock, available from api.portal_catalog where {LASSI}") == [
            (450, True, None)
        ]

    page.get_by_role("button", name="Sold out: Rose lassi").click()
    expect(page.get_by_role("textbox", name="In stock: Rose lassi")).to_have_value("0")
    page.get_by_role("textbox", name="In stock: Rose lassi").fill("12")
    page.get_by_role("textbox", name="In stock: Rose lassi").press("Enter")
    expect(page.get_by_role("button", name="Sold out: Rose lassi")).to_be_visible()
    assert world.value(f"select stock from portal.catalog_items where {LASSI}") == 12


def test_a_manager_opens_the_shop_earlier(visit: Visit, world: World) -> None:
    page = visit("/admin/portal?property=FSL", MANAGER).page
    part = page.locator("#mini_shop")
    part.get_by_label("Day of arrival").check()
    part.get_by_role("button", name="Save").click()
    expect(page.locator("#mini_shop")).to_contain_text("Saved. It holds from now on.")
    with world.member(MANAGER):
        assert world.value(
            "select array_agg(stay_state order by stay_state) from api.feature_windows"
            " where feature = 'mini_shop' and property_code = 'FSL' and is_open"
        ) == ["arrival_day", "departure_day", "in_house"]
