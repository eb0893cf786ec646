"""portal_update_request_status: an action of the request's workflow."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.folio import bill
from tests.house import Database
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, Refused, World

SANDWICH = {"type_slug": "kitchen_fnb", "items": [{"sku": "club_sandwich", "quantity": 2}]}
TOMORROW = datetime.now(UTC).date() + timedelta(days=1)
PICKUP = {"type_slug": "airport_transport", "subtype": "airport_pickup", "scheduled_for": f"{TOMORROW}T06:10"}
SHOP = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}, {"sku": "water", "quantity": 1}]}
TOWELS = {"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 2}]}


def asked(world: World, request: dict[str, Any], guest: str = "Marutani") -> Any:
    with world.guest(guest):
        return world.submit(request, "asked")["body"]["request"]["id"]


HEARD = "select event_key from public.notification_log where request_id = %s and channel = 'whatsapp'"


def walk(world: World, request: Any, *actions: str | tuple[str, dict[str, Any]]) -> str:
    status = ""
    for action in actions:
        key, given = (action, {}) if isinstance(action, str) else action
        with world.member(RECEPTION):
            status = world.act(request, key, None, given)["status"]
    return status


def history(world: World, request: Any) -> list[tuple[Any, ...]]:
    return world.rows(
        "select from_status, to_status, action, actor_name, is_by_hand from portal.request_status_history"
        " where request_id = %s order by at, id",
        request,
    )


@pytest.mark.shows("function/portal-update-request-status")
def test_each_status_leaves_history(world: World) -> None:
    request = asked(world, SANDWICH)
    walk(world, request, "confirm", "prepare")
    assert [(row[0], row[1], row[2]) for row in history(world, request)] == [
        (None, "new", None),
        ("new", "confirmed", "confirm"),
        ("confirmed", "preparing", "prepare"),
    ]


@pytest.mark.shows("subflow/kitchen_fnb_charge", "table/charges")
def test_delivery_posts_each_priced_line_once_at_the_price_of_ordering(world: World) -> None:
    request = asked(world, SANDWICH)
    world.conn.execute("update portal.catalog_items set price = 1 where sku = 'club_sandwich'")
    walk(world, request, "confirm", "prepare", "mark_ready", "deliver")
    charges = world.rows(
        "select c.category, c.quantity, c.net, c.tax_total, c.gross, t.rate, t.amount"
        " from public.charges c join public.charge_taxes t on t.charge_id = c.id where c.request_id = %s",
        request,
    )
    assert [tuple(map(str, row)) for row in charges] == [
        ("room_service", "2", "3189.660", "510.340", "3700.000", "16.0000", "510.340")
    ]


@pytest.mark.shows("subflow/mini_shop_categories", "subflow/mini_shop_charge")
def test_complimentary_lines_are_free(world: World) -> None:
    request = asked(world, SHOP)
    walk(world, request, "confirm", "deliver")
    assert world.rows("select category, source from public.charges where request_id = %s", request) == [
        ("grocery", f"request:{request}:line:1")
    ]


@pytest.mark.shows(
    "notification/request_done_whatsapp",
    "notification/charge_posted_whatsapp",
    "template/request_done",
    "template/folio_charge_posted",
)
def test_the_guest_hears_done_and_gets_one_receipt(world: World) -> None:
    bill(world, world.booking("Marutani"), 1000)
    request = asked(world, SHOP)
    walk(world, request, "confirm", "deliver")
    told = world.rows(
        "select event_key, variables ->> 'balance' from public.notification_log"
        " where request_id = %s and channel = 'whatsapp' order by 1",
        request,
    )
    assert [row[0] for row in told] == ["folio_charge_posted", "request_done", "request_received"]
    assert told[0][1] == world.value(
        "select app.money_text(sum(gross), 'PKR', 'en') from public.charges where folio_id ="
        " (select folio_id from public.charges where request_id = %s)",
        request,
    )


@pytest.mark.shows("subflow/airport_transport_charge")
def test_a_transfer_costs_its_price_or_the_amount_given(world: World) -> None:
    listed = asked(world, PICKUP)
    steps: tuple[str | tuple[str, dict[str, Any]], ...] = (
        ("schedule", {"scheduled_for": f"{TOMORROW}T06:30"}),
        ("assign_driver", {"driver": "Asif"}),
        "depart",
    )
    walk(world, listed, *steps, "complete")
    with world.guest("Marutani"):
        dearer = world.submit(PICKUP, "second")["body"]["request"]["id"]
    walk(world, dearer, *steps, ("complete", {"amount": "5200.50"}))
    gross = world.rows(
        "select gross from public.charges where request_id in (%s, %s) order by gross", listed, dearer
    )
    assert [str(row[0]) for row in gross] == ["4500.000", "5200.500"]


def test_an_overtaken_button_says_who_did_what(world: World) -> None:
    request = asked(world, SANDWICH)
    with world.member(MANAGER):
        world.act(request, "confirm", "new")
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        world.act(request, "decline", "new", {"reason": "closed"})
    name = world.value(
        "select display_name from identity.memberships where session_type = 'admin' and id = ("
        "select actor_id from portal.request_status_history where request_id = %s and action = 'confirm')",
        request,
    )
    assert refused.value.slug == "request_moved_on"
    assert name in refused.value.sentence
    assert "confirmed" in refused.value.hint


def test_the_same_members_repeat_answers_the_request_again(world: World) -> None:
    request = asked(world, SANDWICH)
    for _ in range(2):
        with world.member(RECEPTION):
            assert world.act(request, "confirm", "new")["status"] == "confirmed"
    assert len(history(world, request)) == 2


def test_twenty_at_once_are_one_step(database: Database) -> None:
    with database.connect() as conn:
        request = asked(World(conn), SANDWICH)
        walk(World(conn), request, "confirm", "prepare", "mark_ready")

        def deliver(number: int) -> str:
            with database.connect() as own:
                try:
                    with World(own).member(RECEPTION if number % 2 else MANAGER) as world:
                        return str(world.act(request, "deliver", "ready")["status"])
                except Refused as refused:
                    return str(refused.slug)

        with ThreadPoolExecutor(20) as pool:
            answers = sorted(pool.map(deliver, range(20)))
        assert answers == ["delivered"] * 10 + ["request_moved_on"] * 10
        assert World(conn).value("select count(*) from public.charges where request_id = %s", request) == 1
        assert (
            World(conn).value(
                "select count(*) from portal.request_status_history"
                " where request_id = %s and action = 'deliver'",
                request,
            )
            == 1
        )


@pytest.mark.shows("subflow/airport_transport_when")
@pytest.mark.parametrize(
    ("action", "given", "slug", "hint"),
    [
        ("schedule", {}, "input_missing", "scheduled_for"),
        ("schedule", {"scheduled_for": "tomorrow"}, "input_invalid", "2026"),
        ("schedule", {"scheduled_for": f"{TOMORROW}T06:30", "colour": "red"}, "input_unknown", "colour"),
        ("depart", {}, "action_not_available", "schedule"),
        ("fly", {}, "action_not_available", "schedule"),
        ("expire", {}, "action_not_available", "schedule"),
    ],
)
def test_bad_input_is_named(world: World, action: str, given: dict[str, Any], slug: str, hint: str) -> None:
    request = asked(world, PICKUP)
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        world.act(request, action, "new", given)
    assert refused.value.slug == slug
    assert hint in refused.value.hint


def test_an_assignee_works_at_the_property(world: World) -> None:
    stranger = world.value(
        "select m.id from identity.memberships m join identity.users u on u.id = m.user_id"
        " where u.email = %s",
        STRANGER,
    )
    with world.guest("Marutani"):
        request = world.submit({"type_slug": "maintenance", "subtype": "plumbing"}, "k")["body"]["request"][
            "id"
        ]
    walk(world, request, ("triage", {"severity": "urgent"}))
    with pytest.raises(Refused) as refused, world.member(MANAGER):
        world.act(request, "assign", "triaged", {"assignee": str(stranger)})
    assert refused.value.slug == "input_invalid"


def test_a_guest_cancels_what_is_new_and_stock_goes_back_once(world: World) -> None:
    before = world.value("select sum(stock) from portal.catalog_items where sku = 'cola'")
    request = asked(world, SHOP)
    for _ in range(2):
        with world.guest("Marutani"):
            assert world.act(request, "cancel", "new")["status"] == "cancelled"
    assert world.value("select sum(stock) from portal.catalog_items where sku = 'cola'") == before


@pytest.mark.parametrize("what", [SHOP, PICKUP])
def test_who_has_the_code_alone_calls_off_nothing_that_costs(undone: World, what: dict[str, Any]) -> None:
    request = asked(undone, what)
    with pytest.raises(Refused) as refused, undone.guest("Marutani", "context"):
        undone.act(request, "cancel", "new")
    assert refused.value.slug == "second_fact_needed"


def test_who_has_the_code_alone_calls_off_what_is_free(undone: World) -> None:
    request = asked(undone, TOWELS)
    with undone.guest("Marutani", "context"):
        assert undone.act(request, "cancel", "new")["status"] == "cancelled"


def test_a_guest_does_not_cancel_what_is_under_way(world: World) -> None:
    request = asked(world, SHOP)
    walk(world, request, "confirm")
    with pytest.raises(Refused) as refused, world.guest("Marutani"):
        world.act(request, "cancel", "confirmed")
    assert refused.value.slug == "action_not_available"


def test_another_guest_finds_no_such_request(world: World) -> None:
    request = asked(world, SHOP)
    with pytest.raises(Refused) as refused, world.guest("Haddad"):
        world.act(request, "cancel", "new")
    assert (refused.value.slug, refused.value.code) == ("request_not_found", "PT404")


def test_a_stranger_finds_no_such_request(world: World) -> None:
    request = asked(world, SHOP)
    with pytest.raises(Refused) as refused, world.member(STRANGER):
        world.act(request, "confirm", "new")
    assert (refused.value.slug, refused.value.code) == ("request_not_found", "PT404")


def test_a_role_without_the_right_is_refused(world: World) -> None:
    request = asked(world, SHOP)
    world.conn.execute("delete from identity.role_permissions where permission = 'hotel:requests:write'")
    with pytest.raises(Refused) as refused, world.member(HOUSEKEEPER):
        world.act(request, "confirm", "new")
    assert refused.value.slug == "permission_missing"


def test_a_closed_folio_fails_the_whole_action(world: World) -> None:
    request = asked(world, SHOP)
    walk(world, request, "confirm")
    world.conn.execute(
        "select set_config('app.tenant_id', tenant_id::text, false), app.open_folio(booking_id)"
        " from portal.requests where id = %s",
        (request,),
    )
    world.conn.execute(
        "update public.folios set closed_at = now() where booking_id = %s", (world.booking("Marutani"),)
    )
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        world.act(request, "deliver", "confirmed")
    assert refused.value.slug == "folio_closed"
    assert world.value("select status from portal.requests where id = %s", request) == "confirmed"


def test_an_update_by_hand_obeys_the_workflow(world: World) -> None:
    request = asked(world, SANDWICH)
    world.conn.execute("update portal.requests set status = 'confirmed' where id = %s", (request,))
    assert history(world, request)[-1][:3] + history(world, request)[-1][4:] == (
        "new",
        "confirmed",
        "confirm",
        True,
    )


@pytest.mark.parametrize("status", ["delivered", "declined", "cancelled", "nonsense"])
def test_an_update_by_hand_skips_nothing(world: World, status: str) -> None:
    request = asked(world, SANDWICH)
    with pytest.raises(Refused) as refused, world.owner():
        world.conn.execute("update portal.requests set status = %s where id = %s", (status, request))
    assert refused.value.slug == "status_change_not_in_workflow"


def test_a_delivery_by_hand_posts_its_charge_too(world: World) -> None:
    request = asked(world, SHOP)
    for status in ("confirmed", "delivered"):
        world.conn.execute("update portal.requests set status = %s where id = %s", (status, request))
    assert world.value("select count(*) from public.charges where request_id = %s", request) == 1


def test_phase_and_outcome_cannot_be_typed(world: World) -> None:
    request = asked(world, SHOP)
    world.conn.execute(
        "update portal.requests set phase = 'closed', outcome = 'success' where id = %s", (request,)
    )
    assert world.rows("select phase, outcome from portal.requests where id = %s", request) == [("open", None)]


@pytest.mark.shows("subflow/housekeeping_told")
def test_the_guest_hears_that_the_towels_are_there(undone: World) -> None:
    request = asked(undone, TOWELS)
    walk(undone, request, "acknowledge", "complete")
    assert sorted(undone.rows(HEARD, request)) == [("request_done",), ("request_received",)]


@pytest.mark.shows("subflow/maintenance_resolution")
@pytest.mark.parametrize(
    ("last", "given", "told"),
    [
        ("complete", {}, "request_done"),
        ("cannot_resolve", {"reason": "The part is not made any more"}, "request_cancelled"),
    ],
)
def test_the_guest_hears_what_came_of_a_repair(
    undone: World, last: str, given: dict[str, str], told: str
) -> None:
    request = asked(undone, {"type_slug": "maintenance", "subtype": "plumbing", "severity": "low"})
    bilal = undone.value("select id::text from identity.memberships where display_name = 'Bilal'")
    walk(undone, request, ("triage", {"severity": "normal"}), ("assign", {"assignee": bilal}), "start")
    before = set(undone.rows(HEARD, request))
    walk(undone, request, (last, given))
    assert set(undone.rows(HEARD, request)) - before == {(told,)}
