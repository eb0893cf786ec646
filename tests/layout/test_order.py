"""order: whole walks are given out first, and what shares a cluster goes to one process."""

from functions.cli.home import ROOT
from tests.order import FIRST, TOGETHER, rank, unit


def test_what_takes_long_comes_first() -> None:
    tests = ["tests/sql/00_core/test_now.py::test_a", "tests/pages/test_walk.py::test_b"]
    assert sorted(tests, key=rank) == tests[::-1]


def test_a_file_stays_whole_and_so_does_a_folder_that_shares() -> None:
    assert unit("tests/cli/test_up.py::test_a[1]") == "tests/cli/test_up.py"
    assert unit("tests/supabase/test_shape.py::test_a") == unit("tests/supabase/test_catalog.py::test_b")


def test_every_place_is_there() -> None:
    assert [place for place in (*FIRST, *TOGETHER) if not (ROOT / place).exists()] == []
