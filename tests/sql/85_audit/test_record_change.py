"""record_change: who changed what, from what to what, through which command; and nobody forges it."""

from typing import Any

import psycopg
import pytest

from tests.world import RECEPTION, STRANGER, World

COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}


def log(world: World, table: str) -> list[tuple[Any, ...]]:
    return world.rows(
        "select operation, old_values, new_values, db_role, actor_name, command from public.audit_log"
        " where table_name = %s and xid = pg_current_xact_id() order by id",
        table,
    )


def test_an_insert_keeps_the_whole_row(undone: World) -> None:
    undone.conn.execute(
        "insert into public.app_settings (tenant_id, key, value)"
        " select id, 'a', '1' from public.tenants limit 1"
    )
    [(operation, old, new, *_)] = log(undone, "public.app_settings")
    assert (operation, old, new["key"], new["value"]) == ("INSERT", None, "a", 1)


def test_an_update_keeps_what_changed_and_nothing_else(undone: World) -> None:
    undone.conn.execute("update public.rooms set floor = '9', updated_at = now() where room_number = 'G06'")
    [(operation, old, new, *_)] = log(undone, "public.rooms")
    assert (operation, list(old), new) == ("UPDATE", ["floor"], {"floor": "9"})


def test_an_update_that_changes_nothing_leaves_no_row(undone: World) -> None:
    undone.conn.execute("update public.guests set language = language, updated_at = now() + interval '1 s'")
    assert log(undone, "public.guests") == []


def test_a_delete_keeps_the_whole_row(undone: World) -> None:
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:audit:read'")
    operation, old, new, *_ = log(undone, "identity.role_permissions")[0]
    assert (operation, old["permission"], new) == ("DELETE", "hotel:audit:read", None)


def test_it_names_the_caller_and_not_the_commands_owner(undone: World) -> None:
    undone.conn.execute("select set_config('app.command', '/rpc/portal_submit_request', true)")
    with undone.guest("Marutani"):
        undone.submit(COLA, "k")
    operation, _, new, role, actor, command = log(undone, "portal.requests")[0]
    assert (operation, new["type_slug"], role, command) == (
        "INSERT",
        "mini_shop",
        "guest",
        "/rpc/portal_submit_request",
    )
    assert actor is None, "a guest is known by the booking alone"


def test_a_members_step_is_theirs(undone: World) -> None:
    with undone.guest("Marutani"):
        request = undone.submit(COLA, "k")["body"]["request"]["id"]
    with undone.member(RECEPTION):
        undone.act(request, "confirm")
    operation, old, new, role, actor, _ = log(undone, "portal.requests")[-1]
    assert (operation, old["status"], new["status"], role, actor) == (
        "UPDATE",
        "new",
        "confirmed",
        "staff",
        "Mohsin",
    )


def test_what_is_rolled_back_leaves_no_row(undone: World) -> None:
    with undone.conn.transaction(force_rollback=True):
        undone.conn.execute("update public.guests set notes = 'Tea'")
        assert log(undone, "public.guests")
    assert log(undone, "public.guests") == []


def test_the_row_key_names_the_row(undone: World) -> None:
    guest = undone.value("select id from public.guests where last_name = 'Marutani'")
    undone.conn.execute("update public.guests set language = 'fr' where id = %s", (guest,))
    assert undone.value(
        "select count(*) from public.audit_log where table_name = 'public.guests' and row_key ->> 'id' = %s"
        " and operation = 'UPDATE' and new_values = '{\"language\": \"fr\"}'",
        str(guest),
    )


def test_every_tracked_table_records_inserts_updates_and_deletes(undone: World) -> None:
    kinds = undone.rows(
        "select c.oid::regclass::text, t.tgtype & 28 from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where t.tgname = 'record_change'"
    )
    assert len(kinds) > 25
    assert {events for _, events in kinds} == {4 | 8 | 16}


@pytest.mark.parametrize("role", ["engine", "service", "staff", "admin", "guest", "kiosk", "resolver"])
def test_nobody_but_the_auditor_writes_the_log(undone: World, role: str) -> None:
    for right in ("insert", "update", "delete", "truncate"):
        assert not undone.value("select has_table_privilege(%s, 'public.audit_log', %s)", role, right)


def test_not_even_a_command_forges_an_entry(undone: World) -> None:
    undone.conn.execute("select app.act_as_member(%s)", (RECEPTION,))
    undone.conn.execute("set local role engine")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        undone.conn.execute(
            "insert into public.audit_log (tenant_id, table_name, row_key, operation, db_role)"
            " values (app.tenant_id(), 'public.charges', '{}', 'DELETE', 'admin')"
        )


def test_the_stranger_reads_another_log(undone: World) -> None:
    undone.conn.execute("update public.guests set language = 'fr' where last_name = 'Marutani'")
    with undone.member(STRANGER):
        assert undone.rows("select id from api.audit_log where new_values ->> 'language' = 'fr'") == []
