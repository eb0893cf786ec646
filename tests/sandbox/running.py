"""A sandbox as a real process on a free port, spoken to by the real SDKs."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from slack_sdk import WebClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

ACCOUNT, TOKEN, SLACK_TOKEN = "AC" + "0" * 31 + "1", "sandbox-twilio-token", "xoxb-sandbox-token"
SLACK_SECRET = "sandbox-slack-secret"
MAIL_USER, MAIL_PASSWORD = "sandbox", "sandbox-mail-password"
ENVIRONMENT = {
    "STAYBASE_DEVELOPMENT": "1",
    "STAYBASE_SANDBOX_TWILIO_SID": ACCOUNT,
    "STAYBASE_SANDBOX_TWILIO_TOKEN": TOKEN,
    "STAYBASE_SANDBOX_SLACK_TOKEN": SLACK_TOKEN,
    "STAYBASE_SANDBOX_SLACK_SECRET": SLACK_SECRET,
    "STAYBASE_SANDBOX_SMTP_PASSWORD": MAIL_PASSWORD,
}
ADDRESS = re.compile(r"running on (http://127\.0\.0\.1:\d+)")
HOTEL, GUEST, OTHER_GUEST = "whatsapp:+12025550100", "whatsapp:+12025550111", "whatsapp:+12025550122"
TENANT, NOTIFICATION = "0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002"


def started(environment: Mapping[str, str]) -> "subprocess.Popen[str]":
    """The program as the house starts it, with nothing of the tester's own environment but the path."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "functions.sandbox.app:app", "--port", "0"],
        env={**kept, **environment},
        stderr=subprocess.PIPE,
        text=True,
    )


@dataclass
class RunningSandbox:
    """Its address, and the domain's few calls on its control API."""

    url: str
    process: "subprocess.Popen[str]"
    control: httpx2.Client
    _clients: list[Client] = field(default_factory=list)

    def twilio(self, token: str = TOKEN, timeout: float = 10) -> Client:
        client = Client(ACCOUNT, token, http_client=TwilioHttpClient(timeout=timeout))
        client.api.base_url = client.content.base_url = self.url
        self._clients.append(client)
        return client

    def slack(self, token: str = SLACK_TOKEN, timeout: int = 10) -> WebClient:
        return WebClient(token, base_url=f"{self.url}/api/", retry_handlers=[], timeout=timeout)

    @property
    def mail_port(self) -> int:
        return int(self.control.get("/sandbox/health").json()["mail_port"])

    def close_clients(self) -> None:
        for client in self._clients:
            client.http_client.session.close()
        self._clients.clear()

    def switch(self, action: str, **fields: Any) -> int:
        answer = self.control.post("/sandbox/switches", json={"action": action, **fields})
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])

    def messages(self, **query: Any) -> list[dict[str, Any]]:
        answer = self.control.get("/sandbox/messages", params=query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()
        return found

    def held(self, **query: Any) -> list[dict[str, Any]]:
        """The calls held now, waited for."""
        found: list[dict[str, Any]] = self.control.get("/sandbox/holds", params={"wait": 10, **query}).json()
        return found

    def release(self, then: str = "answer") -> int:
        return int(self.control.post("/sandbox/holds/release", json={"then": then}).json()["released"])

    def template(self, body: str, name: str = "test_template", language: str = "en") -> str:
        asked = {"friendly_name": name, "language": language, "body": body}
        return str(self.control.post("/sandbox/templates", json=asked).json()["sid"])

    def guest_wrote(self, guest: str = GUEST, **fields: Any) -> None:
        answer = self.control.post(
            "/sandbox/inbound", json={"from": guest, "to": HOTEL, "body": "Hello", **fields}
        )
        assert answer.status_code == 201, answer.text

    def reset(self) -> None:
        assert self.control.post("/sandbox/reset").status_code == 204
        assert (
            self.control.put("/sandbox/callbacks", json={"factor": 0, "per_second": 1000}).status_code == 204
        )


@contextmanager
def running(environment: Mapping[str, str], *, is_fresh: bool = True) -> Iterator[RunningSandbox]:
    process = started(environment)
    assert process.stderr is not None
    with process, process.stderr:
        try:
            address = next(found[1] for line in process.stderr if (found := ADDRESS.search(line)))
            with httpx2.Client(base_url=address, timeout=30, trust_env=False) as control:
                sandbox = RunningSandbox(address, process, control)
                if is_fresh:
                    sandbox.reset()
                yield sandbox
                sandbox.close_clients()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(15)
