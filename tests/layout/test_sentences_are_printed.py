"""What a sentence names goes through app.printed: PostgREST writes the sentence into the status line."""

import re

import pytest

from tests.layout.files import SqlFile, planted, rules

RAISED = re.compile(r"\braise exception '((?:[^']|'')*)'(.*?)(?=\busing\b|;)", re.DOTALL)


def unprinted(file: SqlFile) -> list[str]:
    """Sentences with a value that was taken as it is."""
    return [
        f"{file.path}: {sentence}"
        for sentence, values in RAISED.findall(file.statements)
        if sentence.replace("%%", "").count("%") != values.count("app.printed(")
    ]


def test_every_value_in_a_sentence_is_printed() -> None:
    assert [line for file in rules() for line in unprinted(file)] == []


@pytest.mark.parametrize(
    "statement",
    [
        "raise exception 'There is no %.', p_name using errcode = 'PT404';",
        "raise exception '% is not %.', app.printed(p_one), p_other;",
        "raise exception 'There is no %.',\n  left(p_name, 20)\n  using errcode = 'PT404';",
    ],
)
def test_a_value_taken_as_it_is_is_found(statement: str) -> None:
    assert len(unprinted(planted(statement))) == 1
