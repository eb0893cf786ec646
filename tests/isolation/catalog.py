"""What is exposed, as the catalog says it: lists, commands, roles, and the tables beneath."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]

# A session type is a role; PostgREST may become each of these and no other.
ROLES = """
select r.rolname from pg_auth_members as m join pg_roles as r on r.oid = m.roleid
where m.member = 'authenticator'::regrole
  and has_schema_privilege(r.rolname, 'api', 'usage') and r.rolname not in ('service', 'service_role')
order by 1
"""
LISTS = """
select c.oid::regclass::text, array_agg(a.attname::text order by a.attnum),
       array_agg(a.attname::text order by a.attnum) filter (where a.may_select),
       array_agg(a.attname::text order by a.attnum) filter (where a.may_insert),
       array_agg(a.attname::text order by a.attnum) filter (where a.may_update),
       has_table_privilege(%(role)s, c.oid, 'delete')
from pg_class as c
cross join lateral (
  select t.attname, t.attnum, has_column_privilege(%(role)s, c.oid, t.attnum, 'select') as may_select,
         o.is_ours and has_column_privilege(%(role)s, c.oid, t.attnum, 'insert') as may_insert,
         o.is_ours and has_column_privilege(%(role)s, c.oid, t.attnum, 'update') as may_update
  from pg_attribute as t
  cross join lateral (select t.attgenerated = '' and t.attidentity <> 'a' as is_ours) as o
  where t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped) as a
where c.relnamespace::regnamespace::text = any (%(schemas)s) and c.relkind in ('r', 'p', 'v', 'm', 'f')
group by c.oid
order by 1
"""
COMMANDS = """
select p.oid::regproc::text, p.provolatile::text, has_function_privilege(%(role)s, p.oid, 'execute'),
       coalesce(p.proargnames[:p.pronargs], '{}'), p.pronargs - p.pronargdefaults,
       coalesce((select array_agg(format_type(t.type, null) order by t.place)
                 from unnest(p.proargtypes::oid[]) with ordinality as t (type, place)), '{}')
from pg_proc as p
where p.pronamespace = 'api'::regnamespace and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
order by 1
"""
INNER_SCHEMAS = """
select array_agg(nspname::text order by nspname) from pg_namespace
where nspname not in ('api', 'pg_catalog', 'information_schema', 'extensions', 'cron', 'pgmigrate')
  and nspname !~ '^pg_' and has_schema_privilege('engine', oid, 'usage')
"""


@dataclass(frozen=True)
class Rows:
    """A list (or table) and what one role may do with it, column by column."""

    name: str
    columns: tuple[str, ...]
    readable: tuple[str, ...]
    insertable: tuple[str, ...]
    changeable: tuple[str, ...]
    may_delete: bool

    def may(self, operation: str) -> bool:
        """Whether the role holds the privilege for it."""
        return bool(
            {
                "read": self.readable,
                "insert": self.insertable,
                "update": self.changeable,
                "delete": self.may_delete,
            }[operation]
        )


@dataclass(frozen=True)
class Command:
    """A function and whether one role may call it."""

    name: str
    is_volatile: bool
    is_open: bool
    parameters: Mapping[str, str]
    needed: frozenset[str]

    def call(self, given: Mapping[str, Any]) -> str:
        """The statement that calls it with these parameters, by name."""
        named = ", ".join(f"{name} => %({name})s::{self.parameters[name]}" for name in given)
        return f"select to_jsonb(x) from {self.name}({named}) as x"


def roles(conn: Connection) -> list[str]:
    """The roles that a request may run as."""
    return [str(row[0]) for row in conn.execute(ROLES).fetchall()]


def lists(conn: Connection, role: str) -> list[Rows]:
    """Everything that can be selected from in `api`."""
    return _rows(conn, role, ["api"])


def tables(conn: Connection, role: str) -> list[Rows]:
    """Everything beneath: the tables of every other schema of ours."""
    row = conn.execute(INNER_SCHEMAS).fetchone()
    assert row is not None
    return _rows(conn, role, row[0])


def _rows(conn: Connection, role: str, schemas: list[str]) -> list[Rows]:
    found = conn.execute(LISTS.encode(), {"role": role, "schemas": schemas}).fetchall()
    return [
        Rows(name, tuple(all_), tuple(read or ()), tuple(insert or ()), tuple(update or ()), delete)
        for name, all_, read, insert, update, delete in found
    ]


def commands(conn: Connection, role: str) -> list[Command]:
    """Every function in `api`."""
    return [
        Command(
            name, volatility == "v", is_open, dict(zip(names, types, strict=True)), frozenset(names[:needed])
        )
        for name, volatility, is_open, names, needed, types in conn.execute(
            COMMANDS.encode(), {"role": role}
        ).fetchall()
    ]
