"""The matrix has power: each planted leak is found by it, in the words of what leaks."""

import pytest

from tests.isolation.catalog import Connection
from tests.isolation.matrix import Matrix

DEFINER = "language plpgsql volatile security definer set search_path = '' as $$ begin {} end $$"
LEAKS = {
    "a view that reads as its owner": (
        "alter view api.guests set (security_invoker = false)",
        ["api.guests: staff of hamsun, read: tells of the stranger"],
    ),
    "a policy that lets everyone in": (
        # what this trigger writes has a policy of its own, which would refuse it
        "alter table public.guests disable trigger guests__phone_is_consent;"
        "drop policy tenant_isolation on public.guests;"
        "create policy tenant_isolation on public.guests as restrictive using (true) with check (true)",
        [
            "api.guests: admin of alpine, read: tells of the stranger",
            "guests: engine of hamsun, update: changes the stranger's ['public.guests']",
            "guests: engine of hamsun, insert: takes the stranger's row",
        ],
    ),
    "a command that tells": (
        "create function api.peek(p_guest_id uuid) returns text "
        + DEFINER.format("return (select g.last_name from public.guests as g where g.id = p_guest_id);")
        + "; grant execute on function api.peek(uuid) to staff",
        ["api.peek: staff of alpine, call with the stranger's p_guest_id: tells of the stranger"],
    ),
    "a command that changes": (
        "create function api.rename(p_guest_id uuid) returns void "
        + DEFINER.format("update public.guests as g set first_name = 'X' where g.id = p_guest_id;")
        + "; grant execute on function api.rename(uuid) to guest",
        ["api.rename: guest of hamsun, call with the stranger's p_guest_id: changes the stranger's"],
    ),
    "a command that changes everything": (
        "create function api.sweep() returns void "
        + DEFINER.format("update public.rooms set cleanliness = 'dirty';")
        + "; grant execute on function api.sweep() to admin",
        ["api.sweep: admin of hamsun, call with its own rows: changes the stranger's"],
    ),
    "a command that knows who is elsewhere": (
        "create function api.knows(p_room_id uuid) returns void "
        + DEFINER.format(
            "perform from public.rooms as r where r.id = p_room_id and r.tenant_id = app.tenant_id();"
            " if not found then"
            " perform from public.rooms as r where r.id = p_room_id;"
            " raise exception '%', case when found then 'Another hotel''s.' else 'No such room.' end;"
            " end if;"
        )
        + "; grant execute on function api.knows(uuid) to staff",
        ["api.knows: staff of hamsun, call: tells with the stranger's p_room_id from a missing one"],
    ),
    "a command that points across": (
        "alter table public.room_blocks drop constraint room_blocks_tenant_id_room_id_fkey;"
        "create function api.close_room(p_room_id uuid) returns void "
        + DEFINER.format(
            "insert into public.room_blocks (tenant_id, room_id, kind, starts_on, ends_on, reason)"
            " values (app.tenant_id(), p_room_id, 'out_of_order', '2099-01-01', '2099-01-02', 'x');"
        )
        + "; grant execute on function api.close_room(uuid) to staff",
        ["api.close_room: staff of alpine, call with the stranger's p_room_id: points public.room_blocks"],
    ),
    "a key of a write that all hotels share": (
        "create unique index one_key_for_all on app.idempotency_keys (command, key)",
        ["api.create_booking: staff of alpine, call: is refused for the stranger's idempotency key"],
    ),
    "a command that hides who did it": (
        "create function api.hides() returns void "
        + DEFINER.format(
            "perform app.set_caller(app.tenant_id()), set_config('app.command', '', true);"
            " update public.rooms set cleanliness = 'dirty' where tenant_id = app.tenant_id();"
        )
        + "; grant execute on function api.hides() to staff",
        [
            "api.hides: staff of hamsun, call: leaves public.rooms in the log"
            " without actor and session and command"
        ],
    ),
    "a right without a rule": (
        "drop policy tenant_isolation on notify.teams;"
        "create policy everyone on notify.teams to staff using (true);"
        "grant select, delete on notify.teams, api.teams to staff",
        ["api.teams: staff of hamsun, delete: changes the stranger's"],
    ),
    "a right that the catalog does not show": (
        "create function api.bow() returns trigger language plpgsql security definer set search_path = ''"
        " as $$ begin delete from public.room_blocks; return old; end $$;"
        "create view api.blocks as select id from public.room_blocks;"
        "create trigger bows instead of delete on api.blocks for each row execute function api.bow();"
        "grant select, delete on api.blocks to guest",
        ["api.blocks: guest of hamsun, delete: changes the stranger's"],
    ),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found(leak: str, conn: Connection) -> None:
    statement, findings = LEAKS[leak]
    with conn.transaction(force_rollback=True):
        conn.execute(statement.encode())
        names = {finding.partition(":")[0] for finding in findings}
        found = Matrix(conn).walk(names).findings
    for finding in findings:
        assert any(one.startswith(finding) for one in found), found


def test_without_a_leak_the_same_cells_are_clean(conn: Connection) -> None:
    names = {finding.partition(":")[0] for _, findings in LEAKS.values() for finding in findings}
    with conn.transaction(force_rollback=True):
        assert Matrix(conn).walk(names).findings == []
