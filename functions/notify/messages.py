"""A notification as the worker holds it, and what can come of trying to send it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that is this worker's until its lease ends; the fence makes later claims stronger."""

    tenant_id: UUID
    id: UUID
    fence: int


@dataclass(frozen=True, slots=True)
class Message:
    """What `app.notification_contents` says of a notification, column by column."""

    tenant_id: UUID
    id: UUID
    fence: int
    channel: str
    event_key: str
    recipient: str
    language: str
    variables: dict[str, Any]
    sender: str | None
    portal_code: str | None
    content_name: str | None
    content_id: str | None
    subject: str | None
    body: str | None
    template_variables: list[dict[str, Any]] | None
    is_free_text: bool
    """No approved template says it: it leaves as it stands, inside the 24-hour window."""
    lease_left: float | None
    """Seconds for which it is still this worker's."""
    access_token: str | None = field(default=None, repr=False)
    """What opens the hotel's own Slack; None: the installation's token does."""

    @property
    def claim(self) -> Claim:
        """The right under which its outcome is reported."""
        return Claim(self.tenant_id, self.id, self.fence)


@dataclass(frozen=True, slots=True)
class Lookup:
    """An unknown notification that is to be looked for at its provider."""

    tenant_id: UUID
    id: UUID
    number: int
    attempted_at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took it."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The provider definitely did not take it; `is_final`: and never will as it is."""

    code: str
    text: str
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Throttled:
    """The provider did not take it and asks to wait, in seconds."""

    code: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Unauthorized:
    """The provider refuses our credentials: no message of the channel leaves until they are mended."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say whether the provider took it."""

    code: str
    text: str


Outcome = Accepted | Failed | Throttled | Unauthorized | Unknown


@dataclass(frozen=True, slots=True)
class Sent:
    """A lane's report of a try."""

    claim: Claim
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A lane's report of a look-up: the provider ids found; None: the provider could not be asked."""

    lookup: Lookup
    candidates: list[str] | None


class LookupFailed(Exception):
    """The provider could not be asked."""
