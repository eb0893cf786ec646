"""A connection's way in: its tokens, renewed in time, and its credits, kept as each answer tells them."""

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from functions.beds24.api import Answer, Api
from functions.shared.claim_loop import Connection

KEEP_TOKENS: Final = "select app.keep_beds24_tokens(%s, %s, %s::text, %s::integer, %s::text)"
CREDITS: Final = "select app.note_beds24_credits(%s, %s, %s::numeric, %s::integer)"
REFUSE: Final = "select app.refuse_beds24(%s, %s, %s)"
TOO_SOON: Final = 300.0
RESERVE: Final = 5.0
"""Credits that are left alone: for a token, and for what the invoices' copies ask meanwhile."""


class Closed(Exception):
    """Beds24 lets this connection in no more; the hotel has been told."""


class Wait(Exception):
    """The credits are gone, or nearly."""

    def __init__(self, seconds: float) -> None:
        super().__init__("credits_gone")
        self.seconds = seconds


class Trouble(Exception):
    """Beds24 answered with something that is neither yes nor no."""

    def __init__(self, status: int) -> None:
        super().__init__(f"http_{status}")
        self.status = status


@dataclass
class Account:
    """One connection's account, for as long as it is worked on."""

    api: Api
    db: Connection
    tenant_id: UUID
    connection_id: UUID
    refresh_token: str | None = field(repr=False)
    access_token: str | None = field(repr=False)
    access_seconds: float | None

    def enter(self, invite_code: str) -> None:
        """Shows the invite code, once; from then on the refresh token opens."""
        answer = self._noted(self.api.call("GET", "/authentication/setup", {"code": invite_code}))
        given = answer.body if isinstance(answer.body, dict) else {}
        if answer.status in (400, 401, 403):
            self._refuse("invite_refused")
        if answer.status != 200 or not given.get("token") or not given.get("refreshToken"):
            raise Trouble(answer.status)
        self._keep(given, str(given["refreshToken"]))

    def refresh(self) -> None:
        """A new access token; using the refresh token keeps it alive."""
        answer = self._noted(
            self.api.call("GET", "/authentication/token", {"refreshToken": self.refresh_token or ""})
        )
        given = answer.body if isinstance(answer.body, dict) else {}
        if answer.status in (400, 401, 403):
            self._refuse("token_refused")
        if answer.status != 200 or not given.get("token"):
            raise Trouble(answer.status)
        self._keep(given, None)

    def prepare(self) -> None:
        """A token that holds for the next call."""
        if not self.access_token or (self.access_seconds or 0.0) < TOO_SOON:
            self.refresh()

    def call(self, method: str, path: str, query: dict[str, Any] | None = None, body: Any = None) -> Answer:
        """One call with a token that holds. Raises Closed, Wait, Trouble, NotReached, NoAnswer."""
        self.prepare()
        answer = self._noted(self.api.call(method, path, {"token": self.access_token or ""}, query, body))
        if answer.status == 401:
            self.refresh()
            answer = self._noted(self.api.call(method, path, {"token": self.access_token or ""}, query, body))
        if answer.status == 401:
            self._refuse("token_refused")
        if not 200 <= answer.status < 300:
            raise Trouble(answer.status)
        return answer

    def _noted(self, answer: Answer) -> Answer:
        if answer.credits_left is not None:
            self.db.execute(
                CREDITS,
                (self.tenant_id, self.connection_id, answer.credits_left, answer.credits_seconds or 300),
            )
        if answer.status == 429:
            raise Wait(float(answer.credits_seconds or 300))
        return answer

    def _keep(self, given: dict[str, Any], refresh_token: str | None) -> None:
        lives = given.get("expiresIn")
        seconds = lives if isinstance(lives, int) and 0 < lives <= 90 * 86400 else 3600
        self.access_token, self.access_seconds = str(given["token"]), float(seconds)
        self.refresh_token = refresh_token or self.refresh_token
        self.db.execute(
            KEEP_TOKENS, (self.tenant_id, self.connection_id, self.access_token, seconds, refresh_token)
        )

    def _refuse(self, problem: str) -> None:
        self.db.execute(REFUSE, (self.tenant_id, self.connection_id, problem))
        raise Closed(problem)
