"""What was entered goes through every page in between unchanged."""

from zoneinfo import ZoneInfo

import pytest
from starlette.datastructures import FormData

from functions.pages.base.reader import Refusal
from functions.pages.portal.draft import Draft, counted, whole_number
from functions.pages.portal.menu_draft import MenuDraft, is_number

MADRID = ZoneInfo("Europe/Madrid")


def test_a_draft_comes_back_from_its_own_fields() -> None:
    draft = Draft("key-1", "towels", "two, please", {"towel": 2}, {"severity": "low"})
    assert Draft.entered(FormData([*draft.fields()])) == draft


def test_a_counters_button_moves_one_item_by_one() -> None:
    form = FormData([("idempotency_key", "k"), ("item.towel", "1"), ("step", "+towel")])
    assert Draft.entered(form).items == {"towel": 2}
    assert Draft.fresh().stepped("towel", -1).items == {"towel": 0}


def test_nonsense_counts_as_nothing() -> None:
    assert [whole_number(text) for text in ("", "-1", "2.5", "x", "٣", "12345", "7", "500")] == [
        0, 0, 0, 0, 0, 0, 7, 99,
    ]  # fmt: skip


def test_a_quantity_that_cannot_be_is_sent_and_refused_by_the_command() -> None:
    typed = (("cola", "10000"), ("water", "-1"), ("crisps", "x"), ("soap", "2"))
    form = FormData([("idempotency_key", "k"), *((f"item.{sku}", count) for sku, count in typed)])
    body = Draft.entered(form).request("mini_shop", {}, MADRID)
    assert body["items"] == [
        {"sku": "cola", "quantity": 1001},
        {"sku": "water", "quantity": -1},
        {"sku": "soap", "quantity": 2},
    ]


def test_a_total_is_a_number_that_there_is() -> None:
    totals = ["1850", "1850.5", "0", "²", "1.", "1e5", "-1", "", "9" * 400]
    assert [is_number(text) for text in totals] == [True, True, True, *[False] * 6]


def test_a_dish_in_two_ways_stays_two_lines() -> None:
    line = {"id": "eggs", "quantity": 1, "choices": {"how": ["fried"]}}
    other = {"id": "eggs", "quantity": 2, "choices": {"how": ["boiled"]}}
    order = {
        "request_id": "r",
        "slot_id": "s",
        "served_on": "2026-04-24",
        "people": 2,
        "note": None,
        "lines": [line, other],
    }
    keys = [{"key": key, "label": key, "surcharge": 0} for key in ("fried", "boiled")]
    groups = [{"id": "how", "min": 1, "max": 1, "choices": keys}]
    eggs = {"kind": "item", "id": "eggs", "name": "Eggs", "price": 850, "groups": groups}
    menu = {"id": "m", "price_per_person": 0, "parts": [eggs]}
    draft = MenuDraft.of_order(order)
    assert MenuDraft.entered(FormData([*draft.fields()])) == draft
    assert draft.body(menu)["items"] == [line, other]
    assert draft.total(menu) == 2550
    assert list(draft.with_another("eggs").items) == ["eggs", "eggs.2", "eggs.3"]


def test_what_is_wanted_and_not_on_the_menu_any_more_is_known() -> None:
    group = {"id": "how", "min": 0, "max": 1, "choices": [{"key": "fried"}]}
    menu = {"parts": [{"id": "eggs", "groups": [group]}, {"id": "tea", "groups": []}]}
    draft = MenuDraft("k", items={"eggs": 1, "eggs.2": 1, "tea": 0}, choices={"how": ["fried"]})
    assert not draft.gone(menu)
    assert draft.gone({"parts": menu["parts"][1:]})
    assert MenuDraft("k", items={"eggs": 1}, choices={"how": ["boiled"]}).gone(menu)
    assert MenuDraft("k", items={"eggs.2": 1}, choices={"how.2": ["boiled"]}).gone(menu)
    assert MenuDraft("k", items={"eggs": 1}, choices={"with": ["cheese"]}).gone(menu)
    assert not MenuDraft("k", items={"eggs": 0, "gone": 0}, choices={"how": ["boiled"]}).gone(menu)


def test_a_number_that_cannot_be_is_refused_and_not_forgotten() -> None:
    typed = ("-1", "10000", "9" * 40, "9" * 400, "x", "²", "")
    assert [counted(text) for text in typed] == [-1, 1001, 1001, 0, 0, 0, 0]
    tea = {"kind": "drink", "id": "tea", "name": "Tea", "price": 1, "groups": [], "max_quantity": 6}
    for people, items, slug in (
        (0, {"tea": 1}, "people_invalid"),
        (51, {"tea": 1}, "people_invalid"),
        (1, {}, "items_missing"),
        (1, {"tea": -1}, "quantity_invalid"),
        (1, {"tea": 4, "tea.2": 4}, "quantity_invalid"),
    ):
        refused = MenuDraft("k", people=people, items=items).refused({"parts": [tea]})
        assert refused is not None
        assert refused.slug == slug
    assert MenuDraft("k", items={"tea": 6}).refused({"parts": [tea]}) is None


def test_what_is_empty_is_left_out_of_the_request() -> None:
    draft = Draft("k", items={"towel": 0, "robe": 1}, answers={"unknown": "x"})
    assert draft.request("housekeeping", {}, MADRID) == {
        "type_slug": "housekeeping",
        "items": [{"sku": "robe", "quantity": 1}],
    }


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("soon", "not_a_time"), ("2026-03-29T02:30", "not_on_that_day")],
)
def test_a_time_that_is_none_is_refused_before_it_is_sent(typed: str, slug: str) -> None:
    draft = Draft("k", answers={"scheduled_for": typed})
    with pytest.raises(Refusal) as refused:
        draft.request("airport_transport", {"scheduled_for": {"type": "timestamp"}}, MADRID)
    assert refused.value.slug == slug


def test_times_are_meant_on_the_propertys_wall() -> None:
    draft = Draft("k", answers={"scheduled_for": "2026-07-01T06:10"})
    body = draft.request("airport_transport", {"scheduled_for": {"type": "timestamp"}}, MADRID)
    assert body["scheduled_for"] == "2026-07-01T06:10:00+02:00"
