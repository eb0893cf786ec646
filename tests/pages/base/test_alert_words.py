"""What a human has to see to, in the language of who reads it."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.pages.base.rendering import environment

DETAILS = {
    "channel": "sms",
    "number": "FSL-1042",
    "beds24_booking_id": 4321,
    "label": {"en": "Daily cleaning", "es": "Limpieza diaria"},
    "team": "kitchen",
    "template": "request_done",
    "problem": "room_unknown",
}
RAISED = re.compile(r"app\.raise_(?:sign_in_)?alert\([^']*'(\w+)'")
KINDS = sorted({kind for file in Path("sql").rglob("*.sql") for kind in RAISED.findall(file.read_text())})


def words(kind: str, language: str) -> str:
    alert: dict[str, Any] = {"kind": kind, "details": DETAILS, "subject": "As it was raised."}
    module = environment(language).get_template("base/_alert_words.html").make_module()
    return str(module.alert_words(SimpleNamespace(**alert)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_what_stops_the_house_is_said_in_both_languages(kind: str) -> None:
    english, spanish = words(kind, "en"), words(kind, "es")
    assert "As it was raised." not in (english, spanish)
    assert english != spanish


def test_every_alert_that_is_raised_is_known() -> None:
    assert len(KINDS) >= 12


def test_another_kind_speaks_for_itself() -> None:
    assert words("moon_is_full", "es") == "As it was raised."
