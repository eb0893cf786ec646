"""What a row of the list says beside its words: colour, age, and when it is due."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from functions.pages.base.formats import at
from functions.pages.base.reader import Row
from functions.pages.inbox.sight import AWAITS_APPROVAL, DUE, Sight, key_of

COLUMNS = (
    "id,number,property_id,property_code,room_number,guest_name,type_slug,title,status,status_label,phase,outcome,"
    "priority,severity,team_key,assignee_id,assignee_name,scheduled_for,created_at,updated_at,closed_at"
)
SOON = timedelta(hours=1)
DIGITS = re.compile(r"(\d+)")
LETTERS = 10**9
"""Where doors that begin with a letter stand: behind those with a number."""


@dataclass(frozen=True)
class Due:
    """When something was promised for: `tone` is late, soon or empty."""

    at: datetime
    days_ahead: int
    minutes_late: int
    tone: str


@dataclass(frozen=True)
class ListRow:
    """A request as the list shows it."""

    request: Row
    key: str
    zone: str
    since: str
    minutes_old: int
    due: Due | None
    colour: str
    """Of the status chip: new, active, approval, waiting, done or lost."""
    bar: str
    """Of the edge: late, soon, new or empty."""

    @property
    def is_urgent(self) -> bool:
        return self.request["phase"] != "closed" and "urgent" in (
            self.request["priority"],
            self.request["severity"],
        )


def list_row(request: Row, sight: Sight, zone: str) -> ListRow:
    now = datetime.now(UTC)
    due = due_of(request, zone, now)
    fresh = "new" if request["phase"] == "open" else ""
    since = request[sight.order_by] or request["created_at"]
    return ListRow(
        request=request,
        key=key_of(since, request["id"]),
        zone=zone,
        since=since,
        minutes_old=max(0, int((now - at(since, "UTC")).total_seconds() // 60)),
        due=due,
        colour=colour_of(request),
        bar=(due.tone if due and due.tone else fresh),
    )


def colour_of(request: Row) -> str:
    """Green new, yellow under way, blue needs approval, violet waiting; closed ones are quiet."""
    if request["phase"] == "closed":
        return "done" if request["outcome"] == "success" else "lost"
    if request["status"] == AWAITS_APPROVAL:
        return "approval"
    return {"open": "new", "active": "active", "waiting": "waiting", "resolved": "done"}[request["phase"]]


def due_of(request: Row, zone: str, now: datetime) -> Due | None:
    """The promise, while it still matters."""
    if not request["scheduled_for"] or request["phase"] not in DUE:
        return None
    moment = at(request["scheduled_for"], zone)
    tone = "late" if moment < now else "soon" if moment - now < SOON else ""
    return Due(
        at=moment,
        days_ahead=(moment.date() - now.astimezone(moment.tzinfo).date()).days,
        minutes_late=max(0, int((now - moment).total_seconds() // 60)),
        tone=tone,
    )


def door(row: Row) -> list[tuple[int, str]]:
    """Orders rooms as they lie along a corridor: 3, 11, 102, G06. Who has no room comes last."""
    return [
        (int(part or 0), "") if part.isdecimal() or not part else (LETTERS, part)
        for part in DIGITS.split(row["room_number"] or "~")
    ]
