"""Switches: what goes wrong on purpose, for whom, how often; and the calls that are held at a named point.

A switch covers calls by provider, recipient and operation, and is used up after `times` calls (None: until
removed). Of the switches that cover a call the oldest of each stage acts.
"""

import asyncio
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from functions.sandbox.bell import Bell
from functions.sandbox.call import CallerIsGone

Provider = Literal["twilio", "slack", "smtp", "beds24"]
Operation = Literal["create", "lookup", "update"]
Point = Literal["before_accept", "after_accept", "hang"]
Action = Literal[
    "fail",
    "throttle",
    "hang",
    "hold",
    "accept_then_drop",
    "undelivered",
    "scramble",
    "repeat",
    "silence",
    "one_a_second",
]

AT_THE_DOOR: frozenset[Action] = frozenset({"fail", "throttle"})
ON_DELIVERY: frozenset[Action] = frozenset({"undelivered", "scramble", "repeat", "silence"})


@dataclass
class Switch:
    """One thing that goes wrong; `to` is a phone, a channel, a mail address, or None for anyone."""

    id: int
    action: Action
    provider: Provider | None = None
    operation: Operation = "create"
    to: str | None = None
    times: int | None = 1
    point: Literal["before_accept", "after_accept"] = "before_accept"
    status: int | None = None
    code: str | None = None
    retry_after: int = 1

    @property
    def stage(self) -> str:
        """When it acts: at the door, before or after the message is accepted, on its delivery, or always."""
        if self.action in AT_THE_DOOR:
            return "door"
        if self.action in ON_DELIVERY:
            return self.action
        if self.action == "hang":
            return "before_accept"
        if self.action == "accept_then_drop":
            return "after_accept"
        return self.point if self.action == "hold" else self.action


@dataclass
class Hold:
    """A call that waits; `then` says what a release does with it."""

    id: int
    point: Point
    provider: Provider
    to: str
    notification_id: str | None
    provider_id: str | None
    released: asyncio.Event = field(default_factory=asyncio.Event)
    then: Literal["answer", "drop"] = "answer"


class Holdable(Protocol):
    """A call that can be made to wait."""

    async def held_until(self, released: asyncio.Event) -> None:
        """Returns at the release; raises CallerIsGone when the client goes away first."""


class Dropped(Exception):
    """The call ends without an answer."""


@dataclass
class Subject:
    """The call as switches see it: whose, and to whom by any of its names."""

    provider: Provider
    operation: Operation
    names: frozenset[str]
    to: str
    notification_id: str | None = None
    provider_id: str | None = None


def plain(recipient: str) -> str:
    """A recipient without its channel's sign: `whatsapp:+12025550101` and `#kitchen` as people type them."""
    return recipient.removeprefix("whatsapp:").removeprefix("#").lower()


class Switchboard:
    """All switches and held calls of one sandbox."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self.switches: list[Switch] = []
        self.holds: dict[int, Hold] = {}
        self._ids = itertools.count(1)
        self._news = asyncio.Condition()

    def add(self, switch: Switch) -> Switch:
        switch.id = next(self._ids)
        self.switches.append(switch)
        self._bell.ring()
        return switch

    def remove(self, switch_id: int) -> bool:
        before = len(self.switches)
        self.switches = [switch for switch in self.switches if switch.id != switch_id]
        self._bell.ring()
        return len(self.switches) < before

    def take(self, subject: Subject, stage: str) -> Switch | None:
        """The switch that acts on this call at this stage, counted down."""
        for switch in self.switches:
            if (
                switch.stage == stage
                and switch.operation == subject.operation
                and switch.provider in (None, subject.provider)
                and (switch.to is None or plain(switch.to) in subject.names)
            ):
                if switch.times is not None:
                    switch.times -= 1
                    if switch.times <= 0:
                        self.switches.remove(switch)
                    self._bell.ring()
                return switch
        return None

    async def pass_point(
        self, call: Holdable, subject: Subject, stage: Literal["before_accept", "after_accept"]
    ) -> None:
        """Lets the call through, holds it, or raises Dropped (also when its client went away meanwhile)."""
        if not self.switches:
            return
        switch = self.take(subject, stage)
        if switch is None:
            return
        if switch.action == "accept_then_drop":
            raise Dropped
        await self._hold(call, subject, "hang" if switch.action == "hang" else stage)

    async def _hold(self, call: Holdable, subject: Subject, point: Point) -> None:
        hold = Hold(
            next(self._ids), point, subject.provider, subject.to, subject.notification_id, subject.provider_id
        )
        self.holds[hold.id] = hold
        await self._tell()
        try:
            await call.held_until(hold.released)
        except CallerIsGone:
            raise Dropped from None
        finally:
            self.holds.pop(hold.id, None)
            self._bell.ring()
        if hold.then == "drop":
            raise Dropped

    async def _tell(self) -> None:
        self._bell.ring()
        async with self._news:
            self._news.notify_all()

    def held(
        self, point: str | None = None, provider: str | None = None, to: str | None = None
    ) -> list[Hold]:
        return [
            hold
            for hold in self.holds.values()
            if point in (None, hold.point)
            and provider in (None, hold.provider)
            and (to is None or plain(to) == plain(hold.to))
        ]

    async def wait_held(
        self, point: str | None, provider: str | None, to: str | None, count: int, seconds: float
    ) -> list[Hold]:
        """The held calls, as soon as there are `count` of them or the time is up."""
        try:
            async with asyncio.timeout(seconds), self._news:
                await self._news.wait_for(lambda: len(self.held(point, provider, to)) >= count)
        except TimeoutError:
            pass
        return self.held(point, provider, to)

    def release(self, holds: Iterable[Hold], then: Literal["answer", "drop"] = "answer") -> int:
        released = 0
        for hold in holds:
            hold.then = then
            hold.released.set()
            released += 1
        return released

    def clear(self, then: Literal["answer", "drop"] = "answer") -> None:
        """Removes every switch and lets every held call end."""
        self.switches.clear()
        self._bell.ring()
        self.release(list(self.holds.values()), then)
