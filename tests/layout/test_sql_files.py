"""Where SQL stands: one function a file, named as the file, with its comment and its rights beside it."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.layout.files import SqlFile, planted, rules, schema

MIGRATIONS: Final = Path(__file__).parents[2] / "db" / "migrations"
OWNERS = re.compile(r"\balter function [\w.]+\s*\(.*?\)\s+owner to (engine|auditor|resolver)\b", re.DOTALL)


def misnamed(file: SqlFile) -> list[str]:
    """More than one function in a file, or one under another name; views under the name of their file."""
    names = {name.partition(".")[2] for name in file.functions} | set(file.functions)
    found = []
    if len(file.functions) > 1:
        found.append(f"{file.path}: {len(file.functions)} functions")
    if file.functions and file.name not in names:
        found.append(f"{file.path}: makes {file.functions[0]}")
    if file.name.endswith(".view") != bool(re.search(r"\bcreate or replace view (?:api|app)\.", file.code)):
        found.append(f"{file.path}: a view and its file's name go together")
    views = re.findall(r"\bcreate or replace view (?:api|app)\.(\w+)", file.code)
    if views not in ([], [file.name.removesuffix(".view")]):
        found.append(f"{file.path}: makes {views}")
    return found


def unspoken(file: SqlFile) -> list[str]:
    """Functions and views without a `comment on` in their own file."""
    made = [("function", name) for name in file.functions]
    made += [("view", name) for name in re.findall(r"\bcreate or replace view ([\w.]+)", file.code)]
    return [
        f"{file.path}: {name}"
        for kind, name in made
        if not re.search(rf"\bcomment on {kind} {name}\b", file.code)
    ]


def unexplained_definers(file: SqlFile) -> list[str]:
    """Definers that neither engine, auditor nor resolver owns, and that no line explains."""
    if not re.search(r"^security definer$", file.code, re.MULTILINE):
        return []
    explained = OWNERS.search(file.code) or re.search(r"^-- definer because \w", file.text, re.MULTILINE)
    return [] if explained else [file.path]


def open_commands(file: SqlFile) -> list[str]:
    """Commands that are not taken from PUBLIC and given to somebody in their own file."""
    return [
        f"{file.path}: {name}"
        for name in file.functions
        if name.startswith(("api.", "hook."))
        and not (
            re.search(rf"\brevoke all on function {name}\b.*? from public\b", file.code)
            and re.search(rf"\bgrant execute on function {name}\b.*? to \w", file.code)
            and re.search(rf"\balter function {name}\b.*? owner to engine\b", file.code)
        )
    ]


def distant_grants(file: SqlFile) -> list[str]:
    """Rights to a function that are given elsewhere than where it is made."""
    granted = re.findall(r"\bgrant execute on function ([\w.]+)", file.code)
    return [f"{file.path}: {name}" for name in granted if name not in file.functions]


def speechless_tables(file: SqlFile) -> list[str]:
    """Tables without a `comment on` in the file that makes them."""
    tables = re.findall(r"\bcreate (?:unlogged )?table (?:if not exists )?([\w.]+)", file.code)
    return [
        f"{file.path}: {name}" for name in tables if not re.search(rf"\bcomment on table {name}\b", file.code)
    ]


CONVENTIONS = [misnamed, unspoken, unexplained_definers, open_commands, distant_grants]


@pytest.mark.parametrize("breaches", CONVENTIONS)
def test_sql_stands_where_it_belongs(breaches) -> None:  # type: ignore[no-untyped-def]
    assert [one for file in rules() for one in breaches(file)] == []


def test_every_table_says_what_it_holds() -> None:
    assert [one for file in schema() for one in speechless_tables(file)] == []


GOOD = """-- ring: rings the bell.
create or replace function api.ring()
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  select
$$;

alter function api.ring() owner to engine;
comment on function api.ring() is 'Rings the bell.';
revoke all on function api.ring() from public;
grant execute on function api.ring() to staff;
"""


def test_a_good_file_passes() -> None:
    assert [one for breaches in CONVENTIONS for one in breaches(planted(GOOD, "sql/00_core/ring.sql"))] == []


@pytest.mark.parametrize(
    ("breaches", "text", "name"),
    [
        (misnamed, GOOD, "bell"),
        (misnamed, GOOD + GOOD.replace("ring", "knock"), "ring"),
        (misnamed, GOOD, "ring.view"),
        (misnamed, "create or replace view api.bells as select 1;", "ring.view"),
        (unspoken, GOOD.replace("comment on function api.ring", "comment on function api.bell"), "ring"),
        (unspoken, "create or replace view api.bells as select 1;", "bells.view"),
        (unexplained_definers, GOOD.replace(" owner to engine", " owner to postgres"), "ring"),
        (open_commands, GOOD.replace("revoke", "-- revoke"), "ring"),
        (open_commands, GOOD.replace("grant", "-- grant"), "ring"),
        (open_commands, GOOD.replace("alter", "-- alter"), "ring"),
        (speechless_tables, "create table portal.bells (id uuid);", "bells"),
        (distant_grants, "grant execute on function api.ring() to staff;", "desk.access"),
    ],
)
def test_a_planted_breach_is_found(breaches, text: str, name: str) -> None:  # type: ignore[no-untyped-def]
    assert breaches(planted(text, f"sql/00_core/{name}.sql"))


def test_a_definer_may_explain_itself() -> None:
    text = GOOD.replace("owner to engine", "owner to postgres")
    assert unexplained_definers(planted("-- definer because bells are rare.\n" + text)) == []


def test_migrations_are_numbered_without_a_gap_or_a_twin() -> None:
    numbers = [int(file.name[1:5]) for file in sorted(MIGRATIONS.glob("V*.sql"))]
    assert numbers == list(range(1, len(numbers) + 1))
