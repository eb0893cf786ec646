"""`test`, `check` and `bench`: each sets up what it needs and needs no running stack."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from functions.cli.home import ROOT
from functions.cli.refusal import Refusal

TOOLS = Path(sys.executable).parent
WORKERS = "3"


def test(console: Console, arguments: Sequence[str]) -> int:
    """Run pytest; everything but the long tests, `--long` those too."""
    given = list(arguments)
    long = "--long" in given
    if long:
        given.remove("--long")
    alone = any(word in given for word in ("--pdb", "-s")) or any(word.startswith("-n") for word in given)
    command = [sys.executable, "-m", "pytest"]
    command += [] if alone else ["-n", WORKERS, "--dist", "loadfile"]
    command += [] if long or "-m" in given else ["-m", "not long"]
    console.print("[dim]" + " ".join(["pytest", *command[3:], *given]) + "[/]", soft_wrap=True)
    sys.stdout.flush()
    return subprocess.run([*command, *given], cwd=ROOT, check=False).returncode


def check(console: Console) -> int:
    """Everything that can be said about the text without running it as a whole; one line for each.

    That each tool still sees is shown by `tests/known_bad`, whose defects they must find.
    """
    from functions.cli.database_check import findings
    from functions.cli.text_lint import python_findings, sql_findings

    migrations = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "db/migrations").glob("*.sql"))
    checks: list[tuple[str, Callable[[], tuple[bool, str]]]] = [
        ("ruff", lambda: tool("ruff", "check", "--quiet", ".")),
        ("ruff format", lambda: tool("ruff", "format", "--check", "--quiet", ".")),
        ("mypy --strict", lambda: tool("mypy", "--strict", "functions", "tests")),
        ("squawk on migrations", lambda: tool("squawk", *migrations)),
        ("pgspot on all SQL", lambda: told(sql_findings())),
        ("bandit on functions", lambda: told(python_findings())),
        ("plpgsql_check on every function", lambda: told(findings()["plpgsql_check"])),
        ("dblint on the catalog", lambda: told(findings()["dblint"])),
        ("dress and layout", lambda: tool("pytest", "-q", "tests/layout")),
    ]
    failed = 0
    for name, run in checks:
        with console.status(name):
            well, said = run()
        console.print(f"{'[green]✓[/]' if well else '[red]✗[/]'} {name}")
        if not well:
            failed += 1
            print(said.strip(), flush=True)
    console.print("All checks passed." if not failed else f"{failed} of {len(checks)} checks failed.")
    return 1 if failed else 0


def tool(name: str, *arguments: str) -> tuple[bool, str]:
    """Run one of the tools of our own virtual environment."""
    program = TOOLS / name
    if not program.exists():
        raise Refusal(f"{name} is not installed.", "Install the locked packages with: ./staybase up")
    done = subprocess.run([str(program), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def told(found: Sequence[str]) -> tuple[bool, str]:
    """Findings, as the other tools tell theirs."""
    return not found, "\n".join(found)


def bench(arguments: Sequence[str]) -> int:
    """Run the bench, which starts a stack of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.bench", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
