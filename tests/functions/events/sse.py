"""A client of the event stream, as a test reads it: event by event, waiting for each."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2

from tests.functions.server import House, Person

PATH = "/functions/v1/events"


class Stream:
    """An open event stream. `cursor` is what a browser would send as Last-Event-ID."""

    def __init__(self, answer: httpx2.Response) -> None:
        self.answer = answer
        self.cursor: str | None = None
        self._lines = answer.iter_lines()

    def next(self) -> dict[str, Any]:
        """The next event's data, waited for until the client's time limit; `cursor` moves."""
        event: dict[str, Any] | None = None
        for line in self._lines:
            name, _, value = line.partition(": ")
            if name == "id":
                self.cursor = value
            elif name == "data":
                event = json.loads(value)
            elif not line and event is not None:
                assert event["cursor"] == self.cursor
                return event
        raise EOFError

    def opened(self) -> "Stream":
        """The stream, once the server has said where it begins."""
        for line in self._lines:
            if not line and self.cursor is not None:
                return self
            if line.startswith("id: "):
                self.cursor = line[4:]
        raise EOFError

    def rest(self) -> list[str]:
        """What still comes until the server ends the stream."""
        return list(self._lines)


@contextmanager
def listening(house: House, person: Person, cursor: str | None = None) -> Iterator[Stream]:
    """A stream opened as that person, from a cursor or from now on."""
    headers = {**person.bearer, **({"Last-Event-ID": cursor} if cursor else {})}
    with house.client.stream("GET", PATH, headers=headers) as answer:
        assert answer.status_code == 200, answer.read()
        stream = Stream(answer).opened()  # held here: without a holder the connection would close
        yield stream


def payloads(stream: Stream, count: int) -> list[Any]:
    """The payloads of the next events."""
    return [stream.next()["payload"]["n"] for _ in range(count)]
