"""`doctor`: each thing that can be wrong is looked at, and the command that mends it is said."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console

from functions.cli import cluster as clusters
from functions.cli import data_api, environment, processes
from functions.cli import parts as stack
from functions.cli.home import ROOT, Home, is_running, read_state
from functions.cli.refusal import Refusal

PACKAGES = (
    "python3",
    "python3-venv",
    "ca-certificates",
    "postgresql-15",
    "postgresql-15-cron",
    "postgresql-15-plpgsql-check",
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "fonts-dejavu-core",
    "fonts-sil-scheherazade",
)
START_ANEW = "./staybase down && ./staybase up"
TICK = "select t.ticked_at, t.took_ms, t.jobs, t.is_late from app.clock_health as t"
HEARD = "select cardinality(app.operator_addresses(%s))"
UNSENT = """
select a.kind, coalesce(m.error_code, m.state) from app.operator_mails as m
join app.platform_alerts as a on a.id = m.alert_id
where m.is_over = (a.resolved_at is not null) and (m.state in ('failed', 'unknown')
  or m.state = 'sending' and m.claimed_at < clock_timestamp() - interval '2 minutes')
  and coalesce(a.resolved_at, app.now()) > app.now() - interval '1 day'
"""
BEDS24 = (
    "select b.tenant, b.property_code, b.trouble, b.swept_at, b.token_until from app.beds24_health() as b"
)
WAITS_FOR_WORKER = ("not_swept", "token_ends")
BEDS24_TROUBLES = {
    "not_let_in": "it does not let us in",
    "not_swept": "it has not been asked for an hour",
    "token_ends": "its token ends soon, and nobody renews it",
}
"""In words; any other is why Beds24, or we, refused, as its page explains."""
Connection = psycopg.Connection[tuple[Any, ...]]
Finding = tuple[str, str, str]


def doctor(console: Console) -> int:
    """Print every finding; exit code 1 when something is wrong."""
    sick = 0
    for subject, wrong, mend in examine(Home.here()):
        if wrong:
            sick += 1
            console.print(f"[red]✗[/] {subject}: {wrong}", soft_wrap=True)
            console.print(f"    mend it: [bold]{mend}[/]", soft_wrap=True)
        else:
            console.print(f"[green]✓[/] {subject}")
    return 1 if sick else 0


def examine(home: Home) -> Iterator[Finding]:
    """Everything that is looked at, in the order in which `up` needs it."""
    for package in PACKAGES:
        yield (
            f"Debian package {package}",
            "" if installed(package) else "missing",
            f"apt-get install {package}",
        )
    yield "PostgREST", *asked(data_api.binary)
    yield "npm packages", "" if (ROOT / "node_modules/htmx.org").exists() else "missing", "./staybase up"
    yield "disk", *asked(lambda: clusters.check_room(nearest(home.folder)))
    settings = environment.load(home)
    yield "set up", "" if settings else "not yet", "./staybase up"
    if not settings:
        return
    mode = home.environment_file.stat().st_mode & 0o077
    yield (
        "secrets are for their owner only",
        "others may read them" if mode else "",
        f"chmod 600 {home.environment_file}",
    )
    yield from running(home, settings)


def running(home: Home, settings: dict[str, str]) -> Iterator[Finding]:
    """What can be wrong with a stack that is up, or should be."""
    state = read_state(home)
    port = int(settings["STAYBASE_PORT"])
    if not is_running(home) or state is None:
        taken = not environment.is_free(port)
        other = f"STAYBASE_PORT={port + 1} ./staybase up"
        yield f"port {port}", "taken by another program" if taken else "", other
        why = f"it is down ({state.message})" if state is not None and state.message else "it is down"
        yield "stack", why, "./staybase up"
        return
    for name, part in state.parts.items():
        alive = part.pid > 0 and processes.is_alive(part.pid, part.birth)
        wrong = "" if alive and part.healthy else f"not running (last end: {part.last_end or 'unknown'})"
        yield f"part {name}", wrong, f"{START_ANEW}   (why: ./staybase logs {name})"
        if alive and part.restarts >= 3:
            often = f"started again {part.restarts} times"
            yield f"part {name} stays up", often, f"{START_ANEW}   (why: ./staybase logs {name})"
    yield "gateway answers", "" if stack.gateway_answers(settings) else "no answer", START_ANEW
    try:
        with psycopg.connect(settings["STAYBASE_SERVICE_URL"], connect_timeout=3) as db:
            yield from clock(db)
            yield from alarm(db, settings)
            yield from beds24(db)
    except psycopg.Error as error:
        yield "database answers", type(error).__name__, f"{START_ANEW}   (why: ./staybase logs postgres)"


def clock(db: Connection) -> Iterator[Finding]:
    """Whether the clock goes, and what its last tick came to."""
    for at, took, jobs, is_late in db.execute(TICK).fetchall():
        yield (
            f"clock: last tick {when(at)}, {took} ms, {jobs} jobs",
            "nobody has ticked for three minutes" if is_late else "",
            f"{START_ANEW}   (why: ./staybase logs worker)",
        )


def alarm(db: Connection, settings: dict[str, str]) -> Iterator[Finding]:
    """Whether anybody is written to when the clock stands still, which no demo needs, and what is stuck."""
    heard = db.execute(HEARD, (settings.get("STAYBASE_OPERATOR_EMAIL", ""),)).fetchone()
    if settings["STAYBASE_DEVELOPMENT"] != "1" or heard != (0,):
        name_one = "STAYBASE_OPERATOR_EMAIL=you@hotel.example ./staybase up --production"
        yield (
            f"alarm: written to {heard[0] if heard else 0} when the clock stands still",
            "" if heard != (0,) else "nobody would hear of it",
            name_one,
        )
    for kind, code in db.execute(UNSENT).fetchall():
        yield f"alarm: mail about {kind}", f"it did not leave ({code})", "./staybase logs worker"


def beds24(db: Connection) -> Iterator[Finding]:
    """Each property that uses Beds24; nothing where none does."""
    for tenant, code, trouble, swept, until in db.execute(BEDS24).fetchall():
        page = f"connect it anew on its page, /admin/beds24?property={code}"
        mend = "./staybase logs worker" if trouble in WAITS_FOR_WORKER else page
        yield (
            f"Beds24 at {tenant} {code}: last asked {when(swept)}, lets us in until {when(until)}",
            BEDS24_TROUBLES.get(trouble, trouble.replace("_", " ")) if trouble else "",
            mend,
        )


def when(at: datetime | None) -> str:
    """To the minute, as the logs write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if at else "never"


def installed(package: str) -> bool:
    """Whether Debian says that a package is there."""
    if shutil.which("dpkg-query") is None:
        return True
    asked_of = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    return subprocess.run(asked_of, capture_output=True, text=True, check=False).stdout == "installed"


def nearest(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    return folder if folder.exists() else nearest(folder.parent)


def asked(examination: Callable[[], object]) -> tuple[str, str]:
    """A refusal as a finding."""
    try:
        examination()
    except Refusal as refusal:
        return refusal.what.rstrip("."), refusal.mend
    return "", ""
