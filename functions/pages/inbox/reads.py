"""What the inbox reads as the member: the list, its counts, one request with all about it."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from functions.pages.base.reader import Refusal, Row
from functions.pages.inbox.order import Order, order_of
from functions.pages.inbox.rows import COLUMNS, ListRow, door, due_of, list_row
from functions.pages.inbox.sight import APPROVALS, AWAITS_APPROVAL, PAGE, Sight
from functions.pages.inbox.story import Moment, last_move, story
from functions.pages.inbox.visitor import Desk

COUNTED = 1000
WARNED = 100
DETAIL = (
    f"{COLUMNS},booking_id,type_label,subtype,subtype_label,note,total,currency,tax_mode,subtype_taxes,source"
)


@dataclass(frozen=True)
class Page:
    """Rows of the list; `more` is the key to ask for what follows, empty at the end."""

    rows: list[ListRow]
    more: str


@dataclass(frozen=True)
class Counts:
    """How many open requests each view of the rail holds. `is_capped`: there are more than were counted."""

    views: Counter[str] = field(default_factory=Counter)
    is_capped: bool = False
    alerts: int = 0
    """What a human has to see to."""

    def of(self, view: str) -> str:
        number = self.views[view]
        return f"{number}+" if self.is_capped and number else str(number)


@dataclass(frozen=True)
class Stay:
    """The stay a request belongs to, with its folio where the member may see it."""

    booking: Row
    folio: Row | None
    open_requests: int


@dataclass(frozen=True)
class Opened:
    """One request as the detail pane shows it."""

    request: Row
    row: ListRow
    zone: str
    actions: list[Row]
    story: list[Moment]
    moves: list[Row]
    order: Order | None
    stay: Stay | None
    conversation: Row | None
    """How the guest can be reached on WhatsApp; None: there is no guest."""
    has_answer: bool
    """Whether something was said to the guest."""

    @property
    def is_telling(self) -> bool:
        """Whether a message about it is still to leave."""
        told = (moment["what"] for moment in self.story if moment["kind"] == "told")
        return any(message["state"] in ("queued", "sending") for message in told)

    @property
    def last_move(self) -> Row | None:
        """The latest change of status."""
        return last_move(self.moves)

    @property
    def undoable(self) -> Row | None:
        """The latest change of status, while the member may take it back."""
        move = self.last_move
        return move if move and move["undo_seconds_left"] else None

    def action(self, key: str) -> Row | None:
        """The action of that name, if the member may do it now."""
        return next((action for action in self.actions if action["key"] == key), None)


async def page(desk: Desk, sight: Sight, before: str = "") -> Page:
    """One page of the list, newest first, by key and not by offset."""
    zone = house_zone(desk, sight)
    found = await desk.reader.rows(
        sight.source,
        select=COLUMNS,
        order=f"{sight.order_by}.desc,id.desc",
        limit=str(PAGE + 1),
        **sight.conditions(desk.me["id"], zone),
        **sight.after(before),
    )
    rows = [list_row(row, sight, desk.zone(row["property_id"])) for row in found[:PAGE]]
    return Page(rows, rows[-1].key if len(found) > PAGE else "")


async def some(desk: Desk, sight: Sight, ids: list[str]) -> list[ListRow]:
    """Those of the named requests that belong to the sight."""
    if not ids:
        return []
    found = await desk.reader.rows(
        sight.source,
        select=COLUMNS,
        id=f"in.({','.join(ids)})",
        **sight.conditions(desk.me["id"], house_zone(desk, sight)),
    )
    return [list_row(row, sight, desk.zone(row["property_id"])) for row in found]


async def counts(desk: Desk, sight: Sight) -> Counts:
    """The rail's numbers, for the property that is chosen."""
    where = {"property_code": f"eq.{sight.property_code}"} if sight.property_code else {}
    found, warned = await asyncio.gather(
        desk.reader.rows(
            "open_requests",
            select="team_key,assignee_id,status,phase,scheduled_for",
            limit=str(COUNTED),
            **where,
        ),
        desk.reader.rows("alerts", select="id", resolved_at="is.null", limit=str(WARNED)),
    )
    now = datetime.now(UTC)
    views: Counter[str] = Counter(open=len(found))
    for row in found:
        views[f"team:{row['team_key']}"] += 1
        views[f"team:{APPROVALS}"] += row["status"] == AWAITS_APPROVAL
        views["unassigned"] += row["assignee_id"] is None
        due = due_of(row, "UTC", now)
        views["late"] += due is not None and due.tone == "late"
        views["mine"] += row["assignee_id"] == desk.me["id"]
    return Counts(views, is_capped=len(found) == COUNTED, alerts=len(warned))


async def alerts(desk: Desk) -> list[Row]:
    """What a human has to see to, newest first, each with the request that its message is about."""
    rows = await desk.reader.rows("alerts", resolved_at="is.null", order="raised_at.desc", limit=str(WARNED))
    named = [row["details"]["notification_id"] for row in rows if "notification_id" in row["details"]]
    columns = "id,channel,event_key,error_code,state,request_id"
    messages = await seen(desk.reader.rows("notification_log", select=columns, id=f"in.({','.join(named)})"))
    by_id = {message["id"]: message for message in messages}
    return [row | {"message": by_id.get(row["details"].get("notification_id"))} for row in rows]


async def teams(desk: Desk) -> list[Row]:
    """The teams, for the rail: each once, also where properties have rows of their own."""
    rows = await desk.reader.rows("teams", select="key,label", order="label,key")
    return list({row["key"]: row for row in rows}.values())


async def members(desk: Desk, property_id: str = "") -> list[Row]:
    """Who work can be given to: oneself, then everyone else, or those who work at a property."""
    there = {"or": f"(property_ids.eq.{{}},property_ids.cs.{{{property_id}}})"} if property_id else {}
    found = await desk.reader.rows("members", select="id,name", order="name", **there)
    return sorted(found, key=lambda member: member["id"] != desk.me["id"])


async def rooms(desk: Desk) -> list[Row]:
    """The rooms of the properties the member works at, for choosing where a task is."""
    found = await seen(
        desk.reader.rows(
            "rooms", select="id,property_id,room_number", order="room_number", limit=str(COUNTED)
        )
    )
    return sorted(found, key=door)


async def opened(desk: Desk, sight: Sight, request_id: str) -> Opened:
    """A request and all about it. Another hotel's and a missing one are the same 404."""
    ask = desk.reader
    of_it = f"eq.{request_id}"
    request = await ask.row("requests", select=DETAIL, id=of_it)
    if request is None:
        raise Refusal(404, "request_not_found")
    actions, moves, comments, messages, lines, charges, stay, files, conversation = await asyncio.gather(
        ask.get("request_actions", p_request_id=request_id),
        ask.rows("request_status_history", request_id=of_it, order="place"),
        ask.rows("request_comments", request_id=of_it, order="created_at,id"),
        seen(ask.rows("notification_log", request_id=of_it, order="created_at,id")),
        ask.rows("request_lines", request_id=of_it, order="line_number"),
        seen(ask.rows("charges", select="gross", request_id=of_it)),
        stay_of(desk, request["booking_id"]),
        ask.rows("request_attachments", request_id=of_it, order="created_at,number"),
        ask.get("request_conversation", p_request_id=request_id),
    )
    zone = desk.zone(request["property_id"])
    moves = await with_rooms(desk, moves)
    return Opened(
        request=request,
        row=list_row(request, sight, zone),
        zone=zone,
        actions=actions,
        story=story(request, moves, comments, messages, files),
        moves=moves,
        order=order_of(request, lines, charges),
        stay=stay,
        conversation=conversation,
        has_answer=any(said["author_kind"] == "staff" and not said["is_internal"] for said in comments),
    )


async def with_rooms(desk: Desk, moves: list[Row]) -> list[Row]:
    """The moves, with the number of the room that one of them chose in place of its id."""
    ids = {move["input"]["room_id"] for move in moves if (move["input"] or {}).get("room_id")}
    if not ids:
        return moves
    found = await seen(desk.reader.rows("rooms", select="id,room_number", id=f"in.({','.join(ids)})"))
    numbers = {room["id"]: room["room_number"] for room in found}
    return [
        move | {"input": move["input"] | {"room_id": numbers.get(move["input"]["room_id"])}}
        if (move["input"] or {}).get("room_id")
        else move
        for move in moves
    ]


async def stay_of(desk: Desk, booking_id: str | None) -> Stay | None:
    """Whose request it is. What the member's role may not see is left out."""
    if booking_id is None:
        return None
    of_it = f"eq.{booking_id}"
    bookings, folio, open_ones = await asyncio.gather(
        seen(desk.reader.rows("bookings", id=of_it)), folio_of(desk, of_it), under_way(desk, of_it)
    )
    return Stay(bookings[0], folio, len(open_ones)) if bookings else None


async def folio_of(desk: Desk, of_it: str) -> Row | None:
    """The first folio of a booking, where the member may see it."""
    return next(iter(await seen(desk.reader.rows("folios", booking_id=of_it, order="number"))), None)


async def under_way(desk: Desk, of_it: str) -> list[Row]:
    """What is still to be done for a booking, newest first."""
    columns = "id,number,title,status,status_label,phase,outcome,scheduled_for"
    return await desk.reader.rows("open_requests", select=columns, booking_id=of_it, order="created_at.desc")


async def seen(reading: Any) -> list[Row]:
    """The rows, or none where the member's role may not read that view."""
    try:
        rows: list[Row] = await reading
    except Refusal as refusal:
        if refusal.status != 403:
            raise
        return []
    return rows


def house_zone(desk: Desk, sight: Sight) -> str:
    """The zone in which "today" is meant: that of the chosen property, else of the member's first."""
    return desk.zone(
        next((each["id"] for each in desk.properties if each["code"] == sight.property_code), None)
    )
