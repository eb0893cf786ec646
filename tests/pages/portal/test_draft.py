"""What was entered goes through every page in between unchanged."""

from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from functions.pages.portal.draft import Draft, instant, whole_number

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


def test_what_is_empty_is_left_out_of_the_request() -> None:
    draft = Draft("k", items={"towel": 0, "robe": 1}, answers={"unknown": "x"})
    assert draft.request("housekeeping", {}, MADRID) == {
        "type_slug": "housekeeping",
        "items": [{"sku": "robe", "quantity": 1}],
    }


def test_times_are_meant_on_the_propertys_wall() -> None:
    assert instant("2026-07-01T06:10", MADRID) == "2026-07-01T06:10:00+02:00"
    assert instant("soon", MADRID) == "soon"
