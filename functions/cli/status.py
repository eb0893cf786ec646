"""`status` and `logs`: what runs, where, and what it said."""

import time
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from functions.cli import environment, processes
from functions.cli import parts as stack
from functions.cli.home import Home, State, is_running, read_state
from functions.cli.refusal import Refusal

ALERTS = """
select kind || ' since ' || to_char(raised_at, 'YYYY-MM-DD HH24:MI TZ') || ' ' || details
from app.platform_alerts where resolved_at is null order by raised_at
"""


def status(console: Console) -> int:
    """Print how each part is doing; exit code 1 when not all of it runs."""
    home = Home.here()
    settings = environment.needed(home)
    state = read_state(home)
    running = is_running(home) and state is not None and state.is_alive
    console.print(f"Home      {home.folder}", soft_wrap=True)
    cluster = stack.own_cluster(home, settings)
    where = str(cluster.data) if cluster else "an existing PostgreSQL (DATABASE_URL)"
    console.print(f"Database  {where}", soft_wrap=True)
    if not running or state is None:
        console.print("Staybase is [bold]down[/]. Start it with: ./staybase up")
        return 1
    console.print(f"Address   {state.url}")
    console.print(f"State     {state.phase} {state.message}".rstrip())
    console.print(parts_table(state))
    for alert in open_alerts(settings["STAYBASE_SERVICE_URL"]):
        console.print(f"[bold]Alert[/]     {escape(alert)}", soft_wrap=True)
    memory = sum(proportional_memory(pid) for pid in family(state))
    console.print(f"Memory    {memory / 1024:.0f} MB (proportional set size of all processes)")
    return 0 if state.phase == "up" and all(part.healthy for part in state.parts.values()) else 1


def parts_table(state: State) -> Table:
    """One row for each part."""
    table = Table("Part", "State", "Process", "Up for", "Restarts", "Last end", box=None, pad_edge=False)
    for name, part in state.parts.items():
        alive = part.pid > 0 and processes.is_alive(part.pid, part.birth)
        word = "healthy" if alive and part.healthy else "starting" if alive else "down"
        since = str(timedelta(seconds=int(time.time() - part.since))) if alive else ""
        table.add_row(name, word, str(part.pid or ""), since, str(part.restarts), part.last_end)
    return table


def open_alerts(service_url: str) -> list[str]:
    """What stands open for the installation, one line each; nothing while the database cannot be asked."""
    try:
        with psycopg.connect(service_url, connect_timeout=3) as connection:
            return [str(row[0]) for row in connection.execute(ALERTS).fetchall()]
    except psycopg.Error:
        return []


def family(state: State) -> set[int]:
    """The supervisor, its parts and theirs."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError, ValueError):
                continue
            children.setdefault(parent, []).append(int(path.name))
    found, waiting = set[int](), [state.supervisor]
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += children.get(pid, [])
    return found


def proportional_memory(pid: int) -> int:
    """The process's share of memory in kB: what it has alone, and its part of what it shares."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def logs(part: str | None, *, lines: int, follow: bool) -> Iterator[str]:
    """The last lines of one part's log, or of all; with `follow` whatever comes after them."""
    home = Home.here()
    files = sorted(home.logs.glob("*.log"))
    if part is not None:
        files = [file for file in files if file.stem == part]
        if not files:
            names = ", ".join(file.stem for file in sorted(home.logs.glob("*.log"))) or "none yet"
            raise Refusal(f"There is no log of {part!r}.", f"There are: {names}.")
    width = max((len(file.stem) for file in files), default=0)
    ends: dict[Path, int] = {}
    for file in files:
        with file.open(errors="replace") as text:
            for line in deque(text, maxlen=lines):
                yield f"{file.stem:<{width}}  {line.rstrip()}"
            ends[file] = text.tell()
    while follow:
        for file in files:
            with file.open(errors="replace") as text:
                text.seek(min(ends[file], file.stat().st_size))
                for line in text:
                    yield f"{file.stem:<{width}}  {line.rstrip()}"
                ends[file] = text.tell()
        time.sleep(0.3)
