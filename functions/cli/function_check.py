"""plpgsql_check over every function of a database, warnings of security among them."""

import psycopg

# Triggers are checked for each table that carries them.
PLPGSQL = """
select p.oid::regprocedure::text, coalesce(t.tgrelid, 0)::regclass::text, c.level, c.message, c.lineno
from pg_catalog.pg_proc p
join pg_catalog.pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
left join lateral (
  select distinct g.tgrelid from pg_catalog.pg_trigger g where g.tgfoid = p.oid and not g.tgisinternal
) t on true
cross join lateral extensions.plpgsql_check_function_tb(
  p.oid, coalesce(t.tgrelid, 0), extra_warnings => true, security_warnings => true
) c
where p.pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'extensions')
  and (p.prorettype <> 'trigger'::regtype or t.tgrelid is not null)
  -- a row among other answers is meant: who tries a code wants both it and what became of the try
  and c.message !~ '^composite OUT variable'
order by 1, 5
"""
SQL_BODIES = """
select p.oid::regprocedure::text, pg_catalog.pg_get_functiondef(p.oid)
from pg_catalog.pg_proc p
join pg_catalog.pg_language l on l.oid = p.prolang and l.lanname = 'sql'
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where n.nspname not in ('pg_catalog', 'information_schema', 'extensions') and p.prosqlbody is null
order by 1
"""


def findings_in(url: str) -> list[str]:
    """What is wrong with the functions of one database."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("create extension if not exists plpgsql_check with schema extensions")
        rows = conn.execute(PLPGSQL).fetchall()
        return [
            f"{function} (on {table}) line {line}: {level}: {message}"
            for function, table, level, message, line in rows
        ] + sql_findings(conn)


def sql_findings(conn: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """String bodies in plain SQL are parsed once more, this time with everything there."""
    found = []
    for name, definition in conn.execute(SQL_BODIES).fetchall():
        try:
            with conn.transaction(force_rollback=True):
                conn.execute("set local check_function_bodies = on")
                conn.execute(str(definition))
        except psycopg.Error as error:
            found.append(f"{name}: {error.diag.message_primary}")
    return found
