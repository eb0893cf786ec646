"""Bills and receipts on paper: what `api.folio_document` says, as PDF.

A bill may have a thousand lines, and a table cell costs the typesetter the better part of a millisecond. So a
row of the table holds ten lines, each of its four cells one preformatted text, and may be parted between two
lines where a page ends.
"""

import asyncio
import re
import textwrap
import threading
from collections.abc import Iterator
from functools import partial
from itertools import repeat
from typing import Any, Final, NoReturn
from unicodedata import east_asian_width

from fastapi import Response
from markupsafe import Markup, escape

from functions.pages.base.formats import figure, full_day
from functions.pages.base.languages import SOURCE, known
from functions.pages.base.rendering import environment
from functions.shared.errors import Problem

Document = dict[str, Any]

LINES_A_ROW: Final = 10
WIDEST: Final = 45
"""Letters of a description in one line."""
FIGURE_SPACE: Final = "\u2007"
HALF_SPACE: Final = "\u2008"
GAP: Final = FIGURE_SPACE * 2
ISOLATED: Final = "\u2068{}\u2069"
"""A word in whatever direction it is written, without turning what stands around it."""
UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
ARABIC: Final = re.compile(
    r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff](?:[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff ]*"
    r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff])?"
)
IN_ARABIC: Final = r'<span class="arabic">\g<0></span>'
ONE_AT_A_TIME: Final = threading.Lock()


def folio_pdf(document: Document) -> bytes:
    """The bill."""
    return _set(document, "paper/folio.html", rows=list(_rows(document)))


def receipt_pdf(document: Document, payment_id: str) -> bytes | None:
    """The receipt for one movement of money of the bill; None when it is not among them."""
    found = next((one for one in document["payments"] if one["id"] == payment_id), None)
    return None if found is None else _set(document, "paper/receipt.html", payment=found)


def file_name(document: Document, payment_id: str | None = None) -> str:
    """`INV-FSL-000042.pdf`, before it is issued `folio-1A2B3C4D.pdf`; `receipt-…` of one of its payments."""
    if payment_id:
        return f"receipt-{payment_id[-8:].upper()}.pdf"
    folio = document["folio"]
    return f"{folio['invoice_number'] or 'folio-' + folio['id'][-8:].upper()}.pdf"


async def on_paper(document: Document, payment_id: str | None = None) -> Response:
    """The PDF of a bill, or of the receipt for one of its payments; 404 for a payment that is not its own."""
    pdf = await asyncio.to_thread(receipt_pdf, document, payment_id) if payment_id else None
    if payment_id and pdf is None:
        raise Problem(404, "payment_not_found", "There is no such payment.")
    pdf = pdf or await asyncio.to_thread(folio_pdf, document)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'inline; filename="{file_name(document, payment_id)}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(pdf, headers=headers, media_type="application/pdf")


def _set(document: Document, template: str, **context: Any) -> bytes:
    from weasyprint import HTML

    language = known(document["language"]) or SOURCE
    amount = partial(figure, language, currency=document["folio"]["currency"])
    page = environment(language).get_template(template)
    text = page.render(paper=document, amount=amount, isolated=isolated, **context)
    # The typesetter keeps a processor busy; two at once would only make both late.
    with ONE_AT_A_TIME:
        pdf: bytes = HTML(string=text, url_fetcher=_nothing_from_outside).write_pdf()
    return pdf


def _nothing_from_outside(url: str, *_: Any, **__: Any) -> NoReturn:
    raise ValueError("a bill fetches nothing")


def isolated(text: Any) -> Markup:
    """A text on one line that keeps its own direction, Arabic letters in a typeface that has all of them."""
    words = plain(text)
    if not words:
        return Markup("")
    set_apart = ARABIC.sub(IN_ARABIC, str(escape(words)))
    return Markup(ISOLATED.format(set_apart))  # noqa: S704 # nosec B704: escaped above


def plain(text: Any) -> str:
    """A text on one line, without what turns or hides other text."""
    return " ".join(UNSEEN.sub(" ", str(text or "")).split())


def _rows(document: Document) -> Iterator[dict[str, str]]:
    """The lines, ten to a row: `what`, `each`, `tax` and `total`, with as many line breaks in each."""
    language, currency = known(document["language"]) or SOURCE, document["folio"]["currency"]
    amount = partial(figure, language, currency=currency)
    lines = document["lines"]
    for start in range(0, len(lines), LINES_A_ROW):
        what, each, taxes, totals = list[Markup](), list[str](), list[str](), list[str]()
        for one in lines[start : start + LINES_A_ROW]:
            words = _wrapped(plain(one["description"]))
            blank = [""] * (len(words) - 1)
            day = full_day(language, one["business_on"])
            margins = [day, *[_blank(day)] * len(blank)]
            what += [
                Markup("{}{}{}").format(*line) for line in zip(margins, repeat(GAP), map(isolated, words))
            ]
            many = abs(one["quantity"]) != 1
            each += [f"{one['quantity']} × {amount(one['unit_price'])}" if many else "", *blank]
            taxes += [amount(one["tax_total"]), *blank]
            totals += [amount(one["gross"]), *blank]
        yield {
            "what": Markup("\n").join(what),
            "each": "\n".join(each),
            "tax": "\n".join(taxes),
            "total": "\n".join(totals),
        }


def _wrapped(text: str) -> list[str]:
    """A description in as many lines as it needs; capitals and ideographs are wider than other letters."""
    width = sum(
        2 if east_asian_width(letter) in "WF" else 1.5 if letter.isupper() or letter in "mw" else 1
        for letter in text
    )
    return textwrap.wrap(text, int(WIDEST * len(text) / width)) if text else [""]


def _blank(day: str) -> str:
    """Spaces as wide as a date: a stroke of the typeface is half as wide as a digit."""
    return "".join(FIGURE_SPACE if letter.isdigit() else HALF_SPACE for letter in day)
