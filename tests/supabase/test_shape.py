"""The project's `postgres` applies everything, and opens nothing to whoever was there before."""

from typing import Any

import psycopg
import pytest

from functions.cli.cluster import DATABASE, Cluster
from functions.cli.migrate import migrate
from tests.house import Database

Connection = psycopg.Connection[tuple[Any, ...]]

OTHERS = ("anon", "authenticated", "service_role")


def test_it_is_the_shape_that_is_meant(db: Connection) -> None:
    row = db.execute(
        "select rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user"
    ).fetchone()
    assert row == (False, True, True)


def test_migrating_again_changes_nothing(database: Database) -> None:
    assert not migrate(database.url, development=True).changed


def test_new_owners_keep_no_right_to_create(db: Connection) -> None:
    rows = db.execute(
        "select role, schema from unnest(array['engine', 'resolver', 'auditor']) role,"
        " unnest(array['app', 'api', 'hook', 'public']) schema"
        " where has_schema_privilege(role, schema, 'create')"
    ).fetchall()
    assert rows == []


@pytest.mark.parametrize("role", OTHERS)
def test_the_others_reach_none_of_our_tables(role: str, db: Connection) -> None:
    rows = db.execute(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'app')"
        " and c.relkind in ('r', 'v', 'S')"
        " and (has_schema_privilege(%(role)s, n.oid, 'usage') or exists ("
        "   select from aclexplode(c.relacl) a where a.grantee = %(role)s::regrole))",
        {"role": role},
    ).fetchall()
    assert rows == []


@pytest.mark.parametrize("role", OTHERS)
def test_what_is_made_in_public_later_is_closed_too(role: str, db: Connection) -> None:
    with db.transaction(force_rollback=True):
        db.execute("create table public.later (id integer)")
        row = db.execute("select has_table_privilege(%s, 'public.later', 'select')", (role,)).fetchone()
    assert row == (False,)


def test_what_the_project_had_is_left_alone(db: Connection) -> None:
    rows = db.execute(
        "select o.identity from pg_catalog.pg_class c, pg_identify_object('pg_class'::regclass, c.oid, 0) o"
        " where c.relnamespace::regnamespace::text in ('auth', 'storage') and c.relkind = 'r'"
        " and c.relowner::regrole::text = current_user"
    ).fetchall()
    assert rows == []


def test_the_tick_is_planned_where_pg_cron_is(cluster: Cluster) -> None:
    migrate(cluster.url(), development=False)
    with psycopg.connect(cluster.url()) as conn:
        rows = conn.execute("select schedule, command, username, database from cron.job").fetchall()
        conn.execute("select app.tick()")
    assert rows == [("* * * * *", "select app.tick()", "postgres", DATABASE)]
