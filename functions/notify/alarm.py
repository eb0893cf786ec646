"""The alarm: somebody who runs the installation is written to when its clock stands still or a job fails.

A late tick cannot tell of itself, so the worker looks, in a thread of its own that no tick can hold up. Each
mail is claimed in the database before it leaves: no restart and no second worker sends it twice.
"""

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from functions.notify.alarm_words import letter_of
from functions.notify.channels import Channel
from functions.notify.messages import Accepted, Message, Outcome, Unknown
from functions.notify.settings import WorkerSettings
from functions.shared.logs import get_log

EVERY: Final = 60.0
LONGEST_MAIL: Final = 30.0
NOBODY: Final = UUID(int=0)
"""The tenant of a mail that is about no hotel."""
LOOK: Final = "select app.watch_tick(), app.watch_jobs()"
CLAIM: Final = "select c.* from app.claim_operator_mails(%s) as c"
SETTLE: Final = "select app.settle_operator_mail(%s, %s, %s::text)"


@dataclass(frozen=True, slots=True)
class Due:
    """What `app.claim_operator_mails` says, column by column."""

    id: UUID
    recipient: str
    kind: str
    is_over: bool
    details: dict[str, Any]
    raised_at: datetime
    resolved_at: datetime | None


class Alarm:
    """Looks once a minute; an alert is a mail as it begins and one when it is over."""

    def __init__(self, settings: WorkerSettings, email: Channel) -> None:
        self._settings = settings
        self._email = email
        self._looked_at = float("-inf")
        self._looking: threading.Thread | None = None
        self._is_closing = False

    def run_if_due(self) -> None:
        """Starts a look when a minute is over and the last one has ended."""
        if time.monotonic() - self._looked_at < EVERY or (self._looking and self._looking.is_alive()):
            return
        self._looked_at = time.monotonic()
        self._looking = threading.Thread(target=self._look_quietly, daemon=True)
        self._looking.start()

    def close(self) -> None:
        """Begins no further mail, and waits for the one that is under way."""
        self._is_closing = True
        if self._looking:
            self._looking.join(LONGEST_MAIL)

    def look(self) -> int:
        """Looks, and writes what is to be written; how many mails were tried."""
        tried = 0
        with psycopg.connect(
            self._settings.service_url, autocommit=True, application_name="staybase alarm"
        ) as db:
            db.execute(LOOK)
            while not self._is_closing:
                due = (
                    db.cursor(row_factory=class_row(Due))
                    .execute(CLAIM, (self._settings.operator,))
                    .fetchone()
                )
                if due is None:
                    break
                tried += 1
                db.execute(SETTLE, (due.id, *state_of(self._sent(due))))
        return tried

    def _sent(self, due: Due) -> Outcome:
        try:
            return self._email.send(self._message(due))
        except Exception as error:
            # a defect of ours; whether the call was made is not known
            return Unknown("worker_defect", type(error).__name__)

    def _look_quietly(self) -> None:
        try:
            self.look()
        except psycopg.Error as error:
            get_log().warning("alarm_failed", error=type(error).__name__, code=error.sqlstate)

    def _message(self, due: Due) -> Message:
        subject, body = letter_of(
            due.kind, due.is_over, due.details, due.raised_at, due.resolved_at, self._settings.public_url
        )
        return Message(
            tenant_id=NOBODY,
            id=due.id,
            fence=1,
            channel="email",
            event_key=due.kind,
            recipient=due.recipient,
            language="en",
            variables={"property_name": "Staybase"},
            sender=None,
            portal_code=None,
            content_name=None,
            content_id=None,
            subject=subject,
            body=body,
            template_variables=[],
            is_free_text=False,
            lease_left=None,
        )


def state_of(outcome: Outcome) -> tuple[str, str | None]:
    """What is written down of an outcome: its state, and the code that says why not."""
    if isinstance(outcome, Accepted):
        return "sent", None
    return ("unknown" if isinstance(outcome, Unknown) else "failed"), outcome.code
