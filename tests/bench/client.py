"""An HTTP client that costs little: one process, one thread, keep-alive, requests written beforehand.

Run as `python -m tests.bench.client`: a job comes in as JSON on standard input, what was measured goes out.
Each connection sends its own requests one after the other, again from the first when `again`, and from an
address of its own where `addresses` has one.
"""

import heapq
import json
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from itertools import cycle
from typing import Any

LIMIT = 256 * 1024


@dataclass
class Job:
    """Where to, for how long, and what each connection sends."""

    port: int
    seconds: float
    warming: float
    requests: list[list[str]]
    again: bool = True
    pause: float = 0.0
    """Between an answer and the connection's next request; they begin one after the other within it."""
    addresses: list[str] = field(default_factory=list)


@dataclass
class Measured:
    """What came of a job: answers within the measured time, and the times they took in milliseconds."""

    answers: int = 0
    seconds: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    bytes_each: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    first_failure: str = ""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds if self.seconds else 0.0


class Connection:
    """One keep-alive connection with one request under way."""

    def __init__(self, port: int, requests: list[str], address: str, *, again: bool) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), source_address=(address, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        written = [request.encode() for request in requests]
        self._requests = cycle(written) if again else iter(written)
        self._answer = bytearray()
        self.sent_at = 0.0

    def send(self) -> bool:
        """The next request; False when there is none left."""
        request = next(self._requests, None)
        if request is None:
            return False
        self._answer.clear()
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)
        return True

    def receive(self) -> bytes | None:
        """What the socket has; the whole answer once it is there."""
        part = self.socket.recv(LIMIT)
        if not part:
            raise ConnectionError("the server closed the connection")
        self._answer += part
        return bytes(self._answer) if is_whole(self._answer) else None


def is_whole(answer: bytes | bytearray) -> bool:
    """Whether an HTTP/1.1 answer is complete, by its length or its last chunk."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = answer[:end].lower()
    at = head.find(b"\r\ncontent-length:")
    if at >= 0:
        length = int(head[at + 17 :].split(b"\r\n", 1)[0])
        return len(answer) >= end + 4 + length
    if b"\r\ntransfer-encoding: chunked" in head:
        return answer.endswith(b"\r\n0\r\n\r\n") or answer[end + 4 :] == b"0\r\n\r\n"
    return True


def run(job: Job) -> Measured:
    """Drive all connections until the time is up or nothing is left to send."""
    with selectors.DefaultSelector() as selector:
        addresses = job.addresses or ["127.0.0.1"] * len(job.requests)
        connections = [
            Connection(job.port, requests, address, again=job.again)
            for requests, address in zip(job.requests, addresses, strict=True)
        ]
        for number, each in enumerate(connections):
            selector.register(each.socket, selectors.EVENT_READ, number)
        try:
            return _drive(job, selector, connections)
        finally:
            for each in connections:
                each.socket.close()


def _drive(job: Job, selector: selectors.BaseSelector, connections: list[Connection]) -> Measured:
    measured, failures, times = Measured(), Counter[str](), list[float]()
    begun = time.perf_counter() + job.warming
    until = begun + job.seconds
    step = job.pause / len(connections)
    resting = [(time.perf_counter() + step * number, number) for number in range(len(connections))]
    under_way, ended = 0, begun
    while under_way or resting:
        wait = max(0.0, resting[0][0] - time.perf_counter()) if resting else None
        for key, _ in selector.select(wait) if under_way or wait else ():
            each = connections[key.data]
            answer = each.receive()
            if answer is None:
                continue
            now = time.perf_counter()
            under_way -= 1
            if not answer.startswith(b"HTTP/1.1 2"):
                failures[answer[9:12].decode()] += 1
                measured.first_failure = measured.first_failure or answer[:1500].decode("utf-8", "replace")
            elif begun <= now <= until:
                times.append(now - each.sent_at)
                measured.bytes_each, ended = len(answer), now
            if now < until:
                heapq.heappush(resting, (now + job.pause, key.data))
        while resting and resting[0][0] <= time.perf_counter():
            under_way += connections[heapq.heappop(resting)[1]].send()
    times.sort()
    measured.answers, measured.failures = len(times), dict(failures)
    measured.seconds = ended - begun if not job.again else job.seconds
    if times:
        measured.p50, measured.p95, measured.p99 = (
            times[int(len(times) * share)] * 1e3 for share in (0.50, 0.95, 0.99)
        )
    return measured


def request(
    method: str, path: str, headers: dict[str, str] | None = None, body: dict[str, Any] | None = None
) -> str:
    """A request as it goes over the wire."""
    text = json.dumps(body) if body is not None else ""
    named = {"Host": "127.0.0.1", **(headers or {})}
    if body is not None:
        named |= {"Content-Type": "application/json", "Content-Length": str(len(text.encode()))}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n{text}"


if __name__ == "__main__":
    print(json.dumps(asdict(run(Job(**json.load(sys.stdin))))))
