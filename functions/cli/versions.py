"""Numbered migrations, by pgmigrate: applied once, in order, never edited afterwards."""

import argparse
import hashlib
import logging
from pathlib import Path
from typing import Any

import pgmigrate
import psycopg2
import sqlparse.engine.grouping
from psycopg import errors

from functions.cli.refusal import Refusal
from functions.cli.rules import Connection, applied

FOLDER = "db/migrations"


def files(root: Path) -> dict[str, str]:
    """Path and digest of every migration file."""
    found = sorted((root / FOLDER).glob("V*__*.sql"))
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def refuse_edited(conn: Connection, root: Path) -> None:
    """pgmigrate keeps no checksums, so we do: a migration that ran is never edited."""
    known = applied(conn)
    for path, digest in files(root).items():
        if known.get(path, digest) != digest:
            raise Refusal(
                f"{path} was edited after it had been applied here.",
                "Put its old text back and write a new migration (or lose this database: ./staybase reset).",
            )


def remember(conn: Connection, root: Path) -> None:
    """Keep the digests of what has been applied."""
    conn.cursor().executemany(
        "insert into app.applied_files (path, digest) values (%s, %s) on conflict do nothing",
        list(files(root).items()),
    )


def apply(url: str, root: Path) -> list[str]:
    """Apply pending migrations, all in one transaction; gives back their file names."""
    # pgmigrate splits files with sqlparse, which by default gives up on long ones.
    limits: Any = sqlparse.engine.grouping
    limits.MAX_GROUPING_DEPTH = limits.MAX_GROUPING_TOKENS = None
    logging.getLogger("pgmigrate").setLevel(logging.CRITICAL)
    chosen = argparse.Namespace(
        base_dir=str(root / "db"),
        target="latest",
        conn=url,
        schema="pgmigrate",
        disable_schema_check=True,
        check_serial_versions=True,
        force_mixed=True,
        session=["set lock_timeout = '400ms'", "set client_min_messages = warning"],
    )
    config = pgmigrate.get_config(str(root / "db"), chosen)
    try:
        pending = _pending(config)
        if pending:
            pgmigrate.migrate(config)
        return pending
    except pgmigrate.MigrateError as error:
        raise _translated(error) from None
    finally:
        config.conn_instance.close()


def _pending(config: Any) -> list[str]:
    state = pgmigrate._get_state(
        config.base_dir, config.baseline, config.target, config.schema, config.cursor
    )
    config.conn_instance.rollback()
    for statement in config.session:
        config.cursor.execute(statement)
    return [
        Path(state[number].file_path).name
        for number in sorted(state)
        if state[number].meta["installed_on"] is None
    ]


def _translated(error: Exception) -> Exception:
    """A busy table means try again; anything else is the author's to mend."""
    cause = error.__context__
    if isinstance(cause, psycopg2.Error):
        if cause.pgcode in ("55P03", "40P01"):
            return errors.LockNotAvailable(str(cause))
        return Refusal(
            f"A migration failed: {' '.join(str(cause).split())}.",
            "Mend it under db/migrations, then migrate again.",
        )
    return Refusal(f"The migrations cannot be applied: {error}.", "Mend db/migrations, then migrate again.")
