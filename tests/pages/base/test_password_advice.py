"""What a password lacks is said in the language of the page, whichever rule it breaks."""

import pytest

from functions.identity.passwords import ADVICE, refuse_weak
from functions.pages.admin.words import said
from functions.pages.base.languages import NAMES, SOURCE, translations
from functions.shared.errors import RequestRefused

WEAK = {
    "too_long": "kettle moth raven " * 20,
    "too_short": "short",
    "near": "the hamsun and a moth",
    "pattern": "qwertyuiopasdfgh",
    "common": "password1234",
}


def refusal(password: str) -> RequestRefused:
    with pytest.raises(RequestRefused) as refused:
        refuse_weak(password, "The Hamsun")
    return refused.value


@pytest.mark.parametrize("rule", ADVICE)
def test_each_rule_says_what_to_do(rule: str) -> None:
    assert refusal(WEAK[rule]).hint == said(refusal(WEAK[rule]), "en").advice == ADVICE[rule]


@pytest.mark.parametrize("language", [each for each in NAMES if each != SOURCE])
@pytest.mark.parametrize("rule", ADVICE)
def test_and_says_it_in_every_language(rule: str, language: str) -> None:
    translated = translations(language)._catalog.get(ADVICE[rule])
    assert translated
    assert translated != ADVICE[rule]
    assert said(refusal(WEAK[rule]), language).advice == translated
