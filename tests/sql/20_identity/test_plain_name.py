"""plain_name: a name as people type it on a phone."""

import pytest

from tests.world import World


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Álvarez", "alvarez"),
        ("ALVAREZ", "alvarez"),
        ("O'Brien", "obrien"),
        ("von der Heide", "vonderheide"),
        ("Smith-Jones", "smithjones"),
        ("Ñuñez", "nunez"),
        ("丸谷", "丸谷"),
        (" - ", None),
        ("", None),
        (None, None),
    ],
)
def test_case_accents_and_spaces_are_forgiven(undone: World, typed: str | None, plain: str | None) -> None:
    assert undone.value("select app.plain_name(%s)", typed) == plain
