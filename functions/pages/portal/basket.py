"""The catalogue as a form shows it: shelves of items, each with the quantity that the guest has picked."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from functions.pages.base.reader import Row
from functions.pages.portal.draft import Draft


@dataclass(frozen=True)
class Line:
    item: Row
    quantity: int

    @property
    def most(self) -> int:
        """How many can be picked."""
        available, most = self.item["available"], int(self.item["max_quantity"])
        return most if available is None else min(int(available), most)

    @property
    def is_gone(self) -> bool:
        return not self.item["in_stock"]

    @property
    def price(self) -> Decimal:
        return Decimal(0) if self.item["is_complimentary"] else Decimal(str(self.item["price"] or 0))


def within_reason(count: int, item: Row) -> int:
    """What was picked, as it is shown again: a wild number is brought to what anyone may have of it."""
    return min(max(count, 0), int(item["max_quantity"]))


@dataclass(frozen=True)
class Basket:
    """`shelves` are (label, lines) in the catalogue's order."""

    shelves: list[tuple[str, list[Line]]]

    @classmethod
    def of(cls, items: list[Row], draft: Draft) -> "Basket":
        lines = [Line(item, within_reason(draft.items.get(item["sku"], 0), item)) for item in items]
        return cls(
            [
                (label, list(shelf))
                for label, shelf in groupby(lines, lambda line: line.item["category_label"])
            ]
        )

    @property
    def lines(self) -> list[Line]:
        return [line for _, shelf in self.shelves for line in shelf]

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def total(self) -> Decimal:
        """What the guest sees while picking; the price that counts is taken when the request is submitted."""
        return sum((line.price * line.quantity for line in self.lines), Decimal(0))

    @property
    def has_prices(self) -> bool:
        return any(line.price for line in self.lines)
