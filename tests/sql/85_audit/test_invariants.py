"""invariants: nothing violates them, and each finds what would.

broken_records, broken_structure and rows_without_entry look; api.invariants tells.
"""

from pathlib import Path

import pytest

from tests.world import OWNER, RECEPTION, Refused, World

COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}
OURS = "(select id from public.tenants where slug = 'hamsun')"
UNGUARDED = "set local session_replication_role = replica;"
CONTROLS = {
    "every_request_is_a_portal_request": (
        "create table portal.tickets (id uuid primary key, status text, assignee_id uuid)",
        ["portal.tickets"],
    ),
    "a_code_resolves_to_exactly_one_booking": (
        f"{UNGUARDED} alter table portal.codes drop constraint codes_code_key;"
        f" update portal.codes set code = 'ABCDEF' where tenant_id = {OURS}",
        None,
    ),
    "codes_are_never_reused": (
        "alter table portal.codes disable trigger codes__never_change;"
        f" update portal.codes set code = 'ABCDEF' where tenant_id = {OURS}"
        " and booking_id = (select max(booking_id::text)::uuid from portal.codes"
        f" where tenant_id = {OURS})",
        None,
    ),
    "status_changes_always_leave_history": (
        f"{UNGUARDED} update portal.requests set status = 'delivered' where type_slug = 'mini_shop'",
        None,
    ),
    "status_keys_are_immutable": (
        "update portal.workflow_versions set workflow = jsonb_set(workflow, '{statuses}', '{}')",
        None,
    ),
    "stay_state_is_never_stored": (
        "alter table public.bookings add column stay_state text;"
        " alter table public.stays add state text constraint stays_know check (state in ('departure_day'))",
        ["public.bookings.stay_state", "stays_know"],
    ),
    "charges_have_one_writer": (
        "create function app.tip() returns void language sql set search_path = '' as"
        " 'insert into public.charges select * from public.charges limit 0'",
        ["app.tip"],
    ),
    "postings_are_never_changed": (
        "alter table public.charges disable trigger charges__never_change;"
        f" update public.charges set reason = 'x' where tenant_id = {OURS}",
        None,
    ),
    "a_room_is_never_booked_twice": (
        f"{UNGUARDED} alter table public.stays drop constraint room_is_not_double_booked;"
        " insert into public.stays (tenant_id, booking_id, property_id, room_id, starts_on, ends_on)"
        " select tenant_id, booking_id, property_id, room_id, starts_on, ends_on from public.stays"
        f" where released_at is null and tenant_id = {OURS} limit 1",
        None,
    ),
    "a_notification_is_queued_with_its_cause": (
        f"{UNGUARDED} delete from public.notification_log where channel = 'slack'",
        None,
    ),
    "nothing_known_is_sent_twice": (
        f"{UNGUARDED} alter table public.notification_log drop constraint notification_is_queued_once;"
        " insert into public.notification_log"
        " (tenant_id, event_key, channel, recipient, dedupe_key, send_after)"
        f" select {OURS}, 'test', 'slack', '#x', 'one event', now() from generate_series(1, 2)",
        ["one event"],
    ),
    "no_tenant_sees_or_references_another": (
        "alter table public.guests no force row level security;"
        " drop policy tenant_isolation on public.rooms;"
        " alter table public.rooms add unique (id);"
        " alter table public.stays add constraint leak foreign key (room_id) references public.rooms (id)",
        ["leak", "public.guests", "public.rooms"],
    ),
    "no_session_crosses_its_type": (
        f"{UNGUARDED} insert into identity.sessions (tenant_id, session_type, membership_id, expires_at)"
        " select tenant_id, 'staff', id, app.now() + interval '1 hour' from identity.memberships"
        f" where session_type = 'admin' and tenant_id = {OURS} limit 1",
        None,
    ),
    "per_property_differences_are_data": (
        "create function app.closing_time(p_code text) returns time language sql immutable"
        " set search_path = '' as $$select case p_code when 'FSL' then time '23:00' else time '22:00' end$$",
        ["app.closing_time"],
    ),
    "every_command_is_idempotent_or_says_so": (
        "create function api.ring_the_bell() returns void language sql volatile"
        " set search_path = '' as 'select'",
        ["ring_the_bell"],
    ),
    "every_change_to_a_tracked_table_is_audited": (
        "alter table public.guests disable trigger record_change;"
        f" {UNGUARDED} insert into public.app_settings (tenant_id, key, value) values ({OURS}, 'a', '1')",
        ["public.app_settings: 1", "public.guests"],
    ),
}


@pytest.fixture
def house(undone: World) -> World:
    """The demo with an order, so that there is a request and a charge to violate."""
    with undone.guest("Marutani"):
        request = undone.submit(COLA, "k")["body"]["request"]["id"]
    for action in ("confirm", "deliver"):
        with undone.member(RECEPTION):
            undone.act(request, action)
    with undone.guest("Marutani"):
        undone.submit(COLA, "k2")
    return undone


def found(world: World, email: str = OWNER) -> dict[str, list[str]]:
    """What an owner is shown."""
    with world.member(email):
        return dict(world.rows("select invariant, violations from api.invariants()"))


def test_nothing_violates_them(house: World) -> None:
    assert {name: what for name, what in found(house).items() if what} == {}


@pytest.mark.parametrize("invariant", CONTROLS)
def test_the_control_is_found(house: World, invariant: str) -> None:
    breaking, expected = CONTROLS[invariant]
    house.conn.execute(breaking.encode())
    house.conn.execute("set local session_replication_role = origin")
    what = found(house)[invariant]
    assert what == expected if expected else what


def test_every_invariant_has_a_control_and_a_test_of_its_own(house: World) -> None:
    files = Path(__file__).parents[2].joinpath("invariants").glob("test_*.py")
    assert {file.stem.removeprefix("test_") for file in files} == set(CONTROLS) == set(found(house))


def test_no_more_than_twenty_of_each_are_named(house: World) -> None:
    house.conn.execute(f"{UNGUARDED} delete from public.audit_log".encode())
    house.conn.execute(f"{UNGUARDED} update portal.requests set status = 'lost'".encode())
    house.conn.execute(
        f"{UNGUARDED} insert into public.audit_log (tenant_id, table_name, row_key, operation, db_role)"
        f" select {OURS}, 'portal.codes', jsonb_build_object('id', n), 'DELETE', 'x'"
        " from generate_series(1, 30) n".encode()
    )
    house.conn.execute("set local session_replication_role = origin")
    assert len(found(house)["codes_are_never_reused"]) == 20


def test_it_needs_the_right_to_read_the_log(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        found(undone, RECEPTION)
    assert refused.value.slug == "permission_missing"


def test_the_stranger_hears_of_the_strangers_rows_alone(house: World) -> None:
    house.conn.execute(CONTROLS["a_room_is_never_booked_twice"][0].encode())
    house.conn.execute("set local session_replication_role = origin")
    assert found(house, "stranger@alpine.example")["a_room_is_never_booked_twice"] == []
