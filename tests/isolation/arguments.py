"""What commands are called with: own rows, the stranger's in their place, and rows that do not exist."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.isolation.catalog import Command, Connection
from tests.isolation.examples import EXAMPLES, KEYS, OF_GUESTS

TABLE_OF = """
select c.oid::regclass::text from pg_class as c
join pg_attribute as t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
join pg_attribute as i on i.attrelid = c.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype
where c.relkind in ('r', 'p') and %(noun)s like '%%' || regexp_replace(c.relname, '(ies|s)$', '') || '%%'
order by length(c.relname) desc limit 1
"""
TABLES = """
select c.oid::regclass::text from pg_class as c
join pg_attribute as t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
join pg_attribute as i on i.attrelid = c.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype
where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text not in ('app', 'pg_catalog')
order by 1
"""
PLAIN: dict[str, Any] = {"text": "a word", "integer": 1, "boolean": False, "jsonb": {}, "numeric": 1}

Given = dict[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Attempt:
    """A call with something of the stranger's in it, and the same call with what does not exist."""

    what: str
    strange: Given
    missing: Given
    said: tuple[str, ...]
    never: tuple[str, ...]


class Arguments:
    """Values for the parameters of commands, from the rows of the hotels.

    Where nothing that happens stays, what was found once need not be looked for again.
    """

    def __init__(self, conn: Connection, *, nothing_stays: bool = False) -> None:
        self._conn = conn
        self._nothing_stays = nothing_stays
        self._found: dict[tuple[str, str], Any] = {}

    def own(self, command: Command, role: str, tenant: str) -> Given:
        """Values with which the command should work."""
        examples = examples_of(command, role)
        given = {
            name: self._value(expression, tenant)
            for name, expression in examples.items()
            if name in command.parameters
        }
        for name in command.needed - set(given):
            given[name] = self._guess(name, command.parameters[name], tenant)
        return given

    def attempts(self, command: Command, role: str, tenant: str, stranger: str) -> Iterator[Attempt]:
        """Each value that names something, replaced by the stranger's, one by one; then all of them."""
        own, theirs = self.own(command, role, tenant), self.own(command, role, stranger)
        places = [
            (name, path, leaf)
            for name in own
            if (command.name, name) not in KEYS
            for path, leaf in leaves(theirs[name])
            if at(own[name], path) != leaf
        ]
        for name, path, leaf in places:
            yield attempt(own, [(name, path, leaf)])
        if len(places) > 1:
            yield attempt(own, places)
        for name, kind in command.parameters.items():
            # of a parameter that no example explains, any id may be meant
            if kind not in ("uuid", "uuid[]") or name in examples_of(command, role):
                continue
            for table in [row[0] for row in self._conn.execute(TABLES).fetchall()]:
                found = self._any(table, stranger)
                if found is not None and str(found) != str(theirs.get(name)):
                    yield attempt(own, [(name, (), [found] if kind == "uuid[]" else found)])

    def _guess(self, name: str, kind: str, tenant: str) -> Any:
        if kind in ("uuid", "uuid[]"):
            noun = name.removeprefix("p_").removesuffix("_ids").removesuffix("_id")
            row = self._conn.execute(TABLE_OF, {"noun": noun}).fetchone()
            found = self._any(row[0], tenant) if row else None
            return [found] if kind == "uuid[]" else found
        return PLAIN.get(kind)

    def _any(self, table: str, tenant: str) -> Any:
        row = self._conn.execute(
            f"select id from {table} where tenant_id = %s order by id limit 1".encode(), (tenant,)
        ).fetchone()
        return row[0] if row else None

    def _value(self, expression: str, tenant: str) -> Any:
        if (expression, tenant) not in self._found or not self._nothing_stays:
            self._found[expression, tenant] = self._looked_up(expression, tenant)
        return self._found[expression, tenant]

    def _looked_up(self, expression: str, tenant: str) -> Any:
        with self._conn.transaction(force_rollback=True):
            self._conn.execute("select app.set_caller(%s)", (tenant,))
            row = self._conn.execute(f"select {expression}".encode(), {"tenant": tenant}).fetchone()
        assert row is not None
        return row[0]


def examples_of(command: Command, role: str) -> dict[str, str]:
    """What is known of a command's parameters."""
    return (OF_GUESTS if role == "guest" else {}).get(command.name) or EXAMPLES.get(command.name, {})


def attempt(own: Given, places: list[tuple[str, Path, Any]]) -> Attempt:
    """The own call with these places replaced: by the stranger's values, and by values nobody has."""
    strange, missing = dict(own), dict(own)
    said, never = [], []
    for name, path, leaf in places:
        nothing = unlike(leaf)
        strange[name] = put(strange.get(name), path, leaf)
        missing[name] = put(missing.get(name), path, nothing)
        said.append(str(leaf[0] if isinstance(leaf, list) else leaf))
        never.append(str(nothing[0] if isinstance(nothing, list) else nothing))
    what = ", ".join(".".join(str(step) for step in (name, *path)) for name, path, _ in places)
    return Attempt(what, strange, missing, tuple(said), tuple(never))


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every id and text in a value, with the way to it."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, (*path, name))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from leaves(one, (*path, place))
    elif isinstance(value, str | uuid.UUID):
        yield path, value


def at(value: Any, path: Path) -> Any:
    """What stands there; None when nothing does."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def put(value: Any, path: Path, leaf: Any) -> Any:
    """The value with something else in that place."""
    if not path:
        return leaf
    step, *rest = path
    changed = list(value) if isinstance(value, list) else dict(value)
    changed[step] = put(changed[step], tuple(rest), leaf)  # type: ignore[index]
    return changed


def unlike(leaf: Any) -> Any:
    """Something of the same form that nobody has."""
    if isinstance(leaf, list):
        return [unlike(one) for one in leaf]
    if isinstance(leaf, uuid.UUID) or re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(leaf)):
        return type(leaf)(str(uuid.uuid4()))
    if re.fullmatch(r"\d{4}-\d\d-\d\d.*", leaf):
        return leaf
    return re.sub(r"\d", "9", re.sub(r"[a-z]", "q", re.sub(r"[A-Z]", "Q", leaf)))


def adapted(command: Command, given: Given) -> Given:
    """As psycopg takes them."""
    return {
        name: Jsonb(value) if command.parameters[name] == "jsonb" and value is not None else value
        for name, value in given.items()
    }


def outcome_of(conn: Connection, command: Command, given: Given) -> tuple[bool, dict[str, Any]]:
    """Whether the command did it, and all that it said: its answer, or its refusal as PostgREST tells it."""
    try:
        with conn.transaction():
            told = [
                row[0]
                for row in conn.execute(command.call(given).encode(), adapted(command, given)).fetchall()
            ]
            row = conn.execute("select current_setting('response.status', true)").fetchone()
    except psycopg.Error as error:
        diag = error.diag
        return False, {
            "code": diag.sqlstate,
            "message": diag.message_primary,
            "details": diag.message_detail,
            "hint": diag.message_hint,
        }
    status = (row and row[0]) or "200"
    return int(status) < 400, {"status": status, "answer": told}
