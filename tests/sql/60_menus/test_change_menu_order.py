"""change_menu_order: until it is locked, an order is made anew; and cancelled."""

from typing import Any

import pytest

from tests.kitchen import breakfast, change, eggs, menu, order, ordered, part, posted, set_hour, slot, taken
from tests.world import RECEPTION, STRANGER, Refused, World


@pytest.fixture(autouse=True)
def evening(world: World) -> None:
    set_hour(world)


def balance(world: World) -> float:
    return float(
        world.value(
            "select coalesce(sum(c.gross), 0) from public.charges as c"
            " join public.folios as f on f.id = c.folio_id"
            " where f.booking_id = %s and c.category = 'room_service'",
            world.booking("Marutani"),
        )
    )


def test_dishes_time_and_people_change_and_so_does_the_folio(world: World) -> None:
    before = balance(world)
    request = ordered(world)
    wanted = breakfast(
        world, "09:00", people=2, items=[eggs(world, "cheese", quantity=2)], note="One without tomato"
    )
    with world.guest("Marutani"):
        answer = change(world, request, wanted)["body"]
    assert (answer["order"]["revision"], answer["order"]["people"], answer["request"]["note"]) == (
        2,
        2,
        "One without tomato",
    )
    assert (taken(world, "08:00"), taken(world, "09:00")) == (0, 2)
    assert posted(world, request) == [1200.0, -1200.0, 2350.0]
    assert balance(world) - before == 2350


def test_earlier_lines_are_kept_and_not_shown(world: World) -> None:
    request = ordered(world)
    wanted = breakfast(world, items=[])
    with world.guest("Marutani"):
        change(world, request, wanted)
        lines = world.value("select lines from api.portal_requests where id = %s", request)
    assert [line["name"] for line in lines] == ["Coffee"]
    kept = world.value(
        "select count(*) from service_menus.order_items as l"
        " join service_menus.orders as o on o.id = l.order_id where o.request_id = %s",
        request,
    )
    assert kept == 3


def test_kitchen_and_guest_hear_of_it_once(world: World) -> None:
    request = ordered(world)
    wanted = breakfast(world, "09:00")
    with world.guest("Marutani"):
        first = change(world, request, wanted)
    with world.guest("Marutani"):
        again = change(world, request, wanted)
    assert (again["replayed"], again["body"]) == (True, first["body"])
    told = world.rows(
        "select channel, event_key from public.notification_log"
        " where request_id = %s and dedupe_key like '%%changed%%' order by 1",
        request,
    )
    assert told == [("slack", "menu_order_changed"), ("whatsapp", "request_received")]


def test_a_guest_cancels_and_pays_nothing(world: World) -> None:
    before = balance(world)
    request = ordered(world)
    with world.guest("Marutani"):
        world.act(request, "cancel", "placed")
    assert (posted(world, request), balance(world), taken(world)) == ([1200.0, -1200.0], before, 0)


def test_a_cancelled_order_makes_room_for_another(world: World) -> None:
    world.conn.execute("update service_menus.menus set pricing_mode = 'included' where meal = 'breakfast'")
    request = ordered(world)
    with world.guest("Marutani"):
        world.act(request, "cancel")
    ordered(world, key="anew")
    assert taken(world) == 1


def test_a_cancelled_booking_takes_its_order_along(world: World) -> None:
    request, booking = ordered(world, "Alvarez"), world.booking("Alvarez")
    with world.member(RECEPTION):
        world.value("select api.cancel_booking(%s, 'changed plans')", booking)
    assert world.value("select outcome from portal.requests where id = %s", request) == "cancelled"
    assert (sum(posted(world, request)), taken(world)) == (0, 0)


@pytest.mark.shows("subflow/breakfast_lock")
@pytest.mark.parametrize("hour", ["07:20", "09:00"])
def test_from_the_lock_on_it_stands_also_before_the_job_has_run(world: World, hour: str) -> None:
    request = ordered(world)
    set_hour(world, hour, 1)
    wanted = breakfast(world, "09:30", 1)
    with pytest.raises(Refused) as found, world.guest("Marutani"):
        change(world, request, wanted)
    assert (found.value.slug, found.value.code) == ("order_is_locked", "PT409")
    with pytest.raises(Refused) as found, world.guest("Marutani"):
        world.act(request, "cancel")
    assert found.value.slug == "order_is_locked"
    assert (posted(world, request), taken(world)) == ([1200.0], 1)


KEPT = [1200.0, -1200.0, 850.0]
"""The eggs were begun, the coffee was not."""


def called_off(world: World, request: str, hour: str = "07:30") -> list[float]:
    """Reception cancels it, the next morning; what that posted."""
    set_hour(world, hour, 1)
    with world.member(RECEPTION):
        world.act(request, "cancel", given={"reason": "The guest is ill"})
    return posted(world, request)


def taken_back(world: World, request: str) -> list[float]:
    """The cancellation was a mistake; what that posted."""
    with world.member(RECEPTION):
        world.value("select api.portal_undo_action(%s)", request)
    return posted(world, request)


def undo_window(world: World) -> None:
    world.conn.execute(
        "insert into public.app_settings (tenant_id, key, value) select id, 'undo_seconds', '10'"
        " from public.tenants where slug = 'hamsun' on conflict do nothing"
    )
    world.conn.execute("update public.app_settings set value = '10' where key = 'undo_seconds'")


def set_policy(world: World, **on_cancel: str) -> None:
    for table, policy in on_cancel.items():
        world.conn.execute(f"update service_menus.{table} set on_cancel = %s".encode(), (policy,))


def test_staff_cancel_also_later_and_what_was_begun_is_paid(world: World) -> None:
    """Also while the job that locks is still to come; what the bill says is the dish's own policy."""
    request = ordered(world)
    assert (called_off(world, request), taken(world)) == (KEPT, 0)
    assert world.value(
        "select description ->> 'en' from public.charges where request_id = %s order by id desc limit 1",
        request,
    ).endswith(": what the kitchen had begun")


def test_before_the_lock_staff_cancel_for_nothing(world: World) -> None:
    assert called_off(world, ordered(world), "07:10") == [1200.0, -1200.0]


@pytest.mark.parametrize(
    ("dishes", "drinks", "left"),
    [
        ("give_back", "give_back", [1200.0, -1200.0]),
        ("give_back", "keep_once_begun", [1200.0, -1200.0, 350.0]),
        ("keep_once_begun", "keep_once_begun", [1200.0]),
    ],
)
def test_each_part_says_what_becomes_of_it(world: World, dishes: str, drinks: str, left: list[float]) -> None:
    set_policy(world, menu_items=dishes, drinks=drinks)
    undo_window(world)
    request = ordered(world)
    assert called_off(world, request) == left
    assert sum(taken_back(world, request)) == 1200


@pytest.mark.parametrize(("policy", "kept"), [("keep_once_begun", 6400.0), ("give_back", 0.0)])
def test_a_price_by_the_person_follows_the_menu(world: World, policy: str, kept: float) -> None:
    set_policy(world, menus=policy, menu_items="give_back")
    dish = part(world, "Chef's dinner", "dinner")
    main = world.value("select id::text from service_menus.choice_groups where menu_item_id = %s", dish)
    request = ordered(
        world,
        menu_id=menu(world, "dinner"),
        slot_id=slot(world, "20:00", "dinner"),
        people=2,
        items=[{"id": dish, "quantity": 2, "choices": {main: ["fish"]}}],
        drinks=[],
    )
    assert sum(called_off(world, request, "19:50")) == kept


def test_what_is_kept_is_charged_once(world: World) -> None:
    request = ordered(world)
    called_off(world, request)
    with world.owner():
        world.conn.execute("select app.set_caller(tenant_id) from portal.requests where id = %s", (request,))
        order_of = "from service_menus.orders as o where o.request_id = %s"
        assert world.value(f"select app.serving_is_locked(o.session_id) {order_of}", request)
        assert world.value(f"select app.kept_of_order(o) {order_of}", request) == 850
        world.value(f"select app.charge_kept_dishes(o, 850) {order_of}", request)
        world.value("select app.reverse_charges_of_request(%s, 'again')", request)
    assert posted(world, request) == [*KEPT, -850.0]


def test_taken_back_the_whole_is_paid_for_again(world: World) -> None:
    undo_window(world)
    request = ordered(world)
    called_off(world, request)
    assert taken_back(world, request) == [*KEPT, -850.0, 1200.0]
    assert called_off(world, request)[-2:] == [-1200.0, 850.0]


def test_reception_changes_for_a_guest(world: World) -> None:
    request = ordered(world)
    wanted = breakfast(world, "09:00")
    with world.member(RECEPTION):
        assert change(world, request, wanted)["body"]["order"]["revision"] == 2


@pytest.mark.parametrize("who", ["Haddad", "Alvarez", STRANGER])
def test_nobody_elses(world: World, who: str) -> None:
    request = ordered(world)
    wanted = breakfast(world, "09:00")
    with pytest.raises(Refused) as found, world.member(who) if "@" in who else world.guest(who):
        change(world, request, wanted)
    assert found.value.slug == "request_not_found"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"menu_id": "00000000-0000-7000-8000-000000000000"}, "menu_unknown"),
    ({"people": 21}, "party_is_served"),
    ({"items": [], "drinks": []}, "items_missing"),
]


@pytest.mark.parametrize(("wrong", "slug"), WRONG)
def test_a_change_is_checked_like_an_order(world: World, wrong: dict[str, Any], slug: str) -> None:
    request = ordered(world)
    wanted = breakfast(world, **wrong)
    with pytest.raises(Refused) as found, world.guest("Marutani"):
        change(world, request, wanted)
    assert (found.value.slug, taken(world), posted(world, request)) == (slug, 1, [1200.0])


def test_ones_own_places_are_free_for_oneself(world: World) -> None:
    world.conn.execute("update service_menus.time_slots set capacity = 2")
    request = ordered(world, people=2)
    wanted = breakfast(world, people=2, items=[])
    with world.guest("Marutani"):
        change(world, request, wanted)
    assert taken(world) == 2


def test_a_closed_folio_keeps_its_charge_and_somebody_hears_of_it(world: World) -> None:
    request = ordered(world)
    world.conn.execute(
        "update public.folios set closed_at = now() where booking_id = %s", (world.booking("Marutani"),)
    )
    with world.member(RECEPTION):
        world.act(request, "cancel", given={"reason": "ill"})
    assert posted(world, request) == [1200.0]
    assert world.value("select count(*) from public.alerts where kind = 'charge_not_reversed'") == 1


def test_an_order_of_a_day_that_is_over_is_not_taken_again(world: World) -> None:
    wanted = breakfast(world)
    with world.guest("Marutani"):
        order(world, wanted, "one")
    set_hour(world, "20:00", 1)
    with pytest.raises(Refused) as found, world.guest("Marutani"):
        order(world, wanted, "two")
    assert found.value.slug == "slot_closed"


def test_a_cancellation_taken_back_takes_its_place_and_is_paid_for(world: World) -> None:
    request = ordered(world)
    undo_window(world)
    with world.member(RECEPTION):
        world.act(request, "cancel", given={"reason": "the wrong room"})
    assert (taken_back(world, request), taken(world)) == ([1200.0, -1200.0, 1200.0], 1)


@pytest.mark.parametrize(("hour", "left"), [("05:00", 0.0), ("23:00", 1200.0)])
def test_what_expires_after_it_was_served_stays_on_the_bill(world: World, hour: str, left: float) -> None:
    request = ordered(world)
    set_hour(world, hour, 1)
    world.conn.execute("update portal.requests set status = 'expired' where id = %s", (request,))
    assert sum(posted(world, request)) == left
