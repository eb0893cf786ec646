"""The languages that pages speak. English is written in the templates; the others are gettext catalogues.

`locale/<language>/*.po` are read as they are, merged, and kept in memory: a file per area, nothing compiled.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LOCALES = Path(__file__).parent.parent / "locale"
SOURCE = "en"
NAMES = {"en": "English", "es": "Español"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def known(language: str | None) -> str | None:
    """The language as we have it (`es-MX` is `es`), or None when we do not speak it."""
    base = (language or "").replace("_", "-").split("-")[0].lower()
    return base if base in NAMES else None


def preferred(accept_language: str) -> str:
    """The best of our languages for a browser's Accept-Language header."""
    ranked: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            ranked.append((float(quality or 1), tag))
        except ValueError:
            continue
    wanted = [tag for _, tag in sorted(ranked, key=lambda each: -each[0]) if tag]
    return known(negotiate_locale(wanted, list(NAMES), sep="-")) or SOURCE


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@cache
def translations(language: str) -> Translations:
    """The merged catalogue of a language; empty for the source language."""
    merged = Translations()
    for path in sorted((LOCALES / language).glob("*.po")):
        compiled = BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=language))
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged
