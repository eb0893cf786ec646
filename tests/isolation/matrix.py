"""The matrix: every exposed list and command × each role × two hotels × read, insert, update, delete, call.

A cell is closed where the catalog gives the role no right, and is then tried all the same. An open one must
work on its own side, and must neither tell, nor change, nor point at, nor betray the existence of anything of
the stranger's. Beneath it, every table is walked as `engine`, with whose rights commands run.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.isolation import catalog
from tests.isolation.actors import HOTELS, Actor, actor
from tests.isolation.arguments import Arguments, Attempt, Given, outcome_of
from tests.isolation.catalog import Command, Connection, Rows
from tests.isolation.holdings import Holdings
from tests.isolation.statements import insertion, statement
from tests.isolation.trail import Trail

OPERATIONS = ("read", "insert", "update", "delete")


@dataclass(frozen=True)
class Cell:
    """What one role of one hotel came to with one operation on one object."""

    name: str
    role: str
    hotel: str
    operation: str
    outcome: str

    @property
    def place(self) -> str:
        """The cell without its hotel and outcome: what the list of the unreachable names."""
        return f"{self.name} {self.role} {self.operation}"


@dataclass
class Report:
    """All cells, how often the stranger was tried, and what was found."""

    cells: list[Cell] = field(default_factory=list)
    attempts: int = 0
    traces: int = 0
    findings: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)

    @property
    def unreachable(self) -> dict[str, str]:
        """Open cells whose own side gave nothing in some hotel, and what was said there last."""
        return {
            cell.place: self.refusals.get(cell.place, "no rows")
            for cell in self.cells
            if cell.outcome == "unreachable"
        }

    @property
    def size(self) -> str:
        """In one line."""
        told = Counter(cell.outcome for cell in self.cells)
        objects, roles = {cell.name for cell in self.cells}, {cell.role for cell in self.cells}
        return (
            f"isolation matrix: {len(objects)} objects, {len(roles)} roles, {len(HOTELS)} hotels:"
            f" {len(self.cells)} cells ({told['reached']} reached, {told['closed']} closed,"
            f" {told['unreachable']} unreachable on their own side),"
            f" {self.attempts} attempts, {self.traces} audit rows, {len(self.findings)} findings"
        )


class Matrix:
    """Walks one database, in which nothing is left behind. The connection is the migrating role's."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.report = Report()
        tenants: dict[str, str] = dict(conn.execute("select slug, id::text from public.tenants").fetchall())
        self._tenants = {hotel: tenants[hotel] for hotel in HOTELS}
        self._actors = [
            (role, hotel, actor(conn, role, hotel)) for role in catalog.roles(conn) for hotel in HOTELS
        ]
        self._arguments = Arguments(conn, nothing_stays=True)
        self._holdings = Holdings(conn, self._tenants)
        self._trail = Trail(conn)
        self._before = {hotel: self._holdings.fingerprints(tenant) for hotel, tenant in self._tenants.items()}

    def walk(self, only: Collection[str] | None = None) -> Report:
        """Every cell, or those of some objects."""
        for role, hotel, someone in self._actors:
            lists = [rows for rows in catalog.lists(self._conn, role) if only is None or rows.name in only]
            commands = [one for one in catalog.commands(self._conn, role) if only is None or one.name in only]
            if someone is None:
                self._note_unowned(role, hotel, lists, commands)
                continue
            with self._conn.transaction(force_rollback=True):
                for rows in lists:
                    self._walk_list(someone, rows, someone.role)
                for command in commands:
                    self._walk_command(someone, command)
        self._walk_tables(only)
        return self.report

    def _note_unowned(self, role: str, hotel: str, lists: list[Rows], commands: list[Command]) -> None:
        """A role that nobody has a session of may have no right to anything."""
        for rows in lists:
            for operation in OPERATIONS:
                self._cell(
                    rows.name, role, hotel, operation, "unreachable" if rows.may(operation) else "closed"
                )
        for command in commands:
            self._cell(command.name, role, hotel, "call", "unreachable" if command.is_open else "closed")

    def _walk_tables(self, only: Collection[str] | None) -> None:
        for hotel in HOTELS:
            someone = next(a for role, at, a in self._actors if role == "admin" and at == hotel)
            assert someone is not None
            with self._conn.transaction(force_rollback=True):
                for rows in catalog.tables(self._conn, "engine"):
                    if only is None or rows.name in only:
                        self._walk_list(someone, rows, "engine")

    def _walk_list(self, someone: Actor, rows: Rows, role: str) -> None:
        for operation in OPERATIONS:
            with self._acting(someone, role):
                done = self._run(someone, rows.name, role, operation, statement(rows, operation))
            if operation == "insert" and "tenant_id" in rows.insertable:
                self._insert_strange(someone, rows, role)
            outcome = "closed" if not rows.may(operation) else "reached" if done else "unreachable"
            if outcome == "closed" and done:
                self._find(rows.name, someone, operation, "works without a right", role)
            self._cell(rows.name, role, someone.hotel, operation, outcome)

    def _run(self, someone: Actor, name: str, role: str, operation: str, statement: str) -> int:
        """Rows told or written by a statement that takes whatever it can reach."""
        try:
            with self._conn.transaction():
                ran = self._conn.execute(statement.encode())
                told = [row[0] for row in ran.fetchall()] if ran.description else []
        except psycopg.Error as error:
            self._told(someone, name, role, operation, str(error))
            self.report.refusals[f"{name} {role} {operation}"] = str(error).splitlines()[0]
            return 0
        finally:
            self.report.attempts += 1
        self._told(someone, name, role, operation, told)
        if operation != "read":
            self._must_be_as_before(someone, name, role, operation)
        # what is there already is let in too, and then left out
        return 1 if operation == "insert" else ran.rowcount

    def _insert_strange(self, someone: Actor, rows: Rows, role: str) -> None:
        """A row of the stranger's, given back as it is, must not even be taken for a double."""
        theirs = self._holdings.a_row(rows.name, self._tenants[stranger_of(someone.hotel)])
        if theirs is None:
            return
        self.report.attempts += 1
        with self._acting(someone, role):
            try:
                with self._conn.transaction():
                    self._conn.execute(
                        insertion(rows, "jsonb_populate_record(null::{0}, %s)").encode(), (Jsonb(theirs),)
                    )
            except psycopg.Error as error:
                self._told(someone, rows.name, role, "insert", str(error).replace(str(theirs), ""))
                return
        self._find(rows.name, someone, "insert", "takes the stranger's row", role)

    def _walk_command(self, someone: Actor, command: Command) -> None:
        own = self._arguments.own(command, someone.role, someone.tenant)
        with self._acting(someone, someone.role):
            worked, told = self._call(someone, command, own, "with its own rows")
        outcome = "closed" if not command.is_open else "reached" if worked else "unreachable"
        self.report.refusals[f"{command.name} {someone.role} call"] = str(told)
        if worked and not command.is_open:
            self._find(command.name, someone, "call", "works without a right")
        self._cell(command.name, someone.role, someone.hotel, "call", outcome)
        if not command.is_open:
            return
        stranger = self._tenants[stranger_of(someone.hotel)]
        for tried in self._arguments.attempts(command, someone.role, someone.tenant, stranger):
            self._try(someone, command, tried)
        self._try_the_same_key(someone, command, own, worked)

    def _try(self, someone: Actor, command: Command, tried: Attempt) -> None:
        """The stranger's row and one that does not exist must come to the same."""
        where = f"with the stranger's {tried.what}"
        with self._acting(someone, someone.role):
            worked, told = self._call(someone, command, tried.strange, where, tried.said)
        with self._acting(someone, someone.role):
            control, said = outcome_of(self._conn, command, tried.missing)
        if worked != control:
            did = "works" if worked else "is refused"
            self._find(command.name, someone, "call", f"{did} {where}, unlike a missing one: {told} {said}")
        elif not (worked and command.is_volatile) and plain(told, tried.said) != plain(said, tried.never):
            self._find(command.name, someone, "call", f"tells {where} from a missing one: {told} {said}")

    def _try_the_same_key(self, someone: Actor, command: Command, own: Given, worked: bool) -> None:
        """A name for a write that the stranger has used is as free as any other."""
        if "p_idempotency_key" not in command.parameters or not worked:
            return
        theirs = next(
            a
            for role, hotel, a in self._actors
            if role == someone.role and hotel == stranger_of(someone.hotel)
        )
        assert theirs is not None
        key = {"p_idempotency_key": "a key of both"}
        first = {**self._arguments.own(command, theirs.role, theirs.tenant), **key}
        with self._acting(theirs, theirs.role):
            outcome_of(self._conn, command, first)
            someone.enter(self._conn)
            again, _ = outcome_of(self._conn, command, {**own, **key})
        self.report.attempts += 1
        if not again:
            self._find(command.name, someone, "call", "is refused for the stranger's idempotency key")

    def _call(
        self, someone: Actor, command: Command, given: Given, where: str, said: tuple[str, ...] = ()
    ) -> tuple[bool, Any]:
        """One call, whose answer tells nothing strange and which leaves the stranger as before."""
        worked, told = outcome_of(self._conn, command, given)
        self.report.attempts += 1
        self._told(someone, command.name, someone.role, f"call {where}", unsaid(told, said))
        if worked and command.is_volatile:
            self._must_be_as_before(someone, command.name, someone.role, f"call {where}")
            self._must_say_who(someone, command)
        return worked, told

    def _told(self, someone: Actor, name: str, role: str, operation: str, told: Any) -> None:
        strange = self._holdings.strange_words(stranger_of(someone.hotel), told)
        if someone.role == "platform":
            strange -= self._holdings.known_to_the_platform
        if strange:
            self._find(name, someone, operation, f"tells of the stranger: {sorted(strange)[:3]}", role)

    def _must_be_as_before(self, someone: Actor, name: str, role: str, operation: str) -> None:
        """The stranger's bytes are the same, and nothing of ours that was written names any of theirs."""
        self._conn.execute("reset role")
        theirs, touched = stranger_of(someone.hotel), self._holdings.touched()
        now = self._holdings.fingerprints(self._tenants[theirs], touched)
        if changed := [table for table, print_ in now.items() if self._before[theirs][table] != print_]:
            self._find(name, someone, operation, f"changes the stranger's {changed}", role)
        row = self._conn.execute("select pg_current_xact_id()::text::bigint & 4294967295").fetchone()
        assert row is not None
        for table, written in self._holdings.written_since(someone.tenant, row[0], touched):
            strange = self._holdings.strange_words(
                theirs, [v for n, v in written.items() if n.endswith("_id")]
            )
            if strange:
                self._find(name, someone, operation, f"points {table} at the stranger's {strange}", role)

    def _must_say_who(self, someone: Actor, command: Command) -> None:
        """Each row in the audit log has the actor, the session, the command and the call's id."""
        rows = self._trail.rows()
        self.report.traces += len(rows)
        for lack in self._trail.lacks(rows, someone.claims):
            self._find(command.name, someone, "call", lack)

    @contextmanager
    def _acting(self, someone: Actor, role: str) -> Iterator[None]:
        with self._conn.transaction(force_rollback=True):
            someone.enter(self._conn)
            if role != someone.role:
                self._conn.execute(f"set local role {role}".encode())
            yield

    def _cell(self, name: str, role: str, hotel: str, operation: str, outcome: str) -> None:
        self.report.cells.append(Cell(name, role, hotel, operation, outcome))

    def _find(self, name: str, someone: Actor, operation: str, what: str, role: str | None = None) -> None:
        self.report.findings.append(f"{name}: {role or someone.role} of {someone.hotel}, {operation}: {what}")


def stranger_of(hotel: str) -> str:
    """The other one."""
    return next(other for other in HOTELS if other != hotel)


def plain(told: Any, said: tuple[str, ...]) -> str:
    """What was told, without what the caller said."""
    text = json.dumps(told, ensure_ascii=False, default=str)
    for word in sorted(said, key=len, reverse=True):
        text = text.replace(word, "•")
    return text


def unsaid(told: Any, said: tuple[str, ...]) -> Any:
    """The same, still as a value."""
    return json.loads(plain(told, said)) if said else told
