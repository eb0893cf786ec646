"""The process as a whole: lean, described, and quick to end."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.cli.cluster import Cluster
from tests.functions.events.sse import listening
from tests.functions.server import ROOT, House, running_functions, started
from tests.house import cloned

MOST_KILOBYTES = 80 * 1024
WRITES = {"/functions/v1/portal-session", "/functions/v1/portal-submit-request", "/functions/v1/post-charge"}


@pytest.fixture(scope="module")
def house(cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A process that shares nothing with another."""
    folder = tmp_path_factory.mktemp("house")
    with (
        cloned(cluster, template) as database,
        running_functions(database, folder, started) as house,
    ):
        yield house


def test_a_working_process_stays_under_eighty_megabytes(house: House) -> None:
    guest = house.guest()
    for number in range(50):
        guest.post(
            "/functions/v1/portal-submit-request", {"type_slug": "concierge", "note": "A taxi"}, f"{number}"
        )
    rollup = Path(f"/proc/{house.process.pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    assert found is not None
    assert int(found[1]) < MOST_KILOBYTES


def test_the_routes_are_described(house: House) -> None:
    described: dict[str, Any] = house.client.get("/functions/v1/openapi.json").json()
    assert WRITES | {"/functions/v1/events", "/functions/v1/health"} <= set(described["paths"])
    for path in WRITES:
        write = described["paths"][path]["post"]
        assert "requestBody" in write
        assert write["responses"]["409" if "session" not in path else "404"]["content"]["application/json"][
            "schema"
        ]
    for reference in references(described):
        assert resolve(described, reference), reference


def test_keys_are_described_as_required(house: House) -> None:
    described = house.client.get("/functions/v1/openapi.json").json()
    for path in WRITES - {"/functions/v1/portal-session"}:
        parameters = described["paths"][path]["post"]["parameters"]
        assert [(p["name"], p["required"]) for p in parameters] == [("Idempotency-Key", True)]


def test_the_process_ends_at_once_with_streams_open(cluster: Cluster, template: str, tmp_path: Path) -> None:
    with (
        cloned(cluster, template) as database,
        running_functions(database, tmp_path, started) as house,
    ):
        with listening(house, house.member("reception@hamsun.example")) as stream:
            began = time.monotonic()
            house.process.send_signal(signal.SIGTERM)
            assert not any(line.startswith("data") for line in stream.rest())
            house.process.wait(10)
        assert time.monotonic() - began < 5
        assert house.ask("select count(*) from notify.workers where kind = 'events'") == 0


def test_a_process_without_settings_says_what_is_missing() -> None:
    start = [sys.executable, "-c", "import functions.app"]
    ended = subprocess.run(start, cwd=ROOT, env={}, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "STAYBASE_JWT_SECRET: is missing" in ended.stderr
    assert "Traceback" not in ended.stderr


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in references(value)]
    return [found for value in node for found in references(value)] if isinstance(node, list) else []


def resolve(document: Any, reference: str) -> bool:
    for step in reference.removeprefix("#/").split("/"):
        if step not in document:
            return False
        document = document[step]
    return bool(json.dumps(document))
