"""Bills and receipts on paper: what `api.folio_document` says, as PDF.

A bill may have a thousand lines, and a table cell costs the typesetter the better part of a millisecond. So a
row of the table holds ten lines, each of its three cells one preformatted text; amounts stand below each
other because digits, and the figure spaces that fill up, are all equally wide.
"""

import asyncio
import re
import textwrap
import threading
from collections.abc import Iterator
from functools import partial
from itertools import repeat
from typing import Any, Final, NoReturn

from fastapi import Response
from markupsafe import Markup, escape

from functions.pages.base.formats import figure, full_day
from functions.pages.base.languages import SOURCE, known
from functions.pages.base.rendering import environment
from functions.shared.errors import Problem

Document = dict[str, Any]

LINES_A_ROW: Final = 10
WIDEST: Final = 50
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
    """The lines, ten to a row: `what`, `each` and `amounts`, with as many line breaks in each."""
    language, currency = known(document["language"]) or SOURCE, document["folio"]["currency"]
    amount = partial(figure, language, currency=currency)
    lines = document["lines"]
    taxes, totals = [amount(one["tax_total"]) for one in lines], [amount(one["gross"]) for one in lines]
    tax_width, total_width = (max(map(_width, texts), default=0) for texts in (taxes, totals))
    for start in range(0, len(lines), LINES_A_ROW):
        what, each, amounts = list[Markup](), list[str](), list[str]()
        for number, one in enumerate(lines[start : start + LINES_A_ROW], start):
            words = textwrap.wrap(plain(one["description"]), WIDEST) or [""]
            blank = [""] * (len(words) - 1)
            day = full_day(language, one["business_on"])
            margins = [day, *[_filled("", _width(day))] * len(blank)]
            what += [
                Markup("{}{}{}").format(*line) for line in zip(margins, repeat(GAP), map(isolated, words))
            ]
            many = abs(one["quantity"]) != 1
            each += [f"{one['quantity']} × {amount(one['unit_price'])}" if many else "", *blank]
            tax, total = _filled(taxes[number], tax_width), _filled(totals[number], total_width)
            amounts += [f"{tax}{GAP}{total}", *blank]
        yield {"what": Markup("\n").join(what), "each": "\n".join(each), "amounts": "\n".join(amounts)}


def _width(text: str) -> int:
    """In half digits: points, commas and slashes of the typeface are half as wide as a digit."""
    return sum(1 if letter in f".,/{HALF_SPACE}" else 2 for letter in text)


def _filled(text: str, width: int) -> str:
    """Spaces before a text, as wide as what is missing."""
    digits, half = divmod(width - _width(text), 2)
    return FIGURE_SPACE * digits + HALF_SPACE * half + text
