"""The outside world behind one protocol: a channel is one file that can send, and look up what it sent."""

from datetime import datetime
from typing import Protocol

from functions.notify.messages import Message, Outcome


class Channel(Protocol):
    """A provider's door. Called from several threads at once; never retries, the ledger does."""

    def send(self, message: Message) -> Outcome:
        """Makes one call and says what came of it. Raises nothing."""

    def look_up(self, message: Message, attempted_at: datetime) -> list[str]:
        """Provider ids of messages that may be this one, made since the attempt. Raises LookupFailed."""
