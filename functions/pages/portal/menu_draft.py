"""What a guest has entered into a menu's form, from its fields to the order that is submitted.

A draft survives everything between the first tap and an order: a counter's step without scripts, the page
that shows it once more, a refusal, the question who is asking. Its key sends it once.
"""

import re
import uuid
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from starlette.datastructures import FormData

from functions.pages.base.reader import Refusal, Row
from functions.pages.portal.draft import NOTE_LENGTH, counted

KINDS = {"item": "items", "side": "sides", "drink": "drinks"}
MOST_PEOPLE = 50
VARIANT = re.compile(r"(?P<of>.*?)(?P<variant>(\.[0-9]{1,2})?)")
"""`<id>` is the first of a dish, `<id>.2` the same dish chosen differently; its groups are named likewise."""


@dataclass(frozen=True)
class MenuDraft:
    """`items`: quantities by dish; `choices`: keys by group; `serving`: slot and day; `order`: changed.

    A dish that is wanted in several ways has several names, as `VARIANT` says.
    """

    key: str
    order: str = ""
    serving: str = ""
    people: int = 1
    note: str = ""
    items: dict[str, int] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    expected: str = ""

    @classmethod
    def fresh(cls, people: int) -> "MenuDraft":
        return cls(key=str(uuid.uuid4()), people=people)

    @classmethod
    def of_order(cls, order: Row) -> "MenuDraft":
        """The draft of an order that stands, to be changed."""
        items: dict[str, int] = {}
        choices: dict[str, list[str]] = {}
        for line in order["lines"]:
            variant = next_variant(line["id"], items)
            items[line["id"] + variant] = line["quantity"]
            choices |= {group + variant: keys for group, keys in line["choices"].items()}
        return cls(
            key=str(uuid.uuid4()),
            order=order["request_id"],
            serving=f"{order['slot_id']} {order['served_on']}",
            people=order["people"],
            note=order["note"] or "",
            items=items,
            choices=choices,
        )

    @classmethod
    def entered(cls, form: FormData) -> "MenuDraft":
        """The draft in a posted form, with what a button in it changed: a counter's `step`, or `another`."""
        items: dict[str, int] = {}
        choices: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            text = str(value).strip()
            if name.startswith("item.") and (count := counted(text)):
                items[name.removeprefix("item.")] = count
            elif name.startswith("choice.") and text:
                choices.setdefault(name.removeprefix("choice."), []).append(text)
        draft = cls(
            key=str(form.get("idempotency_key") or uuid.uuid4()),
            order=str(form.get("order") or ""),
            serving=str(form.get("serving") or ""),
            people=counted(str(form.get("people") or "1").strip()),
            note=str(form.get("note") or "").strip()[:NOTE_LENGTH],
            items=items,
            choices=choices,
            expected=str(form.get("expected") or ""),
        )
        step = str(form.get("step") or "")
        if step:
            return draft.stepped(step[1:], 1 if step[0] == "+" else -1)
        return draft.with_another(str(form["another"])) if form.get("another") else draft

    def stepped(self, name: str, by: int) -> "MenuDraft":
        if name == "people":
            return replace(self, people=min(max(self.people + by, 1), MOST_PEOPLE))
        return replace(self, items={**self.items, name: min(max(self.items.get(name, 0) + by, 0), 99)})

    def with_another(self, part_id: str) -> "MenuDraft":
        """One more of a dish, to be chosen differently."""
        return replace(self, items={**self.items, part_id + next_variant(part_id, self.items): 1})

    def after(self, refusal: Refusal) -> "MenuDraft":
        """The same under its key, which only an order uses up; under a new one where it has."""
        is_used = refusal.slug == "idempotency_key_reused"
        return replace(self, key=str(uuid.uuid4())) if is_used else self

    def fields(self) -> list[tuple[str, str]]:
        """Every field of the form, for a page in between that must not lose one."""
        return [
            ("idempotency_key", self.key),
            ("order", self.order),
            ("serving", self.serving),
            ("people", str(self.people)),
            ("note", self.note),
            *((f"item.{name}", str(count)) for name, count in self.items.items() if count),
            *((f"choice.{group}", key) for group, keys in self.choices.items() for key in keys),
        ]

    def lines(self, menu: Row) -> list["MenuLine"]:
        """What is chosen of the menu, in its order."""
        return [line for part in menu["parts"] for line in self.ways(part) if line.quantity]

    def ways(self, part: Row) -> list["MenuLine"]:
        """A dish in each of the ways it is wanted: at least one, maybe of nothing."""
        found = [
            said["variant"]
            for name in self.items
            if (said := VARIANT.fullmatch(name)) and said["of"] == part["id"] and said["variant"]
        ]
        return [
            MenuLine(
                part, variant, self.items.get(part["id"] + variant, 0), chosen_of(part, self.choices, variant)
            )
            for variant in ["", *found]
        ]

    def gone(self, menu: Row) -> bool:
        """Whether something that is wanted, or was chosen with it, is not on the menu any more."""
        wanted = {name for name, count in self.items.items() if count}
        there = {part["id"] for part in menu["parts"]}
        if any((said := VARIANT.fullmatch(name)) and said["of"] not in there for name in wanted):
            return True
        groups = {group["id"]: (part["id"], group) for part in menu["parts"] for group in part["groups"]}
        for name, keys in self.choices.items():
            said = VARIANT.fullmatch(name)
            of, variant = (said["of"], said["variant"]) if said else (name, "")
            part_id, group = groups.get(of, (None, None))
            if group is None or (
                f"{part_id}{variant}" in wanted and not set(keys) <= {one["key"] for one in group["choices"]}
            ):
                return True
        return False

    def refused(self, menu: Row) -> Refusal | None:
        """What is wrong before it is submitted: people, how many of a dish, a choice left open."""
        if not 1 <= self.people <= MOST_PEOPLE:
            return Refusal(422, "people_invalid")
        lines = self.lines(menu)
        if not lines:
            return Refusal(422, "items_missing")
        for line in lines:
            name, most = line.part["name"], line.part["max_quantity"]
            ordered = sum(way.quantity for way in lines if way.part["id"] == line.part["id"])
            if line.quantity < 1 or ordered > most:
                return Refusal(422, "quantity_invalid", f'Of "{name}" you can order 1 to {most}.')
            for group in line.unanswered:
                return Refusal(422, "choices_invalid", f'With "{name}": "{group["name"]}"')
        return None

    def total(self, menu: Row) -> Decimal:
        """What the guest is shown; the price that counts is taken when it is submitted."""
        return sum(
            (line.total for line in self.lines(menu)), self.people * Decimal(str(menu["price_per_person"]))
        )

    def body(self, menu: Row) -> dict[str, Any]:
        """The body of `submit_menu_order`."""
        slot, _, day = self.serving.partition(" ")
        lines = self.lines(menu)
        given: dict[str, Any] = {
            name: [line.body() for line in lines if line.part["kind"] == kind] for kind, name in KINDS.items()
        }
        return {
            "menu_id": menu["id"],
            "slot_id": slot,
            "served_on": day,
            "people": self.people,
            **given,
            **({"note": self.note} if self.note else {}),
            **({"expected_total": float(self.expected)} if is_number(self.expected) else {}),
        }


@dataclass(frozen=True)
class MenuLine:
    """One dish, side or drink of a draft. `chosen` are (group, choices) in the menu's order."""

    part: Row
    variant: str
    quantity: int
    chosen: list[tuple[Row, list[Row]]]

    @property
    def name(self) -> str:
        """The dish as it was chosen."""
        words = ", ".join(choice["label"] for _, choices in self.chosen for choice in choices)
        return f"{self.part['name']} ({words})" if words else str(self.part["name"])

    @property
    def total(self) -> Decimal:
        surcharges = sum(
            (Decimal(str(choice["surcharge"])) for _, choices in self.chosen for choice in choices),
            Decimal(0),
        )
        return self.quantity * (Decimal(str(self.part["price"])) + surcharges)

    @property
    def unanswered(self) -> list[Row]:
        """Groups of which too few or too many are chosen."""
        return [group for group, choices in self.chosen if not group["min"] <= len(choices) <= group["max"]]

    def body(self) -> dict[str, Any]:
        line: dict[str, Any] = {"id": self.part["id"], "quantity": self.quantity}
        if self.part["kind"] == "item":
            line["choices"] = {
                group["id"]: [choice["key"] for choice in choices]
                for group, choices in self.chosen
                if choices
            }
        return line


def next_variant(part_id: str, items: dict[str, int]) -> str:
    """How the next line of a dish is named behind its id: nothing, `.2`, `.3`, …"""
    taken = {name.removeprefix(part_id) for name in items if name.startswith(part_id)}
    if "" not in taken:
        return ""
    return next((f".{n}" for n in range(2, 99) if f".{n}" not in taken), ".99")


def chosen_of(part: Row, choices: dict[str, list[str]], variant: str) -> list[tuple[Row, list[Row]]]:
    """A dish's groups, each with what was chosen of it."""
    return [
        (
            group,
            [
                choice
                for choice in group["choices"]
                if choice["key"] in choices.get(group["id"] + variant, [])
            ],
        )
        for group in part["groups"]
    ]


def is_number(text: str) -> bool:
    """Whether a total that a form carried is one."""
    return re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,3})?", text) is not None
