"""What a manager types about a menu, from the fields of a form to the columns of the lists."""

import re
from typing import Final

from starlette.datastructures import FormData

from functions.pages.admin.forms import Fields, number, text, words

MEALS: Final = ("breakfast", "lunch", "dinner")
LISTS: Final = {"dishes": "menu_items", "sides": "menu_sides", "drinks": "menu_drinks"}
"""The parts of a menu as addresses name them, and the list of each."""
WEEKDAYS: Final = tuple("1234567")
"""Monday to Sunday, as the form names them."""
MOST_CHOICES: Final = 12
"""Rows of the form for choices; an empty row is none."""


def menu_fields(form: FormData, *, whole: bool = False) -> Fields:
    """The menu's own columns: those of a new one, or all that can be changed."""
    mode = text(form, "pricing_mode") or "included"
    fields: Fields = {
        "name": words(form, "name"),
        "pricing_mode": mode,
        "price_per_person": number(form, "price_per_person") if mode == "per_person" else "0",
    }
    if whole:
        fields |= {
            "description": {key: said for key, said in words(form, "description").items() if said},
            "lock_minutes_before": number(form, "lock_minutes_before", "40"),
            "days_ahead": number(form, "days_ahead", "1"),
            "form_at": text(form, "form_at") or None,
            "reminder_at": text(form, "reminder_at") or None,
            "summary_at": text(form, "summary_at") or None,
            "weekdays": [int(each) for each in WEEKDAYS if each in form.getlist("weekdays")],
            "on_cancel": policy(form),
            "state": text(form, "state") or "draft",
        }
    return fields


def slot_fields(form: FormData, *, is_new: bool = False) -> Fields:
    """Places, and whether it is served; a new slot also says when."""
    fields: Fields = {
        "capacity": number(form, "capacity"),
        "is_active": is_new or text(form, "is_active") == "yes",
    }
    return fields | ({"starts_at": text(form, "starts_at")} if is_new else {})


def part_fields(form: FormData) -> Fields:
    """A dish, a side or a drink."""
    return {
        "name": words(form, "name"),
        "description": {key: said for key, said in words(form, "description").items() if said},
        "price": number(form, "price"),
        "max_quantity": number(form, "max_quantity", "6"),
        "allergens": [str(each) for each in form.getlist("allergens")],
        "on_cancel": policy(form),
        "state": text(form, "state") or "active",
        "position": number(form, "position"),
    }


def policy(form: FormData) -> str:
    """What becomes of it when an order is called off after the kitchen has begun."""
    return "keep_once_begun" if text(form, "is_kept") == "yes" else "give_back"


def group_fields(form: FormData) -> Fields:
    """A choice group; a choice keeps its key for as long as it is there."""
    choices = []
    for row in range(MOST_CHOICES):
        label = words(form, f"choice_{row}")
        if label["en"]:
            key = (
                text(form, f"choice_{row}_key")
                or re.sub(r"[^a-z0-9]+", "-", label["en"].lower()).strip("-")[:60]
            )
            surcharge = number(form, f"choice_{row}_surcharge")
            choices.append(
                {
                    "key": key,
                    "label": label,
                    "surcharge": float(surcharge) if re.fullmatch(r"\d+(\.\d+)?", surcharge) else surcharge,
                    "is_sold_out": text(form, f"choice_{row}_sold_out") == "yes",
                }
            )
    return {
        "name": words(form, "name"),
        "min_choices": number(form, "min_choices"),
        "max_choices": number(form, "max_choices", "1"),
        "choices": choices,
        "state": text(form, "state") or "active",
    }
