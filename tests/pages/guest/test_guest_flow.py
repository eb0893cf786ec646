"""The guest's flow from a code in the house, line by line of its checklist, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.browser import Screen, with_scripts_and_without
from tests.stack import Stack
from tests.world import World

Phone = Callable[..., Screen]
Made = Callable[..., dict[str, Any]]


def identify(page: Page, last_name: str = "Marutani") -> None:
    page.get_by_label("Your last name").fill(last_name)
    page.get_by_role("button", name="Open my stay").click()


def in_room(phone: Phone, made: Made, **device: Any) -> Screen:
    """A phone whose guest has scanned the code in G06 and said who they are."""
    shown = phone(**device)
    shown.page.goto(made("GUEST_ACCESS")["qrUrl"])
    identify(shown.page)
    expect(shown.page.get_by_role("heading", level=1)).to_contain_text("Good")
    return shown


@with_scripts_and_without
def test_guest_can_scan_qr_code(phone: Phone, made: Made, stack: Stack, scripts: bool) -> None:
    shown = phone(scripts=scripts)
    told = made("GUEST_ACCESS")
    shown.page.goto(told["qrUrl"])
    assert shown.page.url == f"{stack.url}/guest/identify"
    assert told["token"] not in shown.page.url
    expect(shown.page.locator("main")).to_contain_text("Room G06")
    expect(shown.page.get_by_text("Marutani")).to_have_count(0)
    if scripts:
        assert shown.problems() == []
        assert shown.faults == []


@with_scripts_and_without
def test_guest_prompted_to_identify_room_passport(phone: Phone, made: Made, scripts: bool) -> None:
    shown = phone(scripts=scripts)
    shown.page.goto(made("GUEST_ACCESS")["qrUrl"])
    identify(shown.page, "Somebody")
    expect(shown.page.get_by_role("alert")).to_contain_text("That is not what the booking says.")
    identify(shown.page)
    expect(shown.page.get_by_role("heading", level=1)).to_contain_text("Good")


def test_the_documents_last_characters_open_it_too(phone: Phone, made: Made, world: World) -> None:
    world.conn.execute("update public.guests set id_number = 'AB-99 4411' where last_name = 'Marutani'")
    shown = phone()
    shown.page.goto(made("GUEST_ACCESS")["qrUrl"])
    shown.page.get_by_label("The last four characters of your passport or card").fill("4411")
    shown.page.get_by_role("button", name="Open my stay").click()
    expect(shown.page.get_by_role("heading", level=1)).to_contain_text("Good")


def test_a_code_of_the_lobby_asks_for_the_room(phone: Phone, made: Made) -> None:
    shown = phone(language="es")
    shown.page.goto(made("MAINTENANCE")["qrUrl"])
    shown.page.get_by_label("Su número de habitación").fill("g06")
    shown.page.get_by_label("Su apellido").fill("marutani")
    assert shown.problems() == []
    shown.page.get_by_role("button").last.click()
    expect(shown.page).to_have_url(re.compile("/portal/request/maintenance$"))


def test_a_poster_leads_a_known_guest_straight_to_its_form(phone: Phone, made: Made) -> None:
    shown = in_room(phone, made)
    shown.page.goto(made("ROOM_SERVICE")["qrUrl"])
    assert shown.page.url.endswith("/portal/request/kitchen_fnb")


def test_a_login_code_opens_the_stay_by_a_tap_and_once(phone: Phone, made: Made, stack: Stack) -> None:
    told = made()
    first, second = phone(), phone()
    for shown in (first, second):
        shown.page.goto(told["qrUrl"])
        assert shown.page.url == f"{stack.url}/guest/access"
    first.page.get_by_role("button", name="Open my stay").click()
    expect(first.page.get_by_role("heading", level=1)).to_contain_text("Good")
    second.page.get_by_role("button", name="Open my stay").click()
    expect(second.page.get_by_role("alert")).to_contain_text("This code has been used already.")


@pytest.mark.parametrize("path", ["/", "/portal/requests", "/guest/services", "/guest/chat"])
def test_guest_session_auto_expires_24h(
    phone: Phone, made: Made, world: World, stack: Stack, path: str
) -> None:
    shown = in_room(phone, made)
    shown.page.goto("about:blank")  # a page that is open leaves by itself
    world.conn.execute(
        "update identity.sessions set expires_at = clock_timestamp() where qr_token_id is not null"
    )
    shown.page.goto(stack.url + path)
    assert shown.page.url == f"{stack.url}/guest/access?expired=true"
    expect(shown.page.get_by_role("heading", level=1)).to_have_text("Your visit has ended")
    assert shown.problems() == []
    shown.page.get_by_role("link", name="Say who I am again").click()
    identify(shown.page)
    expect(shown.page.get_by_role("heading", level=1)).to_contain_text("Good")


def test_guest_can_access_guest_routes_only(phone: Phone, made: Made, stack: Stack) -> None:
    shown = in_room(phone, made)
    for path in ("/guest", "/guest/services"):
        shown.page.goto(stack.url + path)
        assert shown.page.url == f"{stack.url}/"
    answer = shown.page.goto(f"{stack.url}/guest/nowhere")
    assert answer is not None
    assert answer.status == 404


@pytest.mark.parametrize("path", ["/admin", "/app/inbox"])
def test_guest_cannot_access_admin_or_staff_routes(phone: Phone, made: Made, stack: Stack, path: str) -> None:
    shown = in_room(phone, made)
    answer = shown.page.goto(stack.url + path)
    assert answer is not None
    assert answer.status in (401, 403) or shown.page.url == f"{stack.url}/staff/access"
    expect(shown.page.get_by_text("Marutani")).to_have_count(0)


@pytest.mark.parametrize("path", ["/guest", "/guest/identify", "/guest/services", "/guest/chat"])
def test_middleware_enforces_route_boundaries(phone: Phone, stack: Stack, path: str) -> None:
    shown = phone()
    shown.page.goto(stack.url + path)
    assert shown.page.url == f"{stack.url}/guest/access"
    expect(shown.page.locator("main")).to_contain_text("Where the code is")
    assert shown.problems() == []


def test_guest_ai_chat_includes_guest_id_and_room_id_context(
    phone: Phone, made: Made, stack: Stack, world: World
) -> None:
    shown = in_room(phone, made)
    cookies = {str(one.get("name")): str(one.get("value")) for one in shown.context.cookies()}
    answer = shown.page.request.post(
        f"{stack.url}/rest/v1/rpc/caller_context",
        headers={"Authorization": f"Bearer {cookies['staybase_guest_access']}"},
        data={},
    )
    context = answer.json()
    row = world.rows(
        "select guest_id::text, room_id::text from public.bookings where id = %s", world.booking("Marutani")
    )[0]
    assert (context["role"], context["guest_id"], context["room_id"]) == ("guest", *row)


@pytest.mark.parametrize("token", ["nothing", "x.y.z", "ü" * 40, "a" * 3000])
def test_a_wrong_code_is_told_kindly(phone: Phone, stack: Stack, world: World, token: str) -> None:
    shown = phone()
    answer = shown.page.goto(f"{stack.url}/guest/access?t={token}")
    assert answer is not None
    assert answer.status == 400
    expect(shown.page.get_by_role("alert")).to_contain_text("This code opens nothing here.")


def test_eight_wrong_names_wait(phone: Phone, made: Made) -> None:
    shown = phone()
    shown.page.goto(made("GUEST_ACCESS", room="G05")["qrUrl"])
    for _ in range(8):
        identify(shown.page, "Somebody")
    identify(shown.page, "Somebody")
    expect(shown.page.get_by_role("alert")).to_contain_text("Please try again in")
