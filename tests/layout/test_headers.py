"""What a file says of itself in its first lines is true: who may, what it refuses, what follows."""

import re

import pytest

from tests.layout.files import SqlFile, planted, rules, schema

# A right that is missing is refused by every command that asks for one: `may` says which.
SAID_BY_MAY = {"permission_missing"}
PROSE = re.compile(r"(and )?what ")
# What runs jobs and steps calls them by a name that it reads.
CALLS_BY_NAME = {"run_job", "tick"}
# What a helper could refuse and this command never gives it cause to.
NEVER_MET = {
    "cancel_booking": {"room_not_found", "input_invalid", "input_missing", "input_unknown"},
    "change_stay_dates": {"room_not_found", "input_invalid", "input_missing", "input_unknown"},
    "check_out_guest": {"room_not_found", "room_is_not_double_booked"},
    "mark_no_show": {"folio_not_found", "room_not_found"},
    "take_back_no_show": {"folio_not_found", "inclusive_price_carries_one_tax", "tax_code_missing"},
    "move_room": {"input_invalid", "input_missing", "input_unknown"},
    "change_menu_order": {
        "charge_is_reversed_once",
        "folio_not_found",
        "property_not_found",
        "room_not_found",
    },
    "post_charge": {"folio_not_found"},
    "submit_menu_order": {
        "folio_not_found",
        "input_missing",
        "input_unknown",
        "property_not_found",
        "room_not_found",
    },
    "portal_leave_feedback": {
        "input_invalid",
        "input_missing",
        "input_unknown",
        "item_unknown",
        "items_missing",
        "items_not_taken",
        "quantity_invalid",
        "sold_out",
    },
    "reverse_charge": {"folio_not_found", "tax_code_missing", "inclusive_price_carries_one_tax"},
    "split_charge": {"tax_code_missing", "inclusive_price_carries_one_tax"},
    "split_folio": {"tax_code_missing", "inclusive_price_carries_one_tax"},
    "set_cleaning_preferences": {"room_not_found", "input_invalid", "input_missing", "input_unknown"},
}


def first_lines(file: SqlFile) -> list[str]:
    """Files that do not open with `-- name: a sentence.`, commands that do not open with four lines."""
    found = []
    if file.functions:
        own = {file.name, file.name.removeprefix("api."), file.name.rpartition("__")[2]}
        if not own & set(file.header) or not file.text.startswith("-- "):
            found.append(f"{file.path}: does not open with its name")
    if file.is_command and list(file.header)[1:4] != ["may", "refuses", "then"]:
        found.append(f"{file.path}: does not say may, refuses, then")
    return found


def refused(file: SqlFile) -> set[str]:
    """Slugs in `refuses`."""
    said = file.header.get("refuses", "")
    if said.startswith("nothing"):
        return set()
    return {word for word in re.split(r"[,;]\s*", said.rstrip(".")) if word and not PROSE.match(word)}


def reach(file: SqlFile, files: dict[str, SqlFile]) -> set[str]:
    """Slugs that a file raises, or what it calls, or what that calls."""
    slugs: set[str] = set()
    waiting, seen = [file], {file.path}
    while waiting:
        one = waiting.pop()
        slugs |= one.slugs
        for call in one.calls:
            called = files.get(call)
            if called and called.path not in seen:
                seen.add(called.path)
                waiting.append(called)
    return slugs


def by_function(files: tuple[SqlFile, ...]) -> dict[str, SqlFile]:
    return {name: file for file in files for name in file.functions}


def constraints() -> set[str]:
    return {name for file in schema() for name in re.findall(r"\bconstraint\s+(\w+)", file.code)} | {
        name for file in schema() for name in re.findall(r"\bunique index\s+(\w+)", file.code)
    }


def untold_refusals(file: SqlFile) -> list[str]:
    """Slugs that a file raises itself and its header does not name."""
    if not file.functions:
        return []
    return [f"{file.path}: {slug}" for slug in sorted(file.slugs - refused(file) - SAID_BY_MAY)]


def invented_refusals(file: SqlFile, files: dict[str, SqlFile], triggers: set[str]) -> list[str]:
    """Slugs in a header that nothing it calls, no trigger and no constraint would raise."""
    known = reach(file, files) | triggers | constraints()
    return [f"{file.path}: {slug}" for slug in sorted(refused(file) - known)]


def silent_refusals(file: SqlFile, files: dict[str, SqlFile]) -> list[str]:
    """Slugs that a command reaches through what it calls and does not name."""
    if not file.is_command or re.search(r"\bwhat\b", file.header.get("refuses", "")):
        return []
    never = NEVER_MET.get(file.name.removeprefix("api."), set())
    told = refused(file) | SAID_BY_MAY | never
    return [f"{file.path}: {slug}" for slug in sorted(reach(file, files) - told)]


def trigger_slugs() -> set[str]:
    """What triggers raise, and what they call: a command meets it without calling it."""
    files = by_function(rules())
    return {slug for file in rules() if file.name.startswith("tg_") for slug in reach(file, files)}


def untrue_rights(file: SqlFile) -> list[str]:
    """Commands whose `may` names other permissions than they ask for, or hides that guests may."""
    if not file.is_command:
        return []
    may = file.header.get("may", "")
    found = []
    asked = set(re.findall(r"'(hotel:\w+:\w+)'", file.statements))
    if asked != set(re.findall(r"hotel:\w+:\w+", may)):
        found.append(f"{file.path}: asks for {sorted(asked)}")
    granted = re.findall(r"\bgrant execute on function [^;]* to ([\w, ]+);", file.code)
    to_guests = any("guest" in roles for roles in granted)
    if to_guests != bool(re.search(r"guest|anyone|whoever", re.sub(r"hotel:\w+:\w+", "", may))):
        found.append(f"{file.path}: guests {'may' if to_guests else 'may not'}")
    return found


def untrue_callers(file: SqlFile, files: dict[str, SqlFile]) -> list[str]:
    """Functions of which `may` says that they call it, and which do not."""
    said = re.match(r"(?:private: )?called by ([^;]*)", file.header.get("may", ""))
    known = {name.rpartition(".")[2]: calling for name, calling in files.items()}
    named = set(re.findall(r"\w+", said[1])) & set(known) - CALLS_BY_NAME if said else set()
    return [
        f"{file.path}: {caller}" for caller in sorted(named) if not known[caller].calls & set(file.functions)
    ]


def shapeless_raises(file: SqlFile) -> list[str]:
    """Raises without the HTTP class or without the slug; a condition raised by its name is caught nearby."""
    raises = [
        file.text[found.start() : found.end()]
        for found in re.finditer(r"\braise exception\b.*?;", file.code, re.DOTALL)
    ]
    return [
        f"{file.path}: {' '.join(said.split())[:60]}"
        for said in raises
        if not (re.search(r"\berrcode = 'PT[45]\d\d'", said) and re.search(r"\bdetail = ('\w+'|v_\w+)", said))
    ]


def test_every_raise_has_its_form() -> None:
    assert [one for file in rules() for one in shapeless_raises(file)] == []


def test_files_open_with_what_they_are() -> None:
    assert [one for file in rules() for one in first_lines(file)] == []


def test_refusals_are_told() -> None:
    assert [one for file in rules() for one in untold_refusals(file)] == []


def test_told_refusals_are_real() -> None:
    files, triggers = by_function(rules()), trigger_slugs()
    assert [one for file in rules() for one in invented_refusals(file, files, triggers)] == []


def test_commands_tell_what_their_helpers_refuse() -> None:
    files = by_function(rules())
    assert [one for file in rules() for one in silent_refusals(file, files)] == []


def test_callers_are_true() -> None:
    files = by_function(rules())
    assert [one for file in rules() for one in untrue_callers(file, files)] == []


def test_rights_are_true() -> None:
    assert [one for file in rules() for one in untrue_rights(file)] == []


GOOD = """-- ring: the bell rings.
-- may:      hotel:requests:write; a guest
-- refuses:  bell_is_gone
-- then:     somebody comes
create or replace function api.ring()
as $$
begin
  perform app.require('hotel:requests:write');
  raise exception 'Gone.' using errcode = 'PT404', detail = 'bell_is_gone';
end
$$;
grant execute on function api.ring() to guest, staff;
"""
HELPER = planted(
    "-- knock: knocks.\ncreate or replace function app.knock()\nas $$\n"
    "begin\n  raise exception 'No.' using detail = 'door_is_open';\nend\n$$;",
    "sql/00_core/knock.sql",
)


def ring(text: str) -> SqlFile:
    return planted(text, "sql/00_core/ring.sql")


def test_a_good_file_passes() -> None:
    good = ring(GOOD)
    files = {"api.ring": good}
    assert [
        *first_lines(good),
        *untold_refusals(good),
        *invented_refusals(good, files, set()),
        *silent_refusals(good, files),
        *untrue_rights(good),
    ] == []


@pytest.mark.parametrize("line", ["-- ring", "-- may", "-- refuses", "-- then"])
def test_a_missing_line_is_found(line: str) -> None:
    assert first_lines(ring(GOOD.replace(line, "-- also")))


@pytest.mark.parametrize(
    "shapeless", ["using errcode = 'P0001', detail = 'a_b'", "using errcode = 'PT404'", ""]
)
def test_a_shapeless_raise_is_found(shapeless: str) -> None:
    assert shapeless_raises(planted(f"raise exception 'Gone.' {shapeless};"))


def test_an_untold_refusal_is_found() -> None:
    assert untold_refusals(ring(GOOD.replace("bell_is_gone\n", "nothing\n")))
    assert untold_refusals(HELPER) == ["sql/00_core/knock.sql: door_is_open"]


def test_an_invented_refusal_is_found() -> None:
    made_up = ring(GOOD.replace("bell_is_gone\n", "bell_is_gone, bell_is_cold\n"))
    assert invented_refusals(made_up, {}, set()) == ["sql/00_core/ring.sql: bell_is_cold"]
    assert invented_refusals(made_up, {}, {"bell_is_cold"}) == []


def test_a_refusal_of_a_helper_is_found() -> None:
    calling = ring(GOOD.replace("begin\n", "begin\n  perform app.knock();\n"))
    assert silent_refusals(calling, {"app.knock": HELPER}) == ["sql/00_core/ring.sql: door_is_open"]


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("hotel:requests:write;", "hotel:requests:read;"),
        GOOD.replace("hotel:requests:write; ", ""),
        GOOD.replace("; a guest", ""),
        GOOD.replace("to guest, staff", "to staff"),
    ],
)
def test_an_untrue_right_is_found(text: str) -> None:
    assert untrue_rights(ring(text))


def test_an_untrue_caller_is_found() -> None:
    helper = planted(HELPER.text.replace("\n", "\n-- may:      called by ring\n", 1), HELPER.path)
    silent, calling = ring(GOOD), ring(GOOD.replace("begin\n", "begin\n  perform app.knock();\n"))
    assert untrue_callers(helper, {"api.ring": silent}) == ["sql/00_core/knock.sql: ring"]
    assert untrue_callers(helper, {"api.ring": calling}) == []
