"""The two doors on one database: PostgREST and the functions, both real, and whoever knocks."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import jwt

from functions.cli import data_api, processes
from functions.cli.cluster import free_port
from tests.functions.server import SECRET, House, environment, running_functions
from tests.house import Database
from tests.isolation import catalog
from tests.isolation.actors import HOTELS, Actor, actor
from tests.world import wait_for


@dataclass(frozen=True)
class Doors:
    """Both running, and a living session of every role in every hotel."""

    house: House
    rest: str
    actors: dict[tuple[str, str], Actor]

    def get(self, path: str, token: str | None) -> httpx2.Response:
        """A read at PostgREST."""
        return self.house.client.get(f"{self.rest}{path}", headers=bearer(token))

    def call(self, command: str, token: str | None, **given: Any) -> httpx2.Response:
        """A command at PostgREST."""
        return self.house.client.post(f"{self.rest}/rpc/{command}", json=given, headers=bearer(token))

    def ask(self, method: str, path: str, token: str | None, **how: Any) -> httpx2.Response:
        """A request to the functions."""
        return self.house.client.request(method, path, headers={**bearer(token), **KEY}, **how)

    def token(self, role: str, hotel: str = "hamsun", /, **different: Any) -> str:
        """A good token of that role, but for what is said to be different (None leaves a claim out)."""
        return signed(self.claims(role, hotel, **different))

    def claims(self, role: str, hotel: str = "hamsun", /, **different: Any) -> dict[str, Any]:
        """The claims of a good token, but for what is said to be different."""
        session = self.actors[role, hotel].claims
        told = {name: session.get(name) for name in TOLD} | {"exp": int(time.time()) + 600} | different
        return {name: value for name, value in told.items() if value is not None}


TOLD = ("role", "sub", "session_id", "tenant_id", "booking_id", "device_table", "jti", "aud", "iss")
KEY = {"Idempotency-Key": "a knock"}


def bearer(token: str | None) -> dict[str, str]:
    """The header that says who this is, if anyone."""
    return {"Authorization": f"Bearer {token}"} if token is not None else {}


def signed(claims: dict[str, Any], secret: str = SECRET, algorithm: str = "HS256", **header: Any) -> str:
    """Claims as a token."""
    return jwt.encode(claims, secret, algorithm=algorithm, headers=header)


@contextmanager
def open_doors(database: Database, folder: Path, data_api: str = "", **different: str) -> Iterator[Doors]:
    """Both doors, for as long as the block lasts; `data_api` is more of PostgREST's configuration."""
    with ExitStack() as stack:
        rest = f"http://127.0.0.1:{free_port()}"
        house = stack.enter_context(
            running_functions(database, folder, STAYBASE_POSTGREST_URL=rest, **different)
        )
        stack.enter_context(running_data_api(house, rest, folder, data_api))
        with database.connect() as conn:
            found = [
                actor(conn, role, hotel) for role in catalog.roles(conn) for hotel in HOTELS if role != "anon"
            ]
        yield Doors(house, rest, {(one.role, one.hotel): one for one in found if one is not None})


@contextmanager
def running_data_api(house: House, url: str, folder: Path, more: str) -> Iterator[None]:
    """The real PostgREST on the same database."""
    admin = f"http://127.0.0.1:{free_port()}"
    settings = {
        **environment(house.database),
        "STAYBASE_JWT_AUDIENCE": "staybase",
        "STAYBASE_PUBLIC_URL": house.url,
        "STAYBASE_POSTGREST_URL": url,
        "STAYBASE_POSTGREST_ADMIN_URL": admin,
    }
    configuration = folder / "postgrest.conf"
    configuration.write_text(data_api.configuration(settings) + more)
    with (folder / "postgrest.log").open("wb") as log:
        process = processes.start([data_api.binary(), configuration], env={}, output=log, cwd=Path("/"))
    try:
        wait_for(lambda: is_ready(f"{admin}/ready"), "PostgREST", 30)
        yield
    finally:
        processes.end(process.pid, None)
        process.wait()


def is_ready(url: str) -> bool:
    """Whether PostgREST has read the schema."""
    try:
        return httpx2.get(url, timeout=2).status_code == 200
    except httpx2.TransportError:
        return False
