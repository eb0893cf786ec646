"""What an action or a new task asks for: one typed field each, read from a form as people type.

`read` gives what the command takes, or a word for what is wrong: `missing`, `not_a_time`, `not_an_amount`,
`not_on_that_day` (a local time that the clocks skip) or `not_a_choice`. The template has the sentences.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from functions.pages.base.formats import at
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.walls import instant

Choice: TypeAlias = tuple[str, str]
UNREADABLE = {"timestamp": "not_a_time", "money": "not_an_amount"}
LONG = frozenset({"note", "reason", "resolution"})


@dataclass
class Field:
    """One thing to give. `value` is what was typed, `problem` what is wrong with it."""

    key: str
    kind: str
    label: str
    choices: list[Choice] = field(default_factory=list)
    value: str = ""
    problem: str = ""
    is_required: bool = True

    @property
    def is_long(self) -> bool:
        return self.key in LONG


def asked(
    requires: Mapping[str, Row], members: list[Row], typed: Mapping[str, Any], language: str
) -> list[Field]:
    """The fields of an action, filled with what was typed before, else with what was worked out."""
    fields = []
    for key, rule in requires.items():
        made = Field(key, rule["type"], str(rule.get("label") or key))
        if made.kind == "member":
            made.choices = [(member["id"], member["name"]) for member in members]
        elif made.kind in {"choice", "room"}:
            made.choices = [choice(option) for option in rule.get("options") or []]
        made.is_required = bool(rule.get("required", True))
        made.value = str(typed.get(key, quoted(rule, language))).strip()
        fields.append(made)
    return fields


def quoted(rule: Row, language: str) -> str:
    """What was worked out already, an amount written as it is typed; nothing where there is none."""
    if rule.get("value") is None:
        return ""
    if rule["type"] != "money":
        return str(rule["value"])
    return format_decimal(Decimal(str(rule["value"])), locale=language, group_separator=False)


def known_values(request: Row, zone: str) -> dict[str, str]:
    """What the request says already, as a form shows it: when, who, how urgent."""
    moment = request["scheduled_for"]
    known = {
        "scheduled_for": at(moment, zone).strftime("%Y-%m-%dT%H:%M") if moment else None,
        "assignee": request["assignee_id"],
        "severity": request["severity"],
    }
    return {key: value for key, value in known.items() if value}


def choice(option: Any) -> Choice:
    """An option as key and label; a bare key labels itself."""
    if isinstance(option, dict):
        return str(option["key"]), str(option.get("label") or option["key"])
    return str(option), str(option)


def read(fields: list[Field], zone: str, language: str) -> dict[str, str]:
    """The values for the command; a field that is wrong gets its `problem` instead."""
    values = {}
    for each in fields:
        if not each.value:
            each.problem = "missing" if each.is_required else ""
            continue
        value, each.problem = value_of(each, zone, language)
        if not each.problem:
            values[each.key] = value
    return values


def marked(fields: list[Field], refusal: Refusal) -> list[Field]:
    """The fields, marked where the command named one: a missing one in its hint, else in its sentence."""
    for each in fields:
        each.problem = ""
        if refusal.slug == "input_missing" and refusal.hint == each.key:
            each.problem = "missing"
        elif refusal.slug == "input_invalid" and f'"{each.key}"' in refusal.message:
            each.problem = UNREADABLE.get(each.kind, "not_a_choice")
    return fields


def value_of(asked_for: Field, zone: str, language: str) -> tuple[str, str]:
    """The value as the command takes it, and what is wrong with it."""
    if asked_for.kind == "timestamp":
        return instant(asked_for.value, ZoneInfo(zone))
    if asked_for.kind == "money":
        return amount(asked_for.value, language)
    if asked_for.choices and asked_for.value not in dict(asked_for.choices):
        return "", "not_a_choice"
    return asked_for.value, ""


def amount(typed: str, language: str) -> tuple[str, str]:
    """`1,850.50`, or `1.850,50` in Spanish, as a plain decimal; a currency may stand beside it."""
    bare = re.sub(r"[^\d.,-]", "", typed)
    try:
        value = parse_decimal(bare, locale=language, strict=True)
    except NumberFormatError:
        return "", "not_an_amount"
    return (format(value, "f"), "") if value >= 0 else ("", "not_an_amount")
