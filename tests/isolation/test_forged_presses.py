"""What comes from Slack is fed five thousand forgeries and as many malformed calls: none is taken."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import pytest
from starlette.requests import Request

from functions.shared.errors import Problem
from functions.slack import interactions
from tests import loops
from tests.isolation.test_forged_signatures import FORGERIES, SETTINGS, Dice
from tests.slack import SECRET, form, press, signed

SLACK = SETTINGS.model_copy(update={"slack_signing_secret": SECRET})


class Pressed:
    """A button pressed in Slack as Slack tells it, and what a forger makes of it."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.body = form(press(uuid4(), amount="5000"))
        self.headers: dict[str, str] = signed(self.body)

    def forged(self) -> "Pressed":
        """One thing changed, which the signature does not cover any more."""
        self.dice.pick([self._header, self._signature, self._moment, self._body, self._key, self._whole])()
        return self

    def malformed(self) -> "Pressed":
        """Signed as it should be, but no payload: whoever holds the secret sends none of these."""
        noise = self.dice.bytes() or b"\xff"
        wrong = self.dice.pick(
            [noise, b"payload=" + noise, b"payload=[]", self.body + b"&payload=1", b"\xff" * 9]
        )
        self.body = wrong if wrong != self.body else b""
        self.headers = signed(self.body)
        return self

    def _header(self) -> None:
        del self.headers[self.dice.pick(["X-Slack-Signature", "X-Slack-Request-Timestamp"])]

    def _signature(self) -> None:
        self.headers["X-Slack-Signature"] = self.dice.mutated(self.headers["X-Slack-Signature"])

    def _moment(self) -> None:
        self.headers["X-Slack-Request-Timestamp"] = self.dice.mutated(
            self.headers["X-Slack-Request-Timestamp"]
        )

    def _body(self) -> None:
        at = self.dice.below(len(self.body))
        self.body = self.body[:at] + bytes([self.body[at] ^ (1 << self.dice.below(7))]) + self.body[at + 1 :]

    def _key(self) -> None:
        # never ending in zeros: an HMAC's key has as many of them as one likes
        self.headers = signed(self.body, self.dice.mutated(SECRET).encode("utf-8", "replace").decode() + "!")

    def _whole(self) -> None:
        moment = str(int(self.headers["X-Slack-Request-Timestamp"]) - 301 - self.dice.below(10**6))
        self.headers = signed(self.body, moment=moment)

    async def answer(self) -> int:
        """The status of the answer of the function itself."""
        headers = [(k.lower().encode(), v.encode("latin-1", "replace")) for k, v in self.headers.items()]
        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": "/functions/v1/slack-interactions",
            "query_string": b"",
            "headers": headers,
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": self.body, "more_body": False}

        try:
            return (await interactions.slack_interactions(Request(scope, receive))).status_code
        except Problem as problem:
            return problem.status


def answers_to(presses: Iterable[Pressed]) -> set[int]:
    """The statuses of the function's answers to all of them."""

    async def statuses() -> set[int]:
        return {await pressed.answer() for pressed in presses}

    return loops.run(statuses())


@pytest.fixture
def _pressing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house that does whatever is pressed."""

    async def taken(*_: Any, **__: Any) -> str:
        return "done"

    monkeypatch.setattr(interactions, "service_value", taken)
    monkeypatch.setattr(interactions, "get_settings", lambda: SLACK)


@pytest.mark.usefixtures("_pressing")
def test_no_forged_press_is_taken() -> None:
    assert answers_to(Pressed(Dice(seed)).forged() for seed in range(FORGERIES)) == {401}


@pytest.mark.usefixtures("_pressing")
def test_no_malformed_press_is_taken() -> None:
    assert answers_to(Pressed(Dice(seed)).malformed() for seed in range(FORGERIES)) == {401}


@pytest.mark.usefixtures("_pressing")
def test_a_genuine_press_is_taken() -> None:
    assert answers_to(Pressed(Dice(seed)) for seed in range(20)) == {200}
