"""What every method of the sandbox's Slack shares: the workspace's channels and messages, and its faults."""

from dataclasses import dataclass

from functions.sandbox.channels import Channels
from functions.sandbox.messages import Messages
from functions.sandbox.slack_wire import Refused
from functions.sandbox.switches import Subject, Switchboard


@dataclass
class Workspace:
    """Its channels, what was posted in them, and the switches a test sets."""

    messages: Messages
    channels: Channels
    switchboard: Switchboard

    def meet_switches(self, subject: Subject) -> None:
        """Refuses the call where a switch says so."""
        switch = self.switchboard.take(subject, "door") if self.switchboard.switches else None
        if switch is None:
            return
        if switch.action == "throttle":
            raise Refused("ratelimited", status=429, retry_after=switch.retry_after)
        status = switch.status or (200 if switch.code else 503)
        raise Refused(switch.code or "service_unavailable", status=status)
