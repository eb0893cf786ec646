"""Every tool sees: the known-bad schema and programs hold defects for each, and all are found."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.cli import catalog_lint, function_check, text_lint
from functions.cli.cluster import Cluster
from functions.cli.quality import tool
from tests.catalog.test_rules import RULES
from tests.house import cloned

SCHEMA = Path(__file__).parent / "schema.sql"
DEFECTS = re.findall(r"^-- defect: ([a-z_ ]+): (.*)$", SCHEMA.read_text("utf-8"), re.MULTILINE)
TOOLS = {"dblint", "plpgsql_check", "pgspot", "squawk"}
FEWEST = 15

PROGRAM = {
    "B602": "import subprocess\nsubprocess.run(input(), shell=True)\n",
    "B307": "eval(input())\n",
    "B608": 'import psycopg\npsycopg.connect().execute("select " + input() + " from t where a = 1")\n',
    "B501": "import requests\nrequests.get('https://a.example', verify=False, timeout=1)\n",
    "B324": "import hashlib\nhashlib.md5(b'a')\n",
    "B301": "import pickle\npickle.loads(b'')\n",
}


@pytest.fixture(scope="module")
def found(cluster: Cluster, template: str) -> Iterator[dict[str, list[str]]]:
    """What each tool and each rule of the catalog says of the schema."""
    with cloned(cluster, template) as database, database.connect() as conn:
        conn.execute(SCHEMA.read_bytes())
        said = {
            "dblint": catalog_lint.findings_in(database.url),
            "plpgsql_check": function_check.findings_in(database.url),
            "pgspot": text_lint.pgspot({"schema.sql": SCHEMA.read_text("utf-8")}),
            "squawk": tool("squawk", str(SCHEMA))[1].splitlines(),
        }
        for rule, query in RULES.items():
            said[f"rule {rule}"] = [str(row[0]) for row in conn.execute(query).fetchall()]
        yield said


@pytest.mark.parametrize(("who", "words"), DEFECTS)
def test_a_defect_is_found(who: str, words: str, found: dict[str, list[str]]) -> None:
    assert any(words in finding for finding in found[who]), found[who]


def test_every_tool_has_several_defects_to_find() -> None:
    assert len(DEFECTS) >= FEWEST
    for one in TOOLS:
        assert sum(who == one for who, _ in DEFECTS) >= 3, one


@pytest.mark.parametrize("code", PROGRAM)
def test_a_defect_in_a_program_is_found(code: str, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(PROGRAM[code])
    assert any(f": {code}: " in finding for finding in text_lint.bandit(tmp_path))


def test_an_allowance_that_nobody_needs_is_a_finding() -> None:
    allowed = {"a.sql: PS005": "has to inline"}
    assert text_lint.less(["a.sql: PS005: f()"], allowed) == []
    assert text_lint.less(["b.sql: PS005: f()"], allowed) == [
        "b.sql: PS005: f()",
        "a.sql: PS005 is allowed but not found any more",
    ]


def test_a_silent_tool_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_lint, "TOOLS", tmp_path)
    for name in ("pgspot", "bandit"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert text_lint.pgspot({"a.sql": "select 1"})[0].startswith("pgspot did not answer")
    assert text_lint.bandit(tmp_path)[0].startswith("bandit did not answer")
