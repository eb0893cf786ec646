"""`python -m tests.bench`: start a stack, fill it, measure it, say what was reached."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext

from rich.console import Console

from functions.cli.home import ROOT
from functions.cli.migrate import migrate
from functions.cli.seed import seed_demo, seed_reference
from tests.bench import figures, house
from tests.bench.figures import Figure
from tests.bench.measures import (
    claims,
    cleaning,
    clock,
    delivery,
    folio,
    guessing,
    inbox,
    landing,
    machine,
    menus,
    sign_in,
    slack,
    writes,
)
from tests.bench.peers.running import peer
from tests.bench.plan import QUICK, SMALL, WHOLE, Plan
from tests.bench.run import Run, database
from tests.stack import Stack

WIDTH = 160
"""Of the table where it is not shown to a person."""

# Reads first, while nothing was written; what floods the ledger last.
MEASURES: dict[str, Callable[[Run], list[Figure]]] = {
    "ceiling": machine.client_ceiling,
    "inbox": inbox.inbox,
    "security": inbox.row_security,
    "growth": inbox.growth,
    "gateway": inbox.gateway,
    "session": sign_in.session_check,
    "landing": landing.landing,
    "folio": folio.folio,
    "status": writes.status_change,
    "submission": writes.submission,
    "cleaning": cleaning.daily_cleaning,
    "menu_order": menus.menu_order,
    "menu_places": menus.last_places,
    "door": delivery.commit_to_door,
    "sends": delivery.sends,
    "claims": claims.claiming,
    "tick": clock.tick,
    "presses": slack.presses,
    "sign_in": sign_in.sign_in,
    "guessing": guessing.guessing,
}


def arguments(given: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="./staybase bench", description="Measures a stack of its own.")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument(
        "--quick", action="store_true", help="a small house and short samples, for development"
    )
    parser.add_argument(
        "--only", action="append", choices=["memory", *MEASURES], help="one measure; may be repeated"
    )
    return parser.parse_args(given)


def bench(plan: Plan, wanted: Sequence[str], report: Callable[[str], None]) -> list[Figure]:
    """Every figure that is wanted, in the order of measuring."""
    found = machine.load_before()
    with house.standing(report) as stack:
        if "memory" in wanted:
            report(f"the stack is left alone for {plan.settling:.0f} seconds")
            found += machine.idle_memory(stack, plan.settling, plan.rounds)
        if set(wanted) == {"memory"}:
            return found
        with filled(stack, plan, wanted, report) as run:
            for name, measure in MEASURES.items():
                if name in wanted:
                    with measured_alone(run, name):
                        found += measure(run)
    return found


def measured_alone(run: Run, name: str) -> AbstractContextManager[None]:
    """Where the database is measured the worker stands still: neither pgbench nor the peer sends anything."""
    return run.without_sending() if name in {"status", "submission"} else nullcontext()


@contextmanager
def filled(stack: Stack, plan: Plan, wanted: Sequence[str], report: Callable[[str], None]) -> Iterator[Run]:
    """The stack with its past, the small database and the peer beside it."""
    with ExitStack() as held:
        conn = held.enter_context(stack.connect())
        house.fill(conn, plan, report)
        small = database(stack.settings["STAYBASE_OWNER_URL"], "bench_small")
        if "growth" in wanted:
            report("laying the small database")
            lay_small(stack, small, report)
        members = house.members(conn, stack.settings, plan.callers)
        tenants = [caller.tenant_id for caller in members]
        report("starting the peer")
        port = held.enter_context(peer(stack.settings, tenants, stack.home.logs / "peer.log"))
        guests = house.guests(conn, stack.settings, plan.callers)
        yield Run(stack, plan, conn, members, guests, port, small, report)


def lay_small(stack: Stack, address: str, report: Callable[[str], None]) -> None:
    """A database of the same cluster with five thousand requests."""
    with stack.connect() as conn:
        conn.execute("create database bench_small")
    migrate(address, development=True)
    with house.connected(address) as conn:
        seed_reference(conn)
        seed_demo(conn)
        house.fill(conn, SMALL, report)


@contextmanager
def reporting(told: Console) -> Iterator[Callable[[str], None]]:
    """What is being done: one line that changes for a person, lines for a log."""
    if not told.is_terminal:
        yield told.print
        return
    with told.status("starting") as progress:
        yield progress.update


def main(given: Sequence[str]) -> int:
    """Measure and print; 0 also where a goal was missed, 1 only where something broke."""
    asked = arguments(given)
    told = Console(stderr=True, highlight=False)
    wanted = asked.only or ["memory", *MEASURES]
    plan = QUICK if asked.quick else WHOLE
    try:
        with reporting(told) as report:
            found = bench(plan, wanted, report)
    except RuntimeError as broken:
        told.print(f"bench: {broken}")
        return 1
    if asked.json:
        print(figures.as_json(found))
    else:
        wide = None if sys.stdout.isatty() else WIDTH
        figures.show(Console(highlight=False, width=wide), found)
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
