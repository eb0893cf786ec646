"""The ledger in the tests' words: queue a message, look at its row, let time pass."""

import itertools
import uuid
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from functions.notify.messages import Accepted, Claim, Outcome, Sent
from functions.notify.outbox import Outbox
from tests.house import Database

GUEST_PHONE = "+12025550101"
KITCHEN = "#kitchen-fsl"


class Ledger:
    """One database's notifications, reached as the worker reaches them (`outbox`) and as their owner."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.conn = database.connect()
        self.outbox = Outbox(database.service_url, uuid.uuid4())
        self._events = itertools.count(1)
        # what the demo's own past has queued
        self.conn.execute("truncate public.notification_log, public.notification_attempts, public.alerts")
        # and what the clock would queue while a worker is watched
        self.conn.execute("truncate app.job_plans")

    def close(self) -> None:
        self.outbox.close()
        self.conn.close()

    def value(self, query: str, *values: Any) -> Any:
        row = self.conn.execute(query.encode(), values).fetchone()
        return row[0] if row else None

    @property
    def tenant(self) -> UUID:
        found: UUID = self.value("select id from public.tenants where slug = 'hamsun'")
        return found

    @property
    def stranger(self) -> UUID:
        found: UUID = self.value("select id from public.tenants where slug = 'alpine'")
        return found

    def property_id(self, code: str = "FSL") -> UUID:
        found: UUID = self.value(
            "select id from public.properties where tenant_id = %s and code = %s", self.tenant, code
        )
        return found

    def booking_of(self, last_name: str) -> UUID:
        found: UUID = self.value(
            "select b.id from public.bookings b join public.guests g using (tenant_id)"
            " where g.id = b.guest_id and g.last_name = %s order by b.created_at desc limit 1",
            last_name,
        )
        return found

    def as_engine(self, statement: str, *values: Any, tenant: UUID | None = None) -> Any:
        """A statement of a command: the tenant set, as the role that owns commands."""
        with self.conn.transaction():
            self.conn.execute("select app.set_caller(%s)", (tenant or self.tenant,))
            self.conn.execute("set local role engine")
            row = self.conn.execute(statement.encode(), values).fetchone()
        return row[0] if row else None

    def queue(
        self,
        channel: str = "whatsapp",
        recipient: str | None = None,
        dedupe: str | None = None,
        event: str = "request_done",
        **variables: Any,
    ) -> UUID:
        """A message of the tenant hamsun; its id."""
        key = dedupe or f"test:{next(self._events)}"
        self.as_engine(
            "select app.queue_notification(%s, %s, %s, %s, %s, %s, 'en', %s)",
            channel,
            event,
            recipient or (KITCHEN if channel == "slack" else GUEST_PHONE),
            key,
            Jsonb({"guest_first_name": "Ana", "title": "2 × Towels", "number": "FSL-1042"} | variables),
            None if channel == "slack" else event,
            self.property_id(),
        )
        found: UUID = self.value("select id from public.notification_log where dedupe_key = %s", key)
        return found

    def row(self, notification_id: UUID) -> dict[str, Any]:
        cursor = self.conn.cursor(row_factory=dict_row)
        found = cursor.execute(
            "select * from public.notification_log where id = %s", (notification_id,)
        ).fetchone()
        assert found is not None
        return found

    def state(self, notification_id: UUID) -> str:
        return str(self.row(notification_id)["state"])

    def attempts(self, notification_id: UUID) -> list[dict[str, Any]]:
        cursor = self.conn.cursor(row_factory=dict_row)
        return cursor.execute(
            "select * from public.notification_attempts where notification_id = %s order by fence",
            (notification_id,),
        ).fetchall()

    def alerts(self, kind: str) -> list[dict[str, Any]]:
        """Open alerts of a kind."""
        cursor = self.conn.cursor(row_factory=dict_row)
        return cursor.execute(
            "select * from public.alerts where kind = %s and resolved_at is null", (kind,)
        ).fetchall()

    def claim(self, channel: str = "whatsapp", limit: int = 10) -> list[Claim]:
        return self.outbox.claim({channel: limit})

    def try_one(self, outcome: Outcome, channel: str = "whatsapp") -> Claim:
        """Claims one message, begins its attempt, and reports what came of it."""
        [claim] = self.claim(channel, 1)
        self.outbox.begin([claim])
        self.outbox.mark([Sent(claim, outcome)])
        return claim

    def sent(self, provider_id: str = "SM" + "1" * 32, **message: Any) -> UUID:
        """A message that was sent."""
        notification_id = self.queue(**message)
        self.try_one(Accepted(provider_id), message.get("channel", "whatsapp"))
        return notification_id

    def lease_runs_out(self) -> None:
        self.conn.execute(
            "update public.notification_log set lease_until = clock_timestamp() - interval '1 second'"
            " where state = 'sending'"
        )

    def time_passes(self) -> None:
        """Waits of retries and look-ups are over."""
        self.conn.execute(
            "update public.notification_log set send_after = app.now() - interval '1 second'"
            " where state = 'queued'"
        )
        self.conn.execute(
            "update public.notification_log set next_lookup_at = clock_timestamp() - interval '1 second'"
            " where next_lookup_at is not null"
        )

    def hurry(self, lease: str = "400 milliseconds", gap: str = "20 milliseconds") -> None:
        """Short leases, retries and look-ups, for a worker that is watched."""
        self.conn.execute(
            "update notify.channels set lease = %s::interval, lookup_gap = %s::interval,"
            " first_delay = interval '10 milliseconds', longest_delay = interval '20 milliseconds'",
            (lease, gap),
        )
