"""Beds24's API v2 over httpx2: one call, one answer, the credits it told of. Nothing is retried here."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx2

STATUSES: Final = ("confirmed", "request", "new", "cancelled", "black", "inquiry")


class NotReached(Exception):
    """No call was made: Beds24 has done nothing."""


class NoAnswer(Exception):
    """The call was made and nobody can say what became of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Beds24 said, when by its own clock, and how many credits are left for how many seconds."""

    status: int
    body: Any
    at: datetime
    credits_left: float | None
    credits_seconds: int | None

    @property
    def items(self) -> list[dict[str, Any]]:
        """The things of a list's page."""
        found = self.body.get("data") if isinstance(self.body, dict) else None
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    @property
    def has_more(self) -> bool:
        """Whether a list has a further page."""
        pages = self.body.get("pages") if isinstance(self.body, dict) else None
        return isinstance(pages, dict) and pages.get("nextPageExists") is True


class Api:
    """One client for all accounts; safe in several threads."""

    def __init__(self, url: str, timeout: float = 10.0) -> None:
        self._client = httpx2.Client(base_url=url.rstrip("/"), timeout=timeout)

    def close(self) -> None:
        self._client.close()

    def call(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        query: dict[str, Any] | None = None,
        body: Any = None,
    ) -> Answer:
        """Makes one call. Raises NotReached or NoAnswer."""
        try:
            answer = self._client.request(method, path, headers=headers, params=query, json=body)
        except (
            httpx2.ConnectError,
            httpx2.ConnectTimeout,
            httpx2.PoolTimeout,
            httpx2.UnsupportedProtocol,
        ) as error:
            raise NotReached(type(error).__name__) from None
        except httpx2.HTTPError as error:
            raise NoAnswer(type(error).__name__) from None
        try:
            content = answer.json()
        except ValueError:
            content = None
        return Answer(
            answer.status_code,
            content,
            moment(answer.headers.get("date")),
            number(answer.headers.get("x-five-min-limit-remaining")),
            seconds(answer.headers.get("x-five-min-limit-resets-in")),
        )


def moment(text: str | None) -> datetime:
    """The answer's own instant; ours, where it tells none."""
    try:
        return parsedate_to_datetime(text or "")
    except (ValueError, TypeError):
        return datetime.now(UTC)


def number(text: str | None) -> float | None:
    """A header's number, if it is a sane one."""
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if 0 <= found <= 1_000_000 else None


def seconds(text: str | None) -> int | None:
    """A header's seconds, an hour at most."""
    found = number(text)
    return None if found is None else min(int(found) + 1, 3600)
