"""What a request costs: its lines, the tax in or on them, and what the folio gets or got."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Literal

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
    taxes = summed([request["subtype_taxes"], *(line["taxes"] for line in lines)], is_inclusive=is_inclusive)
    gross = total if is_inclusive else total + sum((tax.amount for tax in taxes), Decimal())
    posted = sum((Decimal(str(charge["gross"])) for charge in charges), Decimal())
    if charges:
        return Order(lines, taxes, posted, "posted")
    if not total:
        return Order(lines, [], total, "free")
    return Order(lines, taxes, gross, "not_posted" if request["phase"] == "closed" else "to_post")


def summed(taxes: list[list[Row]], *, is_inclusive: bool) -> list[Tax]:
    """Each tax over all that carries it; the amounts are the database's."""
    sums: dict[tuple[str, str, Decimal | None], Decimal] = defaultdict(Decimal)
    for tax in chain.from_iterable(taxes):
        rate = None if tax["rate"] is None else Decimal(str(tax["rate"]))
        sums[tax["code"], tax["name"], rate] += Decimal(str(tax["amount"]))
    return [Tax(name, rate, amount, is_inclusive) for (_, name, rate), amount in sums.items()]
