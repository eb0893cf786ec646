"""save_room_type, add_rooms, import_rooms, remove_room: what a house has to sell."""

from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.manager import call
from tests.world import MANAGER, RECEPTION, STRANGER, Refused, World


def numbers(world: World, pattern: str) -> Any:
    return world.value("select app.room_numbers(%s)", pattern)


def kind(
    world: World, code: str = "ATTIC", price: object = 9000, by: str = MANAGER, house: str = "FSL"
) -> Any:
    return call(
        world, "save_room_type", by, p_property_code=house, p_code=code, p_name="Attic", p_price=price
    )


def add(world: World, pattern: str, code: str = "ATTIC", by: str = MANAGER, floor: str | None = None) -> Any:
    return call(
        world, "add_rooms", by, p_property_code="FSL", p_room_type_code=code, p_pattern=pattern, p_floor=floor
    )


def bring(world: World, *lines: tuple[str | None, str | None]) -> Any:
    given = [{"line": n, "room_number": room, "room_type": of} for n, (room, of) in enumerate(lines, 2)]
    return call(world, "import_rooms", p_property_code="FSL", p_lines=given)


def attics(world: World) -> list[tuple[Any, ...]]:
    with world.member(MANAGER):
        return world.rows(
            "select room_number, floor from api.rooms where room_type_code = 'ATTIC' and is_active"
            " order by room_number"
        )


@pytest.mark.parametrize(
    ("pattern", "rooms"),
    [
        ("301-303", ["301", "302", "303"]),
        ("g01 - g03, 7", ["7", "G01", "G02", "G03"]),
        ("G09-11", ["G09", "G10", "G11"]),
        ("98-101", ["100", "101", "98", "99"]),
        ("301–302\n301;302", ["301", "302"]),
    ],
)
def test_room_numbers(undone: World, pattern: str, rooms: list[str]) -> None:
    assert numbers(undone, pattern) == rooms


@pytest.mark.parametrize("pattern", ["", "  ", "120-101", "A1-B4", "101-", "1 2", "01-100", "101-12O", "¿?"])
def test_a_pattern_that_names_no_rooms_is_refused(undone: World, pattern: str) -> None:
    with pytest.raises(psycopg.Error) as refused:
        numbers(undone, pattern)
    assert refused.value.diag.message_detail == "room_pattern_unreadable"


def test_a_pattern_names_five_hundred_at_most(undone: World) -> None:
    with pytest.raises(psycopg.Error) as refused:
        numbers(undone, "1-99999")
    assert refused.value.diag.message_detail == "rooms_too_many"


def test_a_row_of_rooms_is_added_once(undone: World) -> None:
    kind(undone)
    assert add(undone, "301-303, A7") == {"added": 4, "unchanged": 0}
    assert add(undone, "303-304") == {"added": 1, "unchanged": 1}
    assert attics(undone) == [("301", "3"), ("302", "3"), ("303", "3"), ("304", "3"), ("A7", None)]


@pytest.mark.parametrize(("number", "floor"), [("101", "1"), ("1204", "12"), ("G07", "G"), ("7", None)])
def test_floor_of(undone: World, number: str, floor: str | None) -> None:
    assert undone.value("select app.floor_of(%s)", number) == floor


def test_a_floor_that_is_said_holds(undone: World) -> None:
    kind(undone)
    add(undone, "301", floor="Roof")
    assert attics(undone) == [("301", "Roof")]


def test_rooms_of_another_kind_are_not_turned(undone: World) -> None:
    kind(undone)
    with pytest.raises(Refused) as refused:
        add(undone, "101-102, 301")
    assert refused.value.slug == "room_has_another_type"
    assert "101, 102" in refused.value.sentence
    assert attics(undone) == []


def test_new_rooms_can_be_sold(undone: World) -> None:
    kind(undone)
    add(undone, "301-303")
    with undone.member(MANAGER):
        assert undone.value("select room_count from api.room_types where code = 'ATTIC'") == 3


def test_a_list_is_added_whole(undone: World) -> None:
    kind(undone)
    assert bring(undone, ("301", "attic"), ("302", "ATTIC"), ("101", "STANDARD")) == {
        "added": 2,
        "unchanged": 1,
        "wrong": [],
    }


def test_each_wrong_line_says_what_is_wrong_and_nothing_is_added(undone: World) -> None:
    kind(undone)
    answer = bring(
        undone,
        ("301", "ATTIC"),
        ("", "ATTIC"),
        ("302", "LOFT"),
        ("301", "ATTIC"),
        ("3#4", "ATTIC"),
        ("305", None),
        ("101", "ATTIC"),
        (None, None),
    )
    assert [(one["line"], one["problem"], one["value"]) for one in answer["wrong"]] == [
        (3, "room_number_missing", ""),
        (4, "room_type_unknown", "LOFT"),
        (5, "room_is_repeated", "301"),
        (6, "room_number_invalid", "3#4"),
        (7, "room_type_missing", ""),
        (8, "room_has_another_type", "101"),
        (9, "room_number_missing", ""),
    ]
    assert (answer["added"], attics(undone)) == (0, [])


@pytest.mark.parametrize("lines", [[], ["101"], [{"room_number": "1"}], {"line": 1}, [{"line": "x"}]])
def test_what_is_no_list_is_refused(undone: World, lines: object) -> None:
    with pytest.raises(Refused) as refused:
        call(undone, "import_rooms", p_property_code="FSL", p_lines=lines)
    assert refused.value.slug == "room_lines_invalid"


def test_a_list_has_two_thousand_lines_at_most(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        bring(undone, *[(str(n), "STANDARD") for n in range(2001)])
    assert refused.value.slug == "rooms_too_many"


def test_a_room_goes_and_comes_back_as_another_kind(undone: World) -> None:
    kind(undone)
    add(undone, "301")
    for _ in range(2):
        call(undone, "remove_room", p_property_code="FSL", p_room_number="301")
    assert attics(undone) == []
    assert add(undone, "301", "STANDARD") == {"added": 1, "unchanged": 0}


def test_a_room_that_is_promised_stays(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        call(undone, "remove_room", p_property_code="FSL", p_room_number="G06")
    assert refused.value.slug == "room_is_promised"


def test_a_room_nobody_has_is_not_found(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        call(undone, "remove_room", p_property_code="FSL", p_room_number="999")
    assert (refused.value.slug, refused.value.code) == ("room_not_found", "PT404")


def test_a_kind_of_room_is_made_and_changed(undone: World) -> None:
    kind(undone, "attic", 9000)
    kind(undone, "ATTIC", 9500)
    with undone.member(MANAGER):
        assert undone.rows("select price, currency from api.room_types where code = 'ATTIC'") == [
            (9500, "PKR")
        ]


@pytest.mark.parametrize("price", [-1, Decimal("10.001"), None, Decimal("NaN"), Decimal("1e12")])
def test_a_rate_fits_its_currency(undone: World, price: object) -> None:
    with pytest.raises(Refused) as refused:
        kind(undone, price=price)
    assert refused.value.slug == "room_price_invalid"


@pytest.mark.parametrize("code", ["", "1A", "A B", None, "ÄÖ"])
def test_a_kind_of_room_has_a_code(undone: World, code: str) -> None:
    with pytest.raises(Refused) as refused:
        kind(undone, code)
    assert refused.value.slug == "room_type_invalid"


def test_a_code_stands_for_one_house(undone: World) -> None:
    kind(undone)
    with pytest.raises(Refused) as refused:
        kind(undone, house="CLF")
    assert refused.value.slug == "room_type_code_is_taken"


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("save_room_type", {"p_code": "X", "p_name": "X", "p_price": 1}),
        ("add_rooms", {"p_room_type_code": "STANDARD", "p_pattern": "1-2"}),
        ("import_rooms", {"p_lines": [{"line": 1}]}),
        ("remove_room", {"p_room_number": "101"}),
    ],
)
def test_wrong_role_and_wrong_hotel(undone: World, command: str, given: dict[str, Any]) -> None:
    for by, slug in ((RECEPTION, "permission_missing"), (STRANGER, "property_not_found")):
        with pytest.raises(Refused) as refused:
            call(undone, command, by, p_property_code="FSL", **given)
        assert refused.value.slug == slug
