"""Somebody who brings their hotel: the forms in their words."""

from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Page

from tests.pages.browser import Screen

PASSWORD = "velvet tram orchard"


@dataclass
class Newcomer:
    """The owner of a hotel to be, at a screen."""

    shown: Screen
    home: str
    email: str

    @property
    def page(self) -> Page:
        return self.shown.page

    def register(self, password: str = PASSWORD) -> None:
        """Fills the form in and sends it."""
        self.page.goto(f"{self.home}/admin/register")
        for field, value in {
            "hotel_name": "Casa Verde",
            "code": "cvd",
            "name": "Inés Prado",
            "email": self.email,
        }.items():
            self.page.fill(f"#{field}", value)
        for field, value in {"country": "ES", "time_zone": "Europe/Madrid", "currency": "EUR"}.items():
            self.page.select_option(f"#{field}", value)
        self.send(password)

    def send(self, password: str) -> None:
        self.page.fill("#password", password)
        self.page.get_by_role("button", name="Register the hotel").click()

    def kind(self, code: str, name: str, price: str) -> None:
        """A kind of room."""
        form = self.page.get_by_role("form", name="Add a kind of room")
        form.get_by_label("Code").fill(code)
        form.get_by_label("Name").fill(name)
        form.get_by_label("A night").fill(price)
        form.get_by_role("button").click()

    def rooms(self, pattern: str) -> None:
        """A row of rooms of the first kind."""
        self.page.fill("#pattern", pattern)
        self.page.get_by_role("button", name="Add rooms").click()

    def invite(self, name: str, email: str) -> str:
        """Somebody of the staff; their first password."""
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_role("button", name="Invite").click()
        return self.page.locator(".first-password").inner_text()


def address() -> str:
    """An e-mail address that nobody has used."""
    return f"ines-{uuid4().hex[:8]}@casaverde.example"
