"""What a guest could ask for on the portal, asked for at the desk."""

import pytest
from playwright.sync_api import expect

from tests.pages.browser import PHONE, with_scripts_and_without
from tests.pages.inbox.conftest import SignIn
from tests.world import RECEPTION, World

MADE = (
    "select r.type_slug, r.source, r.note, r.on_behalf_of = r.booking_id, m.display_name, b.guest_name"
    " from portal.requests r join public.bookings b on b.id = r.booking_id"
    " join identity.memberships m on m.id = r.created_by where r.note = %s"
)
AS_FOUND = (
    "update public.bookings set auto_daily_cleaning = false, cleaning_pref_time = null"
    " where auto_daily_cleaning or cleaning_pref_time is not null"
)


@with_scripts_and_without
def test_towels_for_a_guest_who_called(sign_in: SignIn, world: World, scripts: bool) -> None:
    mohsin = sign_in(scripts=scripts)
    mohsin.go()
    mohsin.page.get_by_role("link", name="For a guest").click()
    mohsin.page.locator(".picks").get_by_role("link", name="Marutani").click()
    expect(mohsin.page.locator("#helping-title")).to_contain_text("Marutani")
    mohsin.page.locator(".picks").get_by_role("link", name="Housekeeping").click()
    mohsin.page.get_by_label("Bath towel").fill("2")
    note = f"Called from the pool, {scripts}"
    mohsin.page.get_by_label("In the guest's words").fill(note)
    mohsin.page.get_by_role("button", name="Ask for it").click()
    expect(mohsin.page.locator("#head")).to_contain_text("2 × Bath towel")
    expect(mohsin.story()).to_contain_text("by Mohsin at the desk")
    row = world.rows(MADE, note)
    assert [each[:5] for each in row] == [("housekeeping", "staff", note, True, "Mohsin")]
    assert "Marutani" in row[0][5]


def test_what_is_missing_is_said_and_what_was_typed_stays(sign_in: SignIn) -> None:
    mohsin = sign_in(scripts=False)
    mohsin.go("/app/inbox/guests")
    mohsin.page.locator(".picks").get_by_role("link", name="Marutani").click()
    mohsin.page.locator(".picks").get_by_role("link", name="Mini-shop").click()
    mohsin.page.get_by_label("In the guest's words").fill("The usual")
    mohsin.page.get_by_role("button", name="Ask for it").click()
    expect(mohsin.page.get_by_role("alert")).to_be_visible()
    expect(mohsin.page.get_by_label("In the guest's words")).to_have_value("The usual")


def test_a_change_of_stay_asks_first_which(sign_in: SignIn) -> None:
    mohsin = sign_in(scripts=False)
    mohsin.go("/app/inbox/guests")
    mohsin.page.locator(".picks").get_by_role("link", name="Marutani").click()
    mohsin.page.locator(".picks").get_by_role("link", name="Change of stay").click()
    mohsin.page.get_by_role("link", name="Late check-out", exact=True).click()
    expect(mohsin.page.get_by_label("Until when would you like to stay?")).to_be_visible()


@pytest.mark.shows("subflow/cleaning_opt_in_booking")
def test_the_desk_notes_how_a_guest_likes_it_cleaned(sign_in: SignIn, world: World) -> None:
    mohsin = sign_in(size=PHONE)
    mohsin.go("/app/inbox/guests")
    mohsin.page.locator(".picks").get_by_role("link", name="Marutani").click()
    mohsin.page.get_by_label("Every day").select_option("Yes")
    mohsin.page.get_by_label("Best time").fill("11:30")
    mohsin.page.get_by_role("button", name="Save").click()
    expect(mohsin.page.get_by_role("status").filter(has_text="The guest is told.")).to_be_visible()
    kept = "select cleaning_pref_time::text, cleaning_opt_in_source from public.bookings where id = %s"
    assert world.rows(kept, world.booking("Marutani")) == [("11:30:00", "staff")]
    assert mohsin.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    mohsin.page.get_by_label("Best time").fill("03:00")
    mohsin.page.get_by_role("button", name="Save").click()
    expect(mohsin.page.get_by_role("alert")).to_contain_text("Rooms are not cleaned at that hour.")
    world.conn.execute(AS_FOUND)


def test_who_has_left_is_offered_what_is_still_open(sign_in: SignIn) -> None:
    mohsin = sign_in(scripts=False)
    mohsin.go("/app/inbox/guests")
    mohsin.page.locator(".picks").get_by_role("link", name="Lindqvist").click()
    assert mohsin.page.locator(".picks a").all_inner_texts() == ["Concierge", "Lost and found"]
    mohsin.page.get_by_role("link", name="Folio").click()
    expect(mohsin.page.locator("h1")).to_contain_text("Lindqvist")


def test_another_hotel_s_guest_is_not_found(sign_in: SignIn, world: World) -> None:
    theirs = world.value(
        "select b.id from public.bookings b join public.tenants t on t.id = b.tenant_id"
        " where t.slug = 'alpine' and b.checkin_status = 'CHECKED_IN' limit 1"
    )
    mohsin = sign_in()
    for path in ("", "/housekeeping"):
        answer = mohsin.page.goto(f"{mohsin.home}/app/inbox/guests/{theirs}{path}")
        assert answer is not None
        assert answer.status == 404


@pytest.mark.shows("subflow/cleaning_by_reception")
def test_a_cleaning_is_noted_for_a_guest(sign_in: SignIn, world: World) -> None:
    mohsin = sign_in(scripts=False)
    mohsin.go("/app/inbox/guests")
    mohsin.page.locator(".picks").get_by_role("link", name="Marutani").click()
    mohsin.page.locator(".picks").get_by_role("link", name="Cleaning").click()
    mohsin.page.get_by_label("Kind").select_option("Turndown")
    mohsin.page.get_by_label("In the guest's words").fill("Before eight")
    mohsin.page.get_by_role("button", name="Ask for it").click()
    expect(mohsin.page.locator("#head")).to_contain_text("Turndown")
    assert [each[:4] for each in world.rows(MADE, "Before eight")] == [
        ("cleaning", "staff", "Before eight", True)
    ]


def test_breakfast_is_ordered_for_a_guest(sign_in: SignIn, world: World) -> None:
    mohsin = sign_in(scripts=False)
    mohsin.go("/app/inbox/guests")
    mohsin.page.locator(".picks").get_by_role("link", name="Okoye").click()
    mohsin.page.locator(".picks").get_by_role("link", name="Breakfast").click()
    for group in mohsin.page.locator(".goods > label").first.locator("xpath=following-sibling::*").all():
        if group.get_attribute("role") != "group":
            break
        group.locator("input").first.check()
    mohsin.page.locator(".goods > label input").first.fill("1")
    mohsin.page.get_by_label("For how many").fill("1")
    mohsin.page.get_by_label("Allergies or wishes").fill("Ordered at the desk")
    mohsin.page.get_by_role("button", name="What it comes to").click()
    expect(mohsin.page.locator(".ask output")).to_contain_text("PKR")
    mohsin.page.get_by_role("button", name="Order it").click()
    expect(mohsin.page.locator("#head")).to_contain_text("Okoye")
    made = world.value("select id from portal.requests where note = 'Ordered at the desk'")
    mohsin.page.go_back()
    mohsin.page.reload()
    mohsin.page.get_by_role("link", name="Change it").click()
    mohsin.page.get_by_label("For how many").fill("2")
    mohsin.page.get_by_role("button", name="Save the change").click()
    expect(mohsin.page.locator("#head")).to_contain_text("Okoye")
    assert world.value("select people from service_menus.orders where request_id = %s", made) == 2
    assert [each[:4] for each in world.rows(MADE, "Ordered at the desk")] == [
        ("menu_order", "staff", "Ordered at the desk", True)
    ]
    with world.member(RECEPTION):
        made = world.value("select id from api.requests where note = 'Ordered at the desk'")
        world.act(made, "cancel", None, {"reason": "The test is over"})


def test_a_guest_is_found_by_room_name_phone_and_reference(sign_in: SignIn, world: World) -> None:
    reference = str(world.booking("Marutani"))[-8:].upper()
    mohsin = sign_in(scripts=False)
    mohsin.go("/app/inbox/guests?property=FSL")
    for words in ("g06", "MARUT", "555 0101", reference):
        mohsin.page.get_by_label("Search guests").fill(words)
        mohsin.page.get_by_label("Search guests").press("Enter")
        expect(mohsin.page.locator("#guests a")).to_have_count(1)
        expect(mohsin.page.locator("#guests")).to_contain_text("Kenji Marutani")
    mohsin.page.locator("#guests a").click()
    expect(mohsin.page.locator(".helping .sub")).to_contain_text(reference)


def test_who_is_not_there_is_said_while_one_types(sign_in: SignIn) -> None:
    mohsin = sign_in(size=PHONE)
    mohsin.go("/app/inbox/guests")
    mohsin.page.get_by_label("Search guests").fill("%,(nobody)\"' G06")
    expect(mohsin.page.locator("#guests")).to_contain_text("No guest fits “%,(nobody)\"' G06”.")
    assert mohsin.screen.problems() == []
    assert mohsin.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    mohsin.page.get_by_role("link", name="Show all guests").click()
    expect(mohsin.page.locator("#guests")).to_contain_text("Kenji Marutani")
    assert mohsin.screen.faults == []


def test_the_desk_notes_what_a_guest_said_who_has_left(sign_in: SignIn, world: World) -> None:
    mohsin = sign_in(size=PHONE)
    mohsin.go("/app/inbox/guests?who=Lindqvist")
    mohsin.page.locator("#guests a").click()
    mohsin.page.get_by_label("Mark", exact=True).select_option("4")
    mohsin.page.locator("#for-comment").fill("Lovely garden")
    mohsin.page.get_by_role("button", name="Save").click()
    expect(mohsin.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert mohsin.screen.problems() == []
    mohsin.go("/app/feedback")
    expect(mohsin.page.locator("main")).to_contain_text("noted by Mohsin")
    world.conn.execute("delete from portal.feedback where comment = 'Lovely garden'")
