"""The raw limit: the statements that PostgREST sends, by pgbench, prepared, without PostgREST."""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from functions.cli.cluster import BINARIES
from tests.bench.house import Caller

# As PostgREST 12.0 sends them (log_statement = all shows it); claims and path are the caller's.
ENTER = """\
select set_config('search_path', '"api", "public"', true), set_config('statement_timeout', '15s', true), \
set_config('role', '{role}', true), set_config('request.jwt.claims', '{claims}', true), \
set_config('request.method', '{method}', true), set_config('request.path', '{path}', true), \
set_config('request.headers', '{headers}', true), set_config('request.cookies', '{{}}', true);"""
HOOK = 'select "hook"."pre_request"();'
ANSWER = """\
nullif(current_setting('response.headers', true), '') as response_headers, \
nullif(current_setting('response.status', true), '') as response_status, '' as response_inserted"""
READ = f"""\
with pgrst_source as ({{query}}) select null::bigint as total_result_set, \
pg_catalog.count(_postgrest_t) as page_total, coalesce(json_agg(_postgrest_t), '[]') as body, {ANSWER} \
from (select * from pgrst_source) _postgrest_t;"""
CALL = f"""\
with pgrst_source as (select pgrst_call.pgrst_scalar \
from (select ({{body}})::json as json_data) pgrst_payload, \
lateral (select case when json_typeof(pgrst_payload.json_data) = 'array' then pgrst_payload.json_data \
else json_build_array(pgrst_payload.json_data) end as val) pgrst_uniform_json, \
lateral (select * from json_to_recordset(pgrst_uniform_json.val) as _({{parameters}}) limit 1) pgrst_body, \
lateral (select {{function}}({{arguments}}) pgrst_scalar) pgrst_call) \
select null::bigint as total_result_set, 1 as page_total, \
coalesce(json_agg(_postgrest_t.pgrst_scalar)->0, 'null') as body, {ANSWER} \
from (select * from pgrst_source) _postgrest_t;"""
RATE = re.compile(r"tps = ([\d.]+) \(without initial")
PROGRESS = re.compile(r"progress: [\d.]+ s, ([\d.]+) tps, lat ([\d.]+) ms")


@dataclass(frozen=True)
class Raw:
    """What pgbench measured: transactions a second, and how long one took on average, in milliseconds."""

    rate: float
    latency: float


def transaction(callers: Sequence[Caller], method: str, path: str, *statements: str) -> str:
    """A pgbench script: begin, enter as this client's caller, pre-request, the statements, commit."""
    entered = []
    for caller in callers:
        headers = json.dumps({"host": "127.0.0.1", "authorization": f"Bearer {caller.token}"})
        claims = json.dumps(dict(caller.claims), separators=(",", ":"))
        entered.append(
            ENTER.format(role=caller.claims["role"], claims=claims, method=method, path=path, headers=headers)
        )
    mode = "read only" if method == "GET" else "read write"
    begin = f"begin isolation level read committed {mode};"
    return "\n".join([begin, *by_client(entered), HOOK, *statements, "commit;", ""])


def by_client(statements: Sequence[str]) -> list[str]:
    """Lines of a script of which each client runs its own."""
    lines: list[str] = []
    for number, statement in enumerate(statements):
        lines += [f"\\{'elif' if number else 'if'} :client_id = {number}", statement]
    return [*lines, "\\endif"]


def called(function: str, parameters: dict[str, str], body: str) -> str:
    """An RPC as PostgREST calls it; `body` is a SQL expression for the JSON text."""
    return CALL.format(
        function=function,
        body=body,
        parameters=", ".join(f"{name} {kind}" for name, kind in parameters.items()),
        arguments=", ".join(f"{name} := pgrst_body.{name}" for name in parameters),
    )


def pgbench(
    url: str, script: str, *, clients: int, seconds: float, warming: float = 1.0, **variables: int
) -> Raw:
    """Run a script with so many clients; what the first seconds did, with cold caches, does not count."""
    said = _run(url, script, clients, "-P", "1", "-T", str(round(seconds + warming)), **variables)
    seen = [(float(rate), float(latency)) for rate, latency in PROGRESS.findall(said)]
    counted = seen[max(1, round(warming)) :] or seen
    rate = sum(rate for rate, _ in counted) / len(counted)
    return Raw(
        rate, sum(rate * latency for rate, latency in counted) / (rate * len(counted)) if rate else 0.0
    )


def seconds_for(url: str, script: str, *, clients: int, transactions: int) -> float:
    """How long the clients took for so many transactions each."""
    found = RATE.search(_run(url, script, clients, "-t", str(transactions)))
    assert found is not None
    return clients * transactions / float(found[1])


def _run(url: str, script: str, clients: int, *words: str, **variables: int) -> str:
    with tempfile.TemporaryDirectory(prefix="staybase-bench-") as folder:
        path = Path(folder) / "script.sql"
        path.write_text(script)
        command = [str(BINARIES / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "1", *words]
        for name, value in variables.items():
            command += ["-D", f"{name}={value}"]
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [*command, "-f", str(path), url],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=environment,
        )
    # a client that was refused has ended: its rate would be of nothing
    if done.returncode != 0 or "aborted" in done.stderr:
        raise RuntimeError(f"pgbench failed:\n{done.stderr[-2000:]}")
    return done.stdout + done.stderr
