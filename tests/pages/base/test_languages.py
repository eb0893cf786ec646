"""Every sentence of every page is there in every language that is offered."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from functions.pages.base.languages import NAMES, SOURCE, direction, known, preferred, translations

PAGES = Path(__file__).parents[3] / "functions" / "pages"
TEMPLATE_OPTIONS = {
    "extensions": "jinja2.ext.do",
    "newstyle_gettext": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]


def sentences() -> list[tuple[str, str]]:
    """File and sentence of all that the pages say."""
    found = extract_from_dir(str(PAGES), METHODS, options_map={"templates/**.html": TEMPLATE_OPTIONS})
    return [(file, said if isinstance(said, str) else said[0]) for file, _, said, _, _ in found]


@pytest.mark.parametrize("language", [each for each in NAMES if each != SOURCE])
def test_nothing_is_left_untranslated(language: str) -> None:
    catalogue = translations(language)._catalog
    said = sentences()
    missing = [
        f"{file}: {sentence}"
        for file, sentence in said
        if not (catalogue.get(sentence) or catalogue.get((sentence, 0)))
    ]
    assert len(said) > 50
    assert missing == []


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("fr,de;q=0.7", "en"),
        ("fr;q=1, es;q=0.5", "es"),
        ("", "en"),
        ("*;q=x,,;;", "en"),
    ],
)
def test_the_browsers_wish_is_followed(header: str, language: str) -> None:
    assert preferred(header) == language


def test_what_is_not_spoken_is_unknown() -> None:
    assert (known("es-419"), known("xx"), known(None)) == ("es", None, None)
    assert (direction("ur"), direction("es")) == ("rtl", "ltr")
