"""What people are told: sentences, in their language, and never the names that programs use."""

import pytest

from functions.pages.base.reader import Refusal, for_people
from functions.pages.inbox import words as desk
from functions.pages.portal import words as portal


@pytest.mark.parametrize(
    "hint",
    ["p_body", "items", "type_slug", "Give property_code.", 'Give [{"sku": "…", "quantity": 1}].', "",
     "Send a JSON object.", "It needs the permission hotel:requests:write; ask a manager."],
)  # fmt: skip
def test_names_of_fields_do_not_reach_people(hint: str) -> None:
    assert for_people(hint) == ""
    assert desk.said(Refusal(422, "unheard_of", "No.", hint), "en").advice == ""


def test_what_is_advice_does() -> None:
    assert for_people("Keep it under 2000 characters.") == "Keep it under 2000 characters."


@pytest.mark.parametrize("slug", ["input_unknown", "twin_in_flight", "second_fact_needed", "item_unknown"])
def test_a_guest_hears_it_in_spanish(slug: str) -> None:
    refusal = Refusal(422, slug, "The English sentence.", "p_field")
    english, spanish = portal.said(refusal, "en"), portal.said(refusal, "es")
    assert english.sentence != "The English sentence."
    assert spanish.sentence not in ("", english.sentence)


@pytest.mark.parametrize("slug", sorted(desk.SENTENCES))
def test_the_desk_hears_it_in_spanish(slug: str) -> None:
    refusal = Refusal(422, slug, "The English sentence.", "p_field")
    english, spanish = desk.said(refusal, "en"), desk.said(refusal, "es")
    assert spanish.sentence not in ("", english.sentence)
    assert bool(spanish.advice) == bool(english.advice)
