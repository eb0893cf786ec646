"""What a request costs: its lines, the tax in or on them, and what the folio gets or got."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from babel.numbers import get_currency_precision

from functions.pages.base.reader import Row


@dataclass(frozen=True)
class Tax:
    """A tax over all lines. `rate` is in percent, None: exempt; `is_in_price`: the prices hold it already."""

    name: str
    rate: Decimal | None
    amount: Decimal
    is_in_price: bool


@dataclass(frozen=True)
class Order:
    """The order card. `state` says what the total is: still to be posted, posted, or never to be."""

    lines: list[Row]
    taxes: list[Tax]
    total: Decimal
    state: Literal["to_post", "posted", "not_posted", "free"]


def order_of(request: Row, lines: list[Row], charges: list[Row]) -> Order | None:
    """The card of a request that has lines or a price; None for one that has neither.

    What is posted is read from the folio; what will be is the sum that `app.post_charge` makes.
    """
    total = Decimal(str(request["total"]))
    if not lines and not total:
        return None
    is_inclusive = request["tax_mode"] == "inclusive"
    taxes = taxes_of(lines, request["currency"], is_inclusive=is_inclusive)
    gross = total if is_inclusive else total + sum((tax.amount for tax in taxes), Decimal())
    posted = sum((Decimal(str(charge["gross"])) for charge in charges), Decimal())
    if charges:
        return Order(lines, taxes, posted, "posted")
    if not total:
        return Order(lines, [], total, "free")
    return Order(lines, taxes, gross, "not_posted" if request["phase"] == "closed" else "to_post")


def taxes_of(lines: list[Row], currency: str, *, is_inclusive: bool) -> list[Tax]:
    """Each tax of the lines, rounded line by line as charges are."""
    unit = Decimal(1).scaleb(-get_currency_precision(currency))
    sums: dict[tuple[str, str, Decimal | None], Decimal] = defaultdict(Decimal)
    for line in lines:
        price = Decimal(str(line["total"]))
        for tax in line["taxes"] if price else []:
            rate = None if tax["rate"] is None else Decimal(str(tax["rate"]))
            share = (rate or Decimal()) / 100
            amount = price - price / (1 + share) if is_inclusive else price * share
            sums[tax["code"], tax["name"], rate] += amount.quantize(unit, ROUND_HALF_UP)
    return [Tax(name, rate, amount, is_inclusive) for (_, name, rate), amount in sums.items()]
