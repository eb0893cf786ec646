"""What the list shows: a view, a property, words. All of it is in the address, so a link says everything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

PAGE = 50
VIEWS = ("open", "mine", "unassigned", "late", "closed", "all")
DUE = ("open", "active", "waiting")
"""The phases in which what was promised still has to be kept."""
TEAM = re.compile(r"team:[a-z][a-z0-9_]{0,59}")
APPROVALS, AWAITS_APPROVAL = "approvals", "pending_approval"
KEY = re.compile(r"(\d{16})-([0-9a-f-]{36})")
SEARCHED = ("room_number", "guest_name", "number", "title", "note")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sight:
    """One way to look at the requests. `property_code` empty means all that the member sees."""

    view: str = "open"
    property_code: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """The sight that an address asks for; what it does not know is left out."""
        view = query.get("view", "open")
        return cls(
            view=view if view in VIEWS or TEAM.fullmatch(view) else "open",
            property_code=query.get("property", "")[:12],
            words=" ".join(query.get("q", "").split())[:80],
        )

    @property
    def team(self) -> str:
        return self.view.removeprefix("team:") if self.view.startswith("team:") else ""

    @property
    def order_by(self) -> str:
        """The instant that rows are ordered by, newest first."""
        return "closed_at" if self.view == "closed" else "created_at"

    def but(
        self, *, view: str | None = None, property_code: str | None = None, words: str | None = None
    ) -> Self:
        """The same sight with something else in it."""
        return replace(
            self,
            view=self.view if view is None else view,
            property_code=self.property_code if property_code is None else property_code,
            words=self.words if words is None else words,
        )

    def address(self, path: str = "/app/inbox", **more: str) -> str:
        """`/app/inbox?view=mine&property=FSL`, shortest form."""
        said = {
            "view": "" if self.view == "open" else self.view,
            "property": self.property_code,
            "q": self.words,
        }
        query = urlencode({name: value for name, value in (said | more).items() if value})
        return f"{path}?{query}" if query else path

    @property
    def source(self) -> str:
        """The view of the database that holds the rows."""
        return "requests" if self.view in ("closed", "all") else "open_requests"

    def conditions(self, member_id: str, zone: str) -> dict[str, str]:
        """The sight in PostgREST's words."""
        found = {}
        if self.view == "mine":
            found["assignee_id"] = f"eq.{member_id}"
        elif self.view == "unassigned":
            found["assignee_id"] = "is.null"
        elif self.view == "late":
            found = {"phase": f"in.({','.join(DUE)})", "scheduled_for": f"lt.{datetime.now(UTC).isoformat()}"}
        elif self.view == "closed":
            found = {"phase": "eq.closed", "closed_at": f"gte.{start_of_today(zone)}"}
        elif self.team == APPROVALS:
            # their work is whichever team's request waits for a decision
            found["status"] = f"eq.{AWAITS_APPROVAL}"
        elif self.team:
            found["team_key"] = f"eq.{self.team}"
        if self.property_code:
            found["property_code"] = f"eq.{self.property_code}"
        if self.words:
            found["and"] = f"({','.join(matching(word) for word in self.words.split())})"
        return found

    def after(self, key: str) -> dict[str, str]:
        """The condition for the rows that follow a key; nothing for what is no key."""
        found = KEY.fullmatch(key)
        if not found:
            return {}
        instant = (EPOCH + timedelta(microseconds=int(found[1]))).isoformat()
        earlier = f'{self.order_by}.lt."{instant}",and({self.order_by}.eq."{instant}",id.lt.{found[2]})'
        # Said twice, so that the index starts where the page does.
        bound = {} if self.view == "closed" else {"created_at": f"lte.{instant}"}
        return bound | {"or": f"({earlier})"}


def matching(word: str, columns: tuple[str, ...] = SEARCHED) -> str:
    """One word that may stand in any of the searched columns, quoted for PostgREST and for `ilike`."""
    pattern = re.sub(r"([\\%_])", r"\\\1", word.replace("*", ""))
    quoted = re.sub(r'([\\"])', r"\\\1", f"*{pattern}*")
    return "or(" + ",".join(f'{column}.ilike."{quoted}"' for column in columns) + ")"


def key_of(instant: str, request_id: str) -> str:
    """The key of a row: sorts as the list does, as text."""
    return f"{(datetime.fromisoformat(instant) - EPOCH) // timedelta(microseconds=1):016d}-{request_id}"


def start_of_today(zone: str) -> str:
    """Midnight of the present day on a property's wall."""
    return datetime.now(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0).isoformat()
