"""Wrong codes from two hundred addresses at once: what they open, who hears of it, what others notice."""

import json
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from statistics import median

from functions.cli.home import ROOT
from tests.bench.client import Job, Measured, request
from tests.bench.figures import Figure, at_most, exactly, figure
from tests.bench.house import Caller
from tests.bench.run import Run

ADDRESSES = [f"127.0.{network}.{host}" for network in range(1, 21) for host in range(1, 11)]
"""Twenty networks of ten: as many tries as the limits leave to so few."""
PATIENCE = 240.0
PAUSE = 0.5
"""Of a guest between two looks at the stay."""
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
DOORS = ("/functions/v1/portal-session", "code"), ("/rest/v1/rpc/portal_resolve_code", "p_code")

OPENED = "select count(*) from identity.sessions where session_type = 'guest'"
ALERTS = "select count(*) from app.platform_alerts where kind = 'code_guessing'"


def guessing(run: Run) -> list[Figure]:
    """Guests read their stay by the data API and as a page: quietly, then while codes are guessed."""
    doors: dict[str, Callable[[Caller], str]] = {"data": _stay, "page": _page}
    run.report("guests read their stay, nobody guesses")
    quiet = {name: [_read(run, asked) for _ in range(run.plan.rounds)] for name, asked in doors.items()}
    opened, alerts = run.value(OPENED), run.value(ALERTS)
    run.report(f"{run.plan.guesses:,} wrong codes from {len(ADDRESSES)} addresses")
    meanwhile: dict[str, list[Measured]] = {name: [] for name in doors}
    with _attack(run) as attack:
        while attack.poll() is None:
            for name, asked in doors.items():
                measured = _read(run, asked)
                # what was read when the last guess was made counts no more
                if attack.poll() is None:
                    meanwhile[name].append(measured)
        guessed = Measured(**json.loads(attack.communicate()[0]))
    if sum(guessed.failures.values()) + guessed.answers != run.plan.guesses or not meanwhile["page"]:
        raise RuntimeError(f"not all was guessed, or too fast to measure others: {guessed}")
    answers = ", ".join(f"{count:,} × {status}" for status, count in sorted(guessed.failures.items()))
    return [
        figure("guessed_codes_opened", [run.value(OPENED) - opened], "stays", at_most(0), control=answers),
        figure("guessing_alerts", [run.value(ALERTS) - alerts], "alerts", exactly(1), control="of the burst"),
        *(_figure(name, quiet[name], meanwhile[name]) for name in doors),
    ]


def _figure(name: str, quiet: list[Measured], meanwhile: list[Measured]) -> Figure:
    before, then = (median(each.p95 for each in found) for found in (quiet, meanwhile))
    control = f"p95 {before:.1f} ms quiet, {then:.1f} ms meanwhile"
    return figure(f"guessing_bystander_{name}", [then / before], "×", at_most(1.5), control=control)


def _read(run: Run, asked: Callable[[Caller], str]) -> Measured:
    return run.drive(run.gateway, [[asked(caller)] for caller in run.guests], pause=PAUSE)


def _stay(caller: Caller) -> str:
    return request("GET", "/rest/v1/portal_stay", {"Authorization": f"Bearer {caller.token}"})


def _page(caller: Caller) -> str:
    return request("GET", "/", {"Cookie": f"staybase_guest_access={caller.token}", "Accept": "text/html"})


@contextmanager
def _attack(run: Run) -> Iterator["subprocess.Popen[str]"]:
    """Every address guesses as fast as it is answered, at both doors, from a process of its own."""
    run.conn.execute("delete from app.limits where bucket like 'code%'")
    each = run.plan.guesses // len(ADDRESSES)
    asked = [[_guess(number) for number in range(each)] for _ in ADDRESSES]
    job = Job(run.gateway, PATIENCE, 0.0, asked, again=False, addresses=ADDRESSES)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.client"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as attack:  # fmt: skip
        assert attack.stdin is not None
        attack.stdin.write(json.dumps(asdict(job)))
        attack.stdin.close()
        attack.stdin = None
        try:
            yield attack
        finally:
            attack.kill()


def _guess(number: int) -> str:
    path, name = DOORS[number % len(DOORS)]
    return request("POST", path, body={name: "".join(secrets.choice(LETTERS) for _ in range(6))})
