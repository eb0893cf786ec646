"""What the idle stack weighs, and how fast the bench's own client is."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from functions.cli import cluster, parts, processes
from tests.bench.client import request
from tests.bench.figures import Figure, at_most, figure
from tests.bench.run import Run
from tests.stack import Stack

FILE_SERVER = """\
{{
  admin off
  auto_https off
  log {{
    level ERROR
  }}
}}
:{port} {{
  bind 127.0.0.1
  root * {folder}
  file_server
}}
"""
PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def load_before() -> list[Figure]:
    """How busy the machine was with other work when the bench began."""
    control = f"of the last minute, on {os.cpu_count()} cores; others' work makes the tails long"
    return [figure("load_before", [os.getloadavg()[0]], "processes", control=control)]


def idle_memory(stack: Stack, settling: float, rounds: int) -> list[Figure]:
    """The supervisor and all below it, after it was left alone; shared pages are counted once (PSS)."""
    time.sleep(settling)
    weights = list[dict[str, float]]()
    for _ in range(rounds):
        weights.append(_weights(stack))
        time.sleep(0.5)
    told = ", ".join(f"{name} {weight:.0f}" for name, weight in weights[-1].items())
    control = f"{settling:.0f} s after the start: {told}"
    return [
        figure("idle_memory", [sum(each.values()) for each in weights], "MB", at_most(400), control=control)
    ]


def _weights(stack: Stack) -> dict[str, float]:
    """Megabytes of each part and of the supervisor."""
    children = dict[int, list[int]]()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(folder.name))
    state = stack.state
    tops = {name: part.pid for name, part in state.parts.items()}
    weights = {name: _weight(_tree(pid, children)) for name, pid in tops.items()}
    return weights | {"supervisor": _weight([state.supervisor])}


def _tree(pid: int, children: dict[int, list[int]]) -> list[int]:
    return [pid, *(below for child in children.get(pid, []) for below in _tree(child, children))]


def _weight(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        try:
            found = PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
        except OSError:
            continue
        total += int(found[1]) if found else 0
    return total / 1000


def client_ceiling(run: Run) -> list[Figure]:
    """The bench's client against a file of a page's size: what it could ask for if nothing had to be done."""
    folder = Path(tempfile.mkdtemp(prefix="staybase-bench-"))
    port = cluster.free_port()
    (folder / "page.json").write_text("[" + "x" * 28_000 + "]")
    (folder / "Caddyfile").write_text(FILE_SERVER.format(port=port, folder=folder))
    caddy = Path(sys.executable).parent / "caddy"
    server = processes.start(
        [caddy, "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"],
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin"}, output=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        run.wait(lambda: parts.answers(f"http://127.0.0.1:{port}/page.json", {200}), "the file server", 20)
        asked = [[request("GET", "/page.json")] for _ in range(run.plan.callers)]
        rates = [run.drive(port, asked).rate for _ in range(run.plan.rounds)]
    finally:
        processes.end(server.pid, None)
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)
    return [
        figure(
            "client_ceiling",
            rates,
            "pages/s",
            control="the bench's own client against a file of a page's size",
        )
    ]
