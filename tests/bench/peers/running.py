"""The peer as a process beside the stack."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from functions.cli import parts, processes
from functions.cli.cluster import free_port
from functions.cli.home import ROOT

TABLES = Path(__file__).parent / "tables.sql"


@contextmanager
def peer(settings: Mapping[str, str], tenant_ids: Sequence[str], log: Path) -> Iterator[int]:
    """The peer's port, once it answers; its tables are laid before."""
    owner = settings["STAYBASE_OWNER_URL"]
    with psycopg.connect(owner) as conn:
        conn.execute("select set_config('bench.tenant_ids', %s, true)", (",".join(tenant_ids),))
        conn.execute(TABLES.read_bytes())
    port = free_port()
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "PEER_DATABASE": owner.replace("postgresql://", "postgresql+psycopg://"),
        "PEER_SECRET": settings["STAYBASE_JWT_SECRET"],
    }
    command = [sys.executable, "-m", "uvicorn", "tests.bench.peers.app:app", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--no-access-log", "--log-level", "warning"]
    with log.open("wb") as output:
        process = processes.start(command, env=environment, output=output, cwd=ROOT)
    try:
        is_there = processes.wait_until(lambda: parts.answers(f"http://127.0.0.1:{port}/docs", {200}), 30)
        if not is_there:
            raise RuntimeError(f"the peer did not start:\n{log.read_text()}")
        yield port
    finally:
        processes.end(process.pid, None)
        process.wait()
