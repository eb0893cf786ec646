"""Where status callbacks arrive in a test: it keeps each one and answers as it is told."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from tests.sandbox.running import NOTIFICATION, TENANT


@dataclass
class Arrived:
    """One callback: the address it was sent to, its form, its signature, all headers and the bare body."""

    url: str
    form: dict[str, str]
    signature: str
    headers: Message
    body: str


@dataclass
class Receiver:
    """Callbacks in the order in which they came; `answers` are the next statuses, 204 when there are none."""

    url: str = ""
    arrived: "queue.Queue[Arrived]" = field(default_factory=queue.Queue)
    answers: "queue.Queue[int]" = field(default_factory=queue.Queue)

    @property
    def address(self) -> str:
        return f"{self.url}/functions/v1/whatsapp-status/{TENANT}/{NOTIFICATION}"

    def next(self) -> Arrived:
        return self.arrived.get(timeout=10)

    def statuses(self, count: int) -> list[str]:
        return [self.next().form["MessageStatus"] for _ in range(count)]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            url = receiver.url + self.path
            form = dict(parse_qsl(body, keep_blank_values=True))
            signature = self.headers["X-Twilio-Signature"]
            receiver.arrived.put(Arrived(url, form, signature, self.headers, body))
            self.send_response(204 if receiver.answers.empty() else receiver.answers.get())
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
