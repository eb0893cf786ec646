"""A part of the isolation matrix on Supabase's shape: tables belong to a `postgres` that is no superuser."""

from tests.isolation import catalog
from tests.isolation.catalog import Connection
from tests.isolation.conftest import conn, furnished
from tests.isolation.matrix import Matrix
from tests.isolation.test_planted_leaks import LEAKS

__all__ = ["conn", "furnished"]

EVERY = 4
FEWEST_CELLS = 500


def part(conn: Connection) -> set[str]:
    """Each fourth list, table and command, by name."""
    found = {each.name for each in catalog.tables(conn, "engine")}
    for role in catalog.roles(conn):
        found |= {each.name for each in catalog.lists(conn, role)}
        found |= {each.name for each in catalog.commands(conn, role)}
    return set(sorted(found)[::EVERY])


def test_nothing_of_the_stranger_is_reached_in_a_part(conn: Connection) -> None:
    with conn.transaction(force_rollback=True):
        report = Matrix(conn).walk(part(conn))
    assert report.findings == []
    assert len(report.cells) >= FEWEST_CELLS
    assert {"anon", "guest", "staff", "admin", "kiosk", "platform", "engine"} <= {
        cell.role for cell in report.cells
    }


def test_a_planted_leak_is_found(conn: Connection) -> None:
    statement, findings = LEAKS["a right without a rule"]
    with conn.transaction(force_rollback=True):
        conn.execute(statement.encode())
        found = Matrix(conn).walk({finding.partition(":")[0] for finding in findings}).findings
    for finding in findings:
        assert any(one.startswith(finding) for one in found), found
