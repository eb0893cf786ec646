"""Time is a parameter: rules ask app.now() and app.today(). The real clock: tokens, limits, leases."""

import re

import pytest

from tests.layout.files import SqlFile, planted, rules

# The two builds of the clock itself.
CLOCKS = {"sql/00_core/now.sql", "sql/00_core/now.development.sql"}
WALL = re.compile(
    r"(?<![.\w])(?:now\(\)|current_date\b|current_time\b|current_timestamp\b|localtime\w*|timeofday\b)"
)
REAL = re.compile(r"\b(?:clock_timestamp|statement_timestamp|transaction_timestamp)\(\)")
EXPLAINED = re.compile(r"\breal clock", re.IGNORECASE)


def wall_clocks(file: SqlFile) -> list[str]:
    """Rules that look at the wall."""
    if file.path in CLOCKS:
        return []
    return [
        f"{file.path}:{number}: {line.strip()}"
        for number, line in enumerate(file.code.splitlines(), 1)
        if WALL.search(line)
    ]


def unexplained_real_clocks(file: SqlFile) -> list[str]:
    """Files that use the real clock and do not say so."""
    return [file.path] if REAL.search(file.code) and not EXPLAINED.search(file.text) else []


def test_rules_ask_the_one_clock() -> None:
    assert [one for file in rules() for one in wall_clocks(file)] == []


def test_the_real_clock_is_explained() -> None:
    assert [one for file in rules() for one in unexplained_real_clocks(file)] == []


@pytest.mark.parametrize("clock", ["now()", "current_date", "current_timestamp", "localtimestamp"])
def test_a_wall_clock_is_found(clock: str) -> None:
    assert wall_clocks(planted(f"select {clock};"))


@pytest.mark.parametrize("clock", ["app.now()", "'now()'", "-- now()", "v_now()", "p_current_date"])
def test_other_words_are_not(clock: str) -> None:
    assert wall_clocks(planted(f"select {clock}\n;")) == []


def test_an_unexplained_real_clock_is_found() -> None:
    assert unexplained_real_clocks(planted("select clock_timestamp();"))
    assert unexplained_real_clocks(planted("-- the real clock: a lease\nselect clock_timestamp();")) == []
