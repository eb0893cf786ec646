"""split_charge, split_folio, add_folio: several bills of one booking, whose parts sum to the whole."""

from typing import Any

import pytest

from tests.folio import bill, charge, owed, pay, send, slug_of
from tests.house import Database
from tests.races import at_once
from tests.world import HOUSEKEEPER, MANAGER, STRANGER, World

SUMS = (
    "select sum(net), sum(tax_total), sum(gross) from public.charges c"
    " join public.folios f on f.id = c.folio_id where f.booking_id = %s"
)


def further(world: World, booking: Any, payer: str = "Acme Ltd", **by: str) -> str:
    """Another bill of the booking."""
    body = {"booking_id": booking, "payer_name": payer, "payer_details": "NTN 1234567-8"}
    folio = send(world, "add_folio", body, **by)["folio"]
    return str(folio["id"])


def shares(*pairs: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"folio_id": folio, "share": share} for folio, share in pairs]


def test_a_line_in_three_parts(undone: World, booking: Any, folio: str) -> None:
    second, third = further(undone, booking), further(undone, booking, "Ada")
    line = charge(undone, booking, 500)
    before = undone.rows(SUMS, booking)
    body = {"charge_id": line, "shares": shares((folio, 1), (second, 1), (third, 1)), "reason": "Dinner"}
    parts = send(undone, "split_charge", body)["parts"]
    assert [part["gross"] for part in parts] == [166.67, 166.67, 166.66]
    assert sum(round(part["tax_total"] * 100) for part in parts) == 6897
    assert {part["description"] for part in parts} == {"Key (1/3)", "Key (2/3)", "Key (3/3)"}
    assert undone.rows(SUMS, booking) == before
    assert (float(owed(undone, folio)), float(owed(undone, second))) == (1166.67, 166.67)


def test_a_part_is_reversed_to_the_last_unit(undone: World, booking: Any, folio: str) -> None:
    second = further(undone, booking)
    line = charge(undone, booking, 7)
    body = {"charge_id": line, "shares": shares((folio, 2), (second, 1)), "reason": "Halves"}
    part = send(undone, "split_charge", body)["parts"][1]
    with undone.member(MANAGER):
        back = undone.value("select api.reverse_charge(%s, 'Wrong')", part["id"])
    assert [back["net"], back["tax_total"], back["gross"]] == [
        -part["net"], -part["tax_total"], -part["gross"],
    ]  # fmt: skip


def test_one_share_alone_moves_the_line(undone: World, booking: Any, folio: str) -> None:
    second = further(undone, booking)
    line = charge(undone, booking, 500)
    body = {"charge_id": line, "shares": shares((second, 1)), "reason": "The company pays"}
    [part] = send(undone, "split_charge", body)["parts"]
    assert (part["folio_id"], part["gross"], part["description"]) == (second, 500, "Key")
    assert owed(undone, folio) == 1000


def test_a_whole_folio(undone: World, booking: Any, folio: str) -> None:
    bill(undone, booking, 1, 10, 100)
    second = further(undone, booking)
    before = undone.rows(SUMS, booking)
    body = {"folio_id": folio, "shares": shares((folio, 2), (second, 1)), "reason": "As agreed"}
    done = send(undone, "split_folio", body)
    assert done["charges"] == 4
    assert [float(one["balance"]) for one in done["folios"]] == [740.67, 370.33]
    assert undone.rows(SUMS, booking) == before


def test_equals_take_turns_with_the_odd_unit(undone: World, booking: Any) -> None:
    folio = bill(undone, booking, 1001, 1003, 1005, 1007)
    second = further(undone, booking)
    for price in range(3, 11, 2):
        odd = {"booking_id": booking, "category": "fee", "description": "Stamp", "unit_price": f"{price}.01"}
        send(undone, "post_charge", odd)
    body = {"folio_id": folio, "shares": shares((folio, 1), (second, 1)), "reason": "Two guests"}
    one, other = (folio["balance"] for folio in send(undone, "split_folio", body)["folios"])
    assert one == other


def test_only_the_categories_that_are_named(undone: World, booking: Any, folio: str) -> None:
    room = {"booking_id": booking, "category": "room", "description": "Night", "unit_price": "9000"}
    send(undone, "post_charge", room)
    second = further(undone, booking)
    body = {"folio_id": folio, "shares": shares((second, 1)), "categories": ["room"], "reason": "Company"}
    assert send(undone, "split_folio", body)["charges"] == 1
    assert (owed(undone, folio), owed(undone, second)) == (1000, 9000)
    assert slug_of(lambda: send(undone, "split_folio", body)) == "nothing_to_split"


def test_taxes_on_top_are_split_as_well(undone: World) -> None:
    booking = undone.value(
        "select b.id from public.bookings b join public.properties p on p.id = b.property_id"
        " where p.code = 'CLF' and b.checkin_status = 'CHECKED_IN'"
    )
    line = charge(undone, booking, 1001)
    folio = bill(undone, booking)
    second = further(undone, booking)
    before = undone.rows(SUMS, booking)
    body = {"charge_id": line, "shares": shares((folio, 1), (second, 2)), "reason": "Thirds"}
    parts = send(undone, "split_charge", body)["parts"]
    assert all(len(part["taxes"]) == 2 for part in parts)
    assert undone.rows(SUMS, booking) == before


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        ([], "split_invalid"),
        ("mine", "split_invalid"),
        ([{"folio_id": "mine", "share": 1}], "split_invalid"),
        ([{"folio_id": "SECOND", "share": 0}], "split_invalid"),
        ([{"folio_id": "SECOND", "share": 1.5}], "split_invalid"),
        ([{"folio_id": "SECOND", "share": 1}] * 2, "split_invalid"),
        ([{"folio_id": "SECOND", "share": 1}, {"folio_id": "ITS CAPITALS", "share": 1}], "split_invalid"),
        ([{"folio_id": "FIRST", "share": 1}], "split_invalid"),
        ([{"folio_id": "OTHERS", "share": 1}], "folio_not_found"),
        ([{"folio_id": "00000000-0000-7000-8000-000000000000", "share": 1}], "folio_not_found"),
    ],
)
def test_bad_shares_are_named(undone: World, booking: Any, folio: str, wrong: Any, slug: str) -> None:
    ids = {
        "FIRST": folio,
        "SECOND": further(undone, booking),
        "OTHERS": bill(undone, undone.booking("Marutani"), 5),
    }
    ids["ITS CAPITALS"] = ids["SECOND"].upper()
    given = (
        [{**one, "folio_id": ids.get(one["folio_id"], one["folio_id"])} for one in wrong]
        if isinstance(wrong, list)
        else wrong
    )
    body = {"folio_id": folio, "shares": given, "reason": "Why not"}
    assert slug_of(lambda: send(undone, "split_folio", body)) == slug


def test_a_line_is_split_once_and_says_why(undone: World, booking: Any, folio: str) -> None:
    second = further(undone, booking)
    line = charge(undone, booking, 500)
    body = {"charge_id": line, "shares": shares((folio, 1), (second, 1))}
    assert slug_of(lambda: send(undone, "split_charge", body)) == "reason_missing"
    send(undone, "split_charge", body | {"reason": "Halves"})
    assert (
        slug_of(lambda: send(undone, "split_charge", body | {"reason": "Again"})) == "charge_is_reversed_once"
    )


@pytest.mark.parametrize(
    ("member", "slug"), [(HOUSEKEEPER, "permission_missing"), (STRANGER, "booking_not_found")]
)
def test_not_for_everybody(undone: World, booking: Any, member: str, slug: str) -> None:
    assert slug_of(lambda: further(undone, booking, by=member)) == slug


def test_a_further_folio_names_its_payer(undone: World, booking: Any) -> None:
    assert slug_of(lambda: further(undone, booking, " ")) == "payer_invalid"
    for number in range(2, 21):
        further(undone, booking, f"Guest {number}")
    assert slug_of(lambda: further(undone, booking)) == "too_many_folios"


def test_the_guest_sees_the_own_bill_alone(undone: World) -> None:
    booking = undone.booking("Marutani")
    folio = bill(undone, booking, 500)
    second = further(undone, booking)
    pay(undone, folio, 100)
    send(
        undone,
        "split_folio",
        {"folio_id": folio, "shares": shares((folio, 1), (second, 1)), "reason": "Halves"},
    )
    pay(undone, second, 50)
    with undone.guest("Marutani"):
        lines = undone.value("select sum(gross) from api.portal_folio")
        paid = undone.rows("select kind, amount from api.portal_payments")
    assert (lines, paid) == (250, [("payment", 100)])


def test_a_line_is_reversed_while_it_is_split(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        booking = world.booking("Okafor")
        line = charge(world, booking, 500)
        folio, second = bill(world, booking), further(world, booking)

    def reverse(conn: Any) -> None:
        with World(conn).member(MANAGER) as desk:
            desk.value("select api.reverse_charge(%s, 'Gone')", line)

    body = {"charge_id": line, "shares": shares((folio, 1), (second, 1)), "reason": "Halves"}
    _, late = at_once(database, reverse, lambda one: slug_of(lambda: send(World(one), "split_charge", body)))
    assert late == "charge_is_reversed_once"
