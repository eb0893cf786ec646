"""One sandbox for all tests of this folder; each test finds it empty."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.sandbox.receiver import Receiver, receiving
from tests.sandbox.running import ENVIRONMENT, RunningSandbox, running


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[RunningSandbox]:
    with running(ENVIRONMENT) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: RunningSandbox) -> Iterator[RunningSandbox]:
    sandbox_process.reset()
    yield sandbox_process
    sandbox_process.close_clients()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a visitor who was never here before."""
    context = chromium.new_context(locale="en-GB")
    yield context.new_page()
    context.close()
