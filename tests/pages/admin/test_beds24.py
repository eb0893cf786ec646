"""/admin/beds24: a house is connected by an invite code, rooms are mapped, and what waits is seen to."""

from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import expect

from tests.pages.admin.conftest import Visit
from tests.pages.browser import PHONE
from tests.stack import Stack
from tests.world import RECEPTION, World, wait_for

PATH = "/admin/beds24?property=CLF"
OURS = (
    "select c.id from notify.beds24_connections as c join public.properties as p on p.id = c.property_id"
    " where p.code = 'CLF'"
)


@pytest.fixture(autouse=True)
def as_given(world: World) -> Iterator[None]:
    """The second house is not connected before and after."""
    yield
    for table, column in (
        ("imports", "connection_id"),
        ("rooms", "connection_id"),
        ("access", "connection_id"),
        ("connections", "id"),
    ):
        world.conn.execute(f"delete from notify.beds24_{table} where {column} in ({OURS})".encode())
    world.conn.execute(
        "delete from app.job_plans as j using public.properties as p"
        " where p.id = j.property_id and p.code = 'CLF' and j.job = 'beds24_sweep'"
    )
    world.conn.execute("delete from public.alerts where kind like 'beds24%'")


def invited(stack: Stack) -> str:
    return str(httpx2.post(f"{stack.url}/sandbox/beds24/invite", trust_env=False).json()["code"])


def test_a_house_is_connected_mapped_seen_to_and_parted(visit: Visit, stack: Stack, world: World) -> None:
    page = visit(PATH).page
    page.get_by_label("Number of the property at Beds24").fill("40003")
    page.get_by_label("Invite code").fill(invited(stack))
    page.get_by_role("button", name="Connect and show").click()
    secret = page.get_by_text("X-Webhook-Secret:").inner_text().split(": ")[1]
    kept = f"select app.digest(%s) = webhook_digest from notify.beds24_connections where id in ({OURS})"
    assert world.value(kept, secret)
    verified = f"select count(*) from ({OURS} and c.verified_at is not null) as v"
    wait_for(lambda: world.value(verified) == 1, "Beds24")

    page.goto(f"{stack.url}{PATH}")
    expect(page.locator("section[aria-labelledby=connection]")).to_contain_text("Connected")
    page.get_by_label("Room type").select_option("CLF_STANDARD")
    page.get_by_label("Unit 2").select_option("4")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Unit 2")).to_have_value("4")

    world.conn.execute(
        "insert into notify.beds24_imports (tenant_id, connection_id, property_id, beds24_booking_id, asked,"
        " answered, outcome, problem, problem_says, seen)"
        " select c.tenant_id, c.id, c.property_id, 777, 1, 1, 'problem', 'beds24_room_unknown', 'No room',"
        """ '{"status": "confirmed", "arrives_on": "2026-12-01", "leaves_on": "2026-12-03"}'"""
        f" from notify.beds24_connections as c where c.id in ({OURS})"
    )
    page.reload()
    row = page.locator("#waiting li")
    expect(row).to_contain_text("Booking 777")
    expect(row).to_contain_text("Its room means none of ours yet.")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    row.get_by_role("button", name="Leave it").click()
    expect(page.locator("#waiting")).to_contain_text("None.")

    page.locator("summary", has_text="Disconnect").click()
    page.get_by_role("button", name="Yes, ask Beds24 nothing").click()
    expect(page.locator("section[aria-labelledby=connection]")).to_contain_text("Not connected")


def test_what_is_missing_is_said_in_the_managers_language(visit: Visit) -> None:
    page = visit(PATH, size=PHONE).page
    page.get_by_role("button", name="Español").click()
    page.goto(page.url.split("?")[0].removesuffix("/admin") + "?property=CLF")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_label("Número del establecimiento en Beds24").fill("40003")
    page.get_by_label("Código de invitación").fill("corto")
    page.get_by_role("button", name="Conectar y ver").click()
    expect(page.get_by_role("alert")).to_contain_text("Hacen falta el número")
    page.get_by_role("button", name="English").click()


def test_reception_keeps_out(visit: Visit) -> None:
    page = visit(PATH, RECEPTION).page
    expect(page.get_by_label("Invite code")).to_have_count(0)
