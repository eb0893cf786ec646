"""Every function is called by a test, has its test file, or is called by one that is tested."""

import re
from functools import cache

from functions.cli.home import ROOT
from tests.layout.files import SqlFile, planted, rules
from tests.layout.reached import MET_BY

# As SQL has it, as a path of the gateway, or by its bare name handed to one who calls it.
CALLED = re.compile(r"(?<![\w'\"])((?:app|api|hook)\.\w+)\s*\(|/?\brpc/(\w+)|[(,]\s*\"([a-z]\w+)\"\s*[,)]")
NAMED = re.compile(r"'([a-z_]+)'")


@cache
def told() -> tuple[str, frozenset[str]]:
    """The text of all tests but these, and the names of their files."""
    files = [file for file in (ROOT / "tests").rglob("*.*") if file.suffix in (".py", ".sql")]
    files = [file for file in files if "layout" not in file.parts]
    return "\n".join(file.read_text("utf-8") for file in files), frozenset(file.stem for file in files)


def called_directly(files: tuple[SqlFile, ...], text: str, stems: frozenset[str]) -> set[str]:
    """Functions that a test calls, and those with a test file of their name."""
    called: set[str] = set()
    for qualified, by_path, by_name in CALLED.findall(text):
        called.add(qualified or f"api.{by_path or by_name}")
    return {
        one
        for file in files
        for one in file.functions
        if one in called or f"test_{one.partition('.')[2]}" in stems
    }


def callers(files: tuple[SqlFile, ...]) -> dict[str, set[str]]:
    """Who calls a function: functions, views by their name in api, and what names it in a literal."""
    known = {one for file in files for one in file.functions}
    found: dict[str, set[str]] = {}
    for file in files:
        is_view = file.name.endswith(".view")
        own = {f"api.{file.name.removesuffix('.view')}"} if is_view else set(file.functions)
        calls = set(re.findall(r"\b(?:app|api)\.\w+", file.statements if is_view else file.bodies))
        calls |= {f"app.{name}" for name in NAMED.findall(file.statements)} if own else set()
        for call in calls & known - own:
            found.setdefault(call, set()).update(own)
    return found


def is_reached(helper: str, tested: set[str], calls: dict[str, set[str]]) -> bool:
    """Whether what is tested calls a helper, or calls one who does."""
    waiting, seen = [helper], {helper}
    while waiting:
        for caller in calls.get(waiting.pop(), set()) - seen:
            if caller in tested:
                return True
            seen.add(caller)
            waiting.append(caller)
    return False


def untested(
    files: tuple[SqlFile, ...], text: str, stems: frozenset[str], met_by: dict[str, str]
) -> list[str]:
    """Functions nobody tests, and entries of the list that are not true or no longer needed."""
    everything = {one for file in files for one in file.functions}
    direct, calls = called_directly(files, text, stems), callers(files)
    views = {f"api.{file.name.removesuffix('.view')}" for file in files if file.name.endswith(".view")}
    tested = direct | (views & set(re.findall(r"\bapi\.\w+", text)))
    helpers = {one for one in everything - direct if one.startswith("app.")}
    reached = {one for one in helpers if is_reached(one, tested, calls)}
    found = [
        f"{one}: no test calls it, nor what calls it"
        for one in sorted(everything - direct - reached - set(met_by))
    ]
    for function, stem in sorted(met_by.items()):
        if function not in everything:
            found.append(f"{function}: there is no such function")
        elif function in direct | reached:
            found.append(f"{function}: has a test and needs no entry")
        elif function.startswith("api."):
            found.append(f"{function}: is called by sessions and needs a test of its own")
        elif stem not in stems:
            found.append(f"{function}: there is no file {stem}")
    return found


def test_every_function_is_tested() -> None:
    assert untested(rules(), *told(), MET_BY) == []


LONELY = planted("create or replace function app.lonely()\nas $$\n  select app.friend()\n$$;")
FRIEND = planted("create or replace function app.friend()\nas $$\n  select 1\n$$;")
OPEN = planted("create or replace function api.open()\nas $$\n  select app.friend()\n$$;")
TRIGGER = planted("create or replace function app.tg_rooms__ring()\nas $$\n  select 1\n$$;")
NONE: frozenset[str] = frozenset()


def test_a_function_without_a_test_is_found() -> None:
    files = (LONELY, FRIEND)
    assert untested(files, "lonely friend", NONE, {}) == [
        "app.friend: no test calls it, nor what calls it",
        "app.lonely: no test calls it, nor what calls it",
    ]
    assert untested(files, "select app.lonely()", NONE, {}) == []
    assert untested(files, "nothing", frozenset({"test_lonely"}), {}) == []
    assert untested(files, "has_function_privilege('app.lonely()') app.friend(", NONE, {}) == [
        "app.lonely: no test calls it, nor what calls it"
    ]


def test_a_helper_is_reached_through_a_function_that_is_tested() -> None:
    files = (LONELY, FRIEND, OPEN)
    assert untested(files, 'call("open", 1)', NONE, {}) == ["app.lonely: no test calls it, nor what calls it"]
    assert untested(files, "select app.lonely()", NONE, {}) == [
        "api.open: no test calls it, nor what calls it"
    ]


def test_a_command_needs_a_test_of_its_own() -> None:
    asking = planted("create or replace function api.ask()\nas $$\n  select api.open()\n$$;")
    assert untested((asking, OPEN, FRIEND), "select api.ask()", NONE, {}) == [
        "api.open: no test calls it, nor what calls it"
    ]


def test_the_list_keeps_nothing_that_it_need_not() -> None:
    assert untested((FRIEND,), "app.friend(", NONE, {"app.friend": "test_friend", "app.gone": "x"}) == [
        "app.friend: has a test and needs no entry",
        "app.gone: there is no such function",
    ]
    assert untested((FRIEND, OPEN), "app.friend(", NONE, {"api.open": "test_friend"}) == [
        "api.open: is called by sessions and needs a test of its own"
    ]


def test_what_no_function_calls_names_the_file_that_meets_it() -> None:
    assert untested((TRIGGER,), "", frozenset({"test_bell"}), {"app.tg_rooms__ring": "test_bell"}) == []
    assert untested((TRIGGER,), "", NONE, {"app.tg_rooms__ring": "test_bell"}) == [
        "app.tg_rooms__ring: there is no file test_bell"
    ]
