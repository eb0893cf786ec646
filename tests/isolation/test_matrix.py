"""The matrix holds over the whole catalog, and says how large it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.isolation.catalog import Connection
from tests.isolation.matrix import Matrix, Report

LIST = Path(__file__).parent / "unreachable.txt"
FEWEST_CELLS = 2000
FEWEST_ATTEMPTS = 3500
FEWEST_TRACES = 250


@pytest.fixture(scope="module")
def report(conn: Connection) -> Report:
    """The whole walk."""
    with conn.transaction(force_rollback=True):
        return Matrix(conn).walk()


def listed() -> set[str]:
    """Cells that may stay unreachable."""
    lines = [line for line in LIST.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert all(": " in line for line in lines), "each line says why"
    return {line.partition(": ")[0] for line in lines}


def test_nothing_of_the_stranger_is_reached(
    report: Report, record_property: Callable[[str, object], None]
) -> None:
    record_property("summary", report.size)
    assert report.findings == []


def test_every_open_cell_is_reached_from_its_own_side(report: Report) -> None:
    not_listed = {cell: said for cell, said in report.unreachable.items() if cell not in listed()}
    assert not_listed == {}


def test_the_list_of_the_unreachable_is_minimal(report: Report) -> None:
    assert listed() - set(report.unreachable) == set()


def test_the_matrix_is_as_large_as_it_was(report: Report) -> None:
    assert len(report.cells) >= FEWEST_CELLS
    assert report.attempts >= FEWEST_ATTEMPTS
    assert report.traces >= FEWEST_TRACES
    assert {"anon", "guest", "staff", "admin", "kiosk", "platform", "engine"} <= {
        c.role for c in report.cells
    }
