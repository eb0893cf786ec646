"""label and language: a text in the viewer's language, else in English."""

import pytest
from psycopg.types.json import Jsonb

from tests.world import World


@pytest.mark.parametrize(
    ("language", "texts", "shown"),
    [
        ("en", {"en": "New", "es": "Nuevo"}, "New"),
        ("es", {"en": "New", "es": "Nuevo"}, "Nuevo"),
        ("ur", {"en": "New", "es": "Nuevo"}, "New"),
        ("", {"en": "New"}, "New"),
        ("es", {}, None),
        ("es", None, None),
    ],
)
def test_the_viewers_language_else_english(
    undone: World, language: str, texts: dict[str, str] | None, shown: str | None
) -> None:
    undone.conn.execute("select set_config('app.language', %s, true)", (language,))
    assert undone.value("select app.label(%s)", None if texts is None else Jsonb(texts)) == shown


def test_english_where_no_language_is_known(undone: World) -> None:
    assert undone.value("select app.language()") == "en"
