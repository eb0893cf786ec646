"""Every function is called by a test or has its test file; helpers say what they are reached through."""

import re
from functools import cache

from functions.cli.home import ROOT
from tests.layout.files import SqlFile, planted, rules
from tests.layout.reached import REACHED_THROUGH

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


def leads_to(helper: str, through: str, calls: dict[str, set[str]]) -> bool:
    """Whether a function or view calls a helper, or calls one who does."""
    waiting, seen = [helper], {helper}
    while waiting:
        for caller in calls.get(waiting.pop(), set()) - seen:
            if caller == through:
                return True
            seen.add(caller)
            waiting.append(caller)
    return False


def untested(
    files: tuple[SqlFile, ...], text: str, stems: frozenset[str], reached: dict[str, str]
) -> list[str]:
    """Functions nobody tests, and entries of the list that are not true or no longer needed."""
    everything = {one for file in files for one in file.functions}
    direct, calls = called_directly(files, text, stems), callers(files)
    found = [f"{one}: nobody calls it in a test" for one in sorted(everything - direct - set(reached))]
    for helper, through in sorted(reached.items()):
        if helper not in everything:
            found.append(f"{helper}: there is no such function")
        elif helper in direct:
            found.append(f"{helper}: has a test and needs no entry")
        elif helper.startswith("api."):
            found.append(f"{helper}: is called by sessions and needs a test of its own")
        elif through.startswith("test_"):
            if through not in stems:
                found.append(f"{helper}: there is no file {through}")
        elif not (through in direct or re.search(rf"\b{re.escape(through)}\b", text)):
            found.append(f"{helper}: {through} is not tested either")
        elif not leads_to(helper, through, calls):
            found.append(f"{helper}: {through} does not lead to it")
    return found


def test_every_function_is_tested() -> None:
    assert untested(rules(), *told(), REACHED_THROUGH) == []


LONELY = planted("create or replace function app.lonely()\nas $$\n  select app.friend()\n$$;")
FRIEND = planted("create or replace function app.friend()\nas $$\n  select 1\n$$;")
OPEN = planted("create or replace function api.open()\nas $$\n  select app.friend()\n$$;")
TRIGGER = planted("create or replace function app.tg_rooms__ring()\nas $$\n  select 1\n$$;")
NONE: frozenset[str] = frozenset()


def test_a_function_without_a_test_is_found() -> None:
    files = (LONELY, FRIEND)
    assert untested(files, "lonely friend", NONE, {}) == [
        "app.friend: nobody calls it in a test",
        "app.lonely: nobody calls it in a test",
    ]
    assert untested(files, "select app.lonely(), app.friend()", NONE, {}) == []
    assert untested(files, "nothing", frozenset({"test_lonely", "test_friend"}), {}) == []
    assert untested(files, "has_function_privilege('app.lonely()') app.friend(", NONE, {}) == [
        "app.lonely: nobody calls it in a test"
    ]


def test_a_helper_is_reached_through_a_function_that_is_tested() -> None:
    files = (LONELY, FRIEND, OPEN)
    text = 'call("open", 1)'
    assert untested(files, text + " app.lonely(", NONE, {"app.friend": "api.open"}) == []
    assert untested(files, text, NONE, {"app.friend": "api.open", "app.lonely": "api.open"}) == [
        "app.lonely: api.open does not lead to it"
    ]
    assert untested(files, text, NONE, {"app.friend": "app.lonely", "app.lonely": "api.open"}) == [
        "app.friend: app.lonely is not tested either",
        "app.lonely: api.open does not lead to it",
    ]


def test_the_list_keeps_nothing_that_it_need_not() -> None:
    assert untested((FRIEND,), "app.friend(", NONE, {"app.friend": "app.friend", "app.gone": "x"}) == [
        "app.friend: has a test and needs no entry",
        "app.gone: there is no such function",
    ]
    assert untested((FRIEND, OPEN), "app.friend(", NONE, {"api.open": "app.friend"}) == [
        "api.open: is called by sessions and needs a test of its own"
    ]


def test_what_no_function_calls_names_the_file_that_meets_it() -> None:
    assert untested((TRIGGER,), "", frozenset({"test_bell"}), {"app.tg_rooms__ring": "test_bell"}) == []
    assert untested((TRIGGER,), "", NONE, {"app.tg_rooms__ring": "test_bell"}) == [
        "app.tg_rooms__ring: there is no file test_bell"
    ]
