"""A member of the house at a screen, in the words of the front desk."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.pages.browser import Screen


@dataclass(frozen=True)
class Member:
    screen: Screen
    home: str

    @property
    def page(self) -> Page:
        return self.screen.page

    def go(self, path: str = "/app/inbox") -> None:
        self.page.goto(self.home + path)

    def is_live(self) -> None:
        """Waits until the page follows what happens."""
        expect(self.page.locator("html[data-live]")).to_have_count(1)

    def row(self, request_id: str) -> Locator:
        return self.page.locator(f"#r-{request_id}")

    def opens(self, request_id: str) -> None:
        """Opens a request from the list."""
        self.row(request_id).locator("a").click()
        expect(self.page.locator(f'#pane[data-request="{request_id}"]')).to_be_visible()

    def visits(self, request_id: str) -> None:
        """Opens a request by its address."""
        self.go(f"/app/inbox/requests/{request_id}")

    def buttons(self) -> list[str]:
        """What the member may do with the opened request, in the page's words."""
        found = self.page.locator("#head .acts .btn").all()
        return [(button.text_content() or "").strip() for button in found]

    def presses(self, label: str) -> None:
        self.page.locator("#head .acts").get_by_text(label).click()

    def form(self) -> Locator:
        return self.page.locator("#form form")

    def sends_form(self) -> None:
        self.form().get_by_role("button").click()

    def status(self) -> Locator:
        return self.page.locator("#head .tag").first

    def story(self) -> Locator:
        return self.page.locator("#story")

    def count(self, view: str) -> int:
        """The number beside a view of the rail."""
        return int(self.page.locator("#rail a", has_text=view).locator("b").inner_text())
