"""Every function is named by a test, or called by one that is; the rest is a short, closed list."""

import re
from functools import cache

from functions.cli.home import ROOT
from tests.layout.files import SqlFile, planted, rules

# Too small to have a file of their own: they stand behind a view or a command that is tested as a whole.
BEHIND_OTHERS = {"app.lock_nights", "app.stay_dates_must_be_sane"}


@cache
def told() -> str:
    """The text of all tests but these, and of functions and seeds, whose tests meet what they call."""
    folders = ("tests", "functions", "seeds")
    files = [
        file for folder in folders for file in (ROOT / folder).rglob("*.*") if file.suffix in (".py", ".sql")
    ]
    return "\n".join(file.read_text("utf-8") for file in files if "layout" not in file.parts)


def untested(files: tuple[SqlFile, ...], text: str) -> set[str]:
    """Functions that no test names and that nothing calls which a test names."""
    words = set(re.findall(r"\w+", text))
    named = {one for file in files for one in file.functions if one.partition(".")[2] in words}
    views = " ".join(
        file.statements for file in files if file.name.endswith(".view") or "trigger" in file.code
    )
    called = {call for file in files for call in file.calls if named & set(file.functions)} | set(
        re.findall(r"\b(?:app|api)\.\w+", views)
    )
    return {one for file in files for one in file.functions} - named - called


def test_every_function_is_tested() -> None:
    assert untested(rules(), told()) == BEHIND_OTHERS


def test_a_function_without_a_test_is_found() -> None:
    lonely = planted("create or replace function app.lonely()\nas $$\n  select app.friend()\n$$;")
    friend = planted("create or replace function app.friend()\nas $$\n  select 1\n$$;")
    assert untested((lonely, friend), "nothing") == {"app.lonely", "app.friend"}
    assert untested((lonely, friend), "test_lonely lonely") == set()
    assert untested((lonely, friend), "friend") == {"app.lonely"}
