"""What holds for every file: short enough to read, nothing left lying about, no address of another house."""

import ast
import re
from pathlib import Path

import pytest

from functions.cli.home import ROOT
from tests.layout.files import tracked

LONGEST_PYTHON = 350
HERE = "tests/layout/test_house.py"

LEFT_LYING = re.compile(r"\b(?:TODO|FIXME|HACK)\b")
# Where packages were fetched from: any address in a lock, elsewhere one that says it is such a place.
LOCKS = ("requirements.lock", "package-lock.json")
FETCHED_FROM = re.compile(
    r"(?:--(?:extra-)?index-url|--registry|\bregistry\s*=)\s*\S+|://(?:registry|files)\.[\w.-]+"
)
OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:work|home/\w+|Users/\w+|tmp/plan)/")
NAMED_AFTER_NOTHING = re.compile(r"(?:^|/)(?:utils?|helpers?|misc|common)(?:\.py|/|\.sql)")
PUT_OFF = {"skip", "skipif", "xfail", "importorskip"}


def long_files(name: str, text: str) -> list[str]:
    lines = text.count("\n")
    return [f"{name}: {lines} lines"] if name.endswith(".py") and lines > LONGEST_PYTHON else []


def words_left_lying(name: str, text: str) -> list[str]:
    """Work put off, registries of packages, paths of somebody's machine, names that say nothing."""
    found = [
        f"{name}: {word}" for kind in (LEFT_LYING, FETCHED_FROM, OF_A_MACHINE) for word in kind.findall(text)
    ]
    found += [f"{name}: an address in a lock"] if name in LOCKS and "://" in text else []
    return found + ([f"{name}: a name that says nothing"] if NAMED_AFTER_NOTHING.search(name) else [])


def put_off(name: str, text: str) -> list[str]:
    """Tests that sleep, skip or expect to fail."""
    if not (name.startswith("tests/") and name.endswith(".py")) or name.startswith("tests/bench/"):
        return []
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            if owner in {"time", "asyncio", "anyio"} and node.attr == "sleep":
                found.append(f"{name}:{node.lineno}: sleeps")
            if owner in {"pytest", "pytest.mark"} and node.attr in PUT_OFF:
                found.append(f"{name}:{node.lineno}: {node.attr}")
        if isinstance(node, ast.ImportFrom) and any(alias.name == "sleep" for alias in node.names):
            found.append(f"{name}:{node.lineno}: sleeps")
    return found


CONVENTIONS = [long_files, words_left_lying, put_off]


@pytest.mark.parametrize("breaches", CONVENTIONS)
def test_the_house_is_tidy(breaches) -> None:  # type: ignore[no-untyped-def]
    files = {name: (ROOT / name).read_text("utf-8") for name in tracked() if name != HERE}
    assert [one for name, text in files.items() for one in breaches(name, text)] == []


@pytest.mark.parametrize(
    ("breaches", "name", "text"),
    [
        (long_files, "functions/a.py", "a = 1\n" * 351),
        (words_left_lying, "README.md", "TODO: write"),
        (words_left_lying, "package-lock.json", "https://packages.example/a"),
        (words_left_lying, "requirements.lock", "--index-url packages.example"),
        (words_left_lying, "README.md", "get it from https://registry.example/a"),
        (words_left_lying, "functions/a.py", "open('/home/ann/a.txt')"),
        (words_left_lying, "functions/shared/utils.py", ""),
        (put_off, "tests/test_a.py", "import time\ntime.sleep(1)"),
        (put_off, "tests/test_a.py", "from asyncio import sleep"),
        (put_off, "tests/test_a.py", "import pytest\n@pytest.mark.skip\ndef test_a(): ..."),
        (put_off, "tests/test_a.py", "import pytest\npytest.skip('later')"),
    ],
)
def test_a_planted_breach_is_found(breaches, name: str, text: str) -> None:  # type: ignore[no-untyped-def]
    assert breaches(name, text)


def test_every_area_of_sql_has_its_tests() -> None:
    areas = {path.name for path in (ROOT / "sql").iterdir() if path.is_dir()}
    notify = {"80_notify": ROOT / "tests/notify/sql"}
    without = {
        area for area in areas if not any(Path(notify.get(area, ROOT / "tests/sql" / area)).glob("test_*.py"))
    }
    assert without == set()
