"""What calls leave in the audit log: who acted, in which session, by which command and in which call."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.isolation.catalog import Connection

NEWEST = "select coalesce(max(position), 0) from public.audit_log"
SINCE = """
select table_name, actor_id::text, session_id::text, command, call_id from public.audit_log
where position > %s order by position
"""


@dataclass(frozen=True)
class Trace:
    """One row of the log, as far as it says who did it."""

    table: str
    actor: str | None
    session: str | None
    command: str | None
    call: str | None


class Trail:
    """The log of one database from now on."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.forget()

    def forget(self) -> None:
        """Only what is written from here on counts."""
        row = self._conn.execute(NEWEST).fetchone()
        assert row is not None
        self._position: int = row[0]

    def rows(self) -> list[Trace]:
        """What has been written since."""
        return [Trace(*row) for row in self._conn.execute(SINCE, (self._position,)).fetchall()]

    def lacks(self, rows: list[Trace], session: Mapping[str, Any]) -> Iterator[str]:
        """What rows do not say that were written by this session's call, or say wrongly."""
        actor = session.get("booking_id") or session.get("sub")
        for row in rows:
            lacking = [
                name
                for name, found, right in (
                    ("actor", row.actor, actor),
                    ("session", row.session, session.get("session_id")),
                )
                if session and (found is None or found != str(right))
            ]
            lacking += [name for name in ("command", "call") if not getattr(row, name)]
            if lacking:
                yield f"leaves {row.table} in the log without {' and '.join(lacking)}"
