"""A code is never given to a second booking, not even after the first is long gone."""

import pytest

from tests.world import Refused, World


def give_to_another(world: World) -> str:
    """Take a code from its booking and give it to one that has none."""
    code = str(world.value("select code from portal.codes where booking_id = %s", world.booking("Lindqvist")))
    free = (
        "select b.id from public.bookings b"
        " where b.tenant_id = (select tenant_id from portal.codes where code = %s)"
        " and not exists (select from portal.codes c where c.booking_id = b.id) limit 1"
    )
    with world.owner():
        other = world.value(free, code)
        if other is None:
            other = world.booking("Okafor")
            world.conn.execute("delete from portal.codes where booking_id = %s", (other,))
        world.conn.execute("delete from portal.codes where code = %s", (code,))
        world.conn.execute(
            "insert into portal.codes (tenant_id, code, booking_id)"
            " select tenant_id, %s, id from public.bookings where id = %s",
            (code, other),
        )
    return code


@pytest.mark.shows("code/one_per_booking")
@pytest.mark.parametrize("change", ["delete from portal.codes", "update portal.codes set code = 'ABCDEF'"])
def test_codes_are_never_reused(undone: World, change: str) -> None:
    with pytest.raises(Refused) as refused, undone.owner():
        undone.conn.execute(change.encode())
    assert refused.value.slug == "codes_are_never_reused"
    with pytest.raises(Refused) as refused:
        give_to_another(undone)
    assert refused.value.slug == "codes_are_never_reused"


def test_the_control_is_found(undone: World) -> None:
    before = undone.booking("Lindqvist")
    undone.conn.execute("drop trigger codes__never_change on portal.codes")
    code = give_to_another(undone)
    assert undone.value("select booking_id from portal.codes where code = %s", code) != before
