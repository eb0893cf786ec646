"""What the desk's forms ask of the commands: one entry a form, nothing decided here."""

import re
from collections.abc import Mapping
from typing import Any, Final, LiteralString

from functions.pages.base.reader import Row
from functions.pages.inbox.fields import amount

Form = Mapping[str, str]

COMMANDS: Final[dict[str, LiteralString]] = {
    "charge": "api.post_charge",
    "payment": "api.take_payment",
    "capture": "api.capture_payment",
    "deposit": "api.take_deposit",
    "apply": "api.apply_deposit",
    "refund": "api.refund_payment",
    "bill": "api.add_folio",
    "split": "api.split_folio",
    "move": "api.split_charge",
}
"""Those that take a body and a key."""
PLAIN: Final = ("reverse", "void", "close", "mail")
"""Those that say by themselves that they have been done."""
FIELDS: Final = {
    "charge": ("category", "description", "unit_price"),
    "payment": ("amount", "method", "reference", "kind"),
    "capture": ("payment_id", "amount"),
    "deposit": ("amount", "method", "reference"),
    "apply": ("payment_id", "amount"),
    "refund": ("payment_id", "amount", "reason"),
    "bill": ("payer_name", "payer_details"),
    "split": ("reason",),
    "move": ("charge_id", "reason"),
}
MONEY: Final = ("amount", "unit_price")
SHARE: Final = "share:"
QUANTITY: Final = re.compile(r"[0-9]{1,4}")


def body_of(what: str, form: Form, folio: Row, language: str) -> dict[str, Any]:
    """The command's body; what was left empty is left out; amounts are read in the language."""
    given = {name: form[name] for name in FIELDS[what] if form.get(name)}
    for name in MONEY:
        if name in given:
            given[name] = amount(given[name], language)[0] or given[name]
    body: dict[str, Any] = {"folio_id": folio["id"], "booking_id": folio["booking_id"], **given}
    if what == "charge" and form.get("quantity"):
        body["quantity"] = int(form["quantity"]) if QUANTITY.fullmatch(form["quantity"]) else form["quantity"]
    if what in ("split", "move"):
        body["shares"] = [
            {"folio_id": name.removeprefix(SHARE), "share": value}
            for name, value in form.items()
            if name.startswith(SHARE) and value not in ("", "0")
        ]
    return body
