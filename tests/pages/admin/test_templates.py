"""/admin/templates: what guests are told, in the hotel's own words."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from functions.cli.seed import reference
from functions.pages.admin.template_words import TITLES
from tests.pages.admin.conftest import Visit
from tests.pages.browser import PHONE, each_size
from tests.stack import Stack
from tests.world import MANAGER, RECEPTION, World

PATH = "/admin/templates"
RESTORED = (
    "update notify.templates as t set bodies = r.data -> 'bodies', subjects = r.data -> 'subjects',"
    " pending = null,"
    " status = 'approved', reference_digest = r.digest, content_ids = '{}' from app.reference_data as r"
    " where r.kind = 'templates' and r.key = t.key and t.key in ('feedback_request', 'booking_confirmation')"
)


@pytest.fixture(autouse=True)
def as_given(world: World) -> Iterator[None]:
    """The house's words before and after."""
    world.conn.execute(RESTORED.encode())
    yield
    world.conn.execute(RESTORED.encode())


def test_people_have_a_name_for_every_message() -> None:
    assert {entry["key"] for entry in reference("templates")} - set(TITLES) == set()


def opened(page: Page, title: str) -> None:
    page.locator("#messages").get_by_role("link").filter(has_text=title).first.click()


def test_a_hotel_changes_words_sees_them_and_takes_them_back(visit: Visit) -> None:
    shown = visit(f"{PATH}?channel=whatsapp", MANAGER)
    page = shown.page
    opened(page, "How was your stay?")
    english = page.get_by_role("textbox", name="Text: English")
    before = english.input_value()
    english.fill("Dear {{guest_first_name}}, {{rating}} please.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("This text cannot be used yet.")
    expect(page.get_by_text("Nobody fills in {{rating}}")).to_be_visible()
    expect(page.get_by_text("{{portal_url}} has to stand somewhere")).to_be_visible()
    expect(english).to_have_value("Dear {{guest_first_name}}, {{rating}} please.")

    english.fill("Dear {{guest_first_name}}, did you like {{property_name}}? {{portal_url}} Thanks a lot.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".good")).to_contain_text("until this one is approved too")
    page.get_by_text("The house's words differ").click()
    expect(page.get_by_text(before.split("{{")[0]).first).to_be_visible()
    page.get_by_label("With the stay of").select_option(label_of(page, "Marutani"))
    page.locator(".beside").get_by_role("button", name="Show").click()
    expect(page.locator(".reads.theirs")).to_contain_text("Dear Kenji, did you like Hamsun FSL?")

    page.get_by_role("button", name="Back to the house's words").click()
    expect(page.locator(".good")).to_have_text("The house's words are back.")
    expect(english).to_have_value(before)
    # a refused text answers 422, which a browser notes
    assert [fault for fault in shown.faults if "422" not in str(fault)] == []


def test_urdu_is_previewed_from_right_to_left(visit: Visit) -> None:
    page = visit(f"{PATH}?channel=whatsapp", MANAGER).page
    opened(page, TITLES["welcome_with_portal"])
    page.get_by_label("With the stay of").select_option(label_of(page, "Marutani"))
    page.locator(".beside").get_by_role("button", name="Show").click()
    for language, direction in (("ur", "rtl"), ("en", "ltr")):
        shown = page.locator(f".reads[lang={language}]")
        expect(shown).to_have_attribute("dir", direction)
        expect(shown).to_contain_text("Kenji")


def label_of(page: Page, name: str) -> str:
    return str(
        page.get_by_label("With the stay of").locator("option").filter(has_text=name).first.inner_text()
    )


def test_what_whatsapp_says_is_noted(visit: Visit) -> None:
    page = visit(PATH, MANAGER).page
    opened(page, "How was your stay?")
    page.get_by_label("State").select_option("Paused")
    page.get_by_role("button", name="Note it").click()
    expect(page.locator(".good")).to_have_text("Noted.")
    page.get_by_label("Content id at Twilio: English").fill("nonsense")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("alert")).to_contain_text("no content id of Twilio's")
    page.goto(page.url.split("/admin/")[0] + f"{PATH}?state=paused")
    expect(page.locator("#messages li")).to_have_count(1)


@pytest.mark.parametrize("email", [RECEPTION])
def test_nobody_else_changes_them(visit: Visit, stack: Stack, world: World, email: str) -> None:
    page = visit("/app/inbox", email).page
    identity = world.value("select id from notify.templates where key = 'feedback_request' limit 1")
    answer = page.request.post(
        f"{stack.url}{PATH}/{identity}", form={"do": "reset"}, headers={"Origin": stack.url}
    )
    assert answer.status == 403


@pytest.mark.long
@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.long), "es"])
@each_size
def test_it_is_fit_for_everyone(visit: Visit, world: World, size: tuple[int, int], language: str) -> None:
    change = "update identity.memberships set language = %s where display_name = 'Tariq'"
    world.conn.execute(change, (language,))
    try:
        shown = visit(PATH, MANAGER, size=size)
        words = {"en": "Messages", "es": "Mensajes"}
        expect(shown.page.get_by_role("heading", level=1)).to_have_text(words[language])
        assert shown.problems() == []
        shown.page.locator("#messages a").first.click()
        assert shown.problems() == []
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert shown.faults == []
    finally:
        world.conn.execute(change, ("en",))


def test_who_asks_again_is_written_to(visit: Visit, world: World) -> None:
    phone = "+12025550123"
    silent = "select count(*) from notify.suppressions where address = %s and lifted_at is null"
    for reason in ("stop", "provider"):
        world.conn.execute(
            "select app.suppress_address(t.id, %s, %s, null, '{}') from public.tenants t"
            " where t.slug = 'hamsun'",
            (phone, reason),
        )
    shown = visit(PATH, MANAGER, size=PHONE)
    page = shown.page
    page.get_by_role("link", name="Who is not written to").click()
    expect(page.get_by_text("Only they can end this").first).to_be_visible()
    page.get_by_text("Write again").first.click()
    page.get_by_label("How the guest asked").first.select_option("In person")
    page.get_by_role("button", name="Yes, they want to hear from us").first.click()
    expect(page.get_by_text("said STOP")).to_have_count(0)
    assert shown.problems() == []
    assert shown.faults == []
    assert world.value(silent, phone) == 1
    world.conn.execute("delete from notify.suppressions where address = %s", (phone,))
    world.conn.execute(
        "update notify.consents set address = '•••', proof = '{}' where address = %s", (phone,)
    )
