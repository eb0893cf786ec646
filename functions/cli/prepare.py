"""What happens to the database at each start, before anything else stands on it. Safe to repeat.

The supervisor runs it as `python -m functions.cli.prepare`; it tells what it does, or why it cannot.
"""

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from functions.cli.environment import LOGINS
from functions.cli.home import ROOT
from functions.cli.migrate import connect, migrate
from functions.cli.refusal import Refusal
from functions.cli.rules import Connection, applied
from functions.shared.files import files_of

SEEDS = {"seeds/reference": ROOT / "seeds/reference", "seeds/demo": ROOT / "seeds/demo"}


def prepare(settings: Mapping[str, str]) -> None:
    """Migrate, let the login roles in, seed what changed, and keep a demo guest in each stay state."""
    development = settings["STAYBASE_DEVELOPMENT"] == "1"
    migrate(settings["STAYBASE_OWNER_URL"], development=development, report=tell)
    with connect(settings["STAYBASE_OWNER_URL"]) as conn:
        open_logins(conn, settings)
        seed(conn, development=development)
        wind_clock(conn)


def open_logins(conn: Connection, settings: Mapping[str, str]) -> None:
    """Give the two login roles their passwords; everything else stays without a login.

    A role that the owner named an address for is the owner's. What these two send is what people typed, and
    PostgreSQL's refusals quote it, so their errors go to whoever asked and not into its log.
    """
    may_hush = conn.execute(
        "select has_parameter_privilege(current_user, 'log_min_messages', 'set')"
    ).fetchone() == (True,)
    for url, role in LOGINS.items():
        password = settings[f"STAYBASE_{role.upper()}_PASSWORD"]
        if password not in settings[url]:
            continue
        statement = sql.SQL("alter role {} login password {}").format(
            sql.Identifier(role), sql.Literal(password)
        )
        conn.execute(statement)
        if may_hush:
            conn.execute(sql.SQL("alter role {} set log_min_messages = 'log'").format(sql.Identifier(role)))


def seed(conn: Connection, *, development: bool) -> None:
    """Load the reference data when it changed; in a development build the demo too, and refresh it."""
    from functions.cli import seed as seeds

    known = applied(conn)
    if known.get("seeds/reference") != digest(SEEDS["seeds/reference"]):
        tell("loading the reference data")
        seeds.seed_reference(conn)
        remember(conn, "seeds/reference")
    if not development:
        return
    if known.get("seeds/demo") != digest(SEEDS["seeds/demo"]):
        tell("laying the demo's two hotels")
        seeds.seed_demo(conn)
        seeds.hang_pictures(conn, files_of(os.environ))
        remember(conn, "seeds/demo")
    seeds.refresh_demo(conn)


def wind_clock(conn: Connection) -> None:
    """Have pg_cron look at its jobs again: it overlooks those planned as soon as its extension is made."""
    if conn.execute("select to_regclass('cron.job')").fetchone() == (None,):
        return
    conn.execute(
        "select cron.alter_job(jobid, schedule := schedule) from cron.job where jobname ~ '^staybase'"
    )


def remember(conn: Connection, path: str) -> None:
    """Note which text of the seeds is in this database."""
    conn.execute(
        "insert into app.applied_files (path, digest) values (%s, %s)"
        " on conflict (path) do update set digest = excluded.digest, applied_at = now()",
        (path, digest(SEEDS[path])),
    )


def digest(folder: Path) -> str:
    """Changes when any file below the folder does."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return total.hexdigest()


def tell(message: str) -> None:
    """Progress, read by `up` while it waits."""
    print(message, flush=True)


def main() -> int:
    """Prepare the database that the environment names; one line and exit code 1 when that cannot be."""
    try:
        prepare(os.environ)
    except Refusal as refusal:
        print(refusal)
        return 1
    except psycopg.Error as error:
        said = error.diag
        print(f"The database refused: {said.message_primary or error} ({said.message_detail or 'no detail'})")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
