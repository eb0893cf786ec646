"""A guest at a screen, in a guest's words."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.pages.browser import Screen

REQUEST = re.compile(r"/portal/requests/([0-9a-f-]{36})")


@dataclass(frozen=True)
class Guest:
    screen: Screen
    home: str
    name: str

    @property
    def page(self) -> Page:
        return self.screen.page

    @property
    def last_name(self) -> str:
        return self.name.split()[-1]

    def go(self, path: str) -> None:
        self.page.goto(self.home + path)

    def wants(self, slug: str) -> None:
        """Opens the form of a request type."""
        self.go(f"/portal/request/{slug}")

    def takes(self, item: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.get_by_role("button", name=f"One more: {item}").click()

    def chooses(self, answer: str) -> None:
        self.page.get_by_role("radio", name=answer).check(force=True)

    def notes(self, text: str) -> None:
        self.page.locator("#note").fill(text)

    def sends(self) -> None:
        self.page.locator("button.send").click()

    def says_who(self) -> None:
        """Answers the second fact with the last name."""
        self.page.get_by_label("Your last name").fill(self.last_name)
        self.sends()

    def sent(self) -> str:
        """Waits for the page of the request that was sent; its id."""
        expect(self.page.get_by_text("Sent. We are on it.")).to_be_visible()
        found = REQUEST.search(self.page.url)
        assert found, self.page.url
        return found[1]

    def says(self, text: str) -> None:
        """The page shows this."""
        expect(self.page.locator("main")).to_contain_text(text)

    def is_asked_who(self) -> None:
        expect(self.page.get_by_label("Your last name")).to_be_visible()

    def orders_towels(self) -> str:
        """A request that needs nothing else; its id."""
        self.wants("housekeeping")
        self.takes("Bath towel", 2)
        self.sends()
        return self.sent()
