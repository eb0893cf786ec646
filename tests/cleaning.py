"""Cleaning at the Lodge, in domain words."""

from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb

from tests.desk import HOUSEKEEPER, RECEPTION, Booking, Desk

LISTED = (
    "select r.subtype, m.room_number, r.status, r.source from portal.requests as r"
    " join public.rooms as m on m.id = r.room_id where r.property_id = %s and r.type_slug = 'cleaning'"
    " order by r.created_at, r.number"
)


@dataclass
class Lodge:
    """The Lodge's housekeeping."""

    desk: Desk

    def morning(self, day: int, at: str = "09:00") -> None:
        """It is that local time on a day counted from the first one."""
        self.desk.db.execute(
            "update app.clock set shift = (%s::date + %s::time) at time zone %s - now()",
            (self.desk.day(day), at, self.desk.zone),
        )

    def not_before_noon(self) -> None:
        """The first day has its morning behind it, so that tests go alike at each hour of ours."""
        self.desk.db.execute(
            "update app.clock set shift ="
            " greatest((%s::date + time '12:00') at time zone %s - now(), interval '0')",
            (self.desk.day(0), self.desk.zone),
        )

    def tick(self) -> None:
        """A minute's tick; the Lodge's jobs are due."""
        self.desk.db.execute(
            "update app.job_plans set next_at = app.now() where property_id = %s and next_at > app.now()"
            " and at_time <= (app.now() at time zone %s)::time",
            (self.desk.property_id, self.desk.zone),
        )
        self.desk.db.execute("select app.tick()")

    def wants(self, booking: Booking, by: str = RECEPTION, **wish: Any) -> dict[str, Any]:
        """set_cleaning_preferences, said at the desk."""
        answer: dict[str, Any] = self.desk.call(
            "set_cleaning_preferences", by, p_preferences=Jsonb(wish), p_booking_id=booking["id"]
        )
        return answer

    def stays(self, room: str = "L1", *dates: int, **wish: Any) -> Booking:
        """A guest in house from the first day to the fifth who wants daily cleaning."""
        booking = self.desk.in_house(*(dates or (0, 5)), room=room)
        self.wants(booking, **{"daily": True, **wish})
        return booking

    def decided(self, day: int) -> list[tuple[Any, ...]]:
        """(decision, reason) of each booking on a day."""
        return self.desk.db.execute(
            "select decision, reason from housekeeping.daily_cron_log"
            " where property_id = %s and on_date = %s order by decision, reason",
            (self.desk.property_id, self.desk.day(day)),
        ).fetchall()

    def listed(self) -> list[tuple[Any, ...]]:
        """(subtype, room, status, source) of every cleaning request."""
        return self.desk.db.execute(LISTED, (self.desk.property_id,)).fetchall()

    def act(self, room: str, *actions: str) -> None:
        """Housekeeping works on the room's latest cleaning."""
        member = self.desk.one(
            "select m.id from identity.memberships m join identity.users u on u.id = m.user_id"
            " where u.email = %s",
            HOUSEKEEPER,
        )
        request = self.desk.one(
            "select id from portal.requests where room_id = %s and type_slug = 'cleaning'"
            " order by created_at desc, id desc limit 1",
            self.desk.rooms[room],
        )
        for action in actions:
            given = {"assignee": str(member)} if action == "assign" else {}
            given |= {"reason": "Not today."} if action == "skip" else {}
            self.desk.call(
                "portal_update_request_status",
                RECEPTION,
                p_request_id=request,
                p_action=action,
                p_input=Jsonb(given),
            )
