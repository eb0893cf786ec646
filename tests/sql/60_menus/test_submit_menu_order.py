"""submit_menu_order: a guest orders from a menu for a day and time, or staff do for them."""

from typing import Any

import pytest

from tests.kitchen import breakfast, eggs, group, order, part, posted, second_breakfast, set_hour, slot, taken
from tests.world import HOUSEKEEPER, KITCHEN, RECEPTION, STRANGER, Refused, World


@pytest.fixture(autouse=True)
def evening(world: World) -> None:
    set_hour(world)


def refused(world: World, wanted: dict[str, Any], level: str = "identified") -> Refused:
    with pytest.raises(Refused) as found, world.guest("Marutani", level):
        order(world, wanted)
    return found.value


@pytest.mark.shows("table/orders", "table/order_items")
def test_a_guest_orders_breakfast(world: World) -> None:
    wanted = breakfast(world, note="No salt, please 🙏")
    with world.guest("Marutani"):
        answer = order(world, wanted)
    request, made = answer["body"]["request"], answer["body"]["order"]
    assert (answer["status"], request["status"], request["total"], request["note"]) == (
        201,
        "placed",
        1200,
        "No salt, please 🙏",
    )
    assert request["title"] == "Breakfast: Eggs your way, Coffee"
    assert [(line["name"], line["quantity"]) for line in made["lines"]] == [
        ("Eggs your way (scrambled)", 1),
        ("Coffee", 1),
    ]
    assert made["starts_at"][11:16] in ("03:00", "08:00")


@pytest.mark.shows("subflow/breakfast_charge")
def test_the_charge_is_posted_at_submission(world: World) -> None:
    wanted = breakfast(world, items=[eggs(world, "cheese", "salmon", quantity=2)])
    with world.guest("Marutani"):
        request = order(world, wanted)["body"]["request"]
    # twice (850 + 150 + 600), and a coffee of 350
    assert (request["total"], posted(world, request["id"])) == (3550, [3550.0])
    category = world.value("select category from public.charges where request_id = %s", request["id"])
    assert category == "room_service"


def test_per_person_and_surcharges_add_up(world: World) -> None:
    dish = part(world, "Chef's dinner", "dinner")
    main = world.value("select id::text from service_menus.choice_groups where menu_item_id = %s", dish)
    wanted = breakfast(world) | {
        "menu_id": world.value("select menu_id::text from service_menus.menu_items where id = %s", dish),
        "slot_id": slot(world, "20:00", "dinner"),
        "people": 2,
        "items": [{"id": dish, "quantity": 2, "choices": {main: ["fish"]}}],
        "drinks": [],
    }
    with world.guest("Marutani"):
        request = order(world, wanted)["body"]["request"]
    # two at 3,200 and twice the fish at 700
    assert (request["total"], posted(world, request["id"])) == (7800, [7800.0])


def test_what_the_rate_covers_posts_nothing(world: World) -> None:
    world.conn.execute(
        "update service_menus.menu_items set price = 0; update service_menus.drinks set price = 0"
    )
    world.conn.execute("update service_menus.menus set pricing_mode = 'included' where meal = 'breakfast'")
    wanted = breakfast(world)
    with world.guest("Marutani"):
        request = order(world, wanted)["body"]["request"]
    assert (request["total"], posted(world, request["id"])) == (0, [])


@pytest.mark.shows(
    "subflow/breakfast_kitchen_told",
    "subflow/breakfast_guest_told",
    "function/submit-menu-order",
    "table/notification_log",
)
def test_guest_and_kitchen_are_told_in_the_same_transaction(world: World) -> None:
    wanted = breakfast(world)
    with world.guest("Marutani"):
        request = order(world, wanted)["body"]["request"]["id"]
    told = world.rows(
        "select channel, event_key, recipient, variables #>> '{lines,0,name}' from public.notification_log"
        " where request_id = %s order by 1, 2",
        request,
    )
    assert [row[:2] for row in told] == [
        ("slack", "request_received"),
        ("whatsapp", "folio_charge_posted"),
        ("whatsapp", "request_received"),
    ]
    assert told[0][2:] == ("#kitchen-fsl", "Eggs your way (scrambled)")


def test_the_guest_and_staff_read_the_lines(world: World) -> None:
    wanted = breakfast(world)
    with world.guest("Marutani"):
        order(world, wanted)
        lines = world.value("select lines from api.portal_requests where type_slug = 'menu_order'")
    assert [line["name"] for line in lines] == ["Eggs your way (scrambled)", "Coffee"]
    with world.member(RECEPTION):
        rows = world.rows("select name, total from api.request_lines where sku is null order by line_number")
        seen = world.rows("select menu_name, people, room_number from api.menu_orders")
    assert rows == [("Eggs your way (scrambled)", 850), ("Coffee", 350)]
    assert seen == [("Breakfast", 1, "G06")]


def test_the_kitchen_reads_what_may_harm_a_guest(world: World) -> None:
    world.conn.execute("update public.guests set dietary_notes = 'No nuts' where last_name = 'Marutani'")
    wanted = breakfast(world, note="Lactose-free 🥛")
    with world.guest("Marutani"):
        request_id = order(world, wanted)["body"]["request"]["id"]
    with world.member(KITCHEN):
        seen = world.rows(
            "select guest_name, dietary_notes, note, status_label, lines #> '{0,allergens}'"
            " from api.menu_orders"
        )
    assert seen == [("Kenji Marutani", "No nuts", "Lactose-free 🥛", "Placed", ["eggs"])]
    told = world.value(
        "select variables ->> 'dietary_notes' from public.notification_log"
        " where request_id = %s and channel = 'slack'",
        request_id,
    )
    assert told == "No nuts"


def test_the_same_key_answers_the_same_again(world: World) -> None:
    wanted = breakfast(world)
    with world.guest("Marutani"):
        first = order(world, wanted)
    with world.guest("Marutani"):
        again = order(world, wanted)
    assert (again["status"], again["replayed"], again["body"]) == (200, True, first["body"])
    assert (taken(world), posted(world, first["body"]["request"]["id"])) == (1, [1200.0])


def test_reception_orders_for_a_guest(world: World) -> None:
    wanted = breakfast(world, on_behalf_of=str(world.booking("Marutani")))
    with world.member(RECEPTION):
        request = order(world, wanted)["body"]["request"]["id"]
    row = world.rows(
        "select source, on_behalf_of::text, guest_id is not null from portal.requests where id = %s", request
    )
    assert row == [("staff", wanted["on_behalf_of"], True)]


@pytest.mark.parametrize(("who", "slug"), [(STRANGER, "booking_not_found"), (HOUSEKEEPER, None)])
def test_who_may_not(world: World, who: str, slug: str | None) -> None:
    wanted = breakfast(world, on_behalf_of=str(world.booking("Marutani")))
    if slug is None:
        world.conn.execute("delete from identity.role_permissions where permission = 'hotel:requests:write'")
    with pytest.raises(Refused) as found, world.member(who):
        order(world, wanted)
    assert found.value.slug == (slug or "permission_missing")


def test_it_costs_money_so_it_needs_the_second_fact(world: World) -> None:
    assert refused(world, breakfast(world), "context").slug == "second_fact_needed"


@pytest.mark.shows("feature/breakfast")
def test_a_stay_that_has_not_begun_has_no_breakfast_yet(world: World) -> None:
    wanted = breakfast(world)
    with pytest.raises(Refused) as found, world.guest("Okafor"):
        order(world, wanted)
    assert (found.value.slug, found.value.code) == ("feature_closed", "PT409")


BAD = [
    ({"menu_id": "nonsense"}, "menu_unknown"),
    ({"slot_id": "00000000-0000-7000-8000-000000000000"}, "slot_unknown"),
    ({"served_on": "tomorrow"}, "field_invalid"),
    ({"served_on": "1999-01-01"}, "slot_closed"),
    ({"served_on": None}, "slot_closed"),
    ({"people": 0}, "people_invalid"),
    ({"people": 1.5}, "people_invalid"),
    ({"people": "two"}, "people_invalid"),
    ({"people": 1e300}, "people_invalid"),
    ({"people": 21}, "party_is_served"),
    ({"items": [], "drinks": []}, "items_missing"),
    ({"items": "eggs"}, "item_unknown"),
    ({"items": [{"id": 5, "quantity": 1}]}, "item_unknown"),
    ({"items": [{"id": "00000000-0000-7000-8000-000000000000", "quantity": 1}]}, "item_unknown"),
    ({"items": [None]}, "item_unknown"),
    ({"note": "x" * 1_000_000}, "note_too_long"),
    ({"note": {"a": 1}}, "input_invalid"),
    ({"expected_total": 7}, "total_changed"),
    ({"expected_total": "1"}, "input_invalid"),
    ({"wine": True}, "field_unknown"),
]


@pytest.mark.parametrize(("wrong", "slug"), BAD, ids=lambda value: str(value)[:40])
def test_what_cannot_be_ordered_is_refused(world: World, wrong: dict[str, Any], slug: str) -> None:
    found = refused(world, breakfast(world, **wrong))
    assert (found.slug, (found.code or "")[:3]) == (slug, "PT4")


@pytest.mark.parametrize("quantity", [-1, 0, 10_000, 0.5, 1e300])
def test_a_quantity_out_of_bounds_is_refused(world: World, quantity: float) -> None:
    assert (
        refused(world, breakfast(world, items=[eggs(world) | {"quantity": quantity}])).slug
        == "quantity_invalid"
    )


def test_another_menus_dish_is_refused(world: World) -> None:
    foreign = {"id": part(world, "Chef's dinner", "dinner"), "quantity": 1}
    assert refused(world, breakfast(world, items=[foreign])).slug == "item_unknown"
    assert (
        refused(world, breakfast(world, drinks=[{"id": part(world, "Tea", house="EXT"), "quantity": 1}])).slug
        == "item_unknown"
    )
    assert refused(world, breakfast(world, slot_id=slot(world, "08:00", house="EXT"))).slug == "slot_unknown"


def choosing(world: World, **chosen: list[str]) -> dict[str, Any]:
    """Breakfast with eggs chosen like that: group name = keys."""
    choices = {group(world, "Eggs your way", name): keys for name, keys in chosen.items()}
    return breakfast(world, items=[{"id": part(world, "Eggs your way"), "quantity": 1, "choices": choices}])


@pytest.mark.parametrize(
    ("chosen", "slug"),
    [
        ({}, "choices_invalid"),
        ({"How": ["fried", "poached"]}, "choices_invalid"),
        ({"How": ["fried"], "With": ["cheese", "salmon", "chilli"]}, "choices_invalid"),
        ({"How": ["boiled"]}, "choice_gone"),
    ],
)
@pytest.mark.shows("table/choice_groups", "function/submit-menu-order")
def test_choices_are_held_against_their_groups(world: World, chosen: dict[str, list[str]], slug: str) -> None:
    assert refused(world, choosing(world, **chosen)).slug == slug


@pytest.mark.parametrize("choices", [[], "fried", {"x": ["y"]}, {"x": "y"}, {"x": [1]}])
def test_choices_that_cannot_be_read_are_refused(world: World, choices: Any) -> None:
    found = refused(world, breakfast(world, items=[eggs(world) | {"choices": choices}]))
    assert found.slug in ("choices_invalid", "choice_gone")


def test_a_choice_that_is_gone_comes_with_what_is_left(world: World) -> None:
    wanted = choosing(world, How=["poached"])
    world.conn.execute(
        "update service_menus.choice_groups set choices ="
        " (select jsonb_agg(c) from jsonb_array_elements(choices) as c where c ->> 'key' <> 'poached')"
        " where name ->> 'en' = 'How'"
    )
    found = refused(world, wanted)
    assert (found.slug, found.code, found.hint) == (
        "choice_gone",
        "PT409",
        "Instead: fried, scrambled, as an omelette.",
    )


def test_a_group_taken_away_is_a_choice_that_is_gone(world: World) -> None:
    wanted = breakfast(world)
    world.conn.execute("update service_menus.choice_groups set state = 'retired'")
    assert (refused(world, wanted).slug, refused(world, wanted).code) == ("choice_gone", "PT409")


def test_sold_out_comes_with_alternatives(world: World) -> None:
    wanted = breakfast(world)
    world.conn.execute(
        "update service_menus.menu_items set is_sold_out = true where name ->> 'en' = 'Eggs your way'"
    )
    found = refused(world, wanted)
    assert (found.slug, found.code) == ("sold_out", "PT409")
    assert found.hint == "Instead: Halwa puri, Paratha and chana, Porridge."


def test_a_choice_can_be_sold_out(world: World) -> None:
    wanted = choosing(world, How=["poached"])
    world.conn.execute(
        "update service_menus.choice_groups set choices = (select jsonb_agg(case c ->> 'key' when 'poached'"
        " then c || '{\"is_sold_out\": true}' else c end) from jsonb_array_elements(choices) as c)"
        " where name ->> 'en' = 'How'"
    )
    assert refused(world, wanted).slug == "sold_out"


def test_a_slot_that_is_locked_names_the_open_ones(world: World) -> None:
    set_hour(world, "06:50", 1)
    found = refused(world, breakfast(world, "07:00", 0))
    assert (found.slug, found.code) == ("slot_closed", "PT409")
    # the lock of 07:30 is at 06:50
    assert found.hint.startswith("Instead: ")
    assert found.hint.index(", 08:00") < found.hint.index(", 07:00")


def test_the_last_minute_is_the_lock(world: World) -> None:
    set_hour(world, "06:19:59", 1)
    wanted = breakfast(world, "07:00", 0)
    with world.guest("Marutani"):
        order(world, wanted)


def test_a_full_slot_names_the_others(world: World) -> None:
    world.conn.execute("update service_menus.time_slots set capacity = 2 where id = %s", (slot(world),))
    found = refused(world, breakfast(world, people=3))
    assert (found.slug, found.code) == ("slot_full", "PT409")
    assert "08:30" in found.hint
    assert "08:00" not in found.hint
    assert taken(world) == 0


def test_who_eats_by_the_rate_orders_for_those_who_stay(world: World) -> None:
    world.conn.execute("update service_menus.menus set pricing_mode = 'included' where meal = 'breakfast'")
    first = breakfast(world)
    with world.guest("Marutani"):
        order(world, first, "first")
    found = refused(world, breakfast(world, "08:30"))
    assert (found.slug, found.sentence) == ("party_is_served", "There is an order for 1 already.")
    other = second_breakfast(world)
    wanted = first | {
        "menu_id": other,
        "slot_id": world.value("select id::text from service_menus.time_slots where menu_id = %s", other),
        "items": [],
        "drinks": [
            {
                "id": world.value("select id::text from service_menus.drinks where menu_id = %s", other),
                "quantity": 1,
            }
        ],
    }
    assert refused(world, wanted).slug == "party_is_served"


def test_breakfast_of_the_arrival_day_is_not_on_offer(world: World) -> None:
    # the demo may be of yesterday by now
    arrives = "select check_in - app.today_in('Asia/Karachi') from public.bookings where id = %s"
    set_hour(world, "05:00", world.value(arrives, world.booking("Alvarez")))
    assert refused(world, breakfast(world, days=40)).slug == "slot_closed"
    wanted = breakfast(world, days=0)
    with pytest.raises(Refused) as found, world.guest("Alvarez"):
        order(world, wanted)
    assert found.value.slug == "slot_closed"
