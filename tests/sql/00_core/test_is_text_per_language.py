"""is_text_per_language: a text in each language and nothing else, wherever names and labels are taken."""

import pytest
from psycopg.types.json import Jsonb

from tests.kitchen import part
from tests.world import MANAGER, Refused, World

GARBAGE: list[object] = [
    "Tea",
    ["Tea"],
    5,
    True,
    None,
    {"en": {"en": "Tea"}},
    {"en": "Tea", "es": ["Té"]},
    {"en": "Tea", "es": None},
    {"en": "Tea", "ur": 5},
    {"en": "Tea", "fr": "Thé"},
    {"en": "Tea", "": "Tea"},
    {"en": "x" * 121},
    {"en": "Tea", "es": "é" * 121},
]
NAMED = (
    "update api.catalog_items set name = %s where sku = 'cola' and property_id ="
    " (select id from api.properties where code = 'FSL')"
)


@pytest.mark.parametrize("texts", [{"en": "Tea"}, {"en": "Tea", "es": "Té", "ur": "چائے"}, {}], ids=str)
def test_texts_by_language_are_taken(undone: World, texts: object) -> None:
    assert undone.value("select app.is_text_per_language(%s, 1, 120)", Jsonb(texts))


@pytest.mark.parametrize("texts", GARBAGE, ids=lambda texts: str(texts)[:30])
def test_anything_else_is_not(undone: World, texts: object) -> None:
    assert not undone.value("select app.is_text_per_language(%s, 1, 120)", Jsonb(texts))


def test_what_is_not_there_or_blank_is_not(undone: World) -> None:
    assert undone.rows(
        'select app.is_text_per_language(null, 1, 9), app.is_text_per_language(\'{"en": " "}\', 1, 9),'
        ' app.is_text_per_language(\'{"en": " "}\', 0, 9)'
    ) == [(False, False, True)]


@pytest.mark.parametrize("texts", GARBAGE, ids=lambda texts: str(texts)[:30])
def test_no_item_is_called_so(undone: World, texts: object) -> None:
    with pytest.raises(Refused) as refused, undone.member(MANAGER):
        undone.conn.execute(NAMED.encode(), (Jsonb(texts),))
    assert (refused.value.slug, refused.value.code) == ("texts_not_readable", "PT422")
    assert '{"en": "…"}' in refused.value.hint


@pytest.mark.parametrize(
    "statement",
    [
        "update api.catalog_items set description = %s where sku = 'cola'",
        "update api.catalog_categories set name = %s",
        "update api.menus set description = %s",
        "update api.menu_sides set name = %s",
        "update api.menu_drinks set description = %s",
        "update api.menu_choice_groups set name = %s",
    ],
)
def test_nor_is_anything_that_is_served_or_sold(undone: World, statement: str) -> None:
    with pytest.raises(Refused) as refused, undone.member(MANAGER):
        undone.conn.execute(statement.encode(), (Jsonb({"en": {"nested": "Tea"}}),))
    assert (refused.value.slug, refused.value.code) == ("texts_not_readable", "PT422")


def test_a_dish_is_named_in_each_language(undone: World) -> None:
    dish = part(undone, "Porridge")
    with undone.member(MANAGER):
        undone.conn.execute(
            b"update api.menu_items set name = %s where id = %s",
            (Jsonb({"en": "Oats", "es": "Avena", "ur": "دلیہ"}), dish),
        )
    assert undone.value("select name ->> 'es' from service_menus.menu_items where id = %s", dish) == "Avena"
