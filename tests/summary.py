"""What a test measured, shown in one line each when all are through: `record_property("summary", …)`."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints every summary that a test recorded, in whichever process it ran."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    told = [value for report in reports for name, value in report.user_properties if name == "summary"]
    if told:
        terminalreporter.section("measured")
        for line in told:
            terminalreporter.line(str(line))
