"""The stack under measurement: started by `up`, with real settings and production's clock, then filled."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from functions.cli import environment, processes
from functions.cli.cluster import free_port
from functions.cli.home import ROOT, Home
from functions.shared.settings import Settings
from functions.shared.tokens import mint
from tests.bench.plan import Plan
from tests.stack import Stack, command, environ, is_up, temporary_home

Connection = psycopg.Connection[tuple[Any, ...]]
Report = Callable[[str], None]

LOAD = Path(__file__).parent / "load"
PRODUCTION_CLOCK = ROOT / "sql/00_core/now.sql"
PORTION = 50_000
ALL_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Caller:
    """A session of a house, as the gateway and the database see it."""

    tenant_id: str
    claims: Mapping[str, Any]
    token: str


@contextmanager
def standing(folder_report: Report) -> Iterator[Stack]:
    """`up` in the foreground, with fsync and synchronous_commit as they are, until the block ends."""
    folder_report("starting the stack")
    with temporary_home() as folder:
        home, said = Home(folder), folder / "up.txt"
        with said.open("wb") as output:
            process = processes.start(
                command("up"), env=environ(folder, free_port()), output=output, cwd=ROOT
            )
        try:
            processes.wait_until(lambda: process.poll() is not None or is_up(home), 180)
            if process.poll() is not None or not is_up(home):
                raise RuntimeError(f"up did not come up:\n{said.read_text()}")
            yield Stack(home, environment.load(home), process)
        finally:
            processes.end(process.pid, None, patience=60)
            process.wait()


def connected(address: str) -> Connection:
    """A connection as the migrating role, autocommit."""
    return psycopg.connect(address, autocommit=True)


def fill(conn: Connection, plan: Plan, report: Report) -> None:
    """Lay houses and requests in bulk: no triggers or foreign keys, but the rows that they would make."""
    conn.execute(PRODUCTION_CLOCK.read_bytes())
    conn.execute("set session_replication_role = replica")
    with conn.transaction():
        _run(conn, "houses.sql", tenants=plan.tenants)
    houses = conn.execute("select id from public.tenants where slug like 'house-%' order by slug").fetchall()
    for number, (tenant_id,) in enumerate(houses, 1):
        report(f"laying house {number} of {len(houses)}")
        conn.execute("select app.copy_reference(%s)", (tenant_id,))
    with conn.transaction():
        _run(conn, "fittings.sql")
    for first in range(1, plan.requests + 1, PORTION):
        report(f"laying {plan.requests:,} requests: {(first - 1) * 100 // plan.requests} %")
        with conn.transaction():
            _run(
                conn, "requests.sql", first=first, last=min(first + PORTION - 1, plan.requests),
                requests=plan.requests, open=plan.open_each,
            )  # fmt: skip
    conn.execute("set session_replication_role = default")
    report("vacuum and analyze")
    conn.execute("vacuum analyze")
    conn.execute("checkpoint")


def lay_properties(conn: Connection, count: int) -> None:
    """More hotels of one property each, in the caller's transaction, until there are so many properties."""
    conn.execute("set local session_replication_role = replica")
    _run(conn, "properties.sql", properties=count)
    conn.execute("set local session_replication_role = default")


def _run(conn: Connection, name: str, **settings: int) -> None:
    for key, value in settings.items():
        conn.execute("select set_config(%s, %s, true)", (f"bench.{key}", str(value)))
    conn.execute((LOAD / name).read_bytes())


def members(conn: Connection, settings: Mapping[str, str], count: int) -> list[Caller]:
    """Receptionists, each of another house."""
    rows = conn.execute(
        "select distinct on (s.tenant_id) s.tenant_id::text, s.id::text, s.membership_id::text"
        " from identity.sessions as s join public.tenants as t on t.id = s.tenant_id"
        " where s.session_type = 'staff' and t.slug like 'house-%%' order by s.tenant_id limit %s",
        (count,),
    ).fetchall()
    return [
        _caller(settings, role="staff", tenant_id=tenant, session_id=session, sub=member)
        for tenant, session, member in rows
    ]


def guests(conn: Connection, settings: Mapping[str, str], count: int) -> list[Caller]:
    """Guests in house, one house after the other."""
    rows = conn.execute(
        "select s.tenant_id::text, s.id::text, s.booking_id::text"
        " from identity.sessions as s join public.tenants as t on t.id = s.tenant_id"
        " where s.session_type = 'guest' and t.slug like 'house-%%'"
        " order by row_number() over (partition by s.tenant_id order by s.id), s.tenant_id limit %s",
        (count,),
    ).fetchall()
    return [
        _caller(settings, role="guest", tenant_id=tenant, session_id=session, sub=booking, booking_id=booking)
        for tenant, session, booking in rows
    ]


def guests_of(conn: Connection, settings: Mapping[str, str], slug: str, rooms: str) -> list[Caller]:
    """Guests in house of one house, in rooms whose number begins so."""
    rows = conn.execute(
        "select s.tenant_id::text, s.id::text, s.booking_id::text"
        " from identity.sessions as s join public.tenants as t on t.id = s.tenant_id"
        " join public.bookings as b on b.tenant_id = s.tenant_id and b.id = s.booking_id"
        " join public.rooms as r on r.tenant_id = b.tenant_id and r.id = b.room_id"
        " where s.session_type = 'guest' and t.slug = %s and starts_with(r.room_number, %s) order by s.id",
        (slug, rooms),
    ).fetchall()
    return [
        _caller(settings, role="guest", tenant_id=tenant, session_id=session, sub=booking, booking_id=booking)
        for tenant, session, booking in rows
    ]


def _caller(settings: Mapping[str, str], **session: str) -> Caller:
    token, claims = mint(_settings(settings), session, ALL_DAY)
    return Caller(session["tenant_id"], claims, token)


def _settings(settings: Mapping[str, str]) -> Settings:
    known = {f"STAYBASE_{name.upper()}": name for name in Settings.model_fields}
    return Settings.model_validate({known[key]: value for key, value in settings.items() if key in known})
