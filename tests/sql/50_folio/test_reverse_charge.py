"""reverse_charge: a posting is posted once more with the signs turned."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.house import Database
from tests.world import MANAGER, RECEPTION, STRANGER, Refused, World


def charged(world: World) -> str:
    charge = {
        "booking_id": str(world.booking("Marutani")),
        "category": "fee",
        "description": "Lost key",
        "unit_price": "1000",
    }
    with world.member(RECEPTION):
        answer: str = world.value("select api.post_charge(%s, 'k')", Jsonb(charge))["body"]["charge"]["id"]
    return answer


def reverse(world: World, charge: Any, reason: str | None = "It was found") -> dict[str, Any]:
    answer: dict[str, Any] = world.value("select api.reverse_charge(%s, %s)", charge, reason)
    return answer


def test_the_folio_is_as_before(world: World) -> None:
    before = world.value("select coalesce(sum(gross), 0) from public.charges")
    charge = charged(world)
    with world.member(MANAGER):
        reversal = reverse(world, charge)
    assert reversal["gross"] == -1000
    assert sum(tax["amount"] for tax in reversal["taxes"]) == reversal["tax_total"]
    assert world.value("select sum(gross) from public.charges") == before


def test_days_later_it_carries_its_own_date_and_the_tax_as_it_was(world: World) -> None:
    charge = charged(world)
    posted = world.rows("select business_on, tax_total from public.charges where id = %s", charge)[0]
    world.conn.execute(
        "update public.tax_codes set valid_until = app.today_in('Asia/Karachi') + 1 where valid_until is null"
    )
    world.conn.execute("update app.clock set shift = shift + interval '2 days'")
    with world.member(MANAGER):
        reversal = reverse(world, charge)
    assert (date.fromisoformat(reversal["business_on"]) - posted[0]).days == 2
    assert Decimal(str(reversal["tax_total"])) == -posted[1] != 0


def test_once_only_also_from_ten_sides(database: Database) -> None:
    with database.connect() as conn:
        charge = charged(World(conn))

    def ask(_: int) -> str:
        with database.connect() as own:
            try:
                with World(own).member(MANAGER) as world:
                    reverse(world, charge)
            except Refused as refused:
                return str(refused.slug)
            return "reversed"

    with ThreadPoolExecutor(10) as pool:
        assert sorted(pool.map(ask, range(10))) == ["charge_is_reversed_once"] * 9 + ["reversed"]


def test_a_reversal_is_final(world: World) -> None:
    charge = charged(world)
    with world.member(MANAGER):
        reversal = reverse(world, charge)["id"]
    with pytest.raises(Refused) as refused, world.member(MANAGER):
        reverse(world, reversal)
    assert refused.value.slug == "reversal_is_final"


def test_it_says_why(world: World) -> None:
    charge = charged(world)
    with pytest.raises(Refused) as refused, world.member(MANAGER):
        reverse(world, charge, None)
    assert refused.value.slug == "reason_missing"


def test_a_role_without_the_right_is_refused(world: World) -> None:
    charge = charged(world)
    world.conn.execute("delete from identity.role_permissions where permission = 'hotel:charges:reverse'")
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        reverse(world, charge)
    assert refused.value.slug == "permission_missing"


def test_a_stranger_finds_no_such_charge(world: World) -> None:
    charge = charged(world)
    with pytest.raises(Refused) as refused, world.member(STRANGER):
        reverse(world, charge)
    assert refused.value.slug == "charge_not_found"


def test_a_closed_folio_takes_nothing(world: World) -> None:
    charge = charged(world)
    world.conn.execute("update public.folios set closed_at = now()")
    with pytest.raises(Refused) as refused, world.member(MANAGER):
        reverse(world, charge)
    assert refused.value.slug == "folio_closed"
