"""Fields of a manager's form, texts in languages, numbers, and what is said where a list refuses them."""

from typing import Any, Final

from starlette.datastructures import FormData

from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import Said
from functions.pages.base.rendering import gettext

NOT_READ: Final = _("Something here cannot be read. Please look at the form once more.")
THERE_ALREADY: Final = _("That is there already.")
REFUSED_BY_LISTS: Final = (400, 404, 409, 422)
"""How a list that is plain settings refuses what was typed."""
SHOWN: Final = ("en", "es")
"""The languages that the forms have fields for."""

Fields = dict[str, Any]


def text(form: FormData, name: str) -> str:
    """A field of a form without the blanks around it."""
    return str(form.get(name) or "").strip()


def words(form: FormData, name: str) -> dict[str, str]:
    """A text by language; what is left empty falls back to English."""
    given = {language: text(form, f"{name}_{language}") for language in SHOWN}
    return {language: said for language, said in given.items() if said or language == "en"}


def in_all_languages(fields: Fields, before: Fields | None) -> Fields:
    """The fields with the texts that the row has in further languages, which no form shows."""
    was = before or {}
    more: Fields = {
        name: completed(fields[name], was.get(name)) for name in ("name", "description") if fields.get(name)
    }
    if "choices" in fields:
        labels = {choice["key"]: choice["label"] for choice in was.get("choices") or []}
        more["choices"] = [
            choice | {"label": completed(choice["label"], labels.get(choice["key"]))}
            for choice in fields["choices"]
        ]
    return fields | more


def completed(said: dict[str, str], was: dict[str, str] | None) -> dict[str, str]:
    """A text as it was typed, beside what it was in languages that are not shown."""
    return {key: text for key, text in (was or {}).items() if key not in SHOWN} | said


def number(form: FormData, name: str, otherwise: str = "0") -> str:
    """A number as it was typed, with a point; what is none is refused by the database."""
    return (text(form, name) or otherwise).replace(",", ".")


def said_of_list(refusal: Refusal | None, language: str) -> Said | None:
    """What a manager is told where a row could not be written."""
    if refusal is None:
        return None
    return Said(gettext(language, THERE_ALREADY if refusal.status == 409 else NOT_READ), refusal.advice)
