"""A request as it moves: by itself, by a word, by the guest's own hand."""

from playwright.sync_api import expect

from tests.pages.portal.conftest import Visit
from tests.pages.portal.guest import Guest
from tests.world import HOUSEKEEPER, RECEPTION, World


def test_the_status_moves_without_a_reload(guest: Guest, world: World) -> None:
    request_id = guest.orders_towels()
    guest.page.evaluate("window.stayed = true")
    guest.page.get_by_label("Your message").fill("half a senten")
    with world.member(RECEPTION) as reception:
        reception.act(request_id, "acknowledge")
    label = expect(guest.page.locator("#request [aria-current=step]"))
    label.not_to_have_text("Sent")
    with world.member(HOUSEKEEPER) as sana:
        sana.act(request_id, "complete")
    expect(guest.page.locator("#request summary")).to_have_count(0)
    expect(guest.page.get_by_text("Sent. We are on it.")).to_be_hidden()
    assert guest.page.evaluate("window.stayed") is True
    expect(guest.page.get_by_label("Your message")).to_have_value("half a senten")
    assert guest.screen.faults == []


def test_the_first_page_moves_too(guest: Guest, world: World) -> None:
    request_id = guest.orders_towels()
    guest.go("/")
    card = guest.page.locator(f"#card-{request_id}")
    before = card.locator(".chip").inner_text()
    with world.member(RECEPTION) as reception:
        reception.act(request_id, "acknowledge")
    expect(card.locator(".chip")).not_to_have_text(before)


def test_guest_and_team_write_to_each_other(guest: Guest, world: World) -> None:
    request_id = guest.orders_towels()
    guest.page.get_by_label("Your message").fill("The blue ones")
    guest.page.get_by_role("button", name="Send").click()
    expect(guest.page.locator(".bubble.mine")).to_have_text("The blue ones")
    expect(guest.page.get_by_label("Your message")).to_have_value("")
    with world.member(RECEPTION) as reception:
        reception.value("select api.add_request_comment(%s, 'Of course', false)", request_id)
        reception.value("select api.add_request_comment(%s, 'Not for guests', true)", request_id)
    guest.says("Of course")
    expect(guest.page.get_by_text("Not for guests")).to_have_count(0)


def test_a_guest_takes_it_back(guest: Guest, world: World) -> None:
    request_id = guest.orders_towels()
    guest.page.locator("summary").click()
    guest.page.get_by_role("button", name="Yes: cancel").click()
    expect(guest.page.locator("#request")).to_contain_text("Cancelled")
    assert world.value("select outcome from portal.requests where id = %s", request_id) == "cancelled"
    guest.go("/portal/requests")
    expect(guest.page.locator(f"#card-{request_id}")).to_contain_text("Cancelled")


def test_taking_back_what_has_moved_on_is_told(visit: Visit, world: World) -> None:
    guest = visit(scripts=False)
    request_id = guest.orders_towels()
    guest.page.locator("summary").click()
    with world.member(RECEPTION) as reception:
        reception.act(request_id, "acknowledge")
    guest.page.get_by_role("button", name="Yes: cancel").click()
    expect(guest.page.get_by_role("alert")).to_contain_text("This has just moved on")
    assert world.value("select phase from portal.requests where id = %s", request_id) == "active"
    guest.page.get_by_role("button", name="Español").click()
    guest.says("Unas palabras al equipo")
    guest.page.get_by_role("button", name="English").click()


def test_anothers_request_is_not_found(guest: Guest, visit: Visit) -> None:
    request_id = guest.orders_towels()
    for stranger in (visit(tenant="alpine"), visit("departure_day")):
        answer = stranger.page.goto(f"{stranger.home}/portal/requests/{request_id}")
        assert answer is not None
        assert answer.status == 404
        expect(stranger.page.get_by_text("Bath towel")).to_have_count(0)
