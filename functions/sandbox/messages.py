"""What the providers accepted, in one SQLite file beside the other state of a home.

SQLite because look-ups must find a message also after the sandbox itself was restarted, because memory stays
flat whatever arrives, and because filters and paging come with it. Nothing is synced to disk: a power cut may
lose messages here, a killed process does not. The newest 200,000 are kept.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from functions.sandbox.bell import Bell

KEPT = 200_000
SWEEP_EVERY = 2_000
RECENT = 5_000  # how far back the list of conversations looks

SCHEMA = """
pragma journal_mode = wal;
pragma synchronous = off;
pragma cache_size = -4000;
create table if not exists messages (
  n integer primary key autoincrement,
  provider_id text not null unique,
  channel text not null,
  recipient text not null,
  sender text not null,
  is_inbound integer not null default 0,
  body text not null,
  notification_id text,
  tenant_id text,
  at integer not null,
  updated_at integer not null,
  status text not null,
  error_code integer,
  callback text,
  detail text
);
create index if not exists messages_by_moment on messages (at);
create index if not exists messages_by_recipient on messages (recipient, at);
create index if not exists messages_by_notification on messages (notification_id);
create table if not exists files (
  provider_id text not null,
  position integer not null,
  name text not null,
  media_type text not null,
  content blob not null,
  primary key (provider_id, position)
);
create table if not exists templates (sid text primary key, content text not null);
create table if not exists channels (id text primary key, name text not null unique);
create table if not exists windows (hotel text, guest text, opened_at real, primary key (hotel, guest));
"""

INSERT = """
insert into messages (provider_id, channel, recipient, sender, is_inbound, body, notification_id, tenant_id,
                      at, updated_at, status, callback, detail)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class File(Protocol):
    """What goes with a mail."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...


@dataclass(slots=True)
class Message:
    """One message as a provider keeps it; `at` in microseconds, `detail` what is known beside the body."""

    provider_id: str
    channel: str
    recipient: str
    sender: str
    body: str
    at: int
    status: str
    notification_id: str | None = None
    tenant_id: str | None = None
    callback: str | None = None
    detail: dict[str, Any] | None = None
    is_inbound: bool = False
    error_code: int | None = None
    updated_at: int = 0
    n: int = 0


def microseconds() -> int:
    return time.time_ns() // 1000


def instant(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000_000, UTC)


class Messages:
    """The store: one connection, used from the event loop alone."""

    def __init__(self, path: str, bell: Bell) -> None:
        self.bell = bell
        self.database = sqlite3.connect(path, isolation_level=None, cached_statements=64)
        self.database.row_factory = sqlite3.Row
        self.database.executescript(SCHEMA)

    def close(self) -> None:
        self.database.close()

    def add(self, message: Message, files: Sequence[File] = ()) -> None:
        """Keeps a message. What a reader knows by the same id is kept again under a number of its own."""
        message.updated_at = message.at
        if files or message.channel == "email":
            message.provider_id = self._free(message.provider_id)
        self.database.executemany(
            "insert into files values (?, ?, ?, ?, ?)",
            [
                (message.provider_id, position, file.name, file.media_type, file.content)
                for position, file in enumerate(files)
            ],
        )
        cursor = self.database.execute(
            INSERT,
            (
                message.provider_id,
                message.channel,
                message.recipient,
                message.sender,
                message.is_inbound,
                message.body,
                message.notification_id,
                message.tenant_id,
                message.at,
                message.updated_at,
                message.status,
                message.callback,
                json.dumps(message.detail, ensure_ascii=False) if message.detail else None,
            ),
        )
        message.n = cursor.lastrowid or 0
        self.bell.ring()
        if message.n % SWEEP_EVERY == 0:
            self.database.execute("delete from messages where n <= ?", (message.n - KEPT,))
            self.database.execute(
                "delete from files where provider_id not in (select provider_id from messages)"
            )

    def _free(self, provider_id: str) -> str:
        row = self.database.execute(
            "select count(*) from messages where provider_id = ? or provider_id like ? || ' %'",
            (provider_id, provider_id),
        ).fetchone()
        return f"{provider_id} {row[0] + 1}" if row[0] else provider_id

    def file(self, n: int, position: int) -> tuple[str, str, bytes] | None:
        """Name, media type and bytes of a mail's attachment."""
        row = self.database.execute(
            "select f.name, f.media_type, f.content from files f join messages m using (provider_id)"
            " where m.n = ? and f.position = ?",
            (n, position),
        ).fetchone()
        return (row["name"], row["media_type"], row["content"]) if row else None

    def mark(self, provider_id: str, status: str, error_code: int | None) -> None:
        self.database.execute(
            "update messages set status = ?, error_code = ?, updated_at = ? where provider_id = ?",
            (status, error_code, microseconds(), provider_id),
        )
        self.bell.ring()

    def rewrite(self, provider_id: str, body: str, detail: dict[str, Any]) -> None:
        """Another text in the place of what was said."""
        self.database.execute(
            "update messages set body = ?, detail = ?, updated_at = ? where provider_id = ?",
            (body, json.dumps(detail, ensure_ascii=False), microseconds(), provider_id),
        )
        self.bell.ring()

    def find(self, provider_id: str) -> Message | None:
        return next(iter(self.select("provider_id = ?", [provider_id], limit=1)), None)

    def select(
        self, where: str, values: list[Any], *, limit: int, offset: int = 0, newest_first: bool = True
    ) -> list[Message]:
        """Messages that satisfy a condition; `where` is one of this package's own texts, never a caller's."""
        order = "desc" if newest_first else "asc"
        rows = self.database.execute(
            f"select * from messages where {where} order by at {order}, n {order} limit ? offset ?",  # noqa: S608
            [*values, limit, offset],
        )
        return [from_row(row) for row in rows]

    def count(self) -> int:
        return int(self.database.execute("select count(*) from messages where is_inbound = 0").fetchone()[0])

    def conversations(self, search: str, limit: int) -> list[tuple[Message, int]]:
        """The newest message of each phone and channel among the recent ones, and how many it has there."""
        rows = self.database.execute(
            """
            with recent as (select n, channel, recipient from messages order by n desc limit ?),
                 latest as (select max(n) as n, count(*) as many from recent
                             where instr(recipient, ?) > 0 group by channel, recipient)
            select messages.*, latest.many from messages join latest using (n) order by n desc limit ?
            """,
            (RECENT, search.lower(), limit),
        )
        return [(from_row(row), row["many"]) for row in rows]

    def under_way(self) -> Iterable[Message]:
        """Messages whose story was not told to the end when the sandbox stopped."""
        return self.select(
            "channel in ('whatsapp', 'sms') and is_inbound = 0 and status in ('queued', 'sent', 'delivered')",
            [],
            limit=KEPT,
            newest_first=False,
        )

    def clear(self) -> None:
        self.database.execute("delete from messages")
        self.database.execute("delete from files")
        self.database.execute("delete from windows")
        self.bell.ring()


def from_row(row: sqlite3.Row) -> Message:
    return Message(
        n=row["n"],
        provider_id=row["provider_id"],
        channel=row["channel"],
        recipient=row["recipient"],
        sender=row["sender"],
        is_inbound=bool(row["is_inbound"]),
        body=row["body"],
        notification_id=row["notification_id"],
        tenant_id=row["tenant_id"],
        at=row["at"],
        updated_at=row["updated_at"],
        status=row["status"],
        error_code=row["error_code"],
        callback=row["callback"],
        detail=json.loads(row["detail"]) if row["detail"] else None,
    )
