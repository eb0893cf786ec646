"""Every route of the functions, as the application itself knows them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import httpx2

from functions.cli.home import ROOT
from functions.cli.platform_user import add
from tests.functions.copies import NOWHERE
from tests.stack import Stack

LIST = """
import json
from functions.app import app
from functions.pages.base.routing import PageRoute
def walk(routes):
    for route in routes:
        inner = getattr(route, "effective_route_contexts", None)
        yield from inner() if inner else [route]
print(json.dumps([
    [method, route.path, isinstance(getattr(route, "original_route", route), PageRoute)]
    for route in walk(app.routes) for method in sorted(route.methods)]))
"""
GAP = re.compile(r"\{(\w+)(?::[^}]*)?\}")


@dataclass(frozen=True)
class Route:
    """One method of one path; `is_page` where the pages' own rules hold."""

    method: str
    path: str
    is_page: bool

    def at(self, **named: str) -> str:
        """The path with its gaps filled: by name, else by something that is nowhere."""
        return GAP.sub(lambda gap: named.get(gap[1], "0"), self.path)


@cache
def every_route() -> tuple[Route, ...]:
    """All of them."""
    environment = {"PATH": os.environ["PATH"], **NOWHERE}
    done = subprocess.run(
        [sys.executable, "-c", LIST], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return tuple(Route(*one) for one in json.loads(done.stdout))


VISITORS = ("nobody", "guest", "reception", "owner", "newcomer", "platform")
"""The newcomer has just registered a hotel; the platform's own people see no hotel from inside."""

PASSWORD = "river bottle monday lantern"
HOTEL = {
    "hotel_name": "Walkers' Rest",
    "owner": {"name": "Zara Aziz", "email": "zara@walkers.example", "password": PASSWORD},
    "property": {
        "code": "WLK",
        "name": "Walkers' Rest",
        "country": "PK",
        "time_zone": "Asia/Karachi",
        "currency": "PKR",
    },
}


@contextmanager
def browser(stack: Stack, visitor: str) -> Iterator[httpx2.Client]:
    """A browser that holds a visitor's cookies."""
    with httpx2.Client(base_url=stack.url, timeout=30) as client:
        if visitor == "guest":
            client.get("/", params={"c": stack.link("in_house").code})
        elif visitor == "newcomer":
            client.post("/functions/v1/auth-register", json=HOTEL, headers={"Idempotency-Key": "a walk"})
        elif visitor == "platform":
            add(stack.settings, "ops@walkers.example", "Nadia", PASSWORD)
            who = {"flow": "platform", "email": "ops@walkers.example", "password": PASSWORD}
            client.post("/functions/v1/auth-login", json=who)
        elif visitor != "nobody":
            client.get("/dev/sign-in", params={"as": f"{visitor}@hamsun.example"})
        assert bool(client.cookies) == (visitor != "nobody")
        yield client
