"""What a guest has entered into a request form, from the form's fields to the request that is submitted.

A draft survives everything that can come between a first tap and a sent request: a step of a counter without
scripts, a refusal, the question who is asking. It always carries the key under which it may be sent once.
"""

import re
import uuid
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from functions.pages.base.reader import Refusal, Row
from functions.pages.base.walls import instant

MOST_OF_ONE = 99
NOTE_LENGTH = 2000


@dataclass(frozen=True)
class Draft:
    """`items` are quantities by sku, `answers` the fields that the type asks for, as they were entered."""

    key: str
    subtype: str = ""
    note: str = ""
    items: dict[str, int] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def fresh(cls, subtype: str = "") -> "Draft":
        return cls(key=str(uuid.uuid4()), subtype=subtype)

    @classmethod
    def entered(cls, form: FormData) -> "Draft":
        """The draft in a posted form; `step` is the counter button that was pressed, if one was."""
        items: dict[str, int] = {}
        answers: dict[str, str] = {}
        for name, value in form.multi_items():
            text = str(value).strip()
            if name.startswith("item.") and (count := counted(text)):
                items[name.removeprefix("item.")] = count
            elif name.startswith("ask.") and text:
                answers[name.removeprefix("ask.")] = text
        draft = cls(
            key=str(form.get("idempotency_key") or uuid.uuid4()),
            subtype=str(form.get("subtype") or ""),
            note=str(form.get("note") or "").strip()[:NOTE_LENGTH],
            items=items,
            answers=answers,
        )
        step = str(form.get("step") or "")
        return draft.stepped(step[1:], 1 if step[0] == "+" else -1) if step else draft

    def stepped(self, sku: str, by: int) -> "Draft":
        count = min(max(self.items.get(sku, 0) + by, 0), MOST_OF_ONE)
        return replace(self, items={**self.items, sku: count})

    def renewed(self) -> "Draft":
        """The same, under a new key: it is to be sent although one like it was sent before."""
        return replace(self, key=str(uuid.uuid4()))

    def fields(self) -> list[tuple[str, str]]:
        """Every field of the form, for the page in between that must not lose one."""
        return [
            ("idempotency_key", self.key),
            ("subtype", self.subtype),
            ("note", self.note),
            *((f"item.{sku}", str(count)) for sku, count in self.items.items()),
            *((f"ask.{name}", text) for name, text in self.answers.items()),
        ]

    def request(self, slug: str, asks: dict[str, Row], zone: ZoneInfo) -> dict[str, Any]:
        """The body of `portal_submit_request`: what was left empty is left out. Refuses what is no time."""
        answers: dict[str, Any] = {
            name: answer(text, asks[name], zone) for name, text in self.answers.items() if name in asks
        }
        return {
            "type_slug": slug,
            **({"subtype": self.subtype} if self.subtype else {}),
            **({"note": self.note} if self.note else {}),
            **(
                {"items": [{"sku": s, "quantity": n} for s, n in self.items.items() if n]}
                if self.items
                else {}
            ),
            **answers,
        }


def counted(text: str) -> int:
    """A number as typed, wild ones brought just past what can be had: the command refuses them. None is 0."""
    return max(-1, min(int(text), 1001)) if re.fullmatch(r"-?[0-9]{1,40}", text) else 0


def whole_number(text: str) -> int:
    """A mark as typed; nothing sensible is none."""
    return min(int(text), MOST_OF_ONE) if re.fullmatch(r"[0-9]{1,4}", text) else 0


def answer(text: str, asked: Row, zone: ZoneInfo) -> str:
    """An answer as the command takes it: a time on the property's wall becomes an instant."""
    if asked["type"] != "timestamp":
        return text
    moment, problem = instant(text, zone)
    if problem:
        raise Refusal(422, problem)
    return moment
