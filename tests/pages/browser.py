"""A real browser as a person holds it: phone or desk, light or dark, with scripts or without."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

CHROMIUM = "/usr/bin/chromium-headless-shell"
PHONE, DESK = (390, 844), (1280, 800)
SMALLEST_TARGET = 44
PATIENCE = 10_000  # ms; a machine that does much else at once is not a fault of the page
each_size = pytest.mark.parametrize(
    "size",
    [pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk", marks=pytest.mark.long)],
)
"""The narrow one in every run; the wide one in the long run."""
with_scripts_and_without = pytest.mark.parametrize(
    "scripts",
    [pytest.param(True, id="scripts"), pytest.param(False, id="no_scripts", marks=pytest.mark.long)],
)
"""With them in every run, where whole walks go without; each thing without them in the long run."""
TARGETS = """
() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), textarea')]
  .map(each => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => box.height && each.tabIndex >= 0 && !each.closest('.choice')
                           && (box.height < least || box.width < 24))
  .map(([each]) => each.outerHTML.slice(0, 120))
""".replace("least", str(SMALLEST_TARGET))


def launched(playwright: Playwright) -> Browser:
    """Debian's own Chromium, in the build that has no window: a page costs a third of the time."""
    expect.set_options(timeout=PATIENCE)
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@dataclass
class Screen:
    """One device with one page open. `faults` is what the page complained of."""

    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)

    def _note(self, text: str) -> None:
        # A refusal that a page shows is an answer with a 4xx status, which the browser reports as well.
        if "Failed to load resource" not in text:
            self.faults.append(text)

    def sign_in(self, home: str, email: str) -> None:
        """A member of the cast is in, without having looked at the page that they come to."""
        answer = self.context.request.get(f"{home}/dev/sign-in", params={"as": email}, max_redirects=0)
        assert answer.status == 303, answer.text()

    def problems(self) -> list[str]:
        """What axe finds on the page, and targets too small for a thumb."""
        return self.violations() + self.small_targets()

    def violations(self) -> list[str]:
        """What axe finds on the page."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]

    def small_targets(self) -> list[str]:
        """Controls lower than a thumb needs."""
        found: list[str] = self.page.evaluate(TARGETS)
        return [f"small target: {each}" for each in found]


@contextmanager
def screen(
    browser: Browser,
    *,
    size: tuple[int, int] = PHONE,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
    language: str = "en",
    **more: Any,
) -> Iterator[Screen]:
    """A device of its own: no cookie, nothing remembered."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        java_script_enabled=scripts,
        locale=language,
        reduced_motion="reduce",
        **more,
    )
    context.set_default_timeout(PATIENCE)
    try:
        opened = Screen(context, context.new_page())
        opened.listen()
        yield opened
    finally:
        context.close()
