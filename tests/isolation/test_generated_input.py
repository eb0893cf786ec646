"""Input made from the two OpenAPI descriptions, as every role: never an answer of 5xx, and not only refusals.

Half of what is sent is a seed that ought to be accepted, or one with a field replaced; the rest is generated.
"""

import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok

from functions.identity.passwords import hash_password
from tests import loops
from tests.house import Database
from tests.isolation.catalog import Connection, roles
from tests.isolation.doors import Doors, bearer, open_doors
from tests.isolation.seeds import ACCOUNT, PASSWORD, TWILIO, DataApiSeeds, FunctionSeeds, Sent
from tests.isolation.test_matrix import listed

Seed = Callable[[], Sent]
LEAST_SHARE = 0.3
MOST_LONG, FEWEST_LONG = 90, 20_000
MOST_SHORT, FEWEST_SHORT, EVERY = 4, 250, 9
# Someone who is locked out for wrong passwords is locked out with the right one too.
NOT_MIXED = {"/functions/v1/auth-login", "/api/auth/login", "/functions/v1/auth-password"}


@dataclass
class Tally:
    """What became of the cases."""

    asked: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def note(self, operation: str, answer: httpx2.Response | Any, sent: object) -> None:
        """Count an answer."""
        self.asked[operation] += 1
        self.accepted[operation] += 200 <= answer.status_code < 300
        if answer.status_code >= 500:
            self.broken.append(f"{operation}: {answer.status_code} {answer.text[:200]} for {str(sent)[:300]}")

    @property
    def mostly_refused(self) -> dict[str, str]:
        """Operations of which too few calls were accepted."""
        return {
            operation: f"{self.accepted[operation]} of {asked}"
            for operation, asked in self.asked.items()
            if self.accepted[operation] < LEAST_SHARE * asked
        }

    @property
    def size(self) -> str:
        """In one line."""
        shares = [self.accepted[one] / asked for one, asked in self.asked.items()]
        return (
            f"generated input: {self.asked.total()} cases at {len(self.asked)} operations,"
            f" {self.accepted.total()} accepted (least share {min(shares):.0%}),"
            f" {len(self.broken)} answers of 5xx"
        )


@pytest.fixture(scope="module")
def doors(furnished: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """Both doors; what PostgREST does is taken back, so that a seed works again and again."""
    folder = tmp_path_factory.mktemp("doors")
    with open_doors(
        furnished,
        folder,
        data_api='db-tx-end = "rollback"\n',
        TWILIO_ACCOUNT_SID=ACCOUNT,
        TWILIO_AUTH_TOKEN=TWILIO,
    ) as doors:
        yield doors


class Feeder:
    """Sends cases to both doors."""

    def __init__(self, conn: Connection, doors: Doors, most: int, every: int) -> None:
        self._conn, self._doors = conn, doors
        self._most, self._every = most, every
        # whoever may not is refused alike everywhere: the short run asks a third of them
        self._every_refused = min(every, 3)
        self._given_up = {line.rpartition(" ")[0] for line in listed()}
        self.tally, self.refused = Tally(), Tally()

    def feed_data_api(self) -> None:
        """Each role what its own description of PostgREST shows."""
        for role in roles(self._conn):
            token = self._token(role)
            if token is None and role != "anon":
                continue
            described = self._doors.get("/", token).json()
            seeds = DataApiSeeds(self._conn, self._doors, role)
            for place, operation in enumerate(operations(described)):
                name = f"{operation.method.upper()} {operation.path}"
                if (place + len(role)) % self._every:
                    continue
                works = seeds.can_work(operation.method, operation.path) and self._is_reached(operation, role)
                found = partial(next, seeds.seeds(operation.method, operation.path)) if works else None
                self._feed(operation, f"{name} as {role}", self._doors.rest, token, found)

    def feed_functions(self) -> None:
        """Each function as every role; whoever may not is refused, but never with 5xx."""
        described = self._doors.house.client.get("/functions/v1/openapi.json").json()
        hashed = loops.run(hash_password(PASSWORD, "anybody@hamsun.example"))
        seeds = FunctionSeeds(self._conn, self._doors, hashed)
        for place, operation in enumerate(operations(described)):
            may, seed = seeds.known[operation.path]
            for turn, role in enumerate(("anon", "guest", "staff", "admin", "kiosk", "platform")):
                if role not in may and (place + turn) % self._every_refused:
                    continue
                name = f"{operation.method.upper()} {operation.path} as {role}"
                found = partial(seed, role) if role in may else None
                # whoever signs out is needed no more
                hotel = "alpine" if operation.path.endswith("logout") else "hamsun"
                self._feed(operation, name, self._doors.house.url, self._token(role, hotel), found)

    def _feed(self, operation: Any, name: str, url: str, token: str | None, seed: Seed | None) -> None:
        tally = self.tally if seed is not None else self.refused
        most = self._most if seed is not None else max(self._most // 3, 1)
        turns = count()

        @settings(
            max_examples=most,
            database=None,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        @given(case=operation.as_strategy())
        def one(case: Any) -> None:
            turn = next(turns)
            made = seed() if seed is not None and turn % 4 != 3 else None
            if made is None:
                sent = generated(case)
            else:
                sent = mixed(made, case) if turn % 4 == 2 and operation.path not in NOT_MIXED else made
            tally.note(name, self._send(operation, url, token, sent), sent)

        one()

    def _send(self, operation: Any, url: str, token: str | None, sent: Sent) -> httpx2.Response:
        how = dict(sent)
        path = how.pop("path", operation.path)
        own = {"X-Forwarded-For": f"198.51.{secrets.randbelow(256)}.{secrets.randbelow(256)}"}
        headers = {**own, **bearer(token), **how.pop("headers", {})}
        if operation.path.endswith("/events"):
            with self._doors.house.client.stream("GET", url + path, headers=headers, **how) as answer:
                if answer.status_code >= 400:
                    answer.read()
                return answer
        return self._doors.house.client.request(
            operation.method.upper(), url + path, headers=headers, timeout=30, **how
        )

    def _is_reached(self, operation: Any, role: str) -> bool:
        return (
            f"{operation.path.replace('/rpc/', 'api.').replace('/', 'api.', 1)} {role}" not in self._given_up
        )

    def _token(self, role: str, hotel: str = "hamsun") -> str | None:
        return self._doors.token(role, hotel) if (role, hotel) in self._doors.actors else None


def operations(described: dict[str, Any]) -> list[Any]:
    """What an OpenAPI description offers."""
    found = list(schemathesis.openapi.from_dict(described).get_all_operations())
    assert all(isinstance(one, Ok) for one in found), found
    return [one.ok() for one in found if isinstance(one, Ok)]


def generated(case: Any) -> Sent:
    """A generated case as it is."""
    sent: Sent = {"path": case.formatted_path, "headers": plain_headers(case)}
    if isinstance(case.query, dict) and case.query:
        sent["params"] = {name: text(one) for name, one in case.query.items()}
    if not type(case.body).__name__.startswith("NotSet"):
        sent["content"] = case.body if isinstance(case.body, bytes) else json.dumps(case.body).encode()
        sent["headers"].setdefault("Content-Type", "application/json")
    return sent


def mixed(made: Sent, case: Any) -> Sent:
    """A seed with one of its fields generated."""
    if isinstance(made.get("json"), dict) and isinstance(case.body, dict):
        shared = sorted(set(made["json"]) & set(case.body))
        if shared:
            name = secrets.choice(shared)
            return {**made, "json": {**made["json"], name: case.body[name]}}
    if made.get("params") and isinstance(case.query, dict) and case.query:
        name = sorted(case.query)[0]
        return {**made, "params": {**made["params"], name: text(case.query[name])}}
    return made


def plain_headers(case: Any) -> dict[str, str]:
    """Headers that can be sent at all."""
    return {
        name: str(one)
        for name, one in (case.headers or {}).items()
        if str(one).isascii() and str(one).isprintable() and name.lower() not in ("authorization", "cookie")
    }


def text(value: Any) -> str:
    """As it stands in a query."""
    return value if isinstance(value, str) else json.dumps(value)


def fed(conn: Connection, doors: Doors, most: int, every: int) -> Feeder:
    feeder = Feeder(conn, doors, most, every)
    feeder.feed_functions()
    feeder.feed_data_api()
    return feeder


def must_hold(feeder: Feeder, fewest: int, record: Callable[[str, object], None]) -> None:
    record("summary", feeder.tally.size)
    record("summary", f"{feeder.refused.size} (as who may not)")
    assert feeder.tally.broken + feeder.refused.broken == []
    assert feeder.tally.mostly_refused == {}
    assert feeder.tally.asked.total() + feeder.refused.asked.total() >= fewest


def test_some_generated_input(
    conn: Connection, doors: Doors, record_property: Callable[[str, object], None]
) -> None:
    must_hold(fed(conn, doors, MOST_SHORT, EVERY), FEWEST_SHORT, record_property)


@pytest.mark.long
def test_much_generated_input(
    conn: Connection, doors: Doors, record_property: Callable[[str, object], None]
) -> None:
    must_hold(fed(conn, doors, MOST_LONG, 1), FEWEST_LONG, record_property)


def test_the_share_is_counted() -> None:
    tally = Tally()
    for status in (200, 400, 400, 400):
        tally.note("GET /x", httpx2.Response(status), {})
    assert tally.mostly_refused == {"GET /x": "1 of 4"}
    tally.note("GET /x", httpx2.Response(500), {})
    assert len(tally.broken) == 1
