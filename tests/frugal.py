"""What every process of a run would do over and over: done once."""

import gc
from functools import cache

import httpcore2
import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Reading the certificates that are trusted takes longer than most requests; here nobody changes them.

    What is collected stays to the end, so there is nothing to look for among it.
    """
    patch = pytest.MonkeyPatch()
    patch.setattr(httpcore2, "default_ssl_context", cache(httpcore2.default_ssl_context))
    config.add_cleanup(patch.undo)
    gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """From here on what is made is let go of again; the tests themselves are left out of that."""
    gc.freeze()
    gc.enable()
