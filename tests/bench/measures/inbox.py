"""The inbox page of fifty by PostgREST, pgbench and the peer; what isolation, growth and the gateway cost."""

from collections.abc import Sequence
from statistics import median

import psycopg

from functions.pages.inbox.rows import COLUMNS
from tests.bench import house, raw
from tests.bench.client import Measured, request
from tests.bench.figures import Figure, at_least, at_most, figure
from tests.bench.house import LOAD, Caller
from tests.bench.raw import Raw, pgbench
from tests.bench.run import Run, database

PAGE = f"/open_requests?select={COLUMNS}&order=created_at.desc,id.desc&limit=50"
QUERY = f"select {COLUMNS} from {{source}} order by created_at desc, id desc limit :limit offset :offset"
ESCAPED = str.maketrans({":": r"\x3a", "{": "{{", "}": "}}", "'": "''"})
SETTINGS = ("tenant_id", "role", "actor_id", "actor_name", "permissions", "property_ids", "language", "level")


def inbox(run: Run) -> list[Figure]:
    """The page itself, with both controls beside it in each round."""
    raws, ours, peers = list[Raw](), list[Measured](), list[Measured]()
    for number in range(run.plan.rounds):
        run.report(f"the inbox page: round {number + 1} of {run.plan.rounds}")
        raws.append(_raw(run, run.authenticator, run.members))
        ours.append(_page(run, run.postgrest))
        peers.append(run.drive(run.peer, _asked(run.members, "/open_requests?limit=50")))
    rate, limit, peer = (median(each.rate for each in found) for found in (ours, raws, peers))
    of_raw = [mine.rate / bare.rate for mine, bare in zip(ours, raws, strict=True)]
    of_peer = [mine.rate / other.rate for mine, other in zip(ours, peers, strict=True)]
    latency = median(each.p50 for each in ours)
    pace = f"{run.plan.callers} clients, median {latency:.1f} ms a page"
    other = f"FastAPI + SQLAlchemy {peer:,.0f}/s"
    return [
        figure("inbox_page", [rate], "pages/s", control=pace),
        figure("inbox_page_to_pgbench", of_raw, "×", at_least(0.28), control=f"pgbench {limit:,.0f}/s"),
        figure("inbox_page_to_peer", of_peer, "×", at_least(3.5), control=other),
    ]


def gateway(run: Run) -> list[Figure]:
    """The same page through the gateway and past it, in interleaved pairs."""
    shares, direct, front = list[float](), list[float](), list[float]()
    for number in range(run.plan.pairs):
        run.report(f"the gateway: pair {number + 1} of {run.plan.pairs}")
        direct.append(_page(run, run.postgrest).rate)
        front.append(_page(run, run.gateway, "/rest/v1").rate)
        shares.append(front[-1] / direct[-1])
    control = f"through it {median(front):,.0f}/s, direct {median(direct):,.0f}/s"
    return [figure("gateway_to_direct", shares, "×", at_least(0.70), control=control)]


def row_security(run: Run) -> list[Figure]:
    """The page under row level security and past it, by a role that bypasses it with the tenant in the query.

    Neither runs the pre-request: both begin with the settings it would have made.
    """
    run.conn.execute((LOAD / "bypass.sql").read_bytes())
    owner = run.stack.settings["STAYBASE_OWNER_URL"]
    entered = [_settings_of(run, caller) for caller in run.members]
    read = raw.READ.format(query=QUERY.format(source="api.open_requests"))
    bound = _script([one.format(role="staff") for one in entered], [read])
    reads = [
        raw.READ.format(
            query=QUERY.format(source="bench.open_requests").replace(
                " order by", f" where tenant_id = '{caller.tenant_id}' order by"
            )
        )
        for caller in run.members
    ]
    free = _script([one.format(role="bench_bypass") for one in entered], raw.by_client(reads))
    shares, rates = list[float](), list[float]()
    for number in range(run.plan.rounds):
        run.report(f"row level security: round {number + 1} of {run.plan.rounds}")
        mine, bare = (_bench(run, owner, script) for script in (bound, free))
        shares.append(mine.rate / bare.rate)
        rates.append(bare.rate)
    control = f"bypassing {median(rates):,.0f}/s, both without the pre-request"
    return [figure("inbox_row_security", shares, "×", at_least(0.85), control=control)]


def growth(run: Run) -> list[Figure]:
    """The page among all requests against the same page among five thousand."""
    small = database(run.authenticator, run.small.rpartition("/")[2])
    with psycopg.connect(run.small) as conn:
        few = house.members(conn, run.stack.settings, run.plan.callers)
    ratios, times = list[float](), list[tuple[float, float]]()
    for number in range(run.plan.rounds):
        run.report(f"the inbox among few and among many: round {number + 1} of {run.plan.rounds}")
        one = _raw(run, small, few)
        other = _raw(run, run.authenticator, run.members)
        ratios.append(other.latency / one.latency)
        times.append((other.latency, one.latency))
    many, little = (median(each[side] for each in times) for side in (0, 1))
    control = f"{many:.2f} ms among {run.plan.requests:,}, {little:.2f} ms among 5,000"
    return [figure("inbox_growth", ratios, "×", at_most(1.2), control=control)]


def _page(run: Run, port: int, prefix: str = "") -> Measured:
    return run.drive(port, _asked(run.members, prefix + PAGE))


def _asked(callers: Sequence[Caller], path: str) -> list[list[str]]:
    return [[request("GET", path, {"Authorization": f"Bearer {caller.token}"})] for caller in callers]


def _raw(run: Run, address: str, callers: Sequence[Caller]) -> Raw:
    read = raw.READ.format(query=QUERY.format(source="api.open_requests"))
    return _bench(run, address, raw.transaction(callers, "GET", "/open_requests", read))


def _bench(run: Run, address: str, script: str) -> Raw:
    return pgbench(address, script, clients=run.plan.callers, seconds=run.plan.sample, limit=50, offset=0)


def _script(entered: Sequence[str], reads: Sequence[str]) -> str:
    lines = [
        "begin isolation level read committed read only;",
        *raw.by_client(entered),
        *reads,
        "commit;",
        "",
    ]
    return "\n".join(lines)


def _settings_of(run: Run, caller: Caller) -> str:
    """A statement that makes the settings of a caller's session; the role is still to be filled in."""
    with run.conn.transaction(force_rollback=True):
        run.conn.execute(
            "select app.enter_as_member(%s, %s, %s)",
            (caller.tenant_id, caller.claims["sub"], caller.claims["session_id"]),
        )
        made = {name: run.value(f"select current_setting('app.{name}')") for name in SETTINGS}
    # a colon begins a variable of pgbench, in a string too
    told = ", ".join(
        f"set_config('app.{name}', E'{text.translate(ESCAPED)}', true)" for name, text in made.items()
    )
    return f"select set_config('role', '{{role}}', true), {told};"
