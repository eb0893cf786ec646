"""require, require_identified, require_property: what a command asks before it does anything."""

import pytest

from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, Refused, World


def asks(world: World, email: str, question: str, *values: object) -> None:
    with world.owner():
        world.conn.execute("select app.act_as_member(%s)", (email,))
        world.value(question, *values)


def asks_a_guest(world: World, level: str) -> None:
    booking = world.booking("Marutani")
    tenant = world.value("select tenant_id from public.bookings where id = %s", booking)
    with world.owner():
        world.value("select app.enter_as_guest(%s, %s, null, %s)", tenant, booking, level)
        world.value("select app.require_identified()")


def house(world: World, code: str) -> object:
    return world.value("select id from public.properties where code = %s", code)


def test_who_may_goes_on(undone: World) -> None:
    asks(undone, MANAGER, "select app.require('hotel:charges:reverse')")


@pytest.mark.parametrize("permission", ["hotel:charges:reverse", "hotel:nothing:read", "", None])
def test_who_may_not_is_told_what_it_needs(undone: World, permission: str | None) -> None:
    with pytest.raises(Refused) as refused:
        asks(undone, HOUSEKEEPER, "select app.require(%s)", permission)
    assert (refused.value.slug, refused.value.code) == ("permission_missing", "PT403")
    assert (permission or "") in refused.value.hint


def test_the_system_has_no_permission_by_accident(undone: World) -> None:
    with pytest.raises(Refused) as refused, undone.owner():
        undone.value("select app.require('hotel:requests:read')")
    assert refused.value.slug == "permission_missing"


@pytest.mark.parametrize("level", ["unproven", "context"])
def test_a_guest_gives_the_second_fact_first(undone: World, level: str) -> None:
    with pytest.raises(Refused) as refused:
        asks_a_guest(undone, level)
    assert (refused.value.slug, refused.value.code) == ("second_fact_needed", "PT403")


def test_an_identified_guest_and_a_member_need_none(undone: World) -> None:
    asks_a_guest(undone, "identified")
    asks(undone, HOUSEKEEPER, "select app.require_identified()")


def test_a_member_of_all_properties_passes_each(undone: World) -> None:
    for code in ("FSL", "CLF", "EXT"):
        asks(undone, RECEPTION, "select app.require_property(%s)", house(undone, code))


def test_a_member_of_one_property_finds_no_other(undone: World) -> None:
    undone.conn.execute(
        "update identity.memberships set property_ids = array[%s]::uuid[]", (house(undone, "FSL"),)
    )
    asks(undone, RECEPTION, "select app.require_property(%s)", house(undone, "FSL"))
    with pytest.raises(Refused) as refused:
        asks(undone, RECEPTION, "select app.require_property(%s)", house(undone, "CLF"))
    assert (refused.value.slug, refused.value.code) == ("property_not_found", "PT404")


def test_anothers_property_and_none_at_all_are_not_found(undone: World) -> None:
    for email, code in ((STRANGER, "FSL"), (RECEPTION, "ALP"), (RECEPTION, "nowhere")):
        with pytest.raises(Refused) as refused:
            asks(undone, email, "select app.require_property(%s)", house(undone, code))
        assert (refused.value.slug, refused.value.code) == ("property_not_found", "PT404")
