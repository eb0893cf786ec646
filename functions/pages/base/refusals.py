"""What a refusal says to people: a sentence and what to do next, never the words that programs use."""

from dataclasses import dataclass
from typing import Final

from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal, for_people
from functions.pages.base.rendering import gettext
from functions.shared.errors import Problem

ANSWERABLE: Final = (400, 403, 404, 409, 422)
"""What the form that was sent says itself, keeping what was typed; any other gets a page of its own."""


@dataclass(frozen=True)
class Said:
    """A sentence, and what to do next; either may be empty."""

    sentence: str
    advice: str


def in_its_own_words(refusal: Refusal | Problem, language: str) -> Said:
    """A rule that the pages have no words for speaks for itself."""
    plain = gettext(language, _("That did not work. Please try again."))
    return Said(refusal.message or plain, for_people(refusal.hint))
