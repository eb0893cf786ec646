"""What a form does not show of a text stays as it was."""

from functions.pages.admin.forms import in_all_languages

BEFORE = {
    "name": {"en": "Eggs", "es": "Huevos", "ur": "انڈے"},
    "description": {"en": "Two", "ur": "دو"},
    "choices": [{"key": "fried", "label": {"en": "Fried", "ur": "تلے ہوئے"}}],
}


def test_further_languages_stay() -> None:
    typed = {
        "name": {"en": "Two eggs"},
        "description": {"en": "Two of them", "es": "Dos"},
        "choices": [
            {"key": "fried", "label": {"en": "Fried"}},
            {"key": "boiled", "label": {"en": "Boiled"}},
        ],
    }
    assert in_all_languages(typed, BEFORE) == {
        "name": {"en": "Two eggs", "ur": "انڈے"},
        "description": {"en": "Two of them", "es": "Dos", "ur": "دو"},
        "choices": [
            {"key": "fried", "label": {"en": "Fried", "ur": "تلے ہوئے"}},
            {"key": "boiled", "label": {"en": "Boiled"}},
        ],
    }


def test_a_text_that_is_emptied_is_empty_and_other_fields_are_left_alone() -> None:
    assert in_all_languages({"description": {}, "price": "3"}, BEFORE) == {"description": {}, "price": "3"}
    assert in_all_languages({"name": {"en": "New"}}, None) == {"name": {"en": "New"}}
