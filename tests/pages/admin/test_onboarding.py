"""A hotel begins: registration, steps that can be left and come back to, and the first colleague signs in."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.admin.conftest import Visit
from tests.pages.admin.newcomer import PASSWORD, Newcomer, address
from tests.pages.browser import DESK, PHONE, screen
from tests.stack import Stack

STEPS = ("property", "taxes", "rooms", "teams", "staff", "finish")


@pytest.fixture
def ines(stack: Stack, chromium: Browser) -> Iterator[Newcomer]:
    """Inés, before she has anything."""
    with screen(chromium, size=DESK) as shown:
        yield Newcomer(shown, stack.url, address())


@pytest.fixture
def owner(ines: Newcomer) -> Newcomer:
    """Inés, right after she registered."""
    ines.register()
    expect(ines.page.get_by_role("heading", level=1)).to_have_text("Your house")
    return ines


def test_from_registration_to_the_first_colleague(owner: Newcomer, stack: Stack, chromium: Browser) -> None:
    page, go_on = owner.page, owner.page.get_by_role("button", name="Save and go on")
    go_on.click()

    page.get_by_label("Code").first.fill("IVA")
    page.get_by_label("Name on the bill").first.fill("IVA 10 %")
    page.get_by_label("Percent").first.fill("10")
    go_on.click()

    owner.kind("STD", "Standard", "85,50")
    expect(page.get_by_text("€85.50")).to_be_visible()
    owner.rooms("101-120")
    expect(page.get_by_text("STD · 20 rooms")).to_be_visible()
    page.get_by_role("button", name="Go on").click()

    page.get_by_label("Kitchen").fill("#kitchen-cvd")
    go_on.click()

    leo = address()
    password = owner.invite("Leo Marín", leo)
    expect(page.get_by_role("status").first).to_contain_text("Leo Marín may sign in.")
    expect(page.get_by_role("img", name="QR badge of Leo Marín")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Open the house").click()
    expect(page).to_have_url(f"{stack.url}/admin")
    expect(page.get_by_role("link", name="Rooms")).to_contain_text("20")
    assert owner.shown.faults == []

    with screen(chromium, size=PHONE) as shown:
        goes_to_work(shown.page, stack, leo, password)
        answer = shown.page.goto(f"{stack.url}/admin")
        assert answer is not None
        assert answer.status == 403
        assert shown.faults == []


def goes_to_work(page: Page, stack: Stack, email: str, password: str) -> None:
    """Somebody of the staff signs in with the first password and chooses their own."""
    page.goto(f"{stack.url}/staff/access")
    page.get_by_text("By e-mail instead").click()
    page.fill("#email", email)
    page.fill("#password", password)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{stack.url}/staff/password")
    for field in page.locator("input[type=password]").all():
        field.fill("pebble harvest train")
    page.locator("button.main").click()
    expect(page).to_have_url(f"{stack.url}/staff/console")


def test_who_leaves_comes_back_to_the_step_they_left(owner: Newcomer, stack: Stack) -> None:
    page = owner.page
    for _ in ("property", "taxes"):
        page.get_by_role("button", name="Save and go on").click()
    page.goto(f"{stack.url}/admin/staff")
    expect(page).to_have_url(f"{stack.url}/admin/onboarding/rooms")
    page.get_by_role("button", name="Later").click()
    page.goto(f"{stack.url}/admin")
    expect(page.get_by_role("heading", level=1)).to_have_text("Teams at Casa Verde")
    page.get_by_role("link", name="Rooms").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rooms at Casa Verde")

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_label("E-mail").fill(owner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teams at Casa Verde")


def test_a_house_without_rooms_does_not_open(owner: Newcomer, stack: Stack) -> None:
    owner.page.goto(f"{stack.url}/admin/onboarding/finish")
    owner.page.get_by_role("button", name="Open the house").click()
    expect(owner.page.get_by_role("alert")).to_contain_text("The house needs at least one room")


def test_a_weak_password_keeps_the_form(ines: Newcomer) -> None:
    ines.register("casaverde")
    expect(ines.page.get_by_role("alert")).to_contain_text("This password is too easy to guess.")
    expect(ines.page.locator("#hotel_name")).to_have_value("Casa Verde")
    expect(ines.page.locator("#password")).to_have_value("")
    ines.send(PASSWORD)
    expect(ines.page.get_by_role("heading", level=1)).to_have_text("Your house")


def test_one_address_may_begin_a_second_hotel(owner: Newcomer) -> None:
    owner.register("marble lantern coast")
    expect(owner.page.get_by_role("heading", level=1)).to_have_text("Your house")


def test_what_was_typed_stays_when_it_is_refused(owner: Newcomer) -> None:
    page = owner.page
    page.get_by_label("Phone for guests").fill("12")
    page.get_by_role("textbox", name="Name", exact=True).fill("Casa Roja")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Write the phone number with +")
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Casa Roja")


def test_a_list_says_what_is_wrong_in_each_line(owner: Newcomer, stack: Stack) -> None:
    page = owner.page
    page.goto(f"{stack.url}/admin/onboarding/rooms")
    owner.kind("STD", "Standard", "90")
    page.get_by_label("List").fill("room;type\n201;STD\n;STD\n203;SUITE\n201;STD")
    page.get_by_role("button", name="Bring the list").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("3 lines are wrong, so nothing was added.")
    expect(alert.get_by_role("listitem")).to_have_text(
        [
            "Line 3 the room's number is missing",
            "Line 4 there is no kind of room “SUITE”",
            "Line 5 room 201 stands in the list twice",
        ]
    )
    file: Any = {"name": "rooms.csv", "mimeType": "text/csv", "buffer": b"201,STD,2\n202,STD,2\n"}
    page.get_by_label("or a file").set_input_files(file)
    page.get_by_role("button", name="Bring the list").click()
    expect(page.get_by_text("STD · 2 rooms")).to_be_visible()

    page.get_by_text("Show the rooms").click()
    page.get_by_role("button", name="Take out room 202").click()
    expect(page.get_by_text("STD · 1 room", exact=False)).to_be_visible()


def test_a_pattern_that_names_no_rooms_is_explained(owner: Newcomer, stack: Stack) -> None:
    owner.page.goto(f"{stack.url}/admin/onboarding/rooms")
    owner.kind("STD", "Standard", "90")
    owner.rooms("first floor")
    expect(owner.page.get_by_role("alert")).to_contain_text("Write rooms like 101-120, 201, G01-G08.")
    expect(owner.page.get_by_label("Rooms", exact=True)).to_have_value("first floor")


def test_another_house_is_set_up_in_the_same_steps(owner: Newcomer) -> None:
    page = owner.page
    page.get_by_role("link", name="Add another house").click()
    page.get_by_label("Name", exact=True).fill("Casa Azul")
    page.get_by_label("Short name").fill("cza")
    for field, value in {"country": "PT", "time_zone": "Europe/Lisbon", "currency": "EUR"}.items():
        page.select_option(f"#{field}", value)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taxes at Casa Azul")
    page.get_by_role("link", name="Casa Verde").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taxes at Casa Verde")


@pytest.mark.parametrize(
    ("size", "language"),
    [
        pytest.param(PHONE, "es", id="phone-es", marks=pytest.mark.long),
        pytest.param(DESK, "en", id="desk-en", marks=pytest.mark.long),
        pytest.param(PHONE, "en", id="phone-en", marks=pytest.mark.long),
        pytest.param(DESK, "es", id="desk-es", marks=pytest.mark.long),
    ],
)
def test_every_step_is_fit_for_everyone(
    visit: Visit, stack: Stack, size: tuple[int, int], language: str
) -> None:
    shown = visit("/admin/register", None, size=size, language=language)
    assert shown.problems() == []
    expect(shown.page.locator("html")).to_have_attribute("lang", language)
    shown = visit("/admin", size=size)
    for step in STEPS:
        shown.page.goto(f"{stack.url}/admin/onboarding/{step}")
        assert (step, shown.problems()) == (step, [])
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0], step
    assert shown.faults == []


def test_a_step_nobody_has_is_not_there(visit: Visit, stack: Stack) -> None:
    for path in ("party", "rooms?property=XYZ"):
        answer = visit("/admin").page.goto(f"{stack.url}/admin/onboarding/{path}")
        assert answer is not None
        assert answer.status == 404
