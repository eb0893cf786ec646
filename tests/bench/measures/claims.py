"""Claiming and marking: the worker with channels that send nothing, against raw clients of the ledger."""

import json
import os
import subprocess
import sys
from statistics import median

from functions.cli.home import ROOT
from tests.bench.figures import Figure, at_least, figure
from tests.bench.measures.delivery import flood
from tests.bench.raw import seconds_for
from tests.bench.run import Run

BATCH, CLIENTS = 10, 8
CLAIM = (
    "select array_agg(c.tenant_id) as tenants, array_agg(c.id) as ids, array_agg(c.fence) as fences,"
    " array_agg('SM' || c.id) as providers"
    " from app.claim_notifications(array['whatsapp', 'slack'],"
    f" array[{BATCH // 2}, {BATCH // 2}]) as c \\gset\n"
)
BEGIN = "select count(*) from app.begin_attempts(:tenants::uuid[], :ids::uuid[], :fences::bigint[]);\n"
MARK = "select app.mark_sent(:tenants::uuid[], :ids::uuid[], :fences::bigint[], :providers::text[]);\n"


def claiming(run: Run) -> list[Figure]:
    """Rows a second through the worker, and through clients that claim, begin and mark ten at a time."""
    shares, mine, bare = list[float](), list[float](), list[float]()
    for number in range(run.plan.rounds):
        run.report(f"claiming and marking: round {number + 1} of {run.plan.rounds}")
        with run.without_sending():
            flood(run, run.plan.ledger)
            bare.append(_raw(run))
            run.forget_queue()
            flood(run, run.plan.ledger)
            mine.append(_worker(run))
        run.conn.execute("vacuum analyze public.notification_log, public.notification_attempts")
        shares.append(mine[-1] / bare[-1])
    control = f"the worker {median(mine):,.0f} rows/s, eight raw clients {median(bare):,.0f} rows/s"
    return [figure("worker_claims_to_raw", shares, "×", at_least(0.60), control=control)]


def _raw(run: Run) -> float:
    """Rows a second of clients that know nothing but the ledger's own functions."""
    service = run.stack.settings["STAYBASE_SERVICE_URL"]
    before = _sent(run)
    each = run.plan.ledger // BATCH // CLIENTS
    took = seconds_for(service, CLAIM + BEGIN + MARK, clients=CLIENTS, transactions=each)
    return (_sent(run) - before) / took


def _sent(run: Run) -> int:
    return int(
        run.value(
            "select count(*) from public.notification_log where dedupe_key like 'flood:%' and state = 'sent'"
        )
    )


def _worker(run: Run) -> float:
    """Rows a second of a worker process of its own."""
    environment = {**os.environ, **run.stack.settings, "BENCH_ROWS": str(run.plan.ledger)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.idle_worker"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"the worker failed:\n{done.stderr[-2000:]}")
    return float(json.loads(done.stdout.splitlines()[-1])["rate"])
