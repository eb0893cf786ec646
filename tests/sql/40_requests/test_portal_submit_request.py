"""portal_submit_request: a guest asks for something, or staff do for them or for themselves."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.house import Database
from tests.races import Connection, at_once
from tests.world import HOUSEKEEPER, RECEPTION, STRANGER, Refused, World

TOWELS = {"type_slug": "housekeeping", "subtype": "towels", "items": [{"sku": "towel", "quantity": 2}]}
SANDWICH = {"type_slug": "kitchen_fnb", "items": [{"sku": "club_sandwich", "quantity": 1}]}
COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}
ASKED: dict[str, dict[str, Any]] = {
    "kitchen_fnb": SANDWICH,
    "mini_shop": COLA,
    "maintenance": {"type_slug": "maintenance", "subtype": "plumbing", "severity": "low"},
    "concierge": {"type_slug": "concierge", "note": "?"},
}


def stock(world: World, sku: str) -> int:
    return int(
        world.value(
            "select i.stock from portal.catalog_items i join public.properties p on p.id = i.property_id"
            " where p.code = 'FSL' and i.sku = %s",
            sku,
        )
    )


def set_stock(world: World, sku: str, count: int) -> None:
    world.conn.execute(
        "update portal.catalog_items i set stock = %s from public.properties p"
        " where p.id = i.property_id and p.code = 'FSL' and i.sku = %s",
        (count, sku),
    )


@pytest.mark.shows("table/requests")
def test_a_guest_asks_for_towels(world: World) -> None:
    with world.guest("Marutani", "context"):
        answer = world.submit(TOWELS, "k")
    request = answer["body"]["request"]
    assert (answer["status"], request["status"], request["total"]) == (201, "new", 0)
    assert request["number"].startswith("FSL-")
    assert [(line["sku"], line["quantity"]) for line in request["lines"]] == [("towel", 2)]


def test_team_and_guest_are_told_in_the_same_transaction(world: World) -> None:
    with world.guest("Marutani"):
        request = world.submit(TOWELS, "k")["body"]["request"]["id"]
    told = world.rows(
        "select channel, event_key, state from public.notification_log where request_id = %s order by 1",
        request,
    )
    assert told == [("slack", "request_received", "queued"), ("whatsapp", "request_received", "queued")]


def test_the_same_key_answers_the_same_again(world: World) -> None:
    with world.guest("Marutani"):
        first = world.submit(TOWELS, "k")
    with world.guest("Marutani"):
        again = world.submit(TOWELS, "k")
    assert (again["status"], again["replayed"], again["body"]) == (200, True, first["body"])


def test_the_same_key_with_another_body_is_refused(world: World) -> None:
    with world.guest("Marutani"):
        world.submit(TOWELS, "k")
    with pytest.raises(Refused) as refused, world.guest("Marutani"):
        world.submit(SANDWICH, "k")
    assert (refused.value.slug, refused.value.code) == ("idempotency_key_reused", "PT422")


def test_a_refused_order_keeps_no_key(world: World) -> None:
    set_stock(world, "cola", 0)
    with pytest.raises(Refused), world.guest("Marutani"):
        world.submit(COLA, "k")
    set_stock(world, "cola", 5)
    with world.guest("Marutani"):
        assert world.submit(COLA, "k")["status"] == 201


def test_keys_belong_to_their_caller(world: World) -> None:
    with world.guest("Marutani"):
        world.submit(TOWELS, "k")
    with world.member(RECEPTION):
        assert world.submit({"title": "Check the lobby"}, "k")["status"] == 201


def test_twenty_at_once_are_one_request(database: Database) -> None:
    def ask(_: int) -> bool:
        with database.connect() as conn:
            world = World(conn)
            with world.guest("Marutani"):
                return bool(world.submit(COLA, "same")["replayed"])

    with database.connect() as conn:
        world = World(conn)
        before = stock(world, "cola")
        with ThreadPoolExecutor(20) as pool:
            replayed = sorted(pool.map(ask, range(20)))
        assert replayed == [False] + [True] * 19
        assert stock(world, "cola") == before - 1


def test_sold_out_names_what_there_is_instead(world: World) -> None:
    set_stock(world, "cola", 0)
    with pytest.raises(Refused) as refused, world.guest("Marutani"):
        world.submit(COLA, "k")
    assert refused.value.slug == "sold_out"
    assert refused.value.code == "PT409"
    assert "Instead:" in refused.value.hint


def test_money_needs_the_second_fact(world: World) -> None:
    with pytest.raises(Refused) as refused, world.guest("Marutani", "context"):
        world.submit(SANDWICH, "k")
    assert refused.value.slug == "second_fact_needed"


def test_nothing_is_open_to_an_unproven_session(world: World) -> None:
    with pytest.raises(Refused) as refused, world.guest("Marutani", "unproven"):
        world.submit(TOWELS, "k")
    assert refused.value.slug == "second_fact_needed"


@pytest.mark.shows("state/decides_what_is_open")
def test_a_feature_closed_in_the_stay_state_says_what_is_open(world: World) -> None:
    with pytest.raises(Refused) as refused, world.guest("Okafor"):
        world.submit(TOWELS, "k")
    assert refused.value.slug == "feature_closed"
    assert "concierge" in refused.value.hint


def test_service_hours_bind_guests(world: World) -> None:
    world.conn.execute(
        "insert into public.app_settings (tenant_id, property_id, key, value)"
        " select p.tenant_id, p.id, 'service_hours:kitchen_fnb', jsonb_build_object("
        " 'from', to_char(app.now() at time zone p.time_zone + interval '1 hour', 'HH24:MI'),"
        " 'until', to_char(app.now() at time zone p.time_zone + interval '2 hours', 'HH24:MI'))"
        " from public.properties p where p.code = 'FSL'"
    )
    with pytest.raises(Refused) as refused, world.guest("Marutani"):
        world.submit(SANDWICH, "k")
    assert refused.value.slug == "after_hours"


@pytest.mark.shows("subflow/kitchen_fnb_rows")
def test_price_and_tax_are_kept_as_they_were(world: World) -> None:
    with world.guest("Marutani"):
        request = world.submit(SANDWICH, "k")["body"]["request"]["id"]
    world.conn.execute("update portal.catalog_items set price = 1 where sku = 'club_sandwich'")
    price, taxes = world.rows(
        "select unit_price, taxes from portal.request_lines where request_id = %s", request
    )[0]
    assert price == 1850
    assert taxes == [{"code": "GST", "name": taxes[0]["name"], "rate": 16}]


def test_reception_asks_for_a_guest(world: World) -> None:
    booking = world.booking("Marutani")
    with world.member(RECEPTION):
        request = world.submit({**COLA, "on_behalf_of": str(booking)}, "k")["body"]["request"]["id"]
    row = world.rows("select booking_id, on_behalf_of, source from portal.requests where id = %s", request)[0]
    assert row == (booking, booking, "staff")


@pytest.mark.shows("subflow/cleaning_by_reception")
def test_reception_asks_for_a_cleaning(undone: World) -> None:
    booking = undone.booking("Marutani")
    wish = {"type_slug": "cleaning", "subtype": "one_off", "on_behalf_of": str(booking)}
    with undone.member(RECEPTION):
        request = undone.submit(wish, "k")["body"]["request"]["id"]
    asked = undone.rows(
        "select type_slug, subtype, booking_id, source from portal.requests where id = %s", request
    )
    assert asked == [("cleaning", "one_off", booking, "staff")]


def test_staff_make_a_task(world: World) -> None:
    with world.member(RECEPTION):
        request = world.submit(
            {
                "title": "Change the lobby bulb",
                "property_code": "fsl",
                "room_number": "G06",
                "priority": "high",
            },
            "k",
        )["body"]["request"]
    assert (request["type_slug"], request["title"]) == ("task", "Change the lobby bulb")


def test_a_role_without_the_right_is_refused(world: World) -> None:
    world.conn.execute(
        "delete from identity.role_permissions rp using identity.roles r"
        " where r.id = rp.role_id and r.key = 'STAFF' and rp.permission = 'hotel:requests:write'"
    )
    with pytest.raises(Refused) as refused, world.member(HOUSEKEEPER):
        world.submit({"title": "Sweep"}, "k")
    assert (refused.value.slug, refused.value.code) == ("permission_missing", "PT403")


def test_a_stranger_finds_no_such_booking(world: World) -> None:
    booking = world.booking("Marutani")
    with pytest.raises(Refused) as refused, world.member(STRANGER):
        world.submit({**COLA, "on_behalf_of": str(booking)}, "k")
    assert refused.value.slug == "booking_not_found"


def test_no_request_outlives_a_booking_that_is_being_cancelled(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        booking = world.booking("Okafor")
    transport = {
        "type_slug": "airport_transport",
        "subtype": "airport_pickup",
        "scheduled_for": "",
    }

    def cancel(conn: Connection) -> None:
        conn.execute("select app.act_as_member(%s)", (RECEPTION,))
        conn.execute("select api.cancel_booking(%s, 'Plans changed')", (booking,))

    def order(conn: Connection) -> str | None:
        asking = World(conn)
        when = asking.value("select (app.now() + interval '2 days')::text")
        with asking.guest("Okafor"):
            asking.submit({**transport, "scheduled_for": when.replace(" ", "T")[:16]}, "k")
        return None

    def refused_order(conn: Connection) -> str | None:
        try:
            return order(conn)
        except Refused as refused:
            return refused.slug

    _, answer = at_once(database, cancel, refused_order)
    assert answer == "booking_takes_no_requests"
    with database.connect() as conn:
        world = World(conn)
        assert (
            world.rows("select 1 from portal.requests where booking_id = %s and phase <> 'closed'", booking)
            == []
        )


def test_reception_cannot_order_for_a_booking_that_is_cancelled(world: World) -> None:
    booking = world.booking("Okafor")
    with world.member(RECEPTION):
        world.value("select api.cancel_booking(%s, 'ill')", booking)
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        world.submit({**COLA, "on_behalf_of": str(booking)}, "k")
    assert refused.value.slug == "booking_takes_no_requests"


def test_reception_cannot_order_for_a_guest_who_left_but_can_ask(world: World) -> None:
    booking = str(world.booking("Lindqvist"))
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        world.submit({**COLA, "on_behalf_of": booking}, "k")
    assert refused.value.slug == "feature_closed"
    with world.member(RECEPTION):
        assert world.submit({"type_slug": "concierge", "on_behalf_of": booking}, "k")["status"] == 201


def test_an_id_in_capitals_is_the_same_id(world: World) -> None:
    booking = str(world.booking("Marutani")).upper()
    with world.member(RECEPTION):
        assert world.submit({**TOWELS, "on_behalf_of": booking}, "k")["status"] == 201


def test_giving_work_to_others_needs_the_right(world: World) -> None:
    reception, housekeeper = (
        str(
            world.value(
                "select m.id from identity.memberships m join identity.users u on u.id = m.user_id"
                " where u.email = %s",
                email,
            )
        )
        for email in (RECEPTION, HOUSEKEEPER)
    )
    with pytest.raises(Refused) as refused, world.member(HOUSEKEEPER):
        world.submit({"title": "Sweep", "assignee": reception}, "k")
    assert refused.value.slug == "permission_missing"
    with world.member(HOUSEKEEPER):
        assert world.submit({"title": "Sweep", "assignee": housekeeper}, "k")["status"] == 201


def test_a_guest_hears_nothing_of_staffs_own_work(world: World) -> None:
    booking = str(world.booking("Marutani"))
    with world.member(RECEPTION):
        request = world.submit({"title": "Upgrade?", "on_behalf_of": booking}, "k")["body"]["request"]["id"]
    told = world.rows("select channel from public.notification_log where request_id = %s", request)
    assert [channel for (channel,) in told] == ["slack"]


@pytest.mark.shows(
    "subflow/kitchen_fnb_told", "subflow/maintenance_told", "notification/request_received_slack"
)
@pytest.mark.parametrize(
    ("slug", "team"),
    [
        ("kitchen_fnb", "kitchen"),
        ("mini_shop", "reception"),
        ("maintenance", "maintenance"),
        ("concierge", "concierge"),
    ],
)
def test_each_types_own_team_hears_of_it(undone: World, slug: str, team: str) -> None:
    with undone.guest("Marutani"):
        request = undone.submit(ASKED[slug], "k")["body"]["request"]["id"]
    told = "select channel, recipient from public.notification_log where request_id = %s order by 1"
    assert undone.rows(told, request) == [
        ("slack", f"#{team}-fsl"),
        ("whatsapp", undone.value("select phone from public.guests where last_name = 'Marutani'")),
    ]
