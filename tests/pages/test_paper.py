"""Bills and receipts on paper: set from what api.folio_document says."""

import re
import zlib
from typing import Any

import pytest

from functions.pages import paper
from functions.pages.base.rendering import environment

LINE = {
    "id": "1",
    "business_on": "2026-04-27",
    "category": "room_service",
    "description": "Club sandwich",
    "quantity": 2,
    "unit_price": 925.25,
    "net": 1595.26,
    "tax_total": 255.24,
    "gross": 1850.5,
    "is_reversal": False,
}
PAYMENT = {
    "id": "01a1fe1c-0000-7000-8000-0000000000ab",
    "kind": "payment",
    "method": "card",
    "amount": 1000,
    "settles": 1000,
    "held": 0,
    "reference": "Slip 4711",
    "business_on": "2026-04-27",
    "taken_at": "2026-04-27T10:00:00Z",
    "taken_by_name": "Mohsin",
}


def document(language: str = "en", guest: str = "Ana Marutani", **line: Any) -> dict[str, Any]:
    return {
        "language": language,
        "issuer": {"name": "Hamsun", "address": "12 Garden Road", "tax_number": "GSTIN 27AAPFU0939F1ZV"},
        "property": {
            "code": "FSL", "name": "Hamsun FSL", "phone": None,
            "time_zone": "Asia/Karachi", "accent_color": None,
        },
        "recipient": {"name": guest, "details": None},
        "stay": {
            "booking_id": "b", "guest_name": guest, "room_number": "G06",
            "check_in": "2026-04-25", "check_out": "2026-04-28",
        },
        "folio": {
            "id": "01a1fe1c-0000-7000-8000-0000000000cd", "number": 1, "currency": "PKR",
            "tax_mode": "inclusive", "closed_at": None, "opened_at": "2026-04-25T10:00:00Z",
            "invoice_number": None,
        },
        "issued_on": "2026-04-28",
        "lines": [LINE | line],
        "taxes": [
            {"code": "GST", "name": "GST 16 %", "rate": 16, "net": 1595.26, "amount": 255.24},
            {"code": "EXEMPT", "name": "Exempt", "rate": None, "net": 10, "amount": 0},
        ],
        "payments": [PAYMENT],
        "totals": {
            "net": 1595.26, "tax": 255.24, "gross": 1850.5, "paid": 1000,
            "balance": 850.5, "deposits_held": 0,
        },
    }  # fmt: skip


def text_of(monkeypatch: pytest.MonkeyPatch, set_it: Any) -> str:
    """What is handed to the typesetter."""
    seen = list[str]()
    written = environment

    def listening(language: str) -> Any:
        class Listening:
            def get_template(self, name: str) -> Any:
                template = written(language).get_template(name)

                class Heard:
                    def render(self, **context: Any) -> str:
                        seen.append(template.render(**context))
                        return seen[-1]

                return Heard()

        return Listening()

    monkeypatch.setattr(paper, "environment", listening)
    assert set_it().startswith(b"%PDF-")
    return re.sub(r"<style>.*?</style>", "", seen[0], flags=re.DOTALL)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Billed to", "1,850.50", "27/04/2026", "exempt", "Still to pay", "PKR\u00a0850.50"]),
        ("es", ["A nombre de", "1.850,50", "27/04/2026", "exento", "Por pagar", "850,50\u00a0PKR"]),
    ],
)
def test_it_is_set_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, language: str, words: list[str]
) -> None:
    text = text_of(monkeypatch, lambda: paper.folio_pdf(document(language)))
    assert [word for word in words if word not in text] == []
    assert "GSTIN 27AAPFU0939F1ZV" in text


def test_a_name_from_right_to_left_keeps_its_direction(monkeypatch: pytest.MonkeyPatch) -> None:
    text = text_of(monkeypatch, lambda: paper.folio_pdf(document(guest="عائشہ خان")))
    assert '\u2068<span class="arabic">عائشہ خان</span>\u2069' in text


def test_what_guests_and_staff_typed_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    nasty = '<img src="file:///etc/passwd">\u202e\n' + "long " * 40
    text = text_of(monkeypatch, lambda: paper.folio_pdf(document(guest=nasty, description=nasty)))
    assert "<img" not in text
    assert "\u202e" not in text


def test_a_long_line_is_wrapped_with_its_neighbours() -> None:
    [row] = paper._rows(document(description="word " * 30))
    assert len({column.count("\n") for column in row.values()}) == 1


@pytest.mark.parametrize(("language", "owed"), [("en", "PKR\u00a0851.00"), ("es", "851,00\u00a0PKR")])
def test_what_is_owed_is_as_exact_as_the_lines(
    monkeypatch: pytest.MonkeyPatch, language: str, owed: str
) -> None:
    whole = document(language)
    whole["totals"]["balance"] = 851
    assert owed in text_of(monkeypatch, lambda: paper.folio_pdf(whole))


def test_every_page_says_which_invoice_it_is_of(monkeypatch: pytest.MonkeyPatch) -> None:
    issued = document()
    issued["folio"]["invoice_number"] = "INV-FSL-000042"
    text = text_of(monkeypatch, lambda: paper.folio_pdf(issued))
    assert '<p class="foot">Hamsun FSL · Invoice INV-FSL-000042</p>' in text


def test_an_address_of_several_lines_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    addressed = document()
    addressed["recipient"]["details"] = "4 Harbour Road\nLagos"
    addressed["issuer"]["address"] = "12 Garden Road\nKarachi"
    text = text_of(monkeypatch, lambda: paper.folio_pdf(addressed))
    assert [one for one in ("4 Harbour Road", "Lagos") if f'"names">\u2068{one}\u2069</p>' not in text] == []
    assert "12 Garden Road, Karachi" in text


def test_money_given_back_was_paid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    back = document()
    back["payments"] = [PAYMENT | {"kind": "refund"}]
    text = text_of(monkeypatch, lambda: paper.receipt_pdf(back, str(PAYMENT["id"])))
    assert [word for word in ("Paid to", "Paid out by", "PKR\u00a01,000.00") if word not in text] == []


def test_a_receipt_is_for_one_payment(monkeypatch: pytest.MonkeyPatch) -> None:
    text = text_of(monkeypatch, lambda: paper.receipt_pdf(document(), str(PAYMENT["id"])))
    assert [word for word in ("Receipt 000000AB", "Slip 4711", "15:00") if word not in text] == []
    assert paper.receipt_pdf(document(), "another") is None


def test_wide_letters_take_more_lines() -> None:
    assert len(paper._wrapped("w" * 45)) == len(paper._wrapped("W" * 45)) == 2
    assert (paper._wrapped("a" * 45), paper._wrapped("")) == (["a" * 45], [""])


def test_nothing_is_fetched_from_outside() -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        paper._nothing_from_outside("http://example.com/x.png")


def test_the_page_that_leaves_is_whole() -> None:
    pdf = paper.folio_pdf(document())
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    assert any(b" Tf" in zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")
    assert pdf.rstrip().endswith(b"%%EOF")
