"""The manager's QR codes and kiosks, in a real browser."""

import base64
import re
from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from tests.pages.browser import Screen, screen
from tests.stack import Stack
from tests.world import MANAGER, World


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    """The house behind the pages, with no code and no kiosk yet."""
    with stack.connect() as conn:
        conn.execute("delete from app.limits")
        conn.execute("update identity.qr_tokens set revoked_at = now() where revoked_at is null")
        conn.execute("delete from kiosk.kiosks")
        yield World(conn)


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest, world: World) -> Iterator[str]:
    """The manager's language."""
    change = (
        "update identity.memberships set language = %s"
        " where user_id = (select id from identity.users where email = %s)"
    )
    world.conn.execute(change, (request.param, MANAGER))
    yield request.param
    world.conn.execute(change, ("en", MANAGER))


@pytest.fixture
def manager(stack: Stack, chromium: Browser, world: World) -> Iterator[Screen]:
    """A manager at a phone, signed in."""
    with screen(chromium) as shown:
        shown.sign_in(stack.url, MANAGER)
        yield shown


def choose(shown: Screen, kind: str) -> None:
    shown.page.get_by_role("radio", name=re.compile(kind)).check(force=True)


def modules(shown: Screen) -> list[str]:
    """The squares of the first code on the page as a camera would see them: `#` is dark."""
    code = shown.page.locator(".code-card svg").first
    side = int(str(code.get_attribute("viewBox")).split()[2])
    picture = base64.b64encode(code.screenshot(scale="css")).decode()
    camera = shown.context.new_page()
    seen: list[str] = camera.evaluate(
        """async ([picture, side]) => {
          const image = new Image();
          image.src = "data:image/png;base64," + picture;
          await image.decode();
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [image.width, image.height];
          const lens = canvas.getContext("2d");
          lens.drawImage(image, 0, 0);
          const at = place => Math.floor((place + 0.5) * image.width / side);
          const dark = (x, y) => lens.getImageData(at(x), at(y), 1, 1).data[0] < 128;
          const all = [...Array(side).keys()];
          return all.map(y => all.map(x => dark(x, y) ? "#" : ".").join(""));
        }""",
        [picture, side],
    )
    camera.close()
    return seen


def test_a_code_can_be_read_by_a_camera(manager: Screen, stack: Stack) -> None:
    page = manager.page
    page.goto(f"{stack.url}/admin/qr-codes")
    choose(manager, "Repairs poster")
    page.get_by_role("button", name="Make it").click()
    page.locator(".code-card svg").first.wait_for()
    rows = modules(manager)
    corner = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
    quiet, end = 4, len(rows) - 4
    for top, left in ((quiet, quiet), (quiet, end - 7), (end - 7, quiet)):
        assert [row[left : left + 7] for row in rows[top : top + 7]] == corner
    timing = rows[quiet + 6][quiet + 8 : end - 8]
    assert timing == ("#." * len(timing))[: len(timing)]
    assert all(set(row) == {"."} for row in (*rows[:quiet], *rows[end:]))


def test_the_pages_hold_in_both_languages(language: str, manager: Screen, stack: Stack) -> None:
    for path in ("/admin/qr-codes", "/admin/kiosks"):
        manager.page.goto(stack.url + path)
        assert manager.page.locator("html").get_attribute("lang") == language
        assert manager.problems() == []
    assert manager.faults == []


def test_admin_can_generate_qr_codes_for_staff_and_guests(
    manager: Screen, stack: Stack, world: World
) -> None:
    page = manager.page
    page.goto(f"{stack.url}/admin/qr-codes")
    choose(manager, "Room code")
    page.get_by_label("House", exact=True).select_option(label="Hamsun FSL")
    page.get_by_label("Room number").fill("G06")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("img", name="QR code: Room code").locator("svg")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    assert manager.problems() == []
    page.goto(f"{stack.url}/admin/qr-codes")
    choose(manager, "Staff badge")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("img", name="QR code: Staff badge")).to_be_visible()
    made = world.rows("select purpose from identity.qr_tokens where revoked_at is null order by purpose")
    assert made == [("GUEST_ACCESS",), ("STAFF_ACCESS",)]
    assert manager.faults == []


def test_every_room_gets_its_own(manager: Screen, stack: Stack) -> None:
    page = manager.page
    page.goto(f"{stack.url}/admin/qr-codes")
    choose(manager, "Room code")
    page.get_by_label("House", exact=True).select_option(label="Hamsun Clifton")
    page.get_by_label("One for every room of the house").check(force=True)
    page.get_by_role("button", name="Make it").click()
    expect(page.locator(".code-card")).to_have_count(12)


def test_a_room_that_is_not_there_is_said(manager: Screen, stack: Stack) -> None:
    page = manager.page
    page.goto(f"{stack.url}/admin/qr-codes")
    page.get_by_label("Room number").fill("999")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no such room in this property.")
    expect(page.get_by_label("Room number")).to_have_value("999")


def test_a_code_is_revoked_in_two_taps(manager: Screen, stack: Stack) -> None:
    page = manager.page
    page.goto(f"{stack.url}/admin/qr-codes")
    choose(manager, "Repairs poster")
    page.get_by_label("A word to know it by").fill("Lobby")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("link", name="Back to the codes").click()
    expect(page.locator(".code-row")).to_contain_text("Lobby")
    page.locator("summary").click()
    page.get_by_role("button", name="Yes, it opens nothing any more").click()
    expect(page.get_by_text("No code opens anything yet.")).to_be_visible()


def test_a_kiosk_is_registered_changed_and_revoked(manager: Screen, stack: Stack) -> None:
    page = manager.page

    def token() -> str:
        return page.locator(".device-token").inner_text()

    def sees_itself(device: str, slug: str = "hamsun") -> httpx2.Response:
        return httpx2.get(
            f"{stack.url}/rest/v1/kiosks",
            headers={"Authorization": f"Bearer {device}", "x-tenant-slug": slug},
        )

    page.goto(f"{stack.url}/admin/kiosks")
    page.get_by_label("Where it stands").fill("By the lift")
    page.get_by_role("button", name="Register it and show its token").click()
    first = token()
    assert manager.problems() == []
    assert [one["name"] for one in sees_itself(first).json()] == ["By the lift"]
    assert sees_itself(first, "alpine").status_code == 401

    page.get_by_text("Another token").first.click()
    page.get_by_role("button", name="Yes, the old one ends now").click()
    second = token()
    assert sees_itself(first).status_code == 401
    assert sees_itself(second).status_code == 200

    page.goto(f"{stack.url}/admin/kiosks")
    expect(page.locator(".device-token")).to_have_count(0)
    page.get_by_text("Revoke").first.click()
    page.get_by_role("button", name="Yes, it is out at once").click()
    expect(page.get_by_text("Revoked")).to_be_visible()
    assert sees_itself(second).status_code == 401
    assert manager.faults == []


def test_a_name_that_is_taken_is_said(manager: Screen, stack: Stack) -> None:
    page = manager.page
    for _ in range(2):
        page.goto(f"{stack.url}/admin/kiosks")
        page.get_by_label("Where it stands").fill("Lobby")
        page.get_by_role("button", name="Register it and show its token").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a kiosk of that name already.")


def test_staff_do_not_come_here(stack: Stack, chromium: Browser) -> None:
    with screen(chromium) as shown:
        shown.sign_in(stack.url, "reception@hamsun.example")
        for path in ("/admin/qr-codes", "/admin/kiosks"):
            answer = shown.page.goto(stack.url + path)
            assert answer is not None
            assert answer.status == 403
