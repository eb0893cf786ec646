"""In which order two processes share the files: what takes long first, so that neither waits for the other.

Left to itself xdist gives out the files with the fewest tests last, and those are the whole walks. All of
Supabase's go to one process, which makes its cluster once.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

FIRST = (
    "tests/supabase/",
    "tests/isolation/",
    "tests/cli/",
    "tests/pages/test_walk.py",
    "tests/pages/test_trail.py",
    "tests/functions/identity/",
    "tests/pages/",
    "tests/notify/",
    "tests/functions/",
)
TOGETHER = ("tests/supabase/",)


def rank(nodeid: str) -> int:
    """When a test's file is given out."""
    return next((place for place, start in enumerate(FIRST) if nodeid.startswith(start)), len(FIRST))


def unit(nodeid: str) -> str:
    """What is given to one process as a whole: a file, or all of a folder."""
    return next((start for start in TOGETHER if nodeid.startswith(start)), nodeid.split("::", 1)[0])


class Shares(LoadFileScheduling):  # type: ignore[misc]
    """By file, in the order of the tests."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first; within it the order stays."""
    items.sort(key=lambda item: rank(item.nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Shares | None:
    """Where files are shared out, it is done in this order."""
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return Shares(config, log)
