"""mail_receipt: whoever paid hears of it by mail, with the receipt as a PDF."""

from typing import Any

import pytest

from functions.notify.attachments import renderer
from tests.folio import bill, deposit, pay, refund, send
from tests.world import World

MAILS = (
    "select recipient, variables ->> 'movement', variables ->> 'amount', variables ->> 'balance',"
    " variables -> 'attach' ->> 'id' from public.notification_log"
    " where event_key = 'receipt' and channel = 'email' order by created_at, id"
)


@pytest.fixture
def folio(undone: World) -> str:
    """Marutani's bill; the guest's address is known."""
    undone.conn.execute("update public.guests set email = 'guest@example.com' where last_name = 'Marutani'")
    return bill(undone, undone.booking("Marutani"), 1000)


@pytest.mark.shows("function/send-email_receipt")
def test_each_movement_of_money_once(undone: World, folio: str) -> None:
    paid = pay(undone, folio, 400, key="k")
    pay(undone, folio, 400, key="k")
    back = refund(undone, paid, 100)
    assert undone.rows(MAILS) == [
        ("guest@example.com", "Payment", "PKR 400", "PKR 600", paid["id"]),
        ("guest@example.com", "Refund", "PKR 100", "PKR 700", back["id"]),
    ]


def test_a_hold_is_no_payment_and_a_deposit_is_received_once(undone: World, folio: str) -> None:
    hold = pay(undone, folio, 500, kind="authorisation")
    kept = deposit(undone, undone.booking("Marutani"), 50)
    send(undone, "apply_deposit", {"payment_id": kept["id"]})
    taken = send(undone, "capture_payment", {"payment_id": hold["id"]})["payment"]
    assert [(row[1], row[4]) for row in undone.rows(MAILS)] == [
        ("Deposit", kept["id"]),
        ("Payment", taken["id"]),
    ]


def test_what_a_company_pays_is_not_the_guests_to_see(undone: World, folio: str) -> None:
    booking = undone.booking("Marutani")
    acme = send(undone, "add_folio", {"booking_id": booking, "payer_name": "Acme"})["folio"]["id"]
    shares = [{"folio_id": acme, "share": "1"}]
    send(undone, "split_folio", {"folio_id": folio, "shares": shares, "reason": "Acme pays"})
    pay(undone, acme, 1000)
    assert undone.rows(MAILS) == []


def test_without_an_address_the_payment_stands_alone(undone: World, folio: str) -> None:
    undone.conn.execute("update public.guests set email = null")
    assert pay(undone, folio, 400)["balance"] == 600
    assert undone.rows(MAILS) == []


def test_a_property_may_mail_none(undone: World, folio: str) -> None:
    undone.conn.execute(
        "insert into public.app_settings (tenant_id, property_id, key, value)"
        " select tenant_id, id, 'mails_receipts', 'false' from public.properties where code = 'FSL'"
    )
    pay(undone, folio, 400)
    assert undone.rows(MAILS) == []


def test_the_worker_finds_the_receipt_of_its_tenant_alone(undone: World, folio: str) -> None:
    payment = pay(undone, folio, 400)
    own, other = (
        undone.value("select id from public.tenants where slug = %s", slug) for slug in ("hamsun", "alpine")
    )
    undone.conn.execute("set local role service")
    receipt: Any = renderer("receipt_pdf")
    file = receipt(undone.conn, own, payment["id"], "es")
    assert (file.media_type, file.content[:5]) == ("application/pdf", b"%PDF-")
    assert file.name == f"receipt-{payment['id'][-8:].upper()}.pdf"
    with pytest.raises(LookupError):
        receipt(undone.conn, other, payment["id"], "en")
