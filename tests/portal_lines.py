"""Every line of the portal's specification, with the files that do it and the tests that show it.

The lines stand in portal_lines.toml. A test says what it shows: `@pytest.mark.shows("table/requests")`.
A whole run writes the table, and fails for a line that no passing test showed, unless it is still awaited.
"""

import tomllib
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from functions.cli.home import ROOT

LINES = ROOT / "tests" / "portal_lines.toml"
TABLE = ROOT / "test-results" / "portal_lines.md"
HAVE_RUN = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
SHORT_RUNS = ("", "not long")
"""What -m may say in a whole run; what takes minutes need not be in it."""


@dataclass(frozen=True)
class Line:
    """One line: what has to hold, which files do it, and whether it still waits for them or for its test."""

    key: str
    says: str
    does: tuple[str, ...]
    awaited: bool


@dataclass
class Shown:
    """Which tests passed that say they show a line."""

    by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def take(self, report: pytest.TestReport) -> None:
        """Takes what a passing test shows, in whichever process it ran."""
        if report.when == "call" and report.passed:
            for name, key in report.user_properties:
                if name == "shows":
                    self.by[str(key)].add(report.nodeid.partition("[")[0])


def load(path: Path) -> dict[str, Line]:
    """The lines by their keys, `<kind>/<name>`, in the order of the file."""
    kinds = tomllib.loads(path.read_text())
    return {
        f"{kind}/{name}": Line(
            f"{kind}/{name}", line.pop("says"), tuple(line.pop("does")), line.pop("awaited", False), **line
        )
        for kind, names in kinds.items()
        for name, line in names.items()
    }


def unsound(lines: Iterable[Line], root: Path) -> list[str]:
    """What is wrong with the lines themselves."""
    found = []
    for line in lines:
        found += [f"{line.key}: there is no {name}" for name in line.does if not (root / name).exists()]
        if not line.does and not line.awaited:
            found.append(f"{line.key}: no file does it, and it is not awaited")
    return found


def misplaced(lines: Mapping[str, Line], keys: Iterable[str]) -> list[str]:
    """What is wrong with the keys that a test names."""
    found = []
    for key in keys:
        if key not in lines:
            found.append(f"no line {key!r}")
        elif lines[key].awaited:
            found.append(f"{key!r} is shown now: name its files and take `awaited` away")
    return found


def not_shown(lines: Iterable[Line], shown: Shown) -> list[str]:
    """The lines that some test should have shown and none did."""
    return [line.key for line in lines if not line.awaited and not shown.by.get(line.key)]


def as_table(lines: Iterable[Line], shown: Shown) -> str:
    """The table as Markdown."""
    rows = ["| line | what holds | done by | shown by |", "|---|---|---|---|"]
    for line in lines:
        tests = sorted(shown.by.get(line.key, ()))
        last = "<br>".join(tests) or ("awaited" if line.awaited else "**nothing**")
        rows.append(f"| `{line.key}` | {line.says} | {'<br>'.join(line.does) or '–'} | {last} |")
    return "\n".join(rows) + "\n"


class PortalLines:
    """The plugin: checks the marks, gathers what was shown, and judges a whole run."""

    def __init__(self, lines: dict[str, Line], table: Path) -> None:
        self.lines = lines
        self.table = table
        self.shown = Shown()
        self.missing: list[str] = []
        self.judged = False

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """A mark names lines that there are; a file whose marks do not is not collected."""
        report = yield
        tests = [node for node in report.result or () if isinstance(node, pytest.Item)]
        wrong = {said for test in tests for said in misplaced(self.lines, keys_of(test))}
        if wrong:
            report.outcome, report.result = "failed", []
            report.longrepr = "; ".join(sorted(wrong)) + " (tests/portal_lines.toml)"
        return report

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Its report will say what it shows."""
        item.user_properties += [("shows", key) for key in keys_of(item)]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One test has run."""
        self.shown.take(report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """All have run: a line that nobody showed fails the run."""
        self.judged = is_whole(session.config) and session.exitstatus in HAVE_RUN
        if not self.judged:
            return
        self.missing = not_shown(self.lines.values(), self.shown)
        self.table.parent.mkdir(exist_ok=True)
        self.table.write_text(as_table(self.lines.values(), self.shown))
        if self.missing:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says how many lines were shown, and names those that were not."""
        if not self.judged:
            return
        awaited = [line.key for line in self.lines.values() if line.awaited]
        terminalreporter.section("the portal's specification, line by line")
        terminalreporter.line(
            f"{len(self.lines) - len(awaited) - len(self.missing)} of {len(self.lines)} lines shown,"
            f" {len(awaited)} awaited: {self.table}"
        )
        for key in self.missing:
            terminalreporter.line(f"no passing test showed {key}", red=True)


def keys_of(test: pytest.Item) -> list[str]:
    """The lines that a test says it shows, by its own marks, its class's and its file's."""
    return [str(key) for mark in test.iter_markers("shows") for key in mark.args]


def is_whole(config: pytest.Config) -> bool:
    """Whether this process judges a run of the whole suite."""
    option = config.option
    return (
        not hasattr(config, "workerinput")
        and config.args_source is config.ArgsSource.TESTPATHS
        and option.markexpr in SHORT_RUNS
        and not (option.keyword or option.deselect or option.collectonly)
        and not (getattr(option, "lf", False) or getattr(option, "ignore", None))
    )


def pytest_configure(config: pytest.Config) -> None:
    """Every process gathers; the one that started the others judges."""
    config.pluginmanager.register(PortalLines(load(LINES), TABLE), "portal lines")
