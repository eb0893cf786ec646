"""Every table of a tenant is tracked or is a record itself; each row of a tracked one came with an entry."""

import pytest

from tests.world import World

RECORDS_THEMSELVES = {
    "public.audit_log",
    "public.audit_seals",
    "public.event_log",
    "public.notification_attempts",
    "public.notification_log",
    "public.room_status_log",
    "public.room_type_nights",
    "notify.beds24_access",
    "notify.beds24_hints",
    "notify.consents",
    "notify.inbound_messages",
    "notify.slack_access",
    "notify.suppressions",
    "portal.number_counters",
    "portal.request_attachments",
    "portal.request_status_history",
    "portal.stock_moves",
    "service_menus.order_items",
    "service_menus.sessions",
    "identity.refresh_tokens",
    "identity.seen_devices",
    "app.audit_heads",
    "app.guest_keys",
    "app.idempotency_keys",
    "app.job_plans",
    "app.job_runs",
}
TABLES = """
select n.nspname || '.' || c.relname,
       (select array_agg(a.attname::text)
        from pg_index i, unnest(i.indkey) k join pg_attribute a on a.attnum = k
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid),
       exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'record_change'
               and t.tgenabled = 'O' and t.tgtype & 29 = 29)
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
join pg_attribute as t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
where c.relkind = 'r' and n.nspname in (
  'public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app')
"""


def untracked(world: World) -> set[str]:
    return {name for name, _, tracked in world.rows(TABLES) if not tracked} - RECORDS_THEMSELVES


def without_entry(world: World) -> set[str]:
    """Tracked tables with a row that came without an entry in the log."""
    found = set()
    for table, key, tracked in world.rows(TABLES):
        row_key = ", ".join(f"'{column}', t.{column}" for column in key)
        if tracked and world.value(
            f"select exists (select from {table} t where not exists (select from public.audit_log a"
            f" where a.tenant_id = t.tenant_id and a.table_name = %s and a.operation = 'INSERT'"
            f" and a.row_key = jsonb_build_object({row_key})))",
            table,
        ):
            found.add(table)
    return found


@pytest.mark.shows("trigger/audit_log", "table/audit_log")
def test_every_change_to_a_tracked_table_is_audited(undone: World) -> None:
    assert untracked(undone) == set()
    assert without_entry(undone) == set()


def test_the_list_of_records_is_no_longer_than_it_must_be(undone: World) -> None:
    assert {name for name, _, tracked in undone.rows(TABLES) if not tracked} == RECORDS_THEMSELVES


def test_the_control_is_found(undone: World) -> None:
    undone.conn.execute("drop trigger record_change on public.app_settings")
    undone.conn.execute("alter table public.guests disable trigger record_change")
    assert untracked(undone) == {"public.app_settings", "public.guests"}


def test_the_control_is_found_in_a_row(undone: World) -> None:
    undone.conn.execute("set local session_replication_role = replica")
    undone.conn.execute(
        "insert into public.app_settings (tenant_id, key, value)"
        " select id, 'a', '1' from public.tenants limit 1"
    )
    assert without_entry(undone) == {"public.app_settings"}
