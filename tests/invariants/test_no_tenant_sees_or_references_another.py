"""No tenant sees another's rows, through a view or a command's own rights; and no row points across."""

import psycopg
import pytest

from tests.world import STRANGER, World

TABLES = """
select c.relnamespace::regnamespace::text || '.' || c.relname
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
where c.relkind = 'r'
  and c.relnamespace::regnamespace::text in (
    'public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app')
"""
VIEWS = "select oid::regclass::text from pg_class where relnamespace = 'api'::regnamespace and relkind = 'v'"
REFERENCES = """
select h.relnamespace::regnamespace::text || '.' || h.relname, c.confrelid::regclass::text, x.column_pairs
from pg_constraint as c
join pg_class as h on h.oid = c.conrelid
cross join lateral (
  select string_agg('a.' || f.attname || ' = b.' || t.attname, ' and ')
           filter (where f.attname <> 'tenant_id' and f.atttypid = 'uuid'::regtype) as column_pairs
  from unnest(c.conkey, c.confkey) as k (here, there)
  join pg_attribute as f on f.attrelid = c.conrelid and f.attnum = k.here
  join pg_attribute as t on t.attrelid = c.confrelid and t.attnum = k.there) as x
where c.contype = 'f'
  and c.connamespace::regnamespace::text in (
    'public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app')
  and exists (select from pg_attribute where attrelid = c.conrelid and attname = 'tenant_id')
  and exists (select from pg_attribute where attrelid = c.confrelid and attname = 'tenant_id')
"""


def seen_by_engine(world: World) -> set[str]:
    """Tables in which a command of the stranger's tenant would find a row of another."""
    found = set()
    with world.owner():
        world.conn.execute("select app.act_as_member(%s)", (STRANGER,))
        own = world.value("select app.tenant_id()")
        tables = [row[0] for row in world.rows(TABLES)]
        world.conn.execute("set local role engine")
        for table in tables:
            if world.value("select has_table_privilege(%s, 'select')", table) and world.value(
                f"select exists (select from {table} where tenant_id <> %s)", own
            ):
                found.add(table)
    return found


def seen_in_views(world: World) -> set[str]:
    """Views in which the stranger reads a word of ours."""
    ours = [str(row[0]) for row in world.rows("select id from public.tenants where slug = 'hamsun'")]
    ours += [str(row[0]) for row in world.rows("select id from public.properties where code = 'FSL'")]
    ours += ["Marutani", "Mohsin"]
    found = set()
    with world.member(STRANGER):
        for (view,) in world.rows(VIEWS):
            if world.value("select has_table_privilege(%s, 'select')", view) and any(
                word in str(world.rows(f"select * from {view}")) for word in ours
            ):
                found.add(view)
    return found


def pointing_across(world: World) -> set[str]:
    """Foreign keys with a row that points to another tenant's."""
    return {
        here
        for here, there, pairs in world.rows(REFERENCES)
        if pairs
        and world.value(
            f"select exists (select from {here} a join {there} b on {pairs} where a.tenant_id <> b.tenant_id)"
        )
    }


def test_no_tenant_sees_or_references_another(undone: World) -> None:
    assert seen_by_engine(undone) == set()
    assert seen_in_views(undone) == set()
    assert pointing_across(undone) == set()


def test_a_foreign_room_and_a_missing_one_are_the_same_error(undone: World) -> None:
    foreign = undone.value(
        "select r.id from public.rooms r join public.properties p on p.id = r.property_id"
        " where p.code = 'ALP' limit 1"
    )
    said = set()
    for room in (foreign, "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(psycopg.errors.ForeignKeyViolation) as refused, undone.conn.transaction():
            undone.conn.execute(
                "insert into public.room_blocks (tenant_id, room_id, kind, starts_on, ends_on, reason)"
                " select id, %s, 'out_of_order', '2099-01-01', '2099-01-02', 'x'"
                " from public.tenants where slug = 'hamsun'",
                (room,),
            )
        said.add(refused.value.diag.message_primary)
    assert len(said) == 1


def test_the_control_is_found_by_a_command(undone: World) -> None:
    undone.conn.execute("drop policy tenant_isolation on public.guests")
    assert seen_by_engine(undone) == {"public.guests"}


def test_the_control_is_found_in_a_view(undone: World) -> None:
    undone.conn.execute("alter view api.guests set (security_invoker = false)")
    assert seen_in_views(undone) == {"api.guests"}


def test_the_control_is_found_in_a_reference(undone: World) -> None:
    undone.conn.execute("alter table public.room_blocks drop constraint room_blocks_tenant_id_room_id_fkey")
    undone.conn.execute("alter table public.room_blocks disable trigger user")
    undone.conn.execute(
        "alter table public.room_blocks add foreign key (tenant_id, room_id)"
        " references public.rooms (tenant_id, id) not valid"
    )
    undone.conn.execute("set local session_replication_role = replica")
    undone.conn.execute(
        "insert into public.room_blocks (tenant_id, room_id, kind, starts_on, ends_on, reason)"
        " select t.id, r.id, 'out_of_order', '2099-01-01', '2099-01-02', 'x'"
        " from public.tenants t, public.rooms r join public.properties p on p.id = r.property_id"
        " where t.slug = 'hamsun' and p.code = 'ALP' limit 1"
    )
    assert pointing_across(undone) == {"public.room_blocks"}
