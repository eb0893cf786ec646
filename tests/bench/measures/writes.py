"""Submitting a request and changing a status: by the house, by pgbench, by the peer."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from tests.bench import raw
from tests.bench.client import Measured, request
from tests.bench.figures import Figure, Goal, at_least, figure
from tests.bench.house import LOAD
from tests.bench.raw import Raw, pgbench
from tests.bench.run import Run

MOST_A_SECOND = 300
"""Of one client: so many requests are laid out for each second."""
ORDER = {
    "type_slug": "housekeeping",
    "items": [{"sku": "towel", "quantity": 2}],
    "note": "Large ones, please.",
}
CLOSE = """
update SCHEMA.requests set status = 'done', phase = 'closed', outcome = 'success', closed_at = now()
where tenant_id = any(%s::uuid[]) and phase <> 'closed'
  and (number like 'BENCH-%%' or created_by = booking_id and note = %s)
"""
CHANGE = """\
'{"p_request_id": "' || lpad(to_hex(:batch::int), 8, '0') || '-' || lpad(to_hex(:client_id::int), 4, '0') \
|| '-7000-8000-' || lpad(to_hex(:n::int), 12, '0') || '", "p_action": "assign", \
"p_expected_status": "triaged", "p_input": {"assignee": "' || current_setting('app.actor_id') || '"}}'"""
_batches = itertools.count(1)


def status_change(run: Run) -> list[Figure]:
    """Assigning a fault: history, audit, a message to the guest, a card to the team, an event."""
    raws, ours, peers = list[Raw](), list[Measured](), list[Measured]()
    for number in range(run.plan.rounds):
        run.report(f"a status change: round {number + 1} of {run.plan.rounds}")
        with _supply(run, "portal") as batch:
            raws.append(_raw_changes(run, batch))
        with _supply(run, "portal") as batch:
            ours.append(run.drive(run.postgrest, _changes(run, batch, is_peer=False), again=False))
        with _supply(run, "peer") as batch:
            peers.append(run.drive(run.peer, _changes(run, batch, is_peer=True), again=False))
    return _figures("status_change", "changes/s", raws, ours, peers, at_least(0.55), at_least(3))


def submission(run: Run) -> list[Figure]:
    """Two towels asked for by guests in house: by the function portal-submit-request, through the gateway."""
    raws, ours, peers = list[Raw](), list[Measured](), list[Measured]()
    for number in range(run.plan.rounds):
        run.report(f"submitting a request: round {number + 1} of {run.plan.rounds}")
        raws.append(_raw_submissions(run, next(_batches)))
        path = "/functions/v1/portal-submit-request"
        ours.append(run.drive(run.gateway, _submissions(run, path), again=False))
        peers.append(run.drive(run.peer, _submissions(run, "/requests"), again=False))
        run.forget_queue()
        close(run, "portal")
        close(run, "peer")
    return _figures("submission", "requests/s", raws, ours, peers, None, None)


def _figures(
    name: str, unit: str, raws: list[Raw], ours: list[Measured], peers: list[Measured],
    raw_goal: Goal | None, peer_goal: Goal | None,
) -> list[Figure]:  # fmt: skip
    rate, limit, peer = (median(each.rate for each in found) for found in (ours, raws, peers))
    of_raw = [mine.rate / bare.rate for mine, bare in zip(ours, raws, strict=True)]
    of_peer = [mine.rate / other.rate for mine, other in zip(ours, peers, strict=True)]
    latency = median(each.p50 for each in ours)
    return [
        figure(name, [rate], unit, control=f"median {latency:.1f} ms each, the worker standing still"),
        figure(f"{name}_to_pgbench", of_raw, "×", raw_goal, control=f"pgbench {limit:,.0f}/s"),
        figure(f"{name}_to_peer", of_peer, "×", peer_goal, control=f"FastAPI + SQLAlchemy {peer:,.0f}/s"),
    ]


def _count(run: Run) -> int:
    return round(MOST_A_SECOND * (run.plan.sample + run.plan.warming))


@contextmanager
def _supply(run: Run, schema: str) -> Iterator[int]:
    """Faults to be assigned, under a fresh batch number; afterwards they are closed."""
    batch = next(_batches)
    settings = {
        "schema": schema,
        "batch": batch,
        "count": _count(run),
        "tenant_ids": ",".join(caller.tenant_id for caller in run.members),
    }
    with run.conn.transaction():
        run.conn.execute("set local session_replication_role = replica")
        for name, setting in settings.items():
            run.conn.execute("select set_config(%s, %s, true)", (f"bench.{name}", str(setting)))
        run.conn.execute((LOAD / "supply.sql").read_bytes())
    yield batch
    close(run, schema)


def close(run: Run, schema: str) -> None:
    """The inboxes are as they were: what the measure left open is done."""
    run.forget_queue()
    with run.conn.transaction():
        run.conn.execute("set local session_replication_role = replica")
        tenants = [caller.tenant_id for caller in run.everyone]
        run.conn.execute(CLOSE.replace("SCHEMA", schema).encode(), (tenants, ORDER["note"]))
    run.conn.execute(f"vacuum analyze {schema}.requests".encode())


def _raw_changes(run: Run, batch: int) -> Raw:
    kinds = {"p_request_id": "uuid", "p_action": "text", "p_expected_status": "text", "p_input": "jsonb"}
    call = raw.called("api.portal_update_request_status", kinds, CHANGE)
    script = raw.transaction(run.members, "POST", "/rpc/portal_update_request_status", call)
    return _pgbench(run, script, batch)


def _raw_submissions(run: Run, batch: int) -> Raw:
    key = ":batch::int || '-' || :client_id::int || '-' || :n::int"
    body = f"""'{{"p_request": {json.dumps(ORDER)}, "p_idempotency_key": "' || {key} || '"}}'"""
    call = raw.called("api.portal_submit_request", {"p_request": "jsonb", "p_idempotency_key": "text"}, body)
    return _pgbench(run, raw.transaction(run.guests, "POST", "/rpc/portal_submit_request", call), batch)


def _pgbench(run: Run, script: str, batch: int) -> Raw:
    plan = run.plan
    return pgbench(
        run.authenticator, "\\set n :n + 1\n" + script, clients=plan.callers, seconds=plan.sample,
        warming=plan.warming, batch=batch, n=0,
    )  # fmt: skip


def _changes(run: Run, batch: int, *, is_peer: bool) -> list[list[str]]:
    told = list[list[str]]()
    for client, caller in enumerate(run.members):
        given = {"assignee": caller.claims["sub"]}
        headers = {"Authorization": f"Bearer {caller.token}"}
        ids = [f"{batch:08x}-{client:04x}-7000-8000-{n:012x}" for n in range(1, _count(run) + 1)]
        if is_peer:
            body = {"action": "assign", "expected_status": "triaged", "input": given}
            told.append([request("POST", f"/requests/{one}/actions", headers, body) for one in ids])
        else:
            path, asked = (
                "/rpc/portal_update_request_status",
                {"p_action": "assign", "p_expected_status": "triaged"},
            )
            told.append(
                [
                    request("POST", path, headers, asked | {"p_request_id": one, "p_input": given})
                    for one in ids
                ]
            )
    return told


def _submissions(run: Run, path: str) -> list[list[str]]:
    batch = next(_batches)
    told = list[list[str]]()
    for caller in run.guests:
        signed = {"Authorization": f"Bearer {caller.token}"}
        keys = [{"Idempotency-Key": f"{batch}-{n}"} for n in range(_count(run))]
        told.append([request("POST", path, signed | key, ORDER) for key in keys])
    return told
