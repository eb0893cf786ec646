"""The catalog holds every rule of ours, and each rule finds the mistake it is there for."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.catalog.allowed import ALLOWED

Connection = psycopg.Connection[tuple[Any, ...]]

RULES = {file.stem: file.read_bytes() for file in sorted((Path(__file__).parent / "rules").glob("*.sql"))}

# The mistake, and a piece of what must be found.
PLANTED: list[tuple[str, str, str]] = [
    ("every_table_has_an_owner", "create table portal.stray (id uuid primary key)", "portal.stray"),
    (
        "every_tenant_table_is_bound",
        "create table portal.loose (tenant_id uuid, id uuid, primary key (tenant_id, id))",
        "portal.loose",
    ),
    (
        "every_tenant_table_is_bound",
        "alter table portal.requests no force row level security",
        "portal.requests",
    ),
    ("every_tenant_table_is_bound", "drop policy tenant_isolation on portal.requests", "portal.requests"),
    (
        "every_reachable_table_is_closed",
        "alter table public.plans disable row level security",
        "plans",
    ),
    (
        "every_key_leads_with_the_tenant",
        "create unique index oracle on public.guests (email)",
        "public.guests(email)",
    ),
    (
        "every_reference_stays_in_its_tenant",
        "alter table public.rooms add unique (id);"
        " alter table public.stays add constraint leak foreign key (room_id) references public.rooms (id)",
        "leak",
    ),
    (
        "every_view_reads_as_the_caller",
        "create view api.everything as select * from public.guests",
        "api.everything",
    ),
    (
        "every_command_belongs_to_engine",
        "create function api.boss() returns void language sql set search_path = '' as 'select'",
        "api.boss",
    ),
    (
        "every_command_belongs_to_engine",
        "create function app.find_all() returns void language sql set search_path = '' as 'select';"
        " grant create on schema app to resolver; alter function app.find_all() owner to resolver",
        "app.find_all",
    ),
    (
        "every_command_belongs_to_engine",
        "create function app.lifted() returns void language sql security definer"
        " set search_path = '' as 'select'",
        "app.lifted",
    ),
    (
        "every_open_policy_is_meant",
        "create policy leak on portal.requests for select to guest using (true)",
        "portal.requests leak to guest",
    ),
    (
        "every_open_policy_is_meant",
        "create policy leak on public.guests for insert to staff with check (true)",
        "guests leak to staff",
    ),
    (
        "every_open_policy_is_meant",
        "create policy leak on public.charges for select using (true)",
        "charges leak to public",
    ),
    (
        "every_function_pins_its_search_path",
        "create function app.drifting() returns integer language sql as 'select 1'",
        "app.drifting",
    ),
    (
        "nothing_is_open_to_everyone",
        "create function api.open() returns integer language sql set search_path = '' as 'select 1';"
        " grant execute on function api.open() to public",
        "api.open",
    ),
    ("api_roles_reach_only_the_api", "grant usage on schema portal to guest", "portal by guest"),
    (
        "api_roles_reach_only_the_api",
        "create function hook.other() returns void language sql set search_path = '' as 'select'",
        "hook.other",
    ),
    (
        "api_roles_write_by_command",
        "grant update (status) on portal.requests to staff",
        "portal.requests update by staff",
    ),
    ("postings_have_no_eraser", "grant delete on public.charges to engine", "public.charges by engine"),
    (
        "nothing_exposed_sets_the_caller",
        "create function api.become(t text) returns text language sql set search_path = ''"
        " as $$select set_config('app.tenant_id', t, true)$$; grant execute on function api.become to staff",
        "api.become",
    ),
    (
        "nothing_exposed_sets_the_caller",
        "create function app.lend(t uuid) returns void language plpgsql set search_path = ''"
        " as $$begin perform app.set_caller(t); end$$; grant execute on function app.lend(uuid) to kiosk",
        "app.lend",
    ),
    (
        "nothing_exposed_sets_the_caller",
        "create function api.name_it(n text, v text) returns text language sql set search_path = ''"
        " as $$select pg_catalog.set_config(n, v, true)$$; grant execute on function api.name_it to guest",
        "api.name_it",
    ),
    (
        "nothing_exposed_sets_the_caller",
        "create function api.raise_level() returns void language plpgsql set search_path = ''"
        " as $$begin set local app.level = 'identified'; end$$;"
        " grant execute on function api.raise_level() to anon",
        "api.raise_level",
    ),
    (
        "the_resolver_sees_only_what_leads_to_a_tenant",
        "grant select (phone) on public.guests to resolver",
        "public.guests.phone",
    ),
    ("nobody_bypasses", "alter table public.guests owner to engine", "guests"),
    ("nobody_bypasses", "alter role staff bypassrls", "staff"),
    ("nobody_bypasses", "create role ghost bypassrls; grant ghost to authenticator", "ghost"),
]


def found(conn: Connection, rule: str) -> set[str]:
    """What a rule finds, less what is meant so."""
    return {str(row[0]) for row in conn.execute(RULES[rule]).fetchall()} - ALLOWED.get(rule, set())


@pytest.mark.parametrize("rule", RULES)
def test_the_catalog_holds(rule: str, db: Connection) -> None:
    assert found(db, rule) == set()


@pytest.mark.parametrize(("rule", "mistake", "finding"), PLANTED)
def test_a_planted_mistake_is_found(rule: str, mistake: str, finding: str, db: Connection) -> None:
    before = found(db, rule)
    with db.transaction(force_rollback=True):
        db.execute(mistake.encode())
        assert any(finding in one for one in found(db, rule) - before)


def test_every_rule_has_a_planted_mistake() -> None:
    assert {rule for rule, _, _ in PLANTED} == set(RULES)


def test_every_allowance_is_used(db: Connection) -> None:
    unused = {
        rule: allowed - {str(row[0]) for row in db.execute(RULES[rule]).fetchall()}
        for rule, allowed in ALLOWED.items()
    }
    assert not any(unused.values()), unused
