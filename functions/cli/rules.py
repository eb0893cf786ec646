"""Applying the files of `sql/`: only what changed, in whatever order works, all of it or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import errors

from functions.cli.refusal import Refusal
from functions.cli.rule_files import RuleFile

Connection = psycopg.Connection[tuple[object, ...]]

# What a file just made, told by the transaction id on its catalog rows.
MADE = """
with made as (
  select 'pg_proc'::regclass as class, p.oid, n.nspname || '.' || p.proname as function
  from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where age(p.xmin) <= age(%(xid)s::xid)
  union all
  select 'pg_policy'::regclass, oid, null from pg_catalog.pg_policy where age(xmin) <= age(%(xid)s::xid)
  union all
  select 'pg_trigger'::regclass, oid, null from pg_catalog.pg_trigger
  where age(xmin) <= age(%(xid)s::xid) and not tgisinternal
  union all
  select 'pg_class'::regclass, r.ev_class, null
  from pg_catalog.pg_rewrite r join pg_catalog.pg_class c on c.oid = r.ev_class
  where age(r.xmin) <= age(%(xid)s::xid) and c.relkind = 'v'
)
select o.type, o.identity, function from made, pg_catalog.pg_identify_object(class, oid, 0) o
"""

RECORDED_BUT_GONE = """
with there as (
  select o.type, o.identity
  from (
    select 'pg_proc'::regclass as class, oid from pg_catalog.pg_proc where pronamespace not in (11)
    union all select 'pg_policy'::regclass, oid from pg_catalog.pg_policy
    union all select 'pg_trigger'::regclass, oid from pg_catalog.pg_trigger where not tgisinternal
    union all
    select 'pg_class'::regclass, oid from pg_catalog.pg_class where relkind = 'v' and relnamespace <> 11
  ) x, pg_catalog.pg_identify_object(class, oid, 0) o
)
select distinct path from app.applied_objects a
where not exists (select from there t where t.type = a.kind and t.identity = a.identity)
"""

# An object in the way of its own new shape: other return type, lost column, a dependent, two overloads.
IN_THE_WAY = (
    errors.InvalidFunctionDefinition,
    errors.InvalidTableDefinition,
    errors.DependentObjectsStillExist,
    errors.AmbiguousFunction,
)
HANDED_OVER_IN = "app, api, hook"
NEW_OWNERS = "engine, resolver, auditor"
GIVE_WAY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)


class NeedsRebuild(Exception):
    """A changed object cannot be replaced where it stands: everything has to be made anew."""


def applied(conn: Connection) -> dict[str, str]:
    """The register: path and digest of what was applied."""
    return {
        str(path): str(digest)
        for path, digest in conn.execute("select path, digest from app.applied_files").fetchall()
    }


def broken(conn: Connection) -> set[str]:
    """Files of which the catalog misses something that they made."""
    return {str(row[0]) for row in conn.execute(RECORDED_BUT_GONE).fetchall()}


def lock_tables(conn: Connection, files: Iterable[RuleFile]) -> None:
    """Take every table whose policies or triggers change, in one order, before anything else is done."""
    names = sorted({name for file in files for name in file.tables_bound})
    rows = conn.execute(
        "select name from unnest(%s::text[]) name where to_regclass(name) is not null", (names,)
    ).fetchall()
    if rows:
        tables = ", ".join(str(row[0]) for row in rows)
        conn.execute(f"lock table {tables} in access exclusive mode")


def apply_all(conn: Connection, files: Sequence[RuleFile], *, rebuilding: bool = False) -> None:
    """Apply the files in the caller's transaction, again and again until none fails or none gets further."""
    conn.execute("set local check_function_bodies = off")
    waiting = list(files)
    failed: dict[str, psycopg.Error] = {}
    with handing_over(conn):
        while waiting:
            failed = {}
            for file in waiting:
                try:
                    apply_one(conn, file)
                except GIVE_WAY:
                    raise
                except psycopg.Error as error:
                    failed[file.path] = error
            if len(failed) == len(waiting):
                break
            waiting = [file for file in waiting if file.path in failed]
    if not failed:
        return
    if not rebuilding and any(isinstance(error, IN_THE_WAY) for error in failed.values()):
        raise NeedsRebuild
    raise Refusal(
        "\n".join(complaint(file, failed[file.path]) for file in waiting),
        "Mend these files, then migrate again.",
    )


@contextmanager
def handing_over(conn: Connection) -> Iterator[None]:
    """Let a migrating role that is no superuser give functions away: their new owners may create meanwhile.

    In the caller's transaction, so nobody else ever sees that right.
    """
    row = conn.execute("select rolsuper from pg_catalog.pg_roles where rolname = current_user").fetchone()
    if row == (True,):
        yield
        return
    conn.execute(f"grant create on schema {HANDED_OVER_IN} to {NEW_OWNERS}")
    yield
    conn.execute(f"revoke create on schema {HANDED_OVER_IN} from {NEW_OWNERS}")


def apply_one(conn: Connection, file: RuleFile) -> None:
    """Apply one file in a savepoint and record what it made."""
    with conn.transaction():
        row = conn.execute(
            "insert into app.applied_files (path, digest) values (%s, %s)"
            " on conflict (path) do update set digest = excluded.digest, applied_at = now()"
            " returning xmin::text",
            (file.path, file.digest),
        ).fetchone()
        conn.execute(file.text)
        made = conn.execute(MADE, {"xid": row and row[0]}).fetchall()
        kept = [
            (kind, identity)
            for kind, identity, function in made
            if not function or file.creates_function(str(function))
        ]
        conn.execute("delete from app.applied_objects where path = %s", (file.path,))
        conn.cursor().executemany(
            "insert into app.applied_objects (path, kind, identity) values (%s, %s, %s)"
            " on conflict do nothing",
            [(file.path, kind, identity) for kind, identity in kept],
        )


def complaint(file: RuleFile, error: psycopg.Error) -> str:
    """One line: where, and what PostgreSQL said."""
    position = error.diag.statement_position
    where = f"{file.path}:{file.line_of(int(position))}" if position else file.path
    detail = f" ({error.diag.message_detail})" if error.diag.message_detail else ""
    return f"{where}: {error.diag.message_primary or error}{detail}."
