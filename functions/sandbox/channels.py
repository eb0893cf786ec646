"""The Slack workspace's channels.

A name that is formed as Slack forms names is a channel from the first time it is named, so that no hotel has
to be set up twice; once a list was told (`PUT /sandbox/channels`), only the channels on it exist.
"""

import base64
import hashlib
import re
import sqlite3
from collections.abc import Iterable

NAME = re.compile(r"[a-z0-9_\-\u00c0-\u024f]{1,80}")
ID = re.compile(r"[CG][A-Z0-9]{8,20}")


class Channels:
    """Names and ids, each the other's; an id follows from its name and stays the same for ever."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        rows = database.execute("select id, name from channels order by rowid")
        self._names: dict[str, str] = {row["id"]: row["name"] for row in rows}
        self.told: frozenset[str] | None = None

    def find(self, reference: str) -> tuple[str, str] | None:
        """The id and name of a channel given as `#name`, `name` or id; None when there is no such channel."""
        if ID.fullmatch(reference):
            name = self._names.get(reference, reference)
        else:
            name = reference.removeprefix("#")
            if not NAME.fullmatch(name):
                return None
        if self.told is not None and name not in self.told:
            return None
        return (reference, name) if ID.fullmatch(reference) else (self._remember(name), name)

    def by_id(self, reference: str) -> tuple[str, str] | None:
        """As `find`, for the calls that take an id alone."""
        return self.find(reference) if ID.fullmatch(reference) else None

    def all(self) -> list[tuple[str, str]]:
        return sorted(item for item in self._names.items() if self.told is None or item[1] in self.told)

    def tell(self, names: Iterable[str] | None) -> None:
        """From now on exactly these channels exist; None: any well-formed name does."""
        self.told = None if names is None else frozenset(name.removeprefix("#") for name in names)
        for name in self.told or ():
            self._remember(name)

    def _remember(self, name: str) -> str:
        digest = base64.b32encode(hashlib.sha1(name.encode(), usedforsecurity=False).digest())
        identifier = "C0" + digest.decode()[:9]
        if identifier not in self._names:
            self._names[identifier] = name
            self._database.execute(
                "insert or ignore into channels (id, name) values (?, ?)", (identifier, name)
            )
        return identifier
