"""A day of a stay, lived through by a guest who reads Spanish: phone, desk, Slack and mail."""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.pages.browser import DESK, screen
from tests.pages.day import Day, Who
from tests.pages.walk import Phones, Reception, Walker, Wish
from tests.stack import Stack, running_stack
from tests.world import RECEPTION, World, wait_for

INES = Who("Inés", "Robledo", "+12025550188", "ines@guests.example", "es", "G03")
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LINK = re.compile(r"http\S+/\?c=[A-Z0-9]{6}")


@contextmanager
def a_day(stack: Stack, chromium: Browser) -> Iterator[Day]:
    """The guest's phone, the desk of reception and the sandbox, on the evening before."""
    with (
        stack.connect() as conn,
        screen(chromium, language="es") as at_hand,
        screen(chromium, size=DESK) as at_desk,
        screen(chromium, size=DESK) as sandbox,
    ):
        day = Day(
            stack,
            World(conn),
            INES,
            Walker(at_hand, stack.url, f"{INES.first_name} {INES.last_name}"),
            Reception(at_desk, stack.url),
            Phones(sandbox, stack),
            World(conn).value("select app.today_in('Asia/Karachi')"),
        )
        day.desk.go(f"/dev/sign-in?as={RECEPTION}")
        yield day
        assert [shown.faults for shown in (at_hand, at_desk, sandbox)] == [[], [], []]


@pytest.mark.long
def test_a_day_of_a_stay(chromium: Browser) -> None:
    with running_stack() as stack, a_day(stack, chromium) as day:
        booking = the_evening_before(day)
        arrival(day, booking)
        the_evening(day)
        an_action_taken_back(day)
        the_morning(day)
        words_and_a_picture(day)
        the_mini_shop(day)
        late_check_out(day)
        departure(day, booking)
        how_it_was(day)


def the_evening_before(day: Day) -> str:
    """Reception confirms the stay; the guest opens the link of the message and orders a pick-up."""
    day.at(0, "20:00")
    wish = {
        "property_code": "FSL",
        "room_type_code": "DELUXE",
        "room_number": INES.room,
        "guest": {
            "first_name": INES.first_name,
            "last_name": INES.last_name,
            "phone": INES.phone,
            "email": INES.email,
            "language": INES.language,
        },
        "check_in": str(day.began + timedelta(days=1)),
        "check_out": str(day.began + timedelta(days=3)),
    }
    booking = str(day.command("create_booking", p_booking=wish)["id"])
    day.hears()
    day.command("confirm_booking", p_booking_id=booking)
    day.hears(phone={"welcome_with_portal": 1}, mail={"booking_confirmation": 1})
    link = LINK.search(day.reads_phone().inner_text())
    assert link is not None
    day.guest.page.goto(link[0])
    hero = day.guest.page.locator("header.hero")
    expect(hero).to_contain_text("Buenas noches")
    expect(hero).to_contain_text(INES.first_name)
    expect(day.guest.page.get_by_text("Le esperamos con ilusión")).to_be_visible()
    day.looks("evening-before")

    ride = Wish("airport_transport", "transport", subtype="airport_pickup", at=day.moment(1, "13:00"))
    sent = day.asks(ride)
    day.hears(phone={"request_received": 1}, slack={"transport-fsl": 1})
    day.looks("pick-up-asked")
    day.sees_through("airport_transport", sent.id, "schedule", schedule={})
    day.hears(phone={"ride_scheduled": 1})
    expect(day.guest.card(sent).locator(".chip")).to_have_text("Programado")
    return booking


def arrival(day: Day, booking: str) -> None:
    """The driver brings the guest, reception checks them in; the welcome asks about cleaning: DIARIO."""
    day.at(1, "12:30")
    day.guest.go("/")
    expect(day.guest.page.get_by_text("Hoy es el día")).to_be_visible()
    day.looks("arrival-day", "guest")
    ride = day.newest("airport_transport")
    driver = {"driver": "Asif"}
    day.sees_through(
        "airport_transport", ride, "assign_driver", "depart", "complete", assign_driver=driver, complete={}
    )
    day.hears(
        phone={"driver_assigned": 1, "request_update": 1, "request_done": 1, "folio_charge_posted": 1},
        slack={"transport-fsl": 1},
    )
    day.at(1, "14:10")
    day.command("check_in_guest", p_booking_id=booking)
    day.hears(phone={"checkin_welcome_cleaning_opt_in": 1}, slack={"reception-fsl": 1})
    expect(day.reads_phone()).to_contain_text("DIARIO")
    day.looks("welcome", "phone")
    day.writes("Diario")
    day.hears(phone={"cleaning_pref_changed": 1})
    day.guest.go("/")
    expect(day.guest.page.locator("header.hero")).to_contain_text(f"Habitación {INES.room}")
    expect(day.guest.page.locator('a[href="/portal/cleaning"]')).to_contain_text("Cada día")
    day.looks("in-house")


def the_evening(day: Day) -> None:
    """The menu comes to the phone; breakfast is ordered, and changed."""
    day.at(1, "18:00")
    day.hears(phone={"menu_form": 1})
    day.guest.go("/")
    day.guest.page.locator('a[href="/portal/breakfast"]').click()
    day.guest.page.get_by_role("radio", name="08:30").last.check(force=True)
    day.takes("Huevos a su gusto")
    day.guest.page.get_by_role("radio", name="revueltos").check(force=True)
    day.looks("menu", "guest")
    day.guest.sends()
    day.looks("menu-review", "guest")
    day.guest.sends()
    day.guest.page.wait_for_url("**/portal/requests/*?sent=1")
    day.hears(phone={"request_received": 1, "folio_charge_posted": 1}, slack={"kitchen-fsl": 1})
    day.looks("breakfast-ordered")
    day.guest.go("/portal/breakfast")
    day.guest.page.get_by_role("link", name="Cambiar").click()
    day.takes("Café")
    day.guest.sends()
    day.guest.sends()
    day.guest.says("1 × Café")
    day.hears(phone={"request_received": 1, "folio_charge_posted": 1}, slack={"kitchen-fsl": 1})


def an_action_taken_back(day: Day) -> None:
    """Towels: acknowledged by mistake and taken back before the guest hears of it; then brought."""
    day.guest.go("/")
    towels = day.asks(Wish("housekeeping", "housekeeping", {"towel": 2}))
    day.hears(phone={"request_received": 1}, slack={"housekeeping-fsl": 1})
    day.setting("undo_seconds", "60")
    day.sees_through("housekeeping", towels.id, "acknowledge", "complete")
    day.looks("undo", "desk")
    day.desk.page.locator("#undo button").click()
    expect(day.desk.status()).to_have_text("Acknowledged")
    day.setting("undo_seconds", "0")
    day.hears()
    day.sees_through("housekeeping", towels.id, "complete")
    day.hears(phone={"request_done": 1})
    expect(day.guest.card(towels).locator(".chip")).to_have_text("Hecho")


def the_morning(day: Day) -> None:
    """The kitchen's list at half past six, the lock, breakfast; then the day's cleaning."""
    day.at(2, "06:30")
    day.hears(slack={"kitchen-fsl": 1})
    expect(day.reads_slack("kitchen")).to_contain_text("08:30")
    day.looks("kitchen-list", "phone")
    day.at(2, "07:55")
    breakfast = day.newest("menu_order")
    day.guest.go(f"/portal/requests/{breakfast}")
    expect(day.guest.page.get_by_role("link", name="Cambiar")).to_have_count(0)
    day.looks("locked", "guest")
    day.hears()
    day.at(2, "08:20")
    day.sees_through("menu_order", breakfast, "prepare", "deliver")
    day.hears(phone={"request_done": 1})
    day.at(2, "09:00")
    day.hears(slack={"housekeeping-fsl": 1})
    expect(day.reads_slack("housekeeping")).to_contain_text(INES.room)
    day.looks("cleaning-list", "phone")
    cleaning = day.newest("cleaning", "daily_clean")
    sana = {"assignee": "Sana"}
    day.sees_through("cleaning", cleaning, "assign", "start", "complete", assign=sana)
    day.hears(phone={"cleaning_done": 1})
    day.looks("cleaned")


def words_and_a_picture(day: Day) -> None:
    """Written with a picture, seen at the desk, answered where the guest is."""
    day.at(2, "11:00")
    day.hears(phone={"menu_form": 1})
    day.writes("El grifo gotea", PICTURE)
    request = day.newest("concierge")
    day.hears(phone={"request_received": 1}, slack={"concierge-fsl": 1})
    day.desk.visits(request)
    expect(day.desk.story()).to_contain_text("El grifo gotea")
    kept = "select state from portal.request_attachments where request_id = %s"
    wait_for(lambda: day.world.value(kept, request) == "kept", "the picture")
    day.desk.page.reload()
    expect(day.desk.story().locator(".shot img")).to_have_js_property("naturalWidth", 1)
    day.desk.page.locator("#comment").fill("Bilal va ahora mismo.")
    day.desk.page.get_by_role("button", name="Send to guest").click()
    expect(day.desk.story()).to_contain_text("Bilal va ahora mismo.")
    day.hears(phone={"words": 1})
    expect(day.reads_phone()).to_contain_text("Bilal va ahora mismo.")
    day.looks("picture", "desk", "phone")
    day.sees_through("concierge", request, "acknowledge", "start", "complete")
    day.hears(phone={"request_done": 1})


def the_mini_shop(day: Day) -> None:
    """A cola, brought and charged."""
    day.guest.go("/")
    cola = day.asks(Wish("mini_shop", "reception", {"cola": 1}))
    day.hears(phone={"request_received": 1}, slack={"reception-fsl": 1})
    day.sees_through("mini_shop", cola.id, "confirm", "deliver")
    day.hears(phone={"request_done": 1, "folio_charge_posted": 1})
    day.looks("delivered", "guest")


def late_check_out(day: Day) -> None:
    """Asked on the phone, approved with an amount by a button in Slack."""
    day.at(2, "19:00")
    day.hears(phone={"menu_form": 1})
    day.guest.go("/portal/request/booking_action?subtype=late_checkout")
    day.guest.page.locator("input[type=time]").fill("15:00")
    day.looks("late-check-out", "guest")
    day.guest.sends()
    day.guest.page.wait_for_url("**/portal/requests/*?sent=1")
    day.hears(phone={"request_received": 1}, slack={"reception-fsl": 1, "approvals-fsl": 1})
    card = day.reads_slack("approvals")
    day.looks("approval-asked", "phone")
    card.get_by_label("PKR").fill("9000")
    card.get_by_label("Pressed by").select_option("Tariq")
    card.get_by_role("button", name="Approve").click()
    expect(day.reads_slack("approvals")).to_contain_text("Approved by Tariq")
    day.guest.says("Autorizada")
    day.hears(phone={"request_update": 1}, slack={"housekeeping-fsl": 1})
    day.looks("approved", "guest", "phone")


def departure(day: Day, booking: str) -> None:
    """The last day: a later hour, a bill with everything on it once, paid; the room is for housekeeping."""
    day.at(3, "14:30")
    day.hears(slack={"reception-fsl": 1})
    day.guest.go("/")
    expect(day.guest.page.locator("header.hero")).to_contain_text("15:00")
    day.looks("departure-day", "guest")
    change = day.newest("booking_action")
    day.sees_through("booking_action", change, "complete")
    day.hears(phone={"request_done": 1, "folio_charge_posted": 1})
    day.guest.go("/portal/charges")
    expect(day.guest.page.locator("#lines .charge:not(.back)")).to_have_count(5)
    day.looks("bill", "guest")
    paper = day.guest.page.request.get(f"{day.guest.home}/portal/charges.pdf")
    assert paper.body().startswith(b"%PDF")

    desk = day.desk.page
    day.desk.go(f"/app/folios/{booking}")
    desk.locator("summary", has_text="Take a payment").click()
    desk.locator("details[open] form").get_by_role("button").click()
    expect(desk.locator(".totals .due")).to_contain_text("PKR 0")
    day.hears(mail={"receipt": 1})
    day.looks("paid", "desk")
    day.command("check_out_guest", p_booking_id=booking)
    day.hears(phone={"checkout_summary": 1}, slack={"housekeeping-fsl": 1})
    desk.reload()
    desk.get_by_role("button", name="Mail it to the guest").click()
    day.hears(mail={"invoice": 1})
    cleaning, *how = day.newest_in_room("cleaning")
    assert how == ["post_checkout", "post_checkout"]
    day.sees_through("cleaning", cleaning, "assign", "start", "complete", assign={"assignee": "Sana"})
    day.hears()
    day.guest.go("/")
    expect(day.guest.page.locator("header.hero")).to_contain_text("Gracias por su visita")
    day.looks("checked-out")


def how_it_was(day: Day) -> None:
    """A day later the house asks; a low mark becomes the manager's."""
    day.at(4, "15:00")
    day.hears(phone={"feedback_request": 1})
    day.guest.go("/portal/feedback")
    day.guest.page.locator("input[name=rating][value='2']").check(force=True)
    day.guest.page.locator("#comment").fill("La ducha, fría")
    day.guest.page.locator("form.form button.main").click()
    expect(day.guest.page.locator("#thanks")).to_contain_text("2 de 5")
    day.hears(phone={"request_received": 1}, slack={"reception-fsl": 1})
    complaint = day.newest("complaint")
    day.desk.visits(complaint)
    expect(day.desk.page.locator("#pane")).to_contain_text("2/5: La ducha, fría")
    expect(day.desk.page.locator("#pane")).to_contain_text("Tariq")
    day.looks("feedback")
