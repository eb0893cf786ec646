"""Acting on a request: the buttons that the database offers, what they ask for, and who was first."""

import pytest
from playwright.sync_api import expect

from tests.pages.browser import with_scripts_and_without
from tests.pages.inbox.conftest import SignIn
from tests.pages.inbox.desk import Member
from tests.world import HOUSEKEEPER, KITCHEN, MANAGER, RECEPTION, STRANGER, World


def status_of(world: World, request_id: str) -> str:
    return str(world.value("select status from portal.requests where id = %s", request_id))


@pytest.mark.shows("subflow/reception_inbox")
def test_one_tap_moves_it(mohsin: Member, towels: str, world: World) -> None:
    mohsin.opens(towels)
    mohsin.presses("Acknowledge")
    expect(mohsin.status()).to_have_text("Acknowledged")
    expect(mohsin.row(towels)).to_contain_text("Acknowledged")
    expect(mohsin.story()).to_contain_text("New → Acknowledged")
    assert status_of(world, towels) == "acknowledged"


def test_a_key_presses_the_button(mohsin: Member, towels: str) -> None:
    mohsin.opens(towels)
    mohsin.page.keyboard.press("1")
    expect(mohsin.status()).to_have_text("Acknowledged")


def test_a_double_tap_is_one(mohsin: Member, towels: str, world: World) -> None:
    mohsin.opens(towels)
    mohsin.page.locator("#act-acknowledge").dblclick(force=True)
    expect(mohsin.status()).to_have_text("Acknowledged")
    expect(mohsin.page.get_by_role("alert")).to_have_count(0)
    moves = (
        "select count(*) from portal.request_status_history where request_id = %s and from_status is not null"
    )
    assert world.value(moves, towels) == 1


def test_an_overtaken_button_names_who_did_what(sign_in: SignIn, towels: str, world: World) -> None:
    mohsin = sign_in(scripts=False)
    mohsin.visits(towels)
    with world.member(HOUSEKEEPER) as sana:
        sana.act(towels, "acknowledge")
    mohsin.presses("Acknowledge")
    said = expect(mohsin.page.get_by_role("alert"))
    said.to_contain_text("Sana was first: New → Acknowledged")
    expect(mohsin.status()).to_have_text("Acknowledged")
    assert "Acknowledge" not in mohsin.buttons()[0]


def test_an_open_form_hears_that_someone_was_first(mohsin: Member, towels: str, world: World) -> None:
    mohsin.opens(towels)
    mohsin.presses("Cancel")
    mohsin.form().get_by_label("Reason").fill("The guest found some")
    with world.member(HOUSEKEEPER) as sana:
        sana.act(towels, "acknowledge")
    expect(mohsin.page.get_by_role("alert")).to_contain_text("Sana was first")
    expect(mohsin.page.get_by_role("alert")).to_contain_text("What you have entered is still here.")
    expect(mohsin.form().get_by_label("Reason")).to_have_value("The guest found some")
    mohsin.sends_form()
    expect(mohsin.page.get_by_role("alert")).to_contain_text("Nothing was done twice.")
    expect(mohsin.form().get_by_label("Reason")).to_have_value("The guest found some")
    mohsin.sends_form()
    expect(mohsin.status()).to_have_text("Cancelled")


@with_scripts_and_without
def test_what_an_action_needs_is_asked_and_typed(
    sign_in: SignIn, task: str, world: World, scripts: bool
) -> None:
    mohsin = sign_in(scripts=scripts)
    mohsin.visits(task)
    mohsin.presses("Assign")
    mohsin.sends_form()
    expect(mohsin.form().locator(".wrong")).to_have_text("Please fill this in.")
    assert status_of(world, task) == "new"
    mohsin.form().locator("select").select_option(label="Bilal")
    mohsin.sends_form()
    expect(mohsin.status()).to_have_text("Assigned")
    expect(mohsin.page.locator("#head")).to_contain_text("Bilal")


def test_a_time_is_the_propertys(sign_in: SignIn, world: World, ride: str) -> None:
    mohsin = sign_in(timezone_id="America/Los_Angeles")
    mohsin.visits(ride)
    mohsin.presses("Schedule")
    expect(mohsin.form()).to_contain_text("Asia/Karachi")
    mohsin.form().locator("input[type=datetime-local]").fill("2031-05-01T06:10")
    mohsin.sends_form()
    expect(mohsin.page.locator("#head")).to_contain_text("Thursday 1 May, 06:10")
    instant = "select scheduled_for = '2031-05-01T06:10+05:00' from portal.requests where id = %s"
    assert world.value(instant, ride) is True


def test_an_unreadable_amount_is_marked(mohsin: Member, ride: str, world: World) -> None:
    with world.member(MANAGER) as manager:
        manager.act(ride, "schedule", None, {"scheduled_for": "2031-04-30T06:00"})
        manager.act(ride, "assign_driver", None, {"driver": "Asif"})
        manager.act(ride, "depart")
    mohsin.visits(ride)
    mohsin.presses("Completed")
    field = mohsin.form().locator("[name=amount]")
    field.fill("a lot")
    mohsin.sends_form()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("a lot")
    field.fill("1,500")
    mohsin.sends_form()
    expect(mohsin.status()).to_have_text("Completed")
    expect(mohsin.page.locator("#side")).to_contain_text("Posted to the folio")
    posted = world.value("select sum(net + tax_total) from public.charges where request_id = %s", ride)
    assert posted == 1500


def test_a_button_needs_its_own_right(sign_in: SignIn, task: str) -> None:
    mohsin, asma = sign_in(RECEPTION), sign_in(KITCHEN)
    for member in (mohsin, asma):
        member.visits(task)
    assert any("Assign" in button for button in mohsin.buttons())
    assert not any("Assign" in button for button in asma.buttons())


def test_a_role_without_the_right_sees_no_buttons(sign_in: SignIn, trainee: str, towels: str) -> None:
    member = sign_in(trainee)
    member.visits(towels)
    expect(member.page.locator("#pane")).to_contain_text("Bath towel")
    assert member.buttons() == []
    expect(member.page.locator("#comment")).to_have_count(0)


def test_another_hotels_request_is_not_found(sign_in: SignIn, towels: str) -> None:
    greta = sign_in(STRANGER)
    answer = greta.page.goto(f"{greta.home}/app/inbox/requests/{towels}")
    assert answer is not None
    assert answer.status == 404
    expect(greta.page.get_by_text("Bath towel")).to_have_count(0)


def test_a_note_stays_inside_and_a_word_goes_out(mohsin: Member, sandwich: str, world: World) -> None:
    mohsin.opens(sandwich)
    mohsin.page.locator("#comment").fill("Allergic to sesame")
    mohsin.page.get_by_role("button", name="Note", exact=True).click()
    expect(mohsin.story()).to_contain_text("Allergic to sesame")
    expect(mohsin.page.locator("#comment")).to_have_value("")
    mohsin.page.locator("#comment").fill("Ten minutes")
    mohsin.page.get_by_role("button", name="Send to guest").click()
    expect(mohsin.story()).to_contain_text("Ten minutes")
    kept = world.rows(
        "select body, is_internal from portal.request_comments where request_id = %s order by created_at",
        sandwich,
    )
    assert kept == [("Allergic to sesame", True), ("Ten minutes", False)]


def test_the_story_and_the_order_are_told(mohsin: Member, sandwich: str) -> None:
    mohsin.opens(sandwich)
    expect(mohsin.story()).to_contain_text("No mayonnaise")
    expect(mohsin.story()).to_contain_text("Told the guest on WhatsApp: received")
    expect(mohsin.story()).to_contain_text("#kitchen-fsl")
    side = mohsin.page.locator("#side")
    expect(side).to_contain_text("Kenji Marutani")
    expect(side).to_contain_text("Posts when done")
    expect(side).to_contain_text("GST")


def test_gold_is_for_one_button(mohsin: Member, towels: str, world: World) -> None:
    with world.member(HOUSEKEEPER) as sana:
        sana.act(towels, "acknowledge")
    mohsin.visits(towels)
    assert len(mohsin.buttons()) > 2
    expect(mohsin.page.locator("#head .btn.main")).to_have_count(1)
