"""Marutani's phone, and what comes of what it writes."""

import itertools
from typing import Any

from psycopg.types.json import Jsonb

from tests.notify.ledger import Ledger
from tests.world import World

SIDS = (f"SM{number:032x}" for number in itertools.count(1))


class Guest:
    """Marutani's phone, and what came of what it wrote."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.world = World(ledger.conn)
        self.booking = ledger.booking_of("Marutani")
        self.phone = ledger.value("select phone from public.guests where last_name = 'Marutani'")
        self.hotel = ledger.value(
            "select address from notify.senders where tenant_id = %s and channel = 'whatsapp'", ledger.tenant
        )

    def writes(self, body: str, *, media: Any = (), sid: str | None = None, phone: str | None = None) -> str:
        return str(
            self.ledger.value(
                "select app.receive_message(%s, %s, %s, %s, %s)",
                self.hotel,
                phone or self.phone,
                sid or next(SIDS),
                body,
                Jsonb(list(media)),
            )
        )

    def hears(self) -> list[str]:
        """Templates on their way to whoever wrote, in order."""
        rows = self.world.rows(
            "select event_key from public.notification_log"
            " where channel = 'whatsapp' and is_answer order by created_at, id"
        )
        return [row[0] for row in rows]

    @property
    def has_daily_cleaning(self) -> bool:
        return bool(
            self.ledger.value("select auto_daily_cleaning from public.bookings where id = %s", self.booking)
        )

    @property
    def is_suppressed(self) -> bool:
        return bool(
            self.ledger.value(
                "select app.suppression_of(%s, %s, 'utility', false) is not null",
                self.ledger.tenant,
                self.phone,
            )
        )


def quiet_guest(ledger: Ledger) -> Guest:
    """In house, with nothing open and no daily cleaning; nothing was sent or received yet."""
    guest = Guest(ledger)
    with guest.world.owner():
        ledger.conn.execute("select app.set_caller(%s)", (ledger.tenant,))
        ledger.conn.execute("select app.end_requests_of_booking(%s, 'cancel', 'none')", (guest.booking,))
    ledger.conn.execute("update public.bookings set auto_daily_cleaning = false, cleaning_skip_on = null")
    ledger.conn.execute("truncate public.notification_log, public.notification_attempts")
    ledger.conn.execute("truncate notify.inbound_messages, portal.request_attachments")
    return guest
