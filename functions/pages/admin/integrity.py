"""Whether the records hold: the chain over the audit log, the invariants, the changes."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.reader import Refusal, Row

PAGE = 40
SEALS = 6
SOMETIMES = (
    "broken_at",
    "reason",
    "head",
    "unsealed_rows",
    "unsealed_since",
    "grace_seconds",
    "continue_after",
    "noted_head_is_in_the_chain",
)
"""What the chain's answer says only where there is something to say."""
TABLE = re.compile(r"[a-z_]{1,30}\.[a-z_]{1,60}")
PARAMETERS = ("table", "row", "who", "command", "since", "until")

router = APIRouter(route_class=AdminRoute)


@dataclass(frozen=True)
class Search:
    """What is looked for among the changes; empty words leave it open."""

    table: str = ""
    row: str = ""
    who: str = ""
    command: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Search":
        """As an address says it. What cannot be meant is left out."""
        given = {name: query.get(name, "").strip()[:100] for name in PARAMETERS}
        if not TABLE.fullmatch(given["table"]):
            given["table"] = ""
        for name, read in (("row", UUID), ("since", date.fromisoformat), ("until", date.fromisoformat)):
            try:
                given[name] = str(read(given[name]))
            except ValueError:
                given[name] = ""
        return cls(**given)

    def conditions(self, zone: str) -> dict[str, str]:
        """The same for PostgREST; days are those of the property's zone, both of them within."""
        found = {}
        if self.table:
            found["table_name"] = f"eq.{self.table}"
        if self.row:
            found["row_key->>id"] = f"eq.{self.row}"
        if self.who:
            found["actor_name"] = f"ilike.*{self.who}*"
        if self.command:
            found["command"] = f"ilike.*{self.command}*"
        times = [f"at.gte.{midnight(self.since, zone)}"] if self.since else []
        times += [f"at.lt.{midnight(self.until, zone, 1)}"] if self.until else []
        return found | ({"and": f"({','.join(times)})"} if times else {})

    def address(self, **more: str) -> str:
        """Where this search is found."""
        given = {name: getattr(self, name) for name in PARAMETERS} | more
        asked = urlencode({name: value for name, value in given.items() if value})
        return f"/admin/integrity?{asked}#changes" if asked else "/admin/integrity#changes"


@router.get("/admin/integrity")
async def integrity(request: Request, office: Manager) -> Response:
    """The chain, what must always hold, and a page of the changes."""
    query = request.query_params
    search = Search.of(query)
    before, after = query.get("before", ""), query.get("after", "")
    chain, seals, invariants, found, tables = await asyncio.gather(
        verified(office, after if after.isdecimal() else "0", query.get("noted", "").strip()),
        office.reader.rows("audit_seals", order="number.desc", limit=str(SEALS)),
        office.reader.get("invariants"),
        changes(office, search, int(before) if before.isdecimal() else None),
        office.reader.get("audited_tables"),
    )
    return office.page(
        "admin/integrity.html",
        chain=chain,
        seals=seals,
        invariants=invariants,
        noted=query.get("noted", ""),
        search=search,
        tables=[row["table_name"] for row in tables],
        changes=found[:PAGE],
        of_row=of_row,
        older=str(found[PAGE - 1]["position"]) if len(found) > PAGE else "",
        zone=zone_of(office),
    )


@router.get("/admin/integrity/row")
async def row_as_it_was(request: Request, office: Manager) -> Response:
    """One row as it stood after a change."""
    query = request.query_params
    search = Search.of(query)
    if not (search.table and search.row):
        raise Refusal(404)
    row = await office.reader.get("row_at", p_table=search.table, p_id=search.row, p_time=query.get("at", ""))
    return office.page(
        "admin/row_as_it_was.html", row=row, search=search, at=query.get("at", ""), zone=zone_of(office)
    )


async def verified(office: Office, after: str, noted: str) -> Row:
    """What the chain comes to after a seal; of a long one a part, and `continue_after` to go on from."""
    asked = {"p_after": after} | ({"p_noted_head": noted} if noted else {})
    answer: Row = await office.reader.get("audit_verify", **asked)
    return dict.fromkeys(SOMETIMES) | answer


async def changes(office: Office, search: Search, before: int | None) -> list[Row]:
    """One more change than a page shows, newest first, by key and not by offset."""
    older: dict[str, Any] = {} if before is None else {"position": f"lt.{before}"}
    return await office.reader.rows(
        "audit_log",
        order="position.desc",
        limit=str(PAGE + 1),
        **search.conditions(zone_of(office)),
        **older,
    )


def of_row(change: Row) -> str:
    """Where all changes of a change's row are found; empty for a row that has no id."""
    row = str(change["row_key"].get("id", ""))
    return Search(table=change["table_name"], row=row).address() if row else ""


def midnight(day: str, zone: str, later: int = 0) -> str:
    """The instant at which a day begins in a zone."""
    begins = date.fromisoformat(day) + timedelta(days=later)
    return datetime.combine(begins, time(), ZoneInfo(zone)).isoformat()


def zone_of(office: Office) -> str:
    """The zone in which the page's days and times are meant: that of the manager's first property."""
    return str(office.properties[0]["time_zone"]) if office.properties else "UTC"
