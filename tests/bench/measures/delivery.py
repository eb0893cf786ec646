"""From commit to the provider's door, and how many sends a second one worker makes with the real SDKs."""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.bench import house
from tests.bench.figures import Figure, at_least, at_most, figure
from tests.bench.house import LOAD, Caller
from tests.bench.measures.writes import ORDER, close
from tests.bench.run import Run, now

A_SECOND = 50
HANDS = 4
_floods = itertools.count(1)

ENTER = (
    "select set_config('role', 'guest', true), set_config('request.jwt.claims', %s, true),"
    " set_config('request.headers', '{}', true)"
)
SUBMIT = "select api.portal_submit_request(%s, %s) #>> '{body,request,id}'"


def commit_to_door(run: Run) -> list[Figure]:
    """Guests submit at fifty a second; each has an acknowledgement and a card in its team's channel."""
    guests = house.guests(run.conn, run.stack.settings, max(50, run.plan.callers))
    middles, slowest, late, seen = list[float](), list[float](), list[float](), 0
    for number in range(run.plan.rounds):
        run.report(f"from commit to the provider's door: round {number + 1} of {run.plan.rounds}")
        with _quiet_sandbox(run):
            committed, behind = _paced(
                run, guests, run.plan.paced // run.plan.rounds, f"paced-{next(_floods)}"
            )
            run.wait(lambda: not _is_queued(run), "the worker to send everything", 300)
            times = sorted(_times(run, committed))
        close(run, "portal")
        middles.append(times[len(times) // 2])
        slowest.append(times[int(len(times) * 0.99)])
        late.append(behind)
        seen += len(times)
    control = f"{seen:,} messages of {A_SECOND} submissions a second, the pace kept within {max(late):.0f} ms"
    return [
        figure("commit_to_provider_p50", middles, "ms", at_most(10), control=control),
        figure("commit_to_provider_p99", slowest, "ms", at_most(50), control=control),
    ]


def sends(run: Run) -> list[Figure]:
    """One worker with a full outbox: half WhatsApp, half Slack, by Twilio's and Slack's own SDKs."""
    rates = list[float]()
    for number in range(run.plan.rounds):
        run.report(f"one worker's sends: round {number + 1} of {run.plan.rounds}")
        with _quiet_sandbox(run):
            with run.without_sending(forget=False):
                flood(run, run.plan.flood)
            run.wait(lambda: not _is_queued(run), "the worker to send everything", 300)
            at = sorted(_arrivals(run).values())
        if len(at) != run.plan.flood:
            raise RuntimeError(f"{run.plan.flood} messages were due, {len(at)} arrived")
        rates.append((len(at) - 1) / (at[-1] - at[0]))
    control = f"{run.plan.flood:,} messages against the sandbox, which is one process too"
    return [figure("worker_sends", rates, "sends/s", at_least(300), control=control)]


def flood(run: Run, count: int) -> None:
    """So many messages are due now."""
    with run.conn.transaction():
        for name, setting in (("count", count), ("flood", next(_floods))):
            run.conn.execute("select set_config(%s, %s, true)", (f"bench.{name}", str(setting)))
        run.conn.execute((LOAD / "flood.sql").read_bytes())


@contextmanager
def _quiet_sandbox(run: Run) -> Iterator[None]:
    """A sandbox without a past that makes no callbacks: they are bounded to fifty a second anyway."""
    run.sandbox("POST", "reset")
    run.sandbox("POST", "switches", {"action": "silence", "times": None})
    yield
    run.sandbox("POST", "reset")


def _is_queued(run: Run) -> bool:
    """Whether the ledger still has something to do: also where an outcome has to be looked up."""
    query = "select exists (select from public.notification_log where state = any(%s))"
    return bool(run.value(query, ["queued", "sending", "unknown"]))


def _arrivals(run: Run) -> dict[str, float]:
    """When each notification arrived at its provider."""
    found = run.sandbox("GET", "messages?limit=20000")
    return {one["notification_id"]: datetime.fromisoformat(one["at"]).timestamp() for one in found}


def _times(run: Run, committed: dict[str, float]) -> Iterator[float]:
    """Milliseconds from each request's commit to the arrival of its messages."""
    arrivals = _arrivals(run)
    rows = run.conn.execute(
        "select id::text, request_id::text, channel, state, error_code from public.notification_log"
        " where request_id = any(%s::uuid[])",
        (list(committed),),
    ).fetchall()
    missing = [row[2:] for row in rows if row[0] not in arrivals]
    if missing or len(rows) != 2 * len(committed):
        raise RuntimeError(f"{len(committed)} submissions, {len(rows)} messages, not arrived: {missing[:10]}")
    for notification_id, request_id, *_ in rows:
        yield (arrivals[notification_id] - committed[request_id]) * 1000


def _paced(run: Run, guests: list[Caller], count: int, name: str) -> tuple[dict[str, float], float]:
    """Submit at the pace from a few connections; when each was committed, and the worst delay (ms)."""
    committed, worst, failures = dict[str, float](), [0.0], list[BaseException]()
    begun = time.perf_counter() + 0.2

    def submit(hand: int) -> None:
        try:
            with psycopg.connect(run.authenticator, autocommit=True, prepare_threshold=0) as conn:
                for number in range(hand, count, HANDS):
                    due = begun + number / A_SECOND
                    time.sleep(max(0.0, due - time.perf_counter()))
                    worst[0] = max(worst[0], (time.perf_counter() - due) * 1000)
                    made = _submit(conn, guests[number % len(guests)], f"{name}-{number}")
                    committed[made] = now()
        except BaseException as failure:
            failures.append(failure)

    hands = [threading.Thread(target=submit, args=(hand,)) for hand in range(HANDS)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    if failures:
        raise failures[0]
    return committed, worst[0]


def _submit(conn: "psycopg.Connection[tuple[Any, ...]]", guest: Caller, key: str) -> str:
    """As the functions do it: all in one flight; returns after the commit."""
    claims = json.dumps(dict(guest.claims))
    with conn.pipeline(), conn.transaction():
        conn.execute(ENTER, (claims,))
        conn.execute("select hook.pre_request()")
        made = conn.execute(SUBMIT, (Jsonb(ORDER), key))
    row = made.fetchone()
    assert row is not None
    return str(row[0])
