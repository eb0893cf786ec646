"""How SQL looks: lower case, two spaces, heads of functions in one order, files short enough to read."""

import re

import pytest

from tests.layout.files import SqlFile, planted, rules, schema

LONGEST_FILE = 130
LONGEST_LINE = 160
HEAD = [
    r"returns\b",
    r"language\b",
    r"(?:immutable|stable|volatile)\b",
    r"parallel\b",
    r"strict\b",
    r"security\b",
    r"set\b",
    r"(?:as\b|begin atomic\b)",
]
# Lines that begin a clause or a statement; what continues one may stand under what it continues.
BEGINS = re.compile(
    r"^( *)(?:begin|declare|if|elsif|loop|for|foreach|while|return|raise|perform|insert|update|delete"
    r"|create|alter|grant|revoke|drop|comment)\b"
)


def upper_case(file: SqlFile) -> list[str]:
    """Words in capitals outside comments and literals."""
    return [
        f"{file.path}:{number}: {word}"
        for number, line in enumerate(file.code.splitlines(), 1)
        for word in re.findall(r"\b\w*[A-Z]\w*\b", line)
    ]


def crooked_lines(file: SqlFile) -> list[str]:
    """Tabs, trailing spaces, odd indents and lines with too much code; sentences may run on."""
    found = []
    for number, (line, code) in enumerate(
        zip(file.text.splitlines(), file.code.splitlines(), strict=True), 1
    ):
        begins = BEGINS.match(code)
        if "\t" in line or line != line.rstrip():
            found.append(f"{file.path}:{number}: white space")
        if begins and len(begins.group(1)) % 2:
            found.append(f"{file.path}:{number}: indent {len(begins.group(1))}")
        if len(" ".join(code.split())) > LONGEST_LINE:
            found.append(f"{file.path}:{number}: too long")
    if not file.text.endswith("\n") or file.text.endswith("\n\n"):
        found.append(f"{file.path}: ends without one line break")
    return found


def disordered_heads(file: SqlFile) -> list[str]:
    """Functions whose head is not returns / language / volatility / … / as, each on a line of its own."""
    found = []
    for head in re.findall(
        r"^create or replace function (.*?)^(?:as \$\$|begin atomic|as \$\w+\$)",
        file.code,
        re.DOTALL | re.MULTILINE,
    ):
        name = head.split("(")[0]
        lines = [line for line in head.splitlines()[1:] if re.match(r"[a-z]", line)]
        places = [next((n for n, kind in enumerate(HEAD) if re.match(kind, line)), -1) for line in lines]
        if -1 in places or places != sorted(places) or 1 not in places or 2 not in places:
            found.append(f"{file.path}: {name}")
    heads = len(re.findall(r"^(?:as \$|begin atomic)", file.code, re.MULTILINE))
    if heads < len(file.functions):
        found.append(f"{file.path}: a head does not end in a line of its own")
    return found


def too_long(file: SqlFile) -> list[str]:
    lines = file.text.count("\n")
    return [f"{file.path}: {lines} lines"] if lines > LONGEST_FILE else []


def test_sql_is_lower_case() -> None:
    assert [one for file in (*rules(), *schema()) for one in upper_case(file)] == []


def test_sql_is_straight() -> None:
    assert [one for file in (*rules(), *schema()) for one in crooked_lines(file)] == []


def test_heads_are_in_one_order() -> None:
    assert [one for file in (*rules(), *schema()) for one in disordered_heads(file)] == []


def test_files_are_short() -> None:
    short = [file for file in schema() if "/migrations/" not in file.path]
    assert [one for file in (*rules(), *short) for one in too_long(file)] == []


GOOD = """-- f: does a thing.
create or replace function app.f(p_a text)
returns text
language sql
stable
set search_path = ''
as $$
  select 'A "B" -- C'
$$;
"""


def test_a_good_file_passes() -> None:
    good = planted(GOOD)
    assert [*upper_case(good), *crooked_lines(good), *disordered_heads(good), *too_long(good)] == []


@pytest.mark.parametrize("word", ["SELECT", "select", "Camel"])
def test_capitals_are_found_in_bodies_too(word: str) -> None:
    found = upper_case(planted(GOOD.replace("  select", f"  {word}")))
    assert found == ([] if word == "select" else [f"sql/00_core/planted.sql:8: {word}"])


@pytest.mark.parametrize(
    "crooked",
    [
        GOOD.replace("  select", "\tselect"),
        GOOD.replace("stable\n", "stable \n"),
        GOOD.replace("  select", "   return"),
        GOOD.replace("  select", "  select " + "a, " * 60),
        GOOD + "\n",
    ],
)
def test_a_crooked_line_is_found(crooked: str) -> None:
    assert len(crooked_lines(planted(crooked))) == 1


@pytest.mark.parametrize(
    "disordered",
    [
        GOOD.replace("language sql\nstable\n", "stable\nlanguage sql\n"),
        GOOD.replace("stable\n", ""),
        GOOD.replace("set search_path = ''\n", "").replace("returns", "set search_path = ''\nreturns"),
        GOOD.replace("language sql\nstable\n", "language sql stable\n"),
        GOOD.replace("\nas $$", " as $$"),
    ],
)
def test_a_disordered_head_is_found(disordered: str) -> None:
    assert len(disordered_heads(planted(disordered))) == 1


def test_a_long_file_is_found() -> None:
    assert too_long(planted("-- x\n" * 131))
