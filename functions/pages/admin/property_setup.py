"""The property that is being set up, with everything that has been said of it so far."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from functions.pages.admin.visitor import Office
from functions.pages.base.reader import Refusal, Row

STEPS: Final = ("property", "taxes", "rooms", "teams", "staff")


@dataclass(frozen=True)
class PropertySetup:
    """A property as the wizard shows it."""

    row: Row
    state: Row
    """api.onboarding: steps gone through and what there is."""
    all_properties: list[Row]
    taxes: list[Row]
    room_types: list[Row]
    rooms: list[Row]
    teams: list[Row]

    @property
    def code(self) -> str:
        return str(self.row["code"])

    @property
    def is_open(self) -> bool:
        """Whether the onboarding is behind it, and the steps are settings now."""
        return self.state["completed_at"] is not None

    @property
    def next_step(self) -> str:
        """The first step that nobody has gone through."""
        return next((step for step in STEPS if step not in self.state["steps"]), "finish")

    def rooms_of(self, kind: str) -> list[Row]:
        return [room for room in self.rooms if room["room_type_code"] == kind]

    @property
    def channels(self) -> list[tuple[Row, str]]:
        """The tenant's teams, each with its channel at this property."""
        own = {team["key"]: team["slack_channel"] for team in self.teams if team["property_id"]}
        return [
            (team, own.get(team["key"]) or team["slack_channel"] or "")
            for team in self.teams
            if not team["property_id"]
        ]


async def find_property(office: Office, code: str = "") -> PropertySetup:
    """A property of the manager's by its code, else the default one."""
    reads = office.reader
    state, properties = await asyncio.gather(
        reads.row("onboarding"), reads.rows("properties", order="is_default.desc,code")
    )
    if state is None:
        raise Refusal(403, "permission_missing")
    row = next((each for each in properties if each["code"] == code or not code), None)
    if row is None:
        raise Refusal(404, "property_not_found")
    of_this: dict[str, Any] = {"property_id": f"eq.{row['id']}"}
    taxes, types, rooms, teams = await asyncio.gather(
        reads.rows("tax_codes", **of_this, valid_until="is.null", order="code"),
        reads.rows("room_types", **of_this, order="price,code"),
        reads.rows("rooms", **of_this, is_active="is.true", order="room_number"),
        reads.rows("teams", **{"or": f"(property_id.eq.{row['id']},property_id.is.null)"}, order="key"),
    )
    return PropertySetup(row, state, properties, taxes, types, rooms, teams)
