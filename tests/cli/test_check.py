"""`check` has power: a planted mistake of each kind is found in the functions of a database."""

from functions.cli.function_check import findings_in
from tests.house import Database


def planted(database: Database, statement: str) -> list[str]:
    with database.connect() as conn:
        conn.execute("set check_function_bodies = off")
        conn.execute(statement)
    return findings_in(database.url)


def test_functions_of_the_house_are_clean(database: Database) -> None:
    assert findings_in(database.url) == []


def test_unknown_column_in_plpgsql_is_found(database: Database) -> None:
    found = planted(
        database,
        "create function app.planted() returns text language plpgsql set search_path = '' as "
        "$$ begin return (select t.no_such_column from public.tenants as t); end $$",
    )
    assert [line for line in found if "app.planted()" in line and "no_such_column" in line]


def test_unused_variable_in_plpgsql_is_found(database: Database) -> None:
    found = planted(
        database,
        "create function app.planted() returns int language plpgsql set search_path = '' as "
        "$$ declare v_unused int; begin return 1; end $$",
    )
    assert [line for line in found if 'unused variable "v_unused"' in line]


def test_unknown_table_in_a_trigger_is_found(database: Database) -> None:
    found = planted(
        database,
        "create function app.planted() returns trigger language plpgsql set search_path = '' as "
        "$$ begin insert into public.no_such_table values (new.id); return new; end $$;"
        "create trigger planted before insert on public.tenants for each row execute function app.planted()",
    )
    assert [line for line in found if "(on tenants)" in line and "no_such_table" in line]


def test_unknown_table_in_plain_sql_is_found(database: Database) -> None:
    found = planted(
        database,
        "create function app.planted() returns bigint language sql as "
        "$$ select count(*) from public.no_such_table $$",
    )
    assert found == ['app.planted(): relation "public.no_such_table" does not exist']
