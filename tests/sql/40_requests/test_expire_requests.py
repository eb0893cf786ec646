"""expire_requests: what outlived its stay expires, for every tenant."""

from typing import Any

import pytest

from tests.house import Database
from tests.world import RECEPTION, World

COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 2}]}
ASK = {"type_slug": "concierge", "note": "Is there a gym?"}
BROKEN = {"type_slug": "maintenance", "subtype": "plumbing", "note": "It drips"}


def ask(world: World, last_name: str, request: dict[str, Any]) -> Any:
    with world.guest(last_name):
        return world.submit(request, f"{last_name}:{request['type_slug']}")["body"]["request"]["id"]


def wait_days(world: World, days: int) -> None:
    world.conn.execute("update app.clock set shift = shift + %s * interval '1 day'", (days,))


def expire(world: World) -> list[dict[str, Any]]:
    """What the job answers at each property."""
    told = world.rows(
        "select app.set_caller(p.tenant_id), app.expire_requests(jsonb_populate_record(null::app.job_runs,"
        " jsonb_build_object('tenant_id', p.tenant_id, 'property_id', p.id, 'slot', app.now())))"
        " from public.properties as p"
    )
    world.conn.execute("select app.set_caller(null)")
    return [row[1] for row in told]


def status(world: World, request: Any) -> str:
    return str(world.value("select status from portal.requests where id = %s", request))


def leave(world: World, last_name: str) -> None:
    """The guest goes, whatever the folio says."""
    days = world.value(
        "select greatest(check_out - app.today_in('Asia/Karachi'), 0) from public.bookings where id = %s",
        world.booking(last_name),
    )
    wait_days(world, days)
    booking = world.booking(last_name)
    with world.member(RECEPTION):
        world.conn.execute("select api.check_out_guest(%s, 'pays later')", (booking,))


def colas(world: World) -> int:
    return int(world.value("select sum(stock) from portal.catalog_items where sku = 'cola'"))


def test_a_guest_who_never_came_waits_for_nothing(undone: World) -> None:
    request = ask(undone, "Okafor", ASK)
    last_day = undone.value(
        "select check_out - app.today_in('Asia/Karachi') from public.bookings where id = %s",
        undone.booking("Okafor"),
    )
    wait_days(undone, last_day)
    expire(undone)
    assert status(undone, request) == "new"
    wait_days(undone, 1)
    expire(undone)
    assert status(undone, request) == "expired"


def test_history_names_the_system(undone: World) -> None:
    request = ask(undone, "Okafor", ASK)
    wait_days(undone, 400)
    expire(undone)
    assert undone.rows(
        "select action, from_status, actor_kind, actor_id, is_by_hand from portal.request_status_history"
        " where request_id = %s and to_status = 'expired'",
        request,
    ) == [("expire", "new", "system", None, False)]
    assert undone.rows(
        "select phase, outcome, closed_at is not null from portal.requests where id = %s", request
    ) == [("closed", "expired", True)]


def test_who_is_in_house_is_waited_for_however_long(undone: World) -> None:
    request = ask(undone, "Marutani", COLA)
    wait_days(undone, 60)
    expire(undone)
    assert status(undone, request) == "new"


def test_what_nobody_began_ends_the_day_after_check_out_and_its_stock_goes_back(undone: World) -> None:
    before = colas(undone)
    untouched, begun = ask(undone, "Marutani", COLA), ask(undone, "Haddad", COLA)
    with undone.member(RECEPTION):
        undone.act(begun, "confirm")
    leave(undone, "Haddad")
    leave(undone, "Marutani")
    expire(undone)
    assert status(undone, untouched) == "new"
    wait_days(undone, 1)
    expire(undone)
    assert (status(undone, untouched), status(undone, begun)) == ("expired", "confirmed")
    assert colas(undone) == before - 2


def test_what_waits_for_the_hour_or_a_decision_ends_the_day_after_check_out(undone: World) -> None:
    departure = "select (check_out + time '18:00')::text from public.bookings where id = %s"
    at = undone.value(departure, undone.booking("Marutani"))
    call = ask(undone, "Marutani", {"type_slug": "wake_up_call", "scheduled_for": at})
    wish = ask(undone, "Marutani", {"type_slug": "booking_action", "subtype": "late_checkout"})
    with undone.member(RECEPTION):
        undone.act(call, "confirm")
    leave(undone, "Marutani")
    expire(undone)
    assert (status(undone, call), status(undone, wish)) == ("confirmed", "pending_approval")
    wait_days(undone, 1)
    expire(undone)
    assert (status(undone, call), status(undone, wish)) == ("expired", "expired")


def test_what_may_still_be_asked_lives_as_long_as_the_code(undone: World) -> None:
    request = ask(undone, "Marutani", ASK)
    leave(undone, "Marutani")
    wait_days(undone, 7)
    expire(undone)
    assert status(undone, request) == "new"
    wait_days(undone, 1)
    expire(undone)
    assert status(undone, request) == "expired"


def test_a_repair_stays_with_the_room(undone: World) -> None:
    request = ask(undone, "Marutani", BROKEN)
    leave(undone, "Marutani")
    wait_days(undone, 30)
    expire(undone)
    assert status(undone, request) == "new"


def test_staffs_own_work_is_theirs_to_end(undone: World) -> None:
    booking = str(undone.booking("Okafor"))
    with undone.member(RECEPTION):
        request = undone.submit(
            {"type_slug": "task", "title": "Send the invoice", "on_behalf_of": booking},
            "t",
        )["body"]["request"]["id"]
    wait_days(undone, 400)
    expire(undone)
    assert status(undone, request) == "new"


@pytest.mark.shows("notification/status_change_whatsapp")
def test_the_guest_hears_what_the_workflow_says_and_no_more(undone: World) -> None:
    quiet, told = ask(undone, "Okafor", ASK), ask(undone, "Alvarez", ASK)
    undone.conn.execute("alter table portal.workflow_versions disable trigger user")
    undone.conn.execute(
        "with own as (insert into portal.workflow_versions (tenant_id, request_type_id, version, workflow)"
        "  select v.tenant_id, v.request_type_id, 99, jsonb_set(jsonb_set(v.workflow,"
        "   '{actions,expire,notify_guest_on_action}', 'true'), '{actions,expire,slack}', '\"reception\"')"
        "  from portal.requests r join portal.workflow_versions v"
        "    on v.tenant_id = r.tenant_id and v.id = r.workflow_version_id where r.id = %(id)s returning id)"
        " update portal.requests set workflow_version_id = own.id from own where portal.requests.id = %(id)s",
        {"id": told},
    )
    wait_days(undone, 400)
    expire(undone)
    # the first word, and cards that show anew how it stands, are not the workflow's
    aside = ["request_received", "card_renewed"]
    heard = (
        "select event_key, channel from public.notification_log"
        " where request_id = %s and event_key <> all (%s)"
    )
    assert undone.rows(heard, quiet, aside) == []
    assert sorted(undone.rows(heard, told, aside)) == [
        ("request_status", "slack"),
        ("request_update", "whatsapp"),
    ]


def test_every_tenant_is_looked_after_and_a_second_run_changes_nothing(undone: World) -> None:
    ask(undone, "Okafor", ASK)
    wait_days(undone, 400)
    expire(undone)
    moves = undone.value("select count(*) from portal.request_status_history where action = 'expire'")
    expire(undone)
    assert moves > 0
    assert undone.value("select count(*) from portal.request_status_history where action = 'expire'") == moves
    assert undone.value("select coalesce(nullif(current_setting('app.tenant_id'), ''), 'none')") == "none"


def poison(world: World, note: str) -> None:
    """From now on requests with this note refuse every change."""
    world.conn.execute(
        "create function pg_temp.refuse() returns trigger language plpgsql as"
        " $$begin raise exception 'no'; end$$"
    )
    world.conn.execute(
        f"create trigger refuse before update on portal.requests for each row when (old.note = '{note}')"
        " execute function pg_temp.refuse()".encode()
    )


ALERTED = "select count(*) from public.alerts where kind = 'request_cannot_expire' and resolved_at is null"


def test_one_that_cannot_expire_raises_an_alert_until_somebody_has_seen_to_it(undone: World) -> None:
    stuck, free = ask(undone, "Okafor", ASK | {"note": "poison"}), ask(undone, "Alvarez", ASK)
    number = undone.value("select number from portal.requests where id = %s", stuck)
    poison(undone, "poison")
    wait_days(undone, 400)
    expire(undone)
    assert not any(told["is_unfinished"] for told in expire(undone))
    assert (status(undone, stuck), status(undone, free)) == ("new", "expired")
    told = "select subject, details ->> 'sqlstate' from public.alerts where kind = 'request_cannot_expire'"
    assert undone.rows(told) == [(f"{number} has outlived its stay and cannot expire.", "P0001")]

    wait_days(undone, 1)
    expire(undone)
    assert (status(undone, stuck), undone.value(ALERTED)) == ("new", 1)
    undone.conn.execute("drop trigger refuse on portal.requests")
    wait_days(undone, 1)
    expire(undone)
    assert (status(undone, stuck), undone.value(ALERTED)) == ("expired", 0)


def test_more_of_them_than_a_batch_starve_nobody(undone: World) -> None:
    """The oldest 250 fail: the next tick goes on behind them."""
    first = ask(undone, "Okafor", ASK | {"note": "poison"})
    undone.conn.execute(
        "insert into portal.requests select (jsonb_populate_record(r, jsonb_build_object("
        "   'id', app.new_id(), 'number', 'X-' || n))).* from portal.requests as r,"
        " generate_series(2, 250) as n where r.id = %s",
        (first,),
    )
    last = ask(undone, "Alvarez", ASK)
    poison(undone, "poison")
    wait_days(undone, 400)
    assert any(told["is_unfinished"] for told in expire(undone))
    assert status(undone, last) == "new"
    assert undone.value(ALERTED) < 250
    assert not any(told["is_unfinished"] for told in expire(undone))
    assert (status(undone, last), undone.value(ALERTED)) == ("expired", 250)


def test_nobody_is_waited_for(database: Database) -> None:
    with database.connect() as one, database.connect() as other:
        world = World(one)
        request = ask(world, "Okafor", ASK)
        wait_days(world, 400)
        with other.transaction():
            other.execute("select from portal.requests where id = %s for update", (request,))
            assert any(told["is_unfinished"] for told in expire(world))
            assert status(world, request) == "new"
        assert not any(told["is_unfinished"] for told in expire(world))
        assert status(world, request) == "expired"


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "engine", "service"])
@pytest.mark.parametrize(
    "function", ["app.expire_requests(app.job_runs)", "app.expire_outlived_requests(app.job_runs, integer)"]
)
def test_only_the_clockwork_lets_requests_expire(undone: World, role: str, function: str) -> None:
    may = undone.value("select has_function_privilege(%s, %s, 'execute')", role, function)
    assert may is (role == "engine" and "outlived" in function)


def test_the_tick_lets_them_expire(undone: World) -> None:
    request = ask(undone, "Okafor", ASK)
    wait_days(undone, 400)
    undone.conn.execute("select app.tick()")
    assert status(undone, request) == "expired"


def test_a_request_without_a_booking_has_no_stay_to_outlive(undone: World) -> None:
    with undone.member(RECEPTION):
        request = undone.submit({"type_slug": "task", "title": "Count keys"}, "k")["body"]["request"]["id"]
    wait_days(undone, 400)
    expire(undone)
    assert status(undone, request) == "new"
