"""post_charge: staff put something on a guest's folio; app.post_charge is the only writer."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.house import Database
from tests.world import HOUSEKEEPER, RECEPTION, STRANGER, Refused, World


def post(world: World, charge: dict[str, Any], key: str = "k") -> dict[str, Any]:
    answer: dict[str, Any] = world.value("select api.post_charge(%s, %s)", Jsonb(charge), key)
    return answer


def laundry(world: World, guest: str = "Marutani", **other: Any) -> dict[str, Any]:
    return {
        "booking_id": str(world.booking(guest)),
        "category": "laundry",
        "description": "Two shirts",
        "unit_price": "500",
        "quantity": 2,
        **other,
    }


def test_a_price_that_includes_tax_is_split(world: World) -> None:
    charge = laundry(world)
    with world.member(RECEPTION):
        posted = post(world, charge)["body"]["charge"]
    assert (posted["net"], posted["tax_total"], posted["gross"]) == (862.07, 137.93, 1000)
    assert [tax["code"] for tax in posted["taxes"]] == ["GST"]


def test_taxes_come_on_top_of_a_price_without(world: World) -> None:
    booking = world.value(
        "select b.id from public.bookings b join public.properties p on p.id = b.property_id"
        " where p.code = 'CLF' and b.checkin_status = 'CHECKED_IN'"
    )
    charge = laundry(world, booking_id=str(booking))
    with world.member(RECEPTION):
        posted = post(world, charge)["body"]["charge"]
    assert posted["net"] == 1000
    assert posted["gross"] == 1000 + sum(tax["amount"] for tax in posted["taxes"])
    assert len(posted["taxes"]) == 2


def test_it_carries_the_business_date_of_the_property(world: World) -> None:
    world.conn.execute("update app.clock set shift = date_trunc('day', now()) + interval '21 hours' - now()")
    charge = laundry(world)
    with world.member(RECEPTION):
        posted = post(world, charge)["body"]["charge"]
    assert posted["business_on"] == str(world.value("select (app.now() at time zone 'Asia/Karachi')::date"))
    assert posted["business_on"] != str(world.value("select (app.now() at time zone 'UTC')::date"))


def test_twenty_at_once_are_one_charge(database: Database) -> None:
    def ask(_: int) -> bool:
        with database.connect() as conn:
            world = World(conn)
            charge = laundry(world)
            with world.member(RECEPTION):
                return bool(post(world, charge)["replayed"])

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(ask, range(20))) == [False] + [True] * 19


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        ({"unit_price": "-1"}, "input_invalid"),
        ({"unit_price": "0"}, "charge_invalid"),
        ({"unit_price": "1.001"}, "input_invalid"),
        ({"unit_price": "NaN"}, "input_invalid"),
        ({"unit_price": None}, "input_invalid"),
        ({"quantity": 0}, "charge_invalid"),
        ({"quantity": 9999, "unit_price": "99999999999.99"}, "charge_invalid"),
        ({"quantity": 10, "unit_price": "1000000000"}, "charge_invalid"),
        ({"quantity": "two"}, "charge_invalid"),
        ({"category": "gifts"}, "charge_invalid"),
        ({"description": " "}, "charge_invalid"),
        ({"booking_id": "here"}, "booking_not_found"),
    ],
)
def test_bad_input_is_named(world: World, wrong: dict[str, Any], slug: str) -> None:
    charge = laundry(world, **wrong)
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        post(world, charge)
    assert refused.value.slug == slug


def test_a_role_without_the_right_is_refused(world: World) -> None:
    charge = laundry(world)
    with pytest.raises(Refused) as refused, world.member(HOUSEKEEPER):
        post(world, charge)
    assert refused.value.slug == "permission_missing"


def test_a_stranger_finds_no_such_booking(world: World) -> None:
    charge = laundry(world)
    with pytest.raises(Refused) as refused, world.member(STRANGER):
        post(world, charge)
    assert refused.value.slug == "booking_not_found"


def test_a_category_without_a_tax_code_is_refused(world: World) -> None:
    world.conn.execute("update public.tax_codes set categories = array_remove(categories, 'laundry')")
    charge = laundry(world)
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        post(world, charge)
    assert refused.value.slug == "tax_code_missing"


def test_exempt_is_null_and_not_zero_percent(world: World) -> None:
    world.conn.execute("update public.tax_codes set rate = null where 'laundry' = any (categories)")
    charge = laundry(world)
    with world.member(RECEPTION):
        posted = post(world, charge)["body"]["charge"]
    assert (posted["net"], posted["gross"]) == (1000, 1000)
    assert [(tax["rate"], tax["amount"]) for tax in posted["taxes"]] == [(None, 0)]


@pytest.mark.parametrize("table", ["charges", "charge_taxes"])
@pytest.mark.parametrize(
    "change",
    ["update public.{} set tenant_id = tenant_id", "delete from public.{}", "truncate public.{} cascade"],
)
def test_postings_are_never_changed_by_anyone(world: World, table: str, change: str) -> None:
    charge = laundry(world)
    with world.member(RECEPTION):
        post(world, charge)
    with pytest.raises(Refused) as refused, world.owner():
        world.conn.execute(change.format(table).encode())
    assert refused.value.slug == "postings_are_never_changed"


@pytest.mark.parametrize("role", ["guest", "staff", "admin", "service"])
def test_charges_have_one_writer(world: World, role: str) -> None:
    assert not world.value("select has_table_privilege(%s, 'public.charges', 'insert')", role)


def test_a_charge_adds_up_or_is_not_one(world: World) -> None:
    charge = laundry(world)
    with world.member(RECEPTION):
        post(world, charge)
    with pytest.raises(psycopg.errors.CheckViolation, match="charge_adds_up"):
        world.conn.execute(
            "insert into public.charges (tenant_id, folio_id, category, description, quantity, unit_price,"
            " net, tax_total, gross, currency, business_on, source)"
            " select tenant_id, id, 'other', '{}', 1, 1, 1, 1, 1, currency, '2026-01-01', 'x'"
            " from public.folios limit 1"
        )
