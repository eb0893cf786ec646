"""What a guest reads: every variable filled, on one line."""

import pytest

from functions.notify import wording
from tests.notify.messages import whatsapp

PUBLIC_URL = "https://stay.example"


def test_variables_come_in_the_templates_order() -> None:
    assert list(wording.values(whatsapp(), PUBLIC_URL).items()) == [
        ("guest_first_name", "Ana"),
        ("request_title", "2 × Towels"),
        ("portal_url", "https://stay.example/?c=A4B7K2"),
    ]


def test_the_body_is_what_the_guest_reads() -> None:
    assert wording.body(whatsapp(), PUBLIC_URL) == (
        "Dear Ana, “2 × Towels” is done. https://stay.example/?c=A4B7K2 Good night."
    )


@pytest.mark.parametrize("empty", [None, "", "  ", "\n"])
def test_nothing_is_a_dash_because_providers_refuse_the_empty(empty: str | None) -> None:
    assert wording.word(empty) == "–"


def test_lines_become_spaces() -> None:
    assert wording.word("one\n\n  two\tthree") == "one two three"


def test_a_novel_is_cut() -> None:
    assert len(wording.word("word " * 400)) <= wording.LONGEST
