"""Asking for something: every flow, once, whatever happens on the way."""

import pytest
from playwright.sync_api import expect

from tests.pages.browser import with_scripts_and_without
from tests.pages.portal.conftest import Visit
from tests.pages.portal.guest import Guest
from tests.world import World

BROUGHT = (
    *("Bath towel", "Fresh bed linen", "Shampoo & soap refill", "Slippers", "Kettle", "Hairdryer"),
    *("Bathrobe", "Baby cot", "Iron and board", "Extra pillow"),
)


def count(world: World, note: str) -> int:
    """How many requests carry this note."""
    found = world.value("select count(*) from portal.requests where note = %s", note)
    return int(found)


@pytest.mark.shows("subflow/housekeeping", "card/request")
def test_two_towels_are_free_and_on_their_way(guest: Guest, world: World) -> None:
    guest.go("/")
    guest.page.get_by_role("link", name="Towels & linen").click()
    for thing in BROUGHT:
        guest.says(thing)
    request_id = guest.orders_towels()
    guest.says("2 × Bath towel")
    assert world.value("select total from portal.requests where id = %s", request_id) == 0
    guest.go("/")
    expect(guest.page.locator("#now")).to_contain_text("2 × Bath towel")
    assert guest.screen.faults == []


@pytest.mark.shows("subflow/maintenance", "subflow/maintenance_severity")
def test_something_broken_says_what_and_how_urgent(guest: Guest, world: World) -> None:
    guest.wants("maintenance")
    guest.chooses("Air conditioning or heating")
    guest.chooses("Urgent")
    guest.notes("It hums")
    guest.sends()
    request_id = guest.sent()
    row = world.rows("select subtype, severity, note from portal.requests where id = %s", request_id)
    assert row == [("ac_heating", "urgent", "It hums")]


@pytest.mark.shows("subflow/concierge")
def test_reception_gets_a_message(guest: Guest) -> None:
    guest.page.get_by_role("link", name="Message reception").click()
    guest.chooses("A question")
    guest.notes("Is there a gym?")
    guest.sends()
    guest.sent()
    guest.says("Is there a gym?")


@pytest.mark.shows("subflow/cleaning", "subflow/cleaning_by_guest")
def test_a_cleaning_a_call_a_loss_and_a_complaint(guest: Guest, world: World) -> None:
    guest.wants("cleaning")
    guest.chooses("Clean my room now")
    guest.sends()
    guest.sent()
    guest.wants("wake_up_call")
    tomorrow = world.value("select ((now() at time zone 'Asia/Karachi')::date + 1)::text")
    guest.page.get_by_label("When shall we call?").fill(f"{tomorrow}T06:30")
    guest.sends()
    guest.sent()
    guest.says("06:30")
    guest.wants("lost_and_found")
    guest.page.get_by_label("What did you lose, and where?").fill("A grey scarf, at breakfast")
    guest.sends()
    guest.sent()
    guest.wants("complaint")
    guest.sends()
    expect(guest.page.get_by_label("What went wrong?")).to_be_focused()
    guest.notes("The lift has been out since noon 😕")
    guest.sends()
    guest.sent()
    guest.says("The lift has been out since noon 😕")
    assert guest.screen.faults == []


@pytest.mark.shows("subflow/kitchen_fnb", "subflow/mini_shop")
def test_who_is_asking_comes_once_and_nothing_is_lost(guest: Guest, world: World) -> None:
    guest.wants("kitchen_fnb")
    guest.takes("Club sandwich")
    expect(guest.page.locator("#total")).to_contain_text("PKR 1,850")
    guest.notes("No mayo, once")
    guest.sends()
    guest.is_asked_who()
    expect(guest.page.get_by_label("Your last name")).to_be_focused()
    assert guest.screen.problems() == []
    guest.page.get_by_label("Your last name").fill("Somebody")
    guest.sends()
    expect(guest.page.get_by_role("alert")).to_contain_text("That is not what the booking says.")
    expect(guest.page.get_by_role("alert")).to_be_focused()
    guest.says_who()
    guest.sent()
    guest.says("No mayo, once")
    assert count(world, "No mayo, once") == 1

    guest.wants("mini_shop")
    guest.takes("Cola")
    guest.takes("Still water")
    guest.sends()
    guest.sent()
    guest.says("Still water")


def test_the_phones_last_digits_do_as_well(guest: Guest) -> None:
    guest.go("/portal/charges")
    guest.page.get_by_label("The last four digits of your phone number").fill("0101")
    guest.sends()
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("My charges")


@pytest.mark.shows("subflow/airport_transport")
def test_a_pick_up_is_meant_in_the_propertys_time(guest: Guest, world: World) -> None:
    guest.wants("airport_transport")
    guest.chooses("Pick me up at the airport")
    tomorrow = world.value("select ((now() at time zone 'Asia/Karachi')::date + 1)::text")
    guest.page.get_by_label("When shall we pick you up?").fill(f"{tomorrow}T06:10")
    guest.notes("Flight EK 612")
    guest.sends()
    guest.says_who()
    request_id = guest.sent()
    local = world.value(
        "select (scheduled_for at time zone 'Asia/Karachi')::text from portal.requests where id = %s",
        request_id,
    )
    assert local == f"{tomorrow} 06:10:00"
    guest.says("06:10")


def test_two_taps_send_once(guest: Guest, world: World) -> None:
    guest.wants("concierge")
    guest.chooses("Something else")
    guest.notes("Tapped twice")
    guest.page.locator("button.send").dblclick()
    guest.sent()
    assert count(world, "Tapped twice") == 1


def test_two_taps_send_once_without_scripts(visit: Visit, world: World) -> None:
    guest = visit(scripts=False)
    guest.wants("concierge")
    form: dict[str, str | float | bool] = {
        "idempotency_key": guest.page.locator("input[name=idempotency_key]").input_value(),
        "subtype": "other",
        "note": "Posted twice",
    }
    answers = [
        guest.page.request.post(
            f"{guest.home}/portal/request/concierge",
            form=form,
            headers={"Origin": guest.home},
            max_redirects=0,
        )
        for _ in range(2)
    ]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert count(world, "Posted twice") == 1


def test_the_same_form_with_something_else_in_it_asks_first(guest: Guest, world: World) -> None:
    guest.wants("concierge")
    guest.chooses("Something else")
    guest.notes("The first")
    key = guest.page.locator("input[name=idempotency_key]").input_value()
    guest.sends()
    guest.sent()
    guest.wants("concierge")
    guest.page.locator("input[name=idempotency_key]").evaluate("(field, key) => field.value = key", key)
    guest.notes("The second")
    guest.chooses("Something else")
    guest.sends()
    expect(guest.page.get_by_role("alert")).to_contain_text("from this very form")
    guest.sends()
    guest.sent()
    assert (count(world, "The first"), count(world, "The second")) == (1, 1)


@with_scripts_and_without
def test_sold_out_keeps_what_was_entered_and_names_the_rest(
    visit: Visit, world: World, scripts: bool
) -> None:
    guest = visit(scripts=scripts)
    guest.wants("housekeeping")
    guest.takes("Kettle")
    guest.notes("For tea")
    stock = "update portal.catalog_items set stock = %s where sku = 'kettle' and state = 'active'"
    world.conn.execute(stock.encode(), (0,))
    try:
        guest.sends()
        expect(guest.page.get_by_role("alert")).to_contain_text("“Kettle” is sold out.")
        expect(guest.page.get_by_role("alert")).to_contain_text("There is still: ")
        expect(guest.page.locator("#note")).to_have_value("For tea")
        expect(guest.page.locator("[name='item.kettle']")).to_have_value("1")
    finally:
        world.conn.execute(stock.encode(), (6,))
    guest.sends()
    guest.sent()
    guest.says("Kettle")


def test_a_flow_that_closed_meanwhile_says_so(visit: Visit, world: World) -> None:
    guest = visit("departure_day")
    guest.wants("maintenance")
    guest.chooses("Furniture")
    guest.notes("The chair")
    shut = (
        "update portal.feature_windows set is_open = %s"
        " where feature = 'maintenance' and stay_state = 'departure_day'"
    )
    world.conn.execute(shut.encode(), (False,))
    try:
        guest.sends()
        expect(guest.page.get_by_role("alert")).to_contain_text("not open at this point of your stay")
        expect(guest.page.locator("#note")).to_have_value("The chair")
    finally:
        world.conn.execute(shut.encode(), (True,))


def test_a_dead_line_keeps_the_form(guest: Guest) -> None:
    guest.wants("concierge")
    guest.chooses("Something else")
    guest.notes("From the cellar")
    guest.screen.context.set_offline(True)
    guest.sends()
    expect(guest.page.locator("#notice")).to_contain_text("No connection.")
    guest.screen.context.set_offline(False)
    guest.sends()
    guest.sent()


def test_an_unknown_request_type_is_not_found(guest: Guest) -> None:
    answer = guest.page.goto(f"{guest.home}/portal/request/task")
    assert answer is not None
    assert answer.status == 404


def test_the_whole_walk_without_scripts(visit: Visit) -> None:
    guest = visit(scripts=False)
    guest.page.get_by_role("link", name="Food & drinks").click()
    guest.notes("Quietly")
    guest.takes("Club sandwich", 2)
    guest.page.get_by_role("button", name="One less: Club sandwich").click()
    expect(guest.page.locator("#total")).to_contain_text("PKR 1,850")
    expect(guest.page.locator("#note")).to_have_value("Quietly")
    guest.sends()
    guest.is_asked_who()
    guest.says_who()
    guest.sent()
    guest.page.get_by_label("Your message").fill("And a fork, please")
    guest.page.get_by_role("button", name="Send").click()
    guest.says("And a fork, please")
    guest.page.locator("summary").click()
    guest.page.get_by_role("button", name="Yes: cancel").click()
    expect(guest.page.locator("#request")).to_contain_text("Cancelled")
