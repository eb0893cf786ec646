"""One browser for all page tests of a worker."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.pages.browser import launched


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; each test opens screens of its own in it."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()
