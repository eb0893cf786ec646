"""portal_undo_action: the last action is taken back, within its window, by who took it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests import races
from tests.house import Database
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, Refused, World

SHOP = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 2}]}
TOWELS = {"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 1}]}
TOLD = (
    "select event_key, state from public.notification_log where request_id = %s and channel = 'whatsapp'"
    " and event_key <> 'request_received' order by 1, created_at"
)
STOCK = "select sum(stock) from portal.catalog_items where sku = 'cola' and property_id = %s"


@pytest.fixture(autouse=True)
def window(world: World) -> None:
    """Ten seconds, as in a house that has set nothing."""
    world.conn.execute("delete from public.app_settings where key = 'undo_seconds'")


def asked(world: World, what: dict[str, Any] = SHOP, key: str = "asked") -> Any:
    with world.guest("Marutani"):
        return world.submit(what, key)["body"]["request"]["id"]


def act(world: World, request: Any, *actions: str, by: str = RECEPTION) -> None:
    for action in actions:
        with world.member(by):
            world.act(request, action, None, {"reason": "x"} if action in ("cancel", "decline") else {})


def undo(world: World, request: Any, move: Any = None, by: str = RECEPTION) -> dict[str, Any]:
    with world.member(by):
        answer: dict[str, Any] = world.value("select api.portal_undo_action(%s, %s)", request, move)
        return answer


def last_move(world: World, request: Any) -> Any:
    return world.value(
        "select id from portal.request_status_history where request_id = %s order by position desc limit 1",
        request,
    )


def balance(world: World, request: Any) -> str:
    return str(
        world.value(
            "select coalesce(sum(gross), 0)::numeric(9, 2) from public.charges where request_id = %s", request
        )
    )


def pass_seconds(world: World, seconds: int) -> None:
    world.conn.execute("update app.clock set shift = shift + make_interval(secs => %s)", (seconds,))


@contextmanager
def refused(slug: str) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.slug == slug


def test_status_charge_and_messages_are_as_before(world: World) -> None:
    request = asked(world)
    act(world, request, "confirm", "deliver")
    assert balance(world, request) != "0.00"
    answer = undo(world, request)
    assert (answer["status"], answer["phase"], answer["outcome"]) == ("confirmed", "active", None)
    assert balance(world, request) == "0.00"
    assert [row for row in world.rows(TOLD, request) if row[1] != "cancelled"] == []
    assert world.rows(
        "select from_status, to_status, action, undoes_id is not null from portal.request_status_history"
        " where request_id = %s order by position desc limit 2",
        request,
    ) == [("delivered", "confirmed", "undo", True), ("confirmed", "delivered", "deliver", False)]


def test_done_again_it_is_charged_and_told_again(world: World) -> None:
    request = asked(world)
    act(world, request, "confirm", "deliver")
    once = balance(world, request)
    undo(world, request)
    act(world, request, "deliver")
    assert balance(world, request) == once
    assert world.rows(TOLD, request) == [
        ("folio_charge_posted", "cancelled"),
        ("folio_charge_posted", "queued"),
        ("request_done", "cancelled"),
        ("request_done", "queued"),
    ]


def test_what_was_given_with_it_is_taken_back(world: World) -> None:
    request = asked(world, TOWELS)
    act(world, request, "acknowledge")
    sana = world.value("select id from identity.memberships where display_name like 'Sana%%' limit 1")
    with world.member(RECEPTION):
        world.act(request, "assign", None, {"assignee": str(sana)})
    undo(world, request)
    assert world.rows("select status, assignee_id, details from portal.requests where id = %s", request) == [
        ("acknowledged", None, {})
    ]


def test_what_a_refusal_gave_back_is_taken_again_as_often_as_it_is_undone(world: World) -> None:
    request = asked(world)
    house = world.value("select property_id from portal.requests where id = %s", request)
    ordered = world.value(STOCK, house)
    for _ in range(2):
        act(world, request, "decline")
        assert world.value(STOCK, house) == ordered + 2
        undo(world, request)
        assert world.value(STOCK, house) == ordered
    act(world, request, "decline")
    assert world.value(STOCK, house) == ordered + 2


def test_what_others_have_ordered_meanwhile_stays_theirs(world: World) -> None:
    request = asked(world)
    act(world, request, "decline")
    world.conn.execute("update portal.catalog_items set stock = 1 where sku = 'cola'")
    with refused("sold_out_meanwhile"):
        undo(world, request)
    assert world.value("select status from portal.requests where id = %s", request) == "declined"


def test_the_guest_hears_only_when_it_is_over(world: World) -> None:
    request = asked(world)
    act(world, request, "confirm", "deliver")
    waits = world.rows(
        "select event_key, channel, round(extract(epoch from send_after - created_at))"
        " from public.notification_log"
        " where request_id = %s and event_key in ('request_received', 'request_done') order by 1, 2",
        request,
    )
    assert waits == [
        ("request_done", "whatsapp", 10),
        ("request_received", "slack", 0),
        ("request_received", "whatsapp", 0),
    ]


def test_ten_seconds_later_it_is_too_late(world: World) -> None:
    request = asked(world)
    act(world, request, "confirm")
    pass_seconds(world, 10)
    with refused("undo_is_over"):
        undo(world, request)


def test_a_house_may_want_no_undoing(world: World) -> None:
    world.conn.execute(
        "insert into public.app_settings (tenant_id, key, value)"
        " select id, 'undo_seconds', '0' from public.tenants"
    )
    request = asked(world)
    act(world, request, "confirm")
    with refused("action_cannot_be_undone"):
        undo(world, request)


def test_nobody_undoes_a_colleagues_action(world: World) -> None:
    request = asked(world)
    act(world, request, "confirm")
    with refused("undo_is_the_actors"):
        undo(world, request, by=MANAGER)
    with refused("undo_is_the_actors"):
        undo(world, request, by=HOUSEKEEPER)
    with refused("request_not_found"):
        undo(world, request, by=STRANGER)


def test_only_the_last_action_can_be_undone(world: World) -> None:
    request = asked(world)
    act(world, request, "confirm")
    meant = last_move(world, request)
    act(world, request, "deliver", by=MANAGER)
    with refused("request_moved_on"):
        undo(world, request, meant)


def test_a_birth_and_what_a_guest_did_cannot_be_undone(world: World) -> None:
    request = asked(world)
    with refused("action_cannot_be_undone"):
        undo(world, request)
    with world.guest("Marutani"):
        world.act(request, "cancel")
    with refused("action_cannot_be_undone"):
        undo(world, request)


def test_what_followed_from_another_command_cannot_be_undone(world: World) -> None:
    booking = world.booking("Alvarez")
    with world.guest("Alvarez"):
        request = world.submit({"type_slug": "concierge", "subtype": "other"}, "asked")["body"]["request"][
            "id"
        ]
    with world.member(MANAGER):
        world.value("select api.cancel_booking(%s, 'changed plans')", booking)
    with refused("action_cannot_be_undone"):
        undo(world, request, by=MANAGER)


def test_undone_twice_it_is_undone_once(world: World) -> None:
    request = asked(world)
    act(world, request, "confirm", "deliver")
    meant = last_move(world, request)
    first, second = undo(world, request, meant), undo(world, request, meant)
    assert first["status"] == second["status"] == "confirmed"
    assert balance(world, request) == "0.00"


def test_a_hand_typed_change_back_is_still_refused(world: World) -> None:
    request = asked(world)
    act(world, request, "confirm", "deliver")
    with refused("status_change_not_in_workflow"), world.owner():
        world.conn.execute("update portal.requests set status = 'confirmed' where id = %s", (request,))


def test_once_a_message_is_on_its_way_nothing_is_undone(world: World) -> None:
    request = asked(world)
    act(world, request, "confirm", "deliver")
    world.conn.execute(
        "update public.notification_log"
        " set state = 'sending', fence = 1, lease_until = clock_timestamp() + interval '1 minute'"
        " where request_id = %s and event_key = 'request_done'",
        (request,),
    )
    with refused("guest_has_heard"):
        undo(world, request)
    assert world.value("select status from portal.requests where id = %s", request) == "delivered"


def test_a_team_that_has_heard_hears_of_it(world: World) -> None:
    request = asked(world)
    world.conn.execute(
        "update portal.workflow_versions"
        " set workflow = jsonb_set(workflow, '{actions,confirm,slack}', '\"kitchen\"')"
        " where request_type_id = (select request_type_id from portal.requests where id = %s)",
        (request,),
    )
    act(world, request, "confirm")
    world.conn.execute(
        "update public.notification_log set state = 'sent' where request_id = %s and channel = 'slack'",
        (request,),
    )
    undo(world, request)
    told = (
        "select count(*) from public.notification_log where request_id = %s and event_key = 'request_status'"
    )
    assert world.value(told, request) == 2


def as_reception(query: str, *values: Any) -> races.Act:
    def go(conn: races.Connection) -> Any:
        with conn.transaction():
            conn.execute("select app.act_as_member(%s)", (RECEPTION,))
            conn.execute("set local role staff")
            row = conn.execute(query.encode(), values).fetchone()
            return row and row[0]

    return go


UNDO = "select api.portal_undo_action(%s, %s)"
ACT = "select api.portal_update_request_status(%s, 'deliver', 'confirmed')"


def test_undo_against_a_second_action_one_of_them_wins(database: Database, db: races.Connection) -> None:
    world = World(db)
    first, second = asked(world, key="one"), asked(world, key="two")
    for request in (first, second):
        act(world, request, "confirm")
    undone, late = races.at_once(
        database, as_reception(UNDO, first, last_move(world, first)), as_reception(ACT, first)
    )
    assert (undone["status"], late.diag.message_detail) == ("new", "request_moved_on")
    done, late = races.at_once(
        database, as_reception(ACT, second), as_reception(UNDO, second, last_move(world, second))
    )
    assert (done["status"], late.diag.message_detail) == ("delivered", "request_moved_on")


def test_who_began_first_and_came_last_was_last(database: Database, db: races.Connection) -> None:
    world = World(db)
    request = asked(world)
    with database.connect() as early, early.transaction():
        early.execute("select now()")
        act(world, request, "confirm", by=MANAGER)
        undo(world, request, by=MANAGER)
        confirm = "select api.portal_update_request_status(%s, 'confirm', 'new')"
        assert as_reception(confirm, request)(early)["status"] == "confirmed"
    shown = "select to_status from api.request_status_history where request_id = %s order by place"
    assert [row[0] for row in world.rows(shown, request)] == ["new", "confirmed", "new", "confirmed"]
    assert undo(world, request)["status"] == "new"


def test_undo_twice_at_once_is_one_undoing(database: Database, db: races.Connection) -> None:
    world = World(db)
    request = asked(world)
    act(world, request, "confirm", "deliver")
    again = as_reception(UNDO, request, last_move(world, request))
    assert [each["status"] for each in races.at_once(database, again, again)] == ["confirmed", "confirmed"]
    assert balance(world, request) == "0.00"
    undone = (
        "select count(*) from portal.request_status_history where request_id = %s and undoes_id is not null"
    )
    assert world.value(undone, request) == 1


def claim(conn: races.Connection) -> Any:
    return conn.execute("select count(*) from app.claim_notifications('{whatsapp}', '{50}')").fetchone()


def test_the_worker_or_the_undoing_has_a_message_never_both(database: Database, db: races.Connection) -> None:
    world = World(db)
    request = asked(world)
    act(world, request, "confirm", "deliver")
    db.execute("update public.notification_log set send_after = created_at where request_id = %s", (request,))
    undo_it = as_reception(UNDO, request, last_move(world, request))
    _, late = races.at_once(database, claim, undo_it)
    assert late.diag.message_detail == "guest_has_heard"


def test_what_is_being_undone_is_not_claimed(database: Database, db: races.Connection) -> None:
    world = World(db)
    request = asked(world)
    act(world, request, "confirm", "deliver")
    db.execute(
        "update public.notification_log set state = 'sent' where state = 'queued' and send_after <= app.now()"
    )
    db.execute("update public.notification_log set send_after = created_at where state = 'queued'")
    with database.connect() as worker, database.connect() as member:
        with member.transaction():
            as_reception(UNDO, request, None)(member)
            assert claim(worker) == (0,)
        assert claim(worker) == (0,)
