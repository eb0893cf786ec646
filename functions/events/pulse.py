"""One look at the event log: for whom something was written since the last look.

The log is read below the oldest running transaction only (`xmin`), so that a late commit is never skipped.
What is committed above it is pending: seen, but not to be read before older transactions have ended.
"""

from dataclasses import dataclass
from typing import Final

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from functions.events.followers import Change

_LOOK: Final = """
select pg_snapshot_xmin(now.s)::text::bigint, pg_snapshot_xmax(now.s)::text::bigint,
       found.tenant_id::text, found.booking_id::text, found.is_settled
from (select pg_current_snapshot() as s) as now
left join lateral (
  select distinct e.tenant_id, e.booking_id, e.xid < pg_snapshot_xmin(now.s) as is_settled
  from unnest(%s::uuid[]) as followed(tenant_id)
  join public.event_log as e on e.tenant_id = followed.tenant_id and e.xid >= %s::text::xid8
) as found on true
"""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look found. `xmin`: all below has ended and was seen; `xmax`: nothing at or above has begun."""

    xmin: int
    xmax: int
    settled: frozenset[Change]
    is_pending: bool


async def look(connection: AsyncConnection[TupleRow], tenants: set[str], since: int) -> Look:
    """Looks for what the tenants' transactions from `since` on have written."""
    ran = await connection.execute(_LOOK, (list(tenants), str(since)))
    rows = await ran.fetchall()
    settled = frozenset(Change(row[2], row[3]) for row in rows if row[4])
    return Look(rows[0][0], rows[0][1], settled, any(row[4] is False for row in rows))
