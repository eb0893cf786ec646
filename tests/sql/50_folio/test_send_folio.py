"""send_folio: the bill goes to the guest by mail, with its PDF."""

from typing import Any

import pytest

from functions.folio.attachment import folio_attachment
from tests.folio import bill, charge, pay, slug_of
from tests.world import HOUSEKEEPER, RECEPTION, STRANGER, World

MAILS = (
    "select recipient, variables -> 'attach' ->> 'id', variables ->> 'balance', state"
    " from public.notification_log where event_key = 'invoice' and channel = 'email'"
)


@pytest.fixture
def folio(undone: World) -> str:
    """Marutani's bill; the guest's address is known."""
    undone.conn.execute("update public.guests set email = 'guest@example.com' where last_name = 'Marutani'")
    return bill(undone, undone.booking("Marutani"), 1000)


def mail(world: World, folio: str | None, by: str = RECEPTION) -> Any:
    with world.member(by):
        return world.value("select api.send_folio(%s)", folio)["folio"]


@pytest.mark.shows("notification/checkout_email")
def test_it_is_mailed_once_until_something_changes(undone: World, folio: str) -> None:
    mail(undone, folio)
    mail(undone, folio)
    assert undone.rows(MAILS) == [("guest@example.com", folio, "PKR 1,000", "queued")]
    pay(undone, folio, 1000)
    mail(undone, folio)
    assert len(undone.rows(MAILS)) == 2


def test_one_that_was_given_up_goes_out_again(undone: World, folio: str) -> None:
    mail(undone, folio)
    undone.conn.execute("update public.notification_log set state = 'dead' where event_key = 'invoice'")
    mail(undone, folio)
    assert [row[3] for row in undone.rows(MAILS)] == ["queued"]


def test_a_mended_address_gets_it_too(undone: World, folio: str) -> None:
    mail(undone, folio)
    undone.conn.execute("update public.guests set email = 'right@example.com' where last_name = 'Marutani'")
    for _ in range(2):
        mail(undone, folio)
    assert [row[0] for row in undone.rows(MAILS)] == ["guest@example.com", "right@example.com"]


@pytest.mark.shows("notification/checkout_email")
def test_a_guest_asks_for_the_own(undone: World, folio: str) -> None:
    with undone.guest("Marutani"):
        undone.value("select api.send_folio()")
    assert undone.rows(MAILS)[0][1] == folio

    def unproven() -> None:
        with undone.guest("Marutani", "context"):
            undone.value("select api.send_folio()")

    assert slug_of(unproven) == "second_fact_needed"


def test_without_an_address_it_says_so(undone: World, folio: str) -> None:
    undone.conn.execute("update public.guests set email = null")
    assert slug_of(lambda: mail(undone, folio)) == "guest_has_no_email"


@pytest.mark.parametrize(
    ("member", "slug"), [(HOUSEKEEPER, "permission_missing"), (STRANGER, "folio_not_found")]
)
def test_not_for_everybody(undone: World, folio: str, member: str, slug: str) -> None:
    assert slug_of(lambda: mail(undone, folio, member)) == slug


def test_the_worker_finds_the_bill_of_its_tenant_alone(undone: World, folio: str) -> None:
    charge(undone, undone.booking("Marutani"), 5)
    own, other = (
        undone.value("select id from public.tenants where slug = %s", slug) for slug in ("hamsun", "alpine")
    )
    undone.conn.execute("set local role service")
    file = folio_attachment(undone.conn, own, folio, "es")  # type: ignore[arg-type]
    assert (file.media_type, file.content[:5], file.name[-4:]) == ("application/pdf", b"%PDF-", ".pdf")
    with pytest.raises(LookupError):
        folio_attachment(undone.conn, other, folio, "en")  # type: ignore[arg-type]
