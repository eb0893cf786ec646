"""A booking's bill at the desk: charged, paid, given back, split, on paper; refusals in words."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.pages.inbox.conftest import SignIn
from tests.pages.inbox.desk import Member
from tests.world import STRANGER, World

NEVER_CHANGED = "alter table public.{0} {1} trigger {0}__never_change"
OF_THE_BILL = (
    "delete from public.charge_taxes where charge_id in (select c.id from public.charges c"
    " join public.folios f on f.id = c.folio_id where f.booking_id = %(b)s)",
    "delete from public.charges where folio_id in (select id from public.folios where booking_id = %(b)s)",
    "delete from public.payments where folio_id in (select id from public.folios where booking_id = %(b)s)",
    "delete from public.folios where booking_id = %(b)s",
)


@pytest.fixture
def booking(world: World) -> Iterator[Any]:
    """Okafor's, who has not come yet; without a bill again afterwards."""
    booking = world.booking("Okafor")
    yield booking
    for table in ("charges", "charge_taxes", "payments"):
        world.conn.execute(NEVER_CHANGED.format(table, "disable").encode())
    for statement in OF_THE_BILL:
        world.conn.execute(statement.encode(), {"b": booking})
    for table in ("charges", "charge_taxes", "payments"):
        world.conn.execute(NEVER_CHANGED.format(table, "enable").encode())


def opens(member: Member, words: str, nth: int = 0) -> None:
    """Unfolds a form of the page."""
    member.page.locator("summary", has_text=words).nth(nth).click()


def sends(member: Member, **fields: str) -> None:
    """Fills the form that is unfolded and sends it."""
    form = member.page.locator("details[open] form")
    for label, value in fields.items():
        form.get_by_label(label.replace("_", " ")).fill(value)
    form.get_by_role("button").click()


def test_a_bill_from_the_first_charge_to_the_paper(sign_in: SignIn, world: World, booking: Any) -> None:
    with world.owner():
        world.conn.execute("select app.act_as_member('reception@hamsun.example')")
        world.conn.execute("select app.open_folio(%s)", (booking,))
    mohsin = sign_in()
    mohsin.go(f"/app/folios/{booking}")
    opens(mohsin, "Post a charge")
    sends(mohsin, What_it_was="Two shirts", Price_each="500", How_many="2")
    due = mohsin.page.locator(".totals .due")
    expect(due).to_contain_text("PKR 1,000")

    opens(mohsin, "Take a payment")
    sends(mohsin, Amount="1000.01")
    expect(mohsin.page.get_by_role("alert")).to_contain_text("more than is owed")
    sends(mohsin, Amount="600")
    expect(due).to_contain_text("PKR 400")
    opens(mohsin, "Give back")
    sends(mohsin, Amount="100", Why="Too much")
    expect(due).to_contain_text("PKR 500")

    opens(mohsin, "Another bill")
    sends(mohsin, **{"Who is billed": "Acme Ltd"})
    opens(mohsin, "Split or move")
    sends(mohsin, Why="Halves")
    expect(mohsin.page.locator(".tabs")).to_contain_text("Acme Ltd PKR 500")
    expect(mohsin.page.locator(".gone")).to_have_count(2)
    assert mohsin.screen.problems() == []

    folio = mohsin.page.locator("a", has_text="The bill as a PDF").get_attribute("href")
    assert folio is not None
    paper = mohsin.page.request.get(mohsin.home + folio)
    assert (paper.status, paper.headers["content-type"]) == (200, "application/pdf")
    stranger = sign_in(STRANGER)
    assert stranger.page.request.get(stranger.home + folio).status == 404
    assert stranger.page.request.get(stranger.home + f"/app/folios/{booking}").status == 404
