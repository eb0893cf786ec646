"""Bringing a database up to the files: bootstrap, migrations, rules, sweep. It gives way, guests do not."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import psycopg

from functions.cli import versions
from functions.cli.home import ROOT
from functions.cli.refusal import Refusal
from functions.cli.rule_files import RuleFile, read
from functions.cli.rules import (
    GIVE_WAY,
    Connection,
    NeedsRebuild,
    applied,
    apply_all,
    apply_one,
    broken,
    complaint,
    lock_tables,
)
from functions.cli.sweep import drop, forget_missing_files, recorded, unexplained

T = TypeVar("T")
Report = Callable[[str], None]

ADVISORY_KEY = 7_832_019
PATIENCE = 120.0


@dataclass
class Outcome:
    """What a migration did."""

    versions: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    swept: list[str] = field(default_factory=list)
    rebuilt: bool = False

    def note_swept(self, things: set[tuple[str, str]]) -> None:
        """Note what was dropped, each thing once."""
        named = {f"{kind} {identity}" for kind, identity in things}
        self.swept = sorted(named.union(self.swept))

    @property
    def changed(self) -> bool:
        """Whether anything at all was done."""
        return bool(self.versions or self.files or self.swept)

    @property
    def summary(self) -> str:
        """In one line."""
        done = f"{len(self.versions)} migrations and {len(self.files)} rule files applied"
        return f"{done}, {len(self.swept)} objects swept" + (
            ", all rules made anew." if self.rebuilt else "."
        )


def quiet(_message: str) -> None:
    """Report to nobody."""


def migrate(url: str, *, development: bool = False, report: Report = quiet, root: Path = ROOT) -> Outcome:
    """Bring the database at `url` to what the files say. Safe under load and safe to repeat."""
    outcome = Outcome()
    with connect(url) as conn, alone(url, report):
        refuse_bound_role(conn)
        bootstrap = read("db/bootstrap", development=development, root=root)
        rules = read("sql", development=development, root=root)
        laid = giving_way(lambda: apply_bootstrap(conn, bootstrap, outcome), report)
        versions.refuse_edited(conn, root)
        outcome.versions = giving_way(lambda: versions.apply(url, root), report)
        if outcome.versions:
            report(f"{len(outcome.versions)} migrations applied")
        versions.remember(conn, root)
        apply_rules(
            conn,
            rules,
            [file.path for file in bootstrap],
            outcome,
            report,
            whole=laid or bool(outcome.versions),
        )
        if outcome.changed:
            conn.execute("notify pgrst, 'reload schema'")
    return outcome


def connect(url: str) -> Connection:
    """A connection that gives way: it waits for a lock no longer than a guest would notice."""
    try:
        return psycopg.connect(
            url,
            autocommit=True,
            options="-c lock_timeout=400ms -c client_min_messages=warning",
            connect_timeout=10,
        )
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        raise Refusal(
            f"The database does not answer: {reason}.", "Is it up? See: ./staybase status"
        ) from None


@contextmanager
def alone(url: str, report: Report) -> Iterator[None]:
    """Hold the lock of migrations; polled, since a waiting lock would block concurrent index builds."""
    with psycopg.connect(url, autocommit=True) as conn:
        told = False
        while not _holds(conn):
            if not told:
                report("another migration is running; waiting for it")
                told = True
            time.sleep(0.2)
        yield


def _holds(conn: Connection) -> bool:
    row = conn.execute("select pg_try_advisory_lock(%s)", (ADVISORY_KEY,)).fetchone()
    return bool(row and row[0])


def refuse_bound_role(conn: Connection) -> None:
    """A role that row level security binds would change 0 rows without an error: it may not migrate."""
    row = conn.execute(
        "select current_user, rolsuper or rolbypassrls from pg_catalog.pg_roles where rolname = current_user"
    ).fetchone()
    if row is None or not row[1]:
        raise Refusal(
            f"Role {row and row[0]} is bound by row level security and would migrate data without seeing it.",
            "Use a superuser, or a role with BYPASSRLS and CREATEROLE.",
        )


def giving_way(work: Callable[[], T], report: Report) -> T:
    """Do the work; when a lock is taken step back and try again later, never at the same beat."""
    deadline = time.monotonic() + PATIENCE
    told = False
    while True:
        try:
            return work()
        except GIVE_WAY as error:
            if time.monotonic() > deadline:
                raise Refusal(
                    f"The tables stayed busy for {PATIENCE:.0f} seconds ({error.diag.message_primary}).",
                    "End the transaction that holds them (see pg_stat_activity), then migrate again.",
                ) from None
            if not told:
                report("tables are busy; giving way and trying again")
                told = True
            time.sleep(random.uniform(0.05, 0.5))  # noqa: S311 (jitter, not a secret)


def apply_bootstrap(conn: Connection, files: Sequence[RuleFile], outcome: Outcome) -> bool:
    """Apply the bootstrap files in their order when any changed; says whether it did."""
    register, others = files[0], files[1:]
    with conn.transaction():
        conn.execute("select pg_advisory_xact_lock(%s)", (ADVISORY_KEY + 1,))
        if conn.execute("select to_regclass('app.applied_objects')").fetchone() == (None,):
            conn.execute(register.text.encode())
        known = applied(conn)
        changed = [file for file in files if known.get(file.path) != file.digest]
        for file in [register, *others] if changed else []:
            try:
                apply_one(conn, file)
            except GIVE_WAY:
                raise
            except psycopg.Error as error:
                raise Refusal(complaint(file, error), "Mend this file, then migrate again.") from None
    outcome.files += [file.path for file in changed]
    return bool(changed)


def apply_rules(
    conn: Connection,
    files: Sequence[RuleFile],
    bootstrap: Sequence[str],
    outcome: Outcome,
    report: Report,
    *,
    whole: bool,
) -> None:
    """Apply what changed of `sql/`: helpers and policies first, `api` last in its own short transaction."""
    known, missing, before = applied(conn), broken(conn), recorded(conn)
    changed = [file for file in files if known.get(file.path) != file.digest or file.path in missing]
    if whole or missing:
        changed = [file for file in files if file in changed or file.is_access or file.is_api]
    present = [*(file.path for file in files), *bootstrap]
    gone = {path for path in known if path.startswith(("sql/", "db/bootstrap/"))} - set(present)
    if not changed and not gone and not unexplained(conn, before):
        return
    report(f"applying {len(changed)} of {len(files)} rule files")
    try:
        giving_way(
            lambda: apply_inner(
                conn, [file for file in changed if not file.is_api], present, before, outcome
            ),
            report,
        )
        giving_way(
            lambda: apply_api(conn, [file for file in changed if file.is_api], before, outcome, whole=whole),
            report,
        )
    except NeedsRebuild:
        report("an object changed its shape; making all rules anew")
        giving_way(lambda: rebuild(conn, files, present, before, outcome), report)
        changed = list(files)
    outcome.files += [file.path for file in changed]


def apply_inner(
    conn: Connection,
    files: Sequence[RuleFile],
    present: Sequence[str],
    before: set[tuple[str, str]],
    outcome: Outcome,
) -> None:
    """Everything but `api`, and the sweep of what nothing needs."""
    with conn.transaction():
        lock_tables(conn, files)
        apply_all(conn, files)
        forget_missing_files(conn, present)
        outer = {
            thing
            for thing in unexplained(conn, before)
            if " on " not in thing[1] and thing[1].startswith(("api.", "hook."))
        }
        swept = unexplained(conn, before) - outer
        left = drop(conn, swept)
        outcome.note_swept(swept - left)


def apply_api(
    conn: Connection,
    files: Sequence[RuleFile],
    before: set[tuple[str, str]],
    outcome: Outcome,
    *,
    whole: bool,
) -> None:
    """`api` in one short transaction, then the rest of the sweep."""
    with conn.transaction():
        if whole:
            drop(conn, recorded(conn, [file.path for file in files]))
        apply_all(conn, files)
        sweep_rest(conn, before, outcome)


def rebuild(
    conn: Connection,
    files: Sequence[RuleFile],
    present: Sequence[str],
    before: set[tuple[str, str]],
    outcome: Outcome,
) -> None:
    """All of `sql/` dropped and made anew in one transaction."""
    with conn.transaction():
        lock_tables(conn, files)
        paths = [
            str(row[0])
            for row in conn.execute("select path from app.applied_files where path like 'sql/%'").fetchall()
        ]
        drop(conn, recorded(conn, paths))
        apply_all(conn, files, rebuilding=True)
        forget_missing_files(conn, present)
        sweep_rest(conn, before, outcome)
    outcome.rebuilt = True


def sweep_rest(conn: Connection, before: set[tuple[str, str]], outcome: Outcome) -> None:
    """Drop what no file makes any more; what something still needs is a mistake that has to be told."""
    swept = unexplained(conn, before)
    left = drop(conn, swept)
    outcome.note_swept(swept - left)
    if left:
        names = ", ".join(f"{kind} {identity}" for kind, identity in sorted(left))
        raise Refusal(
            f"No file makes {names} any more, but something still needs it.",
            "Write its file again, or free what uses it.",
        )
