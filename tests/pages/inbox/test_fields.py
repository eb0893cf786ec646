"""What people type becomes what a command takes, or is marked."""

from typing import Any

import pytest

from functions.pages.base.reader import Refusal
from functions.pages.inbox.fields import amount, asked, known_values, marked, read
from functions.pages.inbox.guests import in_state

REQUIRES: dict[str, dict[str, Any]] = {
    "assignee": {"type": "member", "label": "Who does it"},
    "amount": {"type": "money", "label": "Amount", "required": False},
}
SANA: dict[str, Any] = {"id": "01", "name": "Sana"}


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("1850", "en", ("1850", "")),
        ("1,850.50", "en", ("1850.50", "")),
        ("PKR 1,850", "en", ("1850", "")),
        ("1.850,50 €", "es", ("1850.50", "")),
        ("1,85", "en", ("", "not_an_amount")),
        ("-3", "en", ("", "not_an_amount")),
        ("a lot", "en", ("", "not_an_amount")),
    ],
)
def test_an_amount_is_read_in_the_members_language(
    typed: str, language: str, expected: tuple[str, str]
) -> None:
    assert amount(typed, language) == expected


def test_what_is_missing_or_unknown_is_marked() -> None:
    empty = asked(REQUIRES, [SANA], {}, "en")
    assert read(empty, "UTC", "en") == {}
    assert [each.problem for each in empty] == ["missing", ""]
    foreign = asked(REQUIRES, [SANA], {"assignee": "02", "amount": "10"}, "en")
    assert read(foreign, "UTC", "en") == {"amount": "10"}
    assert foreign[0].problem == "not_a_choice"


@pytest.mark.parametrize(
    ("refusal", "problems"),
    [
        (Refusal(422, "input_missing", '"Who does it" is missing.', "assignee"), ["missing", ""]),
        (Refusal(422, "input_invalid", '"amount" cannot be read.', "…"), ["", "not_an_amount"]),
        (Refusal(409, "folio_closed", "The folio is closed.", ""), ["", ""]),
    ],
)
def test_the_field_that_a_command_names_is_marked(refusal: Refusal, problems: list[str]) -> None:
    assert [each.problem for each in marked(asked(REQUIRES, [SANA], {}, "en"), refusal)] == problems


def test_a_form_begins_with_what_is_known() -> None:
    request = {"scheduled_for": "2026-05-01T01:10:00+00:00", "assignee_id": None, "severity": "urgent"}
    assert known_values(request, "Asia/Karachi") == {
        "scheduled_for": "2026-05-01T06:10",
        "severity": "urgent",
    }


@pytest.mark.parametrize(("language", "written"), [("en", "1850.5"), ("es", "1850,5")])
def test_an_amount_that_was_worked_out_is_there_already(language: str, written: str) -> None:
    rule = {"amount": {"type": "money", "value": 1850.5}}
    [amount] = asked(rule, [], {}, language)
    assert amount.value == written
    [typed] = asked(rule, [], {"amount": "7"}, language)
    assert typed.value == "7"


def test_what_cannot_be_had_in_the_stays_state_is_not_offered() -> None:
    early = {"key": "early_checkin", "states": ["pre_checkin", "arrival_day"]}
    late = {"key": "late_checkout"}
    kinds = [{"slug": "booking_action", "subtypes": [late, early]}]
    assert in_state(kinds, "in_house")[0]["subtypes"] == [late]
    assert in_state(kinds, "arrival_day")[0]["subtypes"] == [late, early]
