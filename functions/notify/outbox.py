"""The ledger as the worker sees it: one connection, one method for each function below `sql/80_notify`."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from functions.notify.messages import (
    Accepted,
    Claim,
    Failed,
    LookedUp,
    Lookup,
    Message,
    Sent,
    Throttled,
    Unauthorized,
    Unknown,
)
from functions.shared.logs import get_log

CLAIM = "select c.tenant_id, c.id, c.fence from app.claim_notifications(%s::text[], %s::int[]) as c"
BEGIN = "select b from app.begin_attempts(%s::uuid[], %s::uuid[], %s::bigint[]) as b"
CONTENTS = "select c.* from app.notification_contents(%s::uuid[], %s::uuid[]) as c"
DUE = """
select c.* from public.notification_log as n
cross join app.notification_contents(array[n.tenant_id], array[n.id]) as c
where n.state = 'queued' and n.send_after <= app.now() and n.channel = any (%s) and n.id <> all (%s)
order by n.send_after
limit %s
"""
SENT = "select app.mark_sent(%s::uuid[], %s::uuid[], %s::bigint[], %s::text[])"
FAILED = "select app.mark_failed(%s::uuid, %s::uuid, %s::bigint, %s, %s, %s, null)"
THROTTLED = (
    "select app.mark_failed(%s::uuid, %s::uuid, %s::bigint, %s, null, false, %s * interval '1 second')"
)
UNAUTHORIZED = "select app.mark_unauthorized(%s::uuid, %s::uuid, %s::bigint, %s, %s)"
UNKNOWN = "select app.mark_unknown(%s::uuid, %s::uuid, %s::bigint, %s, %s)"
LOOKUPS = "select l.tenant_id, l.id, l.lookup_count as number, l.attempted_at from app.claim_lookups(%s) as l"
SETTLE = "select app.settle_lookup(%s::uuid, %s::uuid, %s, %s::text[])"
POSTPONE = "select app.postpone_lookup(%s::uuid, %s::uuid, %s)"
MEDIA = "select app.awaits_media()"
SLACK = "select app.awaits_slack()"
ASLEEP = "select app.set_worker_asleep(%s::uuid, 'outbox', %s)"

# Seconds: lanes start nothing whose lease is half over, and in the control experiment there is none.
UNLEASED = 60.0


class Outbox:
    """One worker's connection, in autocommit: each call is a transaction, committed when it returns."""

    def __init__(self, service_url: str, worker_id: UUID) -> None:
        self._worker_id = worker_id
        self.connection: psycopg.Connection[tuple[Any, ...]] = psycopg.connect(
            service_url,
            autocommit=True,
            application_name="staybase worker",
            connect_timeout=5,
            prepare_threshold=0,
        )
        # a notification only says "look"; the loop looks whenever the socket stirs
        self.connection.add_notify_handler(lambda _notification: None)
        self.connection.execute("listen staybase_outbox")

    def close(self) -> None:
        """Ends the connection; the worker's row goes with it, so that nobody notifies in vain."""
        with suppress(psycopg.Error):
            self.connection.execute("delete from notify.workers where id = %s", (self._worker_id,))
        self.connection.close()

    def sleep(self, is_asleep: bool) -> None:
        """Says whether commits have to notify this worker."""
        self.connection.execute(ASLEEP, (self._worker_id, is_asleep))

    def claim(self, room: Mapping[str, int]) -> list[Claim]:
        """Takes due notifications, at most so many of each channel."""
        cursor = self.connection.execute(CLAIM, (list(room), list(room.values())))
        return [Claim(*row) for row in cursor.fetchall()]

    def begin(self, claims: Sequence[Claim]) -> list[Message]:
        """Commits the attempt rows and returns what may be sent now. One network flight, one transaction.

        A row that the database will not have under way is left to its lease; the others begin without it.
        """
        try:
            return self._begin(claims)
        except psycopg.Error as error:
            self._leave(error, "begin_refused")
            return [message for claim in claims for message in self.begin([claim])] if len(claims) > 1 else []

    def _begin(self, claims: Sequence[Claim]) -> list[Message]:
        tenant_ids, ids = [claim.tenant_id for claim in claims], [claim.id for claim in claims]
        with self.connection.pipeline():
            begun = self.connection.execute(BEGIN, (tenant_ids, ids, [claim.fence for claim in claims]))
            contents = self.connection.cursor(row_factory=class_row(Message)).execute(
                CONTENTS, (tenant_ids, ids)
            )
            allowed = {row[0] for row in begun.fetchall()}
            return [message for message in contents.fetchall() if message.id in allowed]

    def _leave(self, error: psycopg.Error, what: str) -> None:
        """Raises what concerns the whole connection, or passes by itself; the rest concerns one row."""
        if self.connection.closed or isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            raise error
        get_log().error(what, code=error.sqlstate)

    def contents(self, tenant_ids: Sequence[UUID], ids: Sequence[UUID]) -> list[Message]:
        """What notifications say; writes nothing."""
        cursor = self.connection.cursor(row_factory=class_row(Message))
        return cursor.execute(CONTENTS, (list(tenant_ids), list(ids))).fetchall()

    def due(self, room: Mapping[str, int], under_way: Sequence[UUID]) -> list[Message]:
        """The control experiment: what is due, taken without a lease and without an attempt."""
        cursor = self.connection.cursor(row_factory=class_row(Message))
        due = cursor.execute(DUE, (list(room), list(under_way), sum(room.values()))).fetchall()
        return [replace(message, lease_left=UNLEASED) for message in due]

    def mark(self, reports: Sequence[Sent]) -> None:
        """Writes down what came of tries, the accepted ones together. Safe to repeat.

        What the database refuses is left to its row's lease: one message must not hold up all others.
        """
        accepted = [report for report in reports if isinstance(report.outcome, Accepted)]
        if accepted:
            try:
                self._mark_accepted(accepted)
            except psycopg.Error as error:
                self._leave(error, "mark_refused")
                for report in accepted if len(accepted) > 1 else ():
                    self.mark([report])
        for report in reports:
            try:
                self._mark(report)
            except psycopg.Error as error:
                self._leave(error, "mark_refused")

    def _mark_accepted(self, accepted: Sequence[Sent]) -> None:
        self.connection.execute(
            SENT,
            (
                [report.claim.tenant_id for report in accepted],
                [report.claim.id for report in accepted],
                [report.claim.fence for report in accepted],
                [storable(r.outcome.provider_id) for r in accepted if isinstance(r.outcome, Accepted)],
            ),
        )

    def _mark(self, report: Sent) -> None:
        claim, outcome = report.claim, report.outcome
        row = (claim.tenant_id, claim.id, claim.fence)
        if isinstance(outcome, Failed):
            self.connection.execute(
                FAILED, (*row, storable(outcome.code), storable(outcome.text), outcome.is_final)
            )
        elif isinstance(outcome, Throttled):
            self.connection.execute(THROTTLED, (*row, storable(outcome.code), outcome.seconds))
        elif isinstance(outcome, Unauthorized):
            self.connection.execute(UNAUTHORIZED, (*row, storable(outcome.code), storable(outcome.text)))
        elif isinstance(outcome, Unknown):
            self.connection.execute(UNKNOWN, (*row, storable(outcome.code), storable(outcome.text)))

    def expire(self) -> int:
        """Takes back leases that ran out, this worker's own too."""
        row = self.connection.execute("select app.expire_leases()").fetchone()
        return int(row[0]) if row else 0

    def awaits_media(self) -> bool:
        """Whether a file is to be fetched or removed now."""
        row = self.connection.execute(MEDIA).fetchone()
        return bool(row and row[0])

    def awaits_slack(self) -> bool:
        """Whether a hotel's Slack is to be asked something now."""
        row = self.connection.execute(SLACK).fetchone()
        return bool(row and row[0])

    def claim_lookups(self, limit: int) -> list[tuple[Lookup, Message]]:
        """Unknown notifications whose provider is asked now."""
        lookups = self.connection.cursor(row_factory=class_row(Lookup)).execute(LOOKUPS, (limit,)).fetchall()
        if not lookups:
            return []
        messages = self.contents([lookup.tenant_id for lookup in lookups], [lookup.id for lookup in lookups])
        by_id = {message.id: message for message in messages}
        return [(lookup, by_id[lookup.id]) for lookup in lookups]

    def settle(self, report: LookedUp) -> None:
        """Lets the ledger decide by what a look-up found; what it refuses is looked up again later."""
        lookup, candidates = report.lookup, report.candidates
        row = (lookup.tenant_id, lookup.id, lookup.number)
        try:
            if candidates is None:
                self.connection.execute(POSTPONE, row)
            else:
                self.connection.execute(SETTLE, (*row, [storable(candidate) for candidate in candidates]))
        except psycopg.Error as error:
            self._leave(error, "settle_refused")


def storable(text: str) -> str:
    """A provider's words without what PostgreSQL cannot hold: one bad answer must not stop the worker."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
