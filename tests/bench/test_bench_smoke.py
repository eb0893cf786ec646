"""The bench runs, on a small house, and says of each figure whether its goal was reached."""

import json
import subprocess
import sys

import pytest

from functions.cli.home import ROOT

CHEAP = (
    "memory",
    "inbox",
    "security",
    "session",
    "status",
    "submission",
    "door",
    "claims",
    "sign_in",
    "cleaning",
    "menu_order",
    "menu_places",
    "tick",
    "presses",
)


@pytest.mark.long
def test_the_bench_says_what_it_measured() -> None:
    chosen = [word for name in CHEAP for word in ("--only", name)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick", "--json", *chosen],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {
        "idle_memory",
        "inbox_page",
        "status_change_to_peer",
        "worker_claims_to_raw",
        "daily_cleaning",
        "menu_order",
        "menu_last_places",
        "slack_press_p99",
    } <= set(told)
    for name, one in told.items():
        assert set(one) == {"value", "unit", "goal", "reached", "control"}, name
        assert one["value"] >= 0, name
        assert (one["goal"] is None) == (one["reached"] is None), name
