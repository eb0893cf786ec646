"""Refusals about roles in a manager's words, by the rule's slug and in their language."""

from typing import Final

from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import Said, in_its_own_words
from functions.pages.base.rendering import gettext

SENTENCES: Final = {
    "own_role_is_not_edited": _("Nobody edits a role of their own."),
    "owner_role_is_fixed": _("An owner's role always carries everything."),
    "permission_missing": _("You may not do this."),
    "role_exceeds_yours": _("The role carries more than you hold."),
    "role_is_a_default": _("Every hotel has this role. Take its permissions away, or give it to nobody."),
    "role_is_held": _("Somebody still has this role. Give them another one first."),
    "role_key_invalid": _("The short key has 2 to 40 letters, digits and _, such as NIGHT_PORTER."),
    "role_key_is_unique_in_its_tenant": _("There is a role with this key already."),
    "role_name_invalid": _("The role needs a name of up to 80 characters, in English at least."),
}


def said(refusal: Refusal, language: str) -> Said:
    """What a manager is told; a rule that has no words here speaks for itself."""
    sentence = SENTENCES.get(refusal.slug)
    return Said(gettext(language, sentence), "") if sentence else in_its_own_words(refusal, language)
