"""Lines of folios into the invoices that Beds24 keeps for its bookings.

Beds24 has no key against doubles: ours stands in the line's description, and a copy whose outcome is unknown
is looked for by it in the booking's own lines.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import psycopg

from functions.beds24.account import Account, Closed, Trouble, Wait
from functions.beds24.api import STATUSES, Api, NoAnswer, NotReached
from functions.notify.messages import (
    Accepted,
    Failed,
    LookupFailed,
    Message,
    Outcome,
    Throttled,
    Unknown,
)
from functions.notify.settings import WorkerSettings

ACCOUNT: Final = "select a.* from app.beds24_account(%s, %s) as a"
UNTIL_MENDED: Final = 600.0
"""Seconds: a connection that is refused has its own alert; its copies wait, none is lost."""


class NotNow(Exception):
    """Nothing was asked of Beds24; the outcome says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


class Beds24:
    """Writes one line a call. Credits allow a call each few seconds: connections are made for each."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._url, self._timeout = settings.beds24_api_url, settings.provider_timeout
        self._service_url = settings.service_url

    def send(self, message: Message) -> Outcome:
        """One POST of one line to one booking."""
        try:
            with self._account(message) as account:
                account.prepare()
                return written(account, message)
        except NotNow as told:
            return told.outcome
        except Closed:
            return Throttled("beds24_refused", UNTIL_MENDED)
        except Wait as wait:
            return Throttled("credits_gone", wait.seconds)
        except (NotReached, NoAnswer, Trouble, psycopg.Error) as error:
            return Failed("not_reached", type(error).__name__)

    def look_up(self, message: Message, attempted_at: datetime) -> list[str]:
        """Lines of the booking that carry this one's key."""
        query = {"id": int(message.recipient), "includeInvoiceItems": "true", "status": list(STATUSES)}
        try:
            with self._account(message) as account:
                shown = account.call("GET", "/bookings", query).items
        except (NotNow, Closed, Wait, NotReached, NoAnswer, Trouble, psycopg.Error) as error:
            raise LookupFailed(type(error).__name__) from None
        return [
            provider_id(item)
            for booking in shown
            for item in items_of(booking)
            if carries(item, str(message.variables["key"]))
        ]

    @contextmanager
    def _account(self, message: Message) -> Iterator[Account]:
        """The connection that the booking came by, with its tokens as they are now."""
        key = (message.tenant_id, UUID(str(message.variables["connection_id"])))
        with (
            closing(Api(self._url, self._timeout)) as api,
            psycopg.connect(
                self._service_url,
                autocommit=True,
                application_name="staybase beds24 copies",
                connect_timeout=5,
            ) as db,
        ):
            row = db.execute(ACCOUNT, key).fetchone()
            if row is None or row[0] == "off":
                raise NotNow(Failed("beds24_disconnected", "", is_final=True))
            state, refresh_token, access_token, access_seconds, wait = row
            if state != "connected":
                raise NotNow(Throttled("beds24_refused", UNTIL_MENDED))
            if wait is not None and wait > 0:
                raise NotNow(Throttled("credits_low", float(wait)))
            yield Account(api, db, *key, refresh_token, access_token, access_seconds)


def written(account: Account, message: Message) -> Outcome:
    """What the one call came to that may have written the line."""
    body = [{"id": int(message.recipient), "invoiceItems": [line_of(message.variables)]}]
    try:
        answer = account.call("POST", "/bookings", body=body)
    except NoAnswer as error:
        return Unknown("no_answer", str(error))
    except psycopg.Error as error:
        # the call may have been made: what it told of credits could not be kept
        return Unknown("database_lost", type(error).__name__)
    except Trouble as trouble:
        if trouble.status >= 500:
            return Unknown(str(trouble), "")
        return Failed(str(trouble), "", is_final=trouble.status not in (404, 408))
    return meaning(answer.body, str(message.variables["key"]))


def line_of(said: dict[str, Any]) -> dict[str, Any]:
    """The line as Beds24 takes it. Amounts have at most 14 digits, which a float carries exactly."""
    return {
        "type": said["type"],
        "description": said["description"],
        "qty": said["qty"],
        "amount": float(Decimal(said["amount"])),
    }


def meaning(body: Any, key: str) -> Outcome:
    """What the answer to one element says of the line."""
    one = body[0] if isinstance(body, list) and len(body) == 1 and isinstance(body[0], dict) else None
    if one is None or not isinstance(one.get("success"), bool):
        return Unknown("answer_not_understood", "")
    if not one["success"]:
        errors = one.get("errors")
        told = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
        return Failed("beds24_refused_line", str(told.get("message") or "")[:200], is_final=True)
    for part in ("new", "modified"):
        for item in items_of(one.get(part)):
            if carries(item, key):
                return Accepted(provider_id(item))
    # taken, and its number not told: it is found by its key
    return Unknown("number_not_told", "")


def items_of(holder: Any) -> list[dict[str, Any]]:
    """The invoice items of a booking, or of an answer's part."""
    items = holder.get("invoiceItems") if isinstance(holder, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def carries(item: dict[str, Any], key: str) -> bool:
    """Whether a line is this one, and has a number."""
    return f"[{key}]" in str(item.get("description") or "") and isinstance(item.get("id"), int)


def provider_id(item: dict[str, Any]) -> str:
    """The line's number, not to be taken for another provider's."""
    return f"beds24:{item['id']}"
