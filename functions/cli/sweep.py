"""Dropping what no file makes any more, and dropping everything before it is made anew."""

from collections.abc import Iterable, Sequence

import psycopg

from functions.cli.rules import GIVE_WAY, Connection

DROPPABLE = {"policy", "trigger", "view", "function", "procedure", "aggregate"}

# `api` and `hook` hold nothing but what a file makes; a table with our policies carries no others.
UNEXPLAINED = """
with rooms as (
  select oid from pg_catalog.pg_namespace where nspname in ('api', 'hook')
), ours as (
  select q.polrelid
  from pg_catalog.pg_policy q, pg_catalog.pg_identify_object('pg_policy'::regclass, q.oid, 0) o
  join app.applied_objects a on a.kind = 'policy' and a.identity = o.identity
), found as (
  select o.type, o.identity
  from (
    select 'pg_proc'::regclass as class, oid
    from pg_catalog.pg_proc where pronamespace in (select oid from rooms)
    union all
    select 'pg_class'::regclass, oid
    from pg_catalog.pg_class where relkind = 'v' and relnamespace in (select oid from rooms)
    union all
    select 'pg_policy'::regclass, oid from pg_catalog.pg_policy where polrelid in (select polrelid from ours)
  ) x, pg_catalog.pg_identify_object(x.class, x.oid, 0) o
  where not exists (
    select from pg_catalog.pg_depend d where d.classid = x.class and d.objid = x.oid and d.deptype = 'e'
  )
)
select type, identity from found f
where not exists (select from app.applied_objects a where a.kind = f.type and a.identity = f.identity)
"""

Thing = tuple[str, str]


def recorded(conn: Connection, paths: Iterable[str] | None = None) -> set[Thing]:
    """What the given files made when they were last applied (None: all files)."""
    rows = conn.execute(
        "select kind, identity from app.applied_objects"
        " where %(paths)s::text[] is null or path = any(%(paths)s)",
        {"paths": None if paths is None else list(paths)},
    ).fetchall()
    return {(str(kind), str(identity)) for kind, identity in rows}


def forget_missing_files(conn: Connection, present: Sequence[str]) -> None:
    """Strike files that are gone from the register; what they made is then unexplained."""
    conn.execute(
        "delete from app.applied_files"
        " where path <> all(%s) and (path like 'sql/%%' or path like 'db/bootstrap/%%')",
        (list(present),),
    )


def unexplained(conn: Connection, before: set[Thing]) -> set[Thing]:
    """What a file once made (`before`) and none makes now, and what stands in our rooms without a file."""
    rows = conn.execute(UNEXPLAINED).fetchall()
    return (before - recorded(conn)) | {(str(kind), str(identity)) for kind, identity in rows}


def drop(conn: Connection, things: Iterable[Thing]) -> set[Thing]:
    """Drop in whatever order works, never with cascade; gives back what something else still needs."""
    waiting = sorted(thing for thing in things if thing[0] in DROPPABLE)
    while waiting:
        left = [thing for thing in waiting if not dropped(conn, thing)]
        if len(left) == len(waiting):
            return set(left)
        waiting = left
    return set()


def dropped(conn: Connection, thing: Thing) -> bool:
    """Try to drop one thing; already gone counts as dropped."""
    kind, identity = thing
    try:
        with conn.transaction():
            conn.execute(f"drop {kind} if exists {identity}")
    except GIVE_WAY:
        raise
    except psycopg.Error:
        return False
    return True
