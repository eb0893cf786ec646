"""The way in: link, code, and the kind pages when neither opens anything."""

import pytest
from playwright.sync_api import Browser, expect

from tests.pages.browser import screen, with_scripts_and_without
from tests.pages.portal.conftest import Visit
from tests.pages.portal.guest import Guest
from tests.stack import Stack
from tests.world import World


@pytest.mark.shows("code/link_opens_the_portal")
def test_the_link_opens_the_stay_and_the_address_forgets_the_code(guest: Guest) -> None:
    assert guest.page.url == f"{guest.home}/"
    expect(guest.page.get_by_role("heading", level=1)).to_contain_text(guest.name.split()[0])
    assert guest.screen.faults == []


@pytest.mark.shows("code/context_is_kept")
def test_the_device_is_let_in_again_without_a_code(guest: Guest) -> None:
    guest.go("/")
    guest.says("What can we do for you?")


def test_scripts_cannot_read_the_session(guest: Guest) -> None:
    assert guest.page.evaluate("document.cookie") == ""


@with_scripts_and_without
def test_a_wrong_code_is_told_kindly_and_can_be_mended(
    stack: Stack, chromium: Browser, scripts: bool
) -> None:
    with screen(chromium, scripts=scripts) as shown:
        answer = shown.page.goto(f"{stack.url}/?c=ZZZZZZ")
        assert answer is not None
        assert answer.status == 404
        expect(shown.page.get_by_role("alert")).to_contain_text("This code does not open a stay.")
        expect(shown.page.get_by_label("Your code")).to_have_value("ZZZZZZ")
        code = stack.link().code.lower()
        shown.page.get_by_label("Your code").fill(f" {code[:3]} {code[3:]} ")
        shown.page.get_by_role("button", name="Open my stay").click()
        expect(shown.page.get_by_role("heading", level=1)).to_contain_text(stack.link().guest.split()[0])


def test_home_without_a_session_asks_for_the_code(stack: Stack, chromium: Browser) -> None:
    with screen(chromium, language="es") as shown:
        shown.page.goto(stack.url)
        expect(shown.page.get_by_label("Su código")).to_be_visible()
        assert shown.problems() == []


@pytest.mark.long
def test_too_many_tries_are_asked_to_wait(stack: Stack, chromium: Browser) -> None:
    functions = f"http://127.0.0.1:{stack.settings['STAYBASE_FUNCTIONS_PORT']}"
    with screen(chromium, extra_http_headers={"X-Forwarded-For": "203.0.113.7"}) as shown:
        statuses = [shown.page.request.get(f"{functions}/?c=ZZZZZ{last}").status for last in "ABCDEFGHJK"]
        assert set(statuses) == {404}
        answer = shown.page.goto(f"{functions}/?c=ZZZZZZ")
        assert answer is not None
        assert answer.status == 429
        assert 0 < int(answer.headers["retry-after"]) <= 60
        expect(shown.page.get_by_role("alert")).to_contain_text("Please try again in")


def test_pages_of_a_stay_are_closed_without_a_session(stack: Stack, chromium: Browser) -> None:
    with screen(chromium) as shown:
        answer = shown.page.goto(f"{stack.url}/portal/charges")
        assert answer is not None
        assert answer.status == 401
        expect(shown.page.get_by_role("heading", level=1)).to_have_text("Please open your link again")


def test_another_sites_form_is_refused(guest: Guest) -> None:
    answer = guest.page.request.post(
        f"{guest.home}/portal/request/concierge",
        form={"note": "x"},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status == 403


def test_nowhere_is_json_for_programs(guest: Guest) -> None:
    for path in ("/functions/v1/nothing", "/nowhere"):
        answer = guest.page.request.get(guest.home + path)
        assert answer.status == 404
        assert answer.json()["details"] == "not_found"


def test_nowhere_is_a_page_for_people(guest: Guest) -> None:
    answer = guest.page.goto(f"{guest.home}/nowhere")
    assert answer is not None
    assert answer.status == 404
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("There is nothing here")


@pytest.mark.shows("card/greeting")
@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("pre_checkin", "Arriving"),
        ("arrival_day", "Entrada hoy"),
        ("in_house", "Room G06 · until"),
        ("departure_day", "check-out today"),
        ("post_checkout", "Checked out"),
    ],
)
def test_every_state_of_a_stay_has_its_words(visit: Visit, state: str, said: str) -> None:
    guest = visit(state)
    expect(guest.page.get_by_role("heading", level=1)).to_contain_text(guest.name.split()[0])
    expect(guest.page.locator("header .house")).to_contain_text("Hamsun FSL")
    expect(guest.page.locator("header p")).to_contain_text(said)
    assert guest.screen.problems() == []
    assert guest.screen.faults == []


@pytest.mark.shows("card/depend_on_state", "card/mini_shop")
@pytest.mark.parametrize(
    ("state", "open_", "closed", "later"),
    [
        (
            "pre_checkin",
            ["Transport", "Ask us anything"],
            ["Food & drinks", "My charges"],
            "From the day you arriveMeals ordered beforehand · My charges",
        ),
        (
            "in_house",
            ["Towels & linen", "Food & drinks", "Mini-shop", "Something’s broken", "My charges"],
            [],
            "After check-outHow was your stay?",
        ),
        ("post_checkout", ["Ask us anything", "My charges"], ["Transport", "Towels & linen"], ""),
    ],
)
def test_what_is_closed_is_no_link_and_says_when_it_opens(
    visit: Visit, state: str, open_: list[str], closed: list[str], later: str
) -> None:
    page = visit(state).page
    for words in open_:
        expect(page.get_by_role("link", name=words)).to_be_visible()
    for words in closed:
        expect(page.get_by_role("link", name=words)).to_have_count(0)
    if later:
        expect(page.locator("#later")).to_contain_text(later)
    else:
        expect(page.locator("#later")).to_have_count(0)


@with_scripts_and_without
def test_a_session_opened_while_codes_are_guessed_shows_nothing_before_proof(
    visit: Visit, world: World, scripts: bool
) -> None:
    guest = visit(scripts=scripts)
    world.conn.execute(
        "update identity.sessions set level = 'unproven' where id ="
        " (select id from identity.sessions where session_type = 'guest' order by created_at desc limit 1)"
    )
    for path in ("/", "/portal/requests"):
        guest.go(path)
        expect(guest.page.get_by_text(guest.name.split()[0])).to_have_count(0)
    guest.go("/")
    guest.is_asked_who()
    guest.page.get_by_label("Your last name").fill("Somebody")
    guest.sends()
    expect(guest.page.get_by_role("alert")).to_contain_text("That is not what the booking says.")
    guest.says_who()
    guest.says("What can we do for you?")


@with_scripts_and_without
def test_the_language_changes_at_once(visit: Visit, scripts: bool) -> None:
    guest = visit("departure_day", scripts=scripts)
    guest.page.get_by_role("button", name="Español").click()
    guest.says("¿Qué podemos hacer por usted?")
    assert guest.page.locator("html").get_attribute("lang") == "es"
    guest.page.get_by_role("button", name="English").click()
    guest.says("What can we do for you?")
