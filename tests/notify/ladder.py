"""A guest's messages and what becomes of them, rung by rung."""

from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from functions.notify.messages import Accepted, Failed
from tests.notify.ledger import Ledger

NO = Failed("21211", "", is_final=True)
BAD_NUMBER, WHO_KNOWS = "63024", "30008"
TELL = "select app.notify_guest(%s, %s, %s, %s, %s)"
CALLBACK = "select app.record_callback(%s, %s, %s, %s, %s)"
TASKS = (
    "select r.phase, r.outcome, r.title ->> 'es', r.priority from portal.requests r"
    " where r.booking_id = %s and r.details ? 'guest_not_reached' order by r.created_at"
)


def told(
    ledger: Ledger,
    dedupe: str = "a",
    guest: str = "Marutani",
    event: str = "request_done",
    request: UUID | None = None,
) -> UUID:
    """A WhatsApp message to a guest, queued."""
    said = {"title": {"en": "Towels", "es": "Toallas"}, "number": "FSL-1"}
    ledger.as_engine(TELL, ledger.booking_of(guest), event, Jsonb(said), request, dedupe)
    found: UUID = ledger.value(
        "select id from public.notification_log where dedupe_key = %s", f"guest:{dedupe}"
    )
    return found


def sent(ledger: Ledger, number: int = 1, channel: str = "whatsapp") -> str:
    """The next message of a channel leaves; the provider's id."""
    sid = f"SM{number:032d}"
    ledger.try_one(Accepted(sid), channel)
    return sid


def heard(ledger: Ledger, message: UUID, sid: str, state: str, code: str | None = None) -> None:
    ledger.outbox.connection.execute(CALLBACK, (ledger.tenant, message, sid, state, code))


def ways(ledger: Ledger, first: UUID) -> list[tuple[str, str]]:
    """The fallbacks of a message: channel and state, in the order in which they were tried."""
    return ledger.conn.execute(
        "select channel, state from public.notification_log where fallback_of = %s order by created_at, id",
        (first,),
    ).fetchall()


def way(ledger: Ledger, first: UUID, channel: str) -> dict[str, Any]:
    return ledger.row(
        ledger.value(
            "select id from public.notification_log where fallback_of = %s and channel = %s", first, channel
        )
    )


def tasks(ledger: Ledger, guest: str = "Marutani") -> list[tuple[Any, ...]]:
    return ledger.conn.execute(TASKS, (ledger.booking_of(guest),)).fetchall()
