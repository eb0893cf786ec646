"""A functions process of a test module's own, and the people who talk to it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any, TypeAlias

import httpx2

from functions.cli.cluster import free_port
from functions.shared.settings import Settings
from functions.shared.tokens import mint
from tests.functions.copies import Copy
from tests.house import Database
from tests.world import wait_for

Process: TypeAlias = "subprocess.Popen[bytes] | Copy"
ROOT = Path(__file__).resolve().parents[2]
SECRET = "a secret of the tests, long enough for HS256"
SECRET_KEY = "sb_secret_of_the_tests"
PUBLISHABLE_KEY = "sb_publishable_of_the_tests"
PATIENCE = 60  # s; fifty sign-ins at once take their time on a machine that does much else
UNLIMITED = httpx2.Limits(max_connections=None, max_keepalive_connections=20)


@dataclass(frozen=True)
class Person:
    """Someone with a session, who calls with its token."""

    house: "House"
    session: dict[str, Any]
    token: str = field(repr=False)

    def post(self, path: str, body: Any, key: str | None = None, **headers: str) -> httpx2.Response:
        """A write under an idempotency key."""
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.house.client.post(path, json=body, headers={**self.bearer, **headers})

    def get(self, path: str) -> httpx2.Response:
        """A read."""
        return self.house.client.get(path, headers=self.bearer)

    @property
    def bearer(self) -> dict[str, str]:
        """The header that says who this is."""
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(frozen=True)
class House:
    """A running functions process on a database of its own."""

    url: str
    database: Database
    client: httpx2.Client
    process: "Process"
    log: Path

    @property
    def settings(self) -> Settings:
        """The settings the process runs with."""
        return settings_of(self.database)

    def ask(self, statement: str, *arguments: Any) -> Any:
        """One value, as the migrating role."""
        with self.database.connect() as connection:
            row = connection.execute(statement, arguments).fetchone()
        return row[0] if row else None

    def code_of(self, last_name: str) -> str:
        """The portal code of a demo guest."""
        return str(
            self.ask(
                "select c.code from portal.codes as c"
                " join public.bookings as b on b.tenant_id = c.tenant_id and b.id = c.booking_id"
                " join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id"
                " where g.last_name = %s order by b.created_at desc limit 1",
                last_name,
            )
        )

    def guest(self, last_name: str = "Marutani", level: str = "context") -> Person:
        """A guest with a session of that level."""
        with self.database.connect(self.database.service_url) as connection:
            row = connection.execute(
                "select app.open_portal_session(%s, '127.0.0.1', %s)",
                (self.code_of(last_name), os.urandom(32)),
            ).fetchone()
        assert row is not None
        session = {**row[0], "role": "guest", "sub": row[0]["booking_id"]}
        self.ask(
            "update identity.sessions set level = %s where id = %s returning 1", level, session["session_id"]
        )
        return self.person(session)

    def member(self, email: str) -> Person:
        """A member of the cast."""
        with self.database.connect(self.database.service_url) as connection:
            row = connection.execute("select app.open_development_session(%s)", (email,)).fetchone()
        assert row is not None
        return self.person(row[0])

    def person(self, session: dict[str, Any], **different: Any) -> Person:
        """Someone with a token for a session, which may differ from the truth."""
        token, _ = mint(self.settings, {**session, **different})
        return Person(self, session, token)

    def emit(self, topic: str, person: Person, payload: dict[str, Any] | None = None) -> None:
        """An event of the person's tenant, committed at once; about the booking if it is a guest."""
        with self.database.connect() as connection, connection.transaction():
            emit(connection, topic, person, payload)


def emit(connection: Any, topic: str, person: Person, payload: dict[str, Any] | None = None) -> None:
    """An event in a transaction that is still open."""
    booking_id = person.session.get("booking_id")
    connection.execute("select app.set_caller(%s)", (person.session["tenant_id"],))
    connection.execute(
        "select app.emit_event(%s, null, %s, null, 'test', app.new_id(), %s)",
        (topic, booking_id, json.dumps(payload or {})),
    )


def environment(database: Database, **different: str) -> dict[str, str]:
    """What a functions process finds in its environment."""
    return {
        "STAYBASE_AUTHENTICATOR_URL": database.authenticator_url,
        "STAYBASE_SERVICE_URL": database.service_url,
        "STAYBASE_JWT_SECRET": SECRET,
        "STAYBASE_SECRET_KEY": SECRET_KEY,
        "STAYBASE_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
        "STAYBASE_DEVELOPMENT": "1",
        **different,
    }


def settings_of(database: Database, **different: str) -> Settings:
    """The settings that a process reads from that environment."""
    fields = environment(database, **different).items()
    return Settings.model_validate({name.removeprefix("STAYBASE_").lower(): value for name, value in fields})


@contextmanager
def running_functions(
    database: Database, folder: Path, begin: Callable[..., Process] = Copy, /, **different: str
) -> Iterator[House]:
    """Uvicorn with the functions' application, answering, for as long as the block lasts."""
    port = free_port()
    log = folder / "functions.log"
    process = begin({"PATH": os.environ["PATH"], **environment(database, **different)}, port, log)
    url = f"http://127.0.0.1:{port}"
    try:
        forgetful = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        with httpx2.Client(base_url=url, timeout=PATIENCE, limits=UNLIMITED, cookies=forgetful) as client:
            wait_until_healthy(client, process, log)
            yield House(url, database, client, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def started(environment: dict[str, str], port: int, log: Path) -> "subprocess.Popen[bytes]":
    """As the house starts them: a program that loads everything itself."""
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "functions.app:app", "--port", str(port), "--no-access-log"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def wait_until_healthy(client: httpx2.Client, process: Process, log: Path) -> None:
    """Returns when the process answers; raises with its log when it ended or does not."""
    wait_for(lambda: process.poll() is not None or is_healthy(client), log.read_text(), 30)
    if process.poll() is not None:
        raise AssertionError(log.read_text())


def is_healthy(client: httpx2.Client) -> bool:
    """Whether the process answers."""
    try:
        return client.get("/functions/v1/health").status_code == 200
    except httpx2.TransportError:
        return False
