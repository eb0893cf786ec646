"""Refusals about guests' data in a manager's words, by the rule's slug and in their language."""

from typing import Final

from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import Said, in_its_own_words
from functions.pages.base.rendering import gettext

SENTENCES: Final = {
    "folio_not_settled": _("A folio of this guest has been opened meanwhile. Settle it first."),
    "guest_has_a_stay": _("This guest has booked meanwhile, or is in house."),
    "input_invalid": _("Something here cannot be read. Please look at the form once more."),
    "last_name_differs": _("That is not the guest's last name, so nothing was erased."),
    "retention_class_unknown": _("Something here cannot be read. Please look at the form once more."),
    "retention_days_invalid": _(
        "Write whole days from 1 to 3650, for invoices at least 1461. Nothing was changed."
    ),
}


def said(refusal: Refusal, language: str) -> Said:
    """What a manager is told; a rule that has no words here speaks for itself."""
    sentence = SENTENCES.get(refusal.slug)
    return Said(gettext(language, sentence), "") if sentence else in_its_own_words(refusal, language)
