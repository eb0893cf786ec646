"""portal_lines: a whole run shows every line of the specification, and a line that nobody shows fails it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from functions.cli.home import ROOT
from tests.portal_lines import LINES, load, misplaced, unsound

CONFTEST = """
from pathlib import Path
from tests.portal_lines import PortalLines, load

def pytest_configure(config):
    here = Path(__file__).parent
    config.pluginmanager.register(PortalLines(load(here / "lines.toml"), here / "out" / "table.md"))
"""
TOLD = """
[table.told]
says = "It is told."
does = ["conftest.py"]
"""
UNTOLD = """
[table.untold]
says = "Nobody tells it."
does = ["conftest.py"]
"""
AWAITED = """
[table.awaited]
says = "It will be told."
does = []
awaited = true
"""
TESTS = """
import pytest

@pytest.mark.shows("table/told")
@pytest.mark.parametrize("time", [1, 2])
def test_tells(time): pass

def test_else(): pass
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house of tests with lines of its own."""
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = .\nmarkers = shows: lines\n")
    (tmp_path / "lines.toml").write_text(TOLD + AWAITED)
    (tmp_path / "test_house.py").write_text(TESTS)
    return tmp_path


def run(house: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        command, cwd=house, env=environment, capture_output=True, text=True, check=False, timeout=100
    )
    return done.returncode, done.stdout + done.stderr


def test_the_lines_are_sound() -> None:
    assert unsound(load(LINES).values(), ROOT) == []


def test_unsound_lines_are_found(house: Path) -> None:
    gone, nothing = TOLD.replace("conftest.py", "gone.py"), UNTOLD.replace('"conftest.py"', "")
    (house / "lines.toml").write_text(gone + nothing)
    assert unsound(load(house / "lines.toml").values(), house) == [
        "table/told: there is no gone.py",
        "table/untold: no file does it, and it is not awaited",
    ]


def test_keys_that_are_none_are_found(house: Path) -> None:
    lines = load(house / "lines.toml")
    assert misplaced(lines, ["table/told"]) == []
    assert misplaced(lines, ["table/unheard", "table/awaited"]) == [
        "no line 'table/unheard'",
        "'table/awaited' is shown now: name its files and take `awaited` away",
    ]


@pytest.mark.parametrize("processes", ["0", "1"])
def test_a_whole_run_writes_the_table(house: Path, processes: str) -> None:
    code, said = run(house, "-p", "xdist", "-n", processes)
    assert (code, "1 of 2 lines shown, 1 awaited" in said) == (0, True), said
    assert (house / "out" / "table.md").read_text().splitlines()[2:] == [
        "| `table/told` | It is told. | conftest.py | test_house.py::test_tells |",
        "| `table/awaited` | It will be told. | – | awaited |",
    ]


def test_a_line_that_nobody_shows_fails_a_whole_run_alone(house: Path) -> None:
    (house / "lines.toml").write_text(TOLD + UNTOLD)
    code, said = run(house, "-p", "xdist", "-n", "1")
    assert (code, "no passing test showed table/untold" in said) == (1, True), said
    code, said = run(house, "test_house.py")
    assert (code, "lines shown" in said) == (0, False), said


def test_one_that_fails_shows_nothing(house: Path) -> None:
    (house / "test_house.py").write_text(TESTS.replace("(time): pass", "(time): assert not time"))
    code, said = run(house)
    assert (code, "no passing test showed table/told" in said) == (1, True), said


def test_a_key_that_is_none_ends_the_run(house: Path) -> None:
    (house / "test_house.py").write_text(TESTS.replace("table/told", "table/unheard"))
    code, said = run(house, "-p", "xdist", "-n", "1")
    assert (code != 0, "no line 'table/unheard'" in said) == (True, True), said
