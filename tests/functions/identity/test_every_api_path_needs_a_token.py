"""Every path under /api needs an access token, but the two that give one and the one that scans a QR code."""

import json
import subprocess
import sys

import pytest

from functions.cli.home import ROOT
from tests.functions.server import House, environment

OPEN = {"/api/auth/login", "/api/auth/refresh", "/api/qr/validate"}
LISTING = """
import json
from functions.app import app
def walk(routes):
    for route in routes:
        inner = getattr(route, "effective_route_contexts", None)
        yield from inner() if inner else [route]
print(json.dumps([[method, route.path] for route in walk(app.routes) for method in sorted(route.methods)
                  if route.path.startswith("/api/")]))
"""


@pytest.fixture(scope="module")
def paths(house: House) -> list[tuple[str, str]]:
    """The methods and paths that the application has there."""
    listed = subprocess.run(
        [sys.executable, "-c", LISTING],
        cwd=ROOT, env=environment(house.database), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [(method, path) for method, path in json.loads(listed.stdout)]


def test_every_api_path_needs_a_token(house: House, paths: list[tuple[str, str]]) -> None:
    answers = {
        (method, path): house.client.request(method, path, json={}).status_code
        for method, path in paths
        if path not in OPEN
    }
    assert {asked: status for asked, status in answers.items() if status != 401} == {}
    assert {path for _, path in paths} >= OPEN


def test_a_token_that_is_over_is_as_good_as_none(house: House, paths: list[tuple[str, str]]) -> None:
    person = house.member("manager@hamsun.example")
    house.ask(
        "update identity.sessions set ended_at = now() where id = %s returning 1",
        person.session["session_id"],
    )
    for method, path in paths:
        if path not in OPEN:
            body = dict.fromkeys(("hotelId", "guestId", "roomId"), person.session["tenant_id"])
            assert house.client.request(method, path, json=body, headers=person.bearer).status_code == 401
