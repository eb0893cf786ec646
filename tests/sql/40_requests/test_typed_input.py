"""typed_input and typed_inputs: what a workflow asks for, read by its type and complete."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import RECEPTION, STRANGER, Refused, World

TIME = {"type": "timestamp"}
MONEY = {"type": "money"}
MEMBER = {"type": "member"}
TEXT = {"type": "text"}
CHOICE = {"type": "choice", "options": ["urgent", "low"]}


def ask(world: World, function: str, *values: object, house: str = "FSL") -> Any:
    with world.owner():
        world.conn.execute("update app.clock set shift = '2026-05-01 00:00+00'::timestamptz - now()")
        world.conn.execute("select app.set_caller(id) from public.tenants where slug = 'hamsun'")
        places = ", ".join(["%s"] * len(values))
        query = f"select app.{function}(id, {places}) from public.properties where code = %s"
        return world.value(query, *values, house)


def read(world: World, field: object, given: object, house: str = "FSL") -> Any:
    return ask(world, "typed_input", "it", Jsonb(field), Jsonb(given), house=house)


def read_all(world: World, fields: object, given: object, kind: str = "staff") -> Any:
    return ask(world, "typed_inputs", Jsonb(fields), Jsonb(given), kind)


def member(world: World, email: str) -> str:
    return str(
        world.value(
            "select m.id from identity.memberships m join identity.users u on u.id = m.user_id"
            " where u.email = %s",
            email,
        )
    )


@pytest.mark.parametrize(
    ("given", "house", "instant"),
    [
        ("2026-05-01T14:30", "FSL", "2026-05-01T09:30:00+00:00"),
        ("2026-05-01 14:30", "FSL", "2026-05-01T09:30:00+00:00"),
        ("2026-05-01T14:30", "EXT", "2026-05-01T12:30:00+00:00"),
        ("2026-12-01T14:30", "EXT", "2026-12-01T13:30:00+00:00"),
        ("2026-05-01T14:30:15.5", "FSL", "2026-05-01T09:30:15.5+00:00"),
        ("2026-05-01T14:30Z", "FSL", "2026-05-01T14:30:00+00:00"),
        ("2026-05-01t14:30+0200", "EXT", "2026-05-01T12:30:00+00:00"),
        ("  2026-05-01T14:30-11 ", "FSL", "2026-05-02T01:30:00+00:00"),
        ("2026-03-29T02:30", "EXT", "2026-03-29T01:30:00+00:00"),
    ],
)
def test_a_time_without_an_offset_is_the_propertys(
    undone: World, given: str, house: str, instant: str
) -> None:
    assert read(undone, TIME, given, house) == instant


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        (MONEY, "1500", 1500),
        (MONEY, 1500.5, 1500.5),
        (MONEY, "0", 0),
        (TEXT, "  by the window ", "by the window"),
        (TEXT, 7, "7"),
        (CHOICE, "urgent", "urgent"),
        ({}, "anything", "anything"),
    ],
)
def test_other_types_are_read(undone: World, field: object, given: object, kept: object) -> None:
    assert read(undone, field, given) == kept


WRONG = [
    (TIME, "tomorrow"),
    (TIME, "now"),
    (TIME, "infinity"),
    (TIME, "2026-05-01"),
    (TIME, "9999-12-31T23:59:59-12:00"),
    (TIME, "0001-01-01T00:00"),
    (TIME, "14:30"),
    (TIME, "2026-02-30T14:30"),
    (TIME, "2026-05-01T25:30"),
    (TIME, "2026-05-01T14:30+99"),
    (TIME, "2099-05-01T14:30"),
    (TIME, 20260501),
    (MONEY, "-1"),
    (MONEY, "1.001"),
    (MONEY, "NaN"),
    (MONEY, "Infinity"),
    (MONEY, "1e30"),
    (MONEY, "1,500"),
    (MONEY, "PKR 5"),
    (MEMBER, "Mohsin"),
    (MEMBER, "00000000-0000-0000-0000-000000000000"),
    (CHOICE, "URGENT"),
    (CHOICE, "medium"),
    ({"type": "choice"}, "anything"),
    (TEXT, "a" * 1001),
    (TEXT, ["a"]),
    (TEXT, {"a": 1}),
    (TEXT, True),
]


@pytest.mark.parametrize(("field", "given"), WRONG)
def test_what_cannot_be_read_is_named(undone: World, field: dict[str, Any], given: object) -> None:
    with pytest.raises(Refused) as refused:
        read_all(undone, {"it": field}, {"it": given})
    assert (refused.value.slug, refused.value.code) == ("input_invalid", "PT422")
    assert refused.value.hint.startswith("it must ")
    assert refused.value.hint.endswith(".")


def test_a_colleague_works_at_the_property(undone: World) -> None:
    mohsin = member(undone, RECEPTION)
    assert read(undone, MEMBER, mohsin) == mohsin
    undone.conn.execute(
        "update identity.memberships"
        " set property_ids = array(select id from public.properties where code = 'EXT') where id = %s",
        (mohsin,),
    )
    assert read(undone, MEMBER, mohsin, "EXT") == mohsin
    for someone in (mohsin, member(undone, STRANGER)):
        with pytest.raises(Refused) as refused:
            read_all(undone, {"it": MEMBER}, {"it": someone})
        assert refused.value.hint == "it must be a colleague who works at this property."


def test_who_left_takes_no_work(undone: World) -> None:
    undone.conn.execute(
        "update identity.memberships set is_active = false where id = %s", (member(undone, RECEPTION),)
    )
    with pytest.raises(Refused) as refused:
        read_all(undone, {"it": MEMBER}, {"it": member(undone, RECEPTION)})
    assert refused.value.slug == "input_invalid"


@pytest.mark.parametrize("given", [{}, {"it": ""}, {"it": "  "}, {"it": None}])
def test_what_is_missing_is_named(undone: World, given: object) -> None:
    field = {"type": "text", "label": {"en": "Reason"}}
    with pytest.raises(Refused) as refused:
        read_all(undone, {"it": field}, given)
    assert (refused.value.slug, refused.value.code, refused.value.hint) == ("input_missing", "PT422", "it")
    assert refused.value.sentence == '"Reason" is missing.'
    assert read_all(undone, {"it": {**field, "required": False}}, given) == {}


def test_what_is_not_asked_for_is_named(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        read_all(undone, {}, {"colour": "red"})
    assert (refused.value.slug, refused.value.hint) == ("input_unknown", "colour")


def test_a_field_may_be_asked_of_one_side_only(undone: World) -> None:
    fields = {"it": {"type": "text", "by": ["staff"]}}
    assert read_all(undone, fields, {}, "guest") == {}
    with pytest.raises(Refused) as refused:
        read_all(undone, fields, {}, "staff")
    assert refused.value.slug == "input_missing"


@pytest.mark.parametrize("given", [[], "it", 7, None])
def test_an_input_is_an_object(undone: World, given: object) -> None:
    with pytest.raises(Refused) as refused:
        read_all(undone, {}, given)
    assert refused.value.slug == "input_invalid"
