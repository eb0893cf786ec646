"""save_property, set_taxes, set_team_channels, and the steps of the onboarding."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.manager import call, member_id
from tests.world import MANAGER, OWNER, RECEPTION, STRANGER, Refused, World

NEW = {"name": "Hamsun Hill", "country": "ES", "time_zone": "Europe/Madrid", "currency": "EUR"}
VAT = {"code": "IVA", "name": "IVA 10 %", "rate": 10}


def save(world: World, code: str = "HIL", by: str = MANAGER, **given: Any) -> Any:
    return call(world, "save_property", by, p_code=code, p_property=given)


def property_of(world: World, code: str, columns: str) -> Any:
    (row,) = world.rows(f"select {columns} from public.properties where code = %s", code)
    return row


def taxes(
    world: World, *wanted: dict[str, Any], mode: str = "exclusive", house: str = "HIL", **how: Any
) -> Any:
    return call(world, "set_taxes", p_property_code=house, p_tax_mode=mode, p_taxes=list(wanted), **how)


def holding(world: World, house: str = "HIL") -> list[tuple[Any, ...]]:
    with world.member(MANAGER):
        return world.rows(
            "select code, rate, cardinality(categories) from api.tax_codes"
            " where property_code = %s and valid_until is null order by code",
            house,
        )


def refusal(world: World, command: str, by: str = MANAGER, **given: Any) -> str | None:
    with pytest.raises(Refused) as refused:
        call(world, command, by, **given)
    return refused.value.slug


def test_a_new_house_is_ready_to_charge_and_to_show(undone: World) -> None:
    assert save(undone, "hil", **NEW)["code"] == "HIL"
    assert holding(undone) == [("UNTAXED", None, 13)]
    windows = "select count(*) from portal.feature_windows w join public.properties p on p.id = w.property_id"
    assert undone.value(windows + " where p.code = 'HIL'") == undone.value(windows + " where p.code = 'FSL'")
    assert property_of(undone, "HIL", "tax_mode, is_default, check_in_time::text") == (
        *("inclusive", False),
        "14:00:00",
    )


def test_only_what_is_given_changes(undone: World) -> None:
    save(undone, **NEW)
    for _ in range(2):
        save(undone, phone="+1 (202) 555-0177", check_out_time="11:00", accent_color="#85592c")
    assert property_of(undone, "HIL", "name, phone, check_out_time::text, accent_color") == (
        *("Hamsun Hill", "+12025550177"),
        *("11:00:00", "#85592c"),
    )
    save(undone, phone=None)
    assert property_of(undone, "HIL", "phone, accent_color") == (None, "#85592c")


def test_one_house_is_the_default(undone: World) -> None:
    save(undone, **NEW, is_default=True)
    save(undone, is_default=False)
    assert undone.rows(
        "select p.code from public.properties p join public.tenants t on t.id = p.tenant_id"
        " where t.slug = 'hamsun' and p.is_default"
    ) == [("HIL",)]


def test_rates_follow_a_currency_that_changes_in_time(undone: World) -> None:
    save(undone, **NEW)
    call(
        undone, "save_room_type", p_property_code="HIL", p_code="HUT", p_name="Hut", p_price=Decimal("80.50")
    )
    save(undone, currency="JPY")
    with undone.member(MANAGER):
        assert undone.rows("select price, currency from api.room_types where code = 'HUT'") == [(81, "JPY")]


def test_a_currency_that_is_counted_in_stays(undone: World) -> None:
    assert (
        refusal(undone, "save_property", p_code="FSL", p_property={"currency": "EUR"}) == "currency_is_in_use"
    )


@pytest.mark.parametrize(
    ("slug", "wrong"),
    [
        ("property_incomplete", {"currency": None, "only": ["name"]}),
        ("time_zone_unknown", {"time_zone": "Mars/Olympus"}),
        ("time_zone_unknown", {"time_zone": "+05"}),
        ("time_zone_unknown", {"time_zone": "EST5EDT"}),
        ("field_invalid", {"currency": "euro"}),
        ("field_invalid", {"country": "Spain"}),
        ("field_invalid", {"name": " "}),
        ("field_invalid", {"check_in_time": "25:00"}),
        ("field_invalid", {"is_default": "perhaps"}),
        ("language_unknown", {"default_language": "fr"}),
        ("guest_phone_is_e164", {"phone": "12345"}),
        ("field_unknown", {"stars": 5}),
    ],
)
def test_what_makes_no_sense_is_refused(undone: World, slug: str, wrong: dict[str, Any]) -> None:
    given = {"name": "X"} if "only" in wrong else NEW | wrong
    assert refusal(undone, "save_property", p_code="HIL", p_property=given) == slug


@pytest.mark.parametrize("code", ["", "F", "1FS", "LONGNAME", "F-L", None])
def test_a_house_has_a_short_name(undone: World, code: str | None) -> None:
    assert refusal(undone, "save_property", p_code=code, p_property=NEW) == "property_code_invalid"


def test_who_works_at_one_house_makes_no_other(undone: World) -> None:
    undone.conn.execute(
        "update identity.memberships set property_ids = array(select id from public.properties"
        " where code = 'FSL') where id = %s",
        (member_id(undone, MANAGER),),
    )
    save(undone, "FSL", name="Hamsun by the lake")
    assert refusal(undone, "save_property", p_code="HIL", p_property=NEW) == "property_not_found"
    assert refusal(undone, "save_property", p_code="CLF", p_property={"name": "X"}) == "property_not_found"


def test_the_stranger_s_house_may_have_the_same_name(undone: World) -> None:
    save(undone, "FSL", STRANGER, **NEW)
    names = undone.rows("select name from public.properties where code = 'FSL' order by name")
    assert names == [("Hamsun FSL",), ("Hamsun Hill",)]


def test_taxes_replace_each_other_while_nothing_was_charged(undone: World) -> None:
    save(undone, **NEW)
    taxes(undone, VAT)
    assert holding(undone) == [("IVA", 10, 13)]
    city = {"code": "city", "name": "City", "rate": "1.5", "categories": ["room"]}
    for _ in range(2):
        taxes(undone, VAT | {"categories": ["room"]}, city)
    assert holding(undone) == [("CITY", 1.5, 1), ("IVA", 10, 1), ("UNTAXED", None, 12)]
    with undone.member(MANAGER):
        assert undone.value("select count(*) from api.tax_codes where property_code = 'HIL'") == 3


def test_a_tax_that_was_charged_ends_today(undone: World) -> None:
    taxes(undone, {"code": "GST", "name": "GST 17 %", "rate": 17}, mode="inclusive", house="FSL")
    taxes(undone, {"code": "GST", "name": "GST 18 %", "rate": 18}, mode="inclusive", house="FSL")
    with undone.member(MANAGER):
        rows = undone.rows(
            "select rate, valid_from < valid_until from api.tax_codes"
            " where property_code = 'FSL' and code = 'GST' order by rate"
        )
    assert rows == [(16, True), (18, None)]


def test_a_price_that_includes_tax_carries_one(undone: World) -> None:
    save(undone, **NEW)
    both = [VAT, {"code": "CITY", "name": "City", "rate": 1}]
    assert (
        refusal(undone, "set_taxes", p_property_code="HIL", p_tax_mode="inclusive", p_taxes=both)
        == "inclusive_price_carries_one_tax"
    )


@pytest.mark.parametrize(
    ("slug", "wrong"),
    [
        ("taxes_invalid", "IVA"),
        ("taxes_invalid", [VAT | {"code": f"T{n}"} for n in range(13)]),
        ("tax_invalid", ["IVA"]),
        ("tax_invalid", [VAT | {"rate": 101}]),
        ("tax_invalid", [VAT | {"rate": "ten"}]),
        ("tax_invalid", [VAT | {"rate": -1}]),
        ("tax_invalid", [VAT | {"code": "!"}]),
        ("tax_invalid", [VAT | {"name": ""}]),
        ("tax_is_stated_twice", [VAT, VAT | {"code": "iva"}]),
    ],
)
def test_what_is_no_tax_is_refused(undone: World, slug: str, wrong: Any) -> None:
    given = Jsonb(wrong)
    assert refusal(undone, "set_taxes", p_property_code="FSL", p_tax_mode="exclusive", p_taxes=given) == slug


def test_every_category_is_one_that_charges_know(undone: World) -> None:
    check = "select pg_get_constraintdef(oid) from pg_constraint where conname = 'charge_category_is_known'"
    text = undone.value(check)
    assert sorted(undone.value("select app.charge_categories()")) == sorted(text.split("'")[1::2])


def test_a_team_hears_in_its_channel(undone: World) -> None:
    save(undone, **NEW)
    for _ in range(2):
        call(
            undone,
            "set_team_channels",
            p_property_code="HIL",
            p_channels={"kitchen": " Kitchen-HIL ", "reception": "C0123456789", "transport": ""},
        )
    with undone.member(MANAGER):
        rows = undone.rows(
            "select key, slack_channel from api.teams t where property_id ="
            " (select id from api.properties where code = 'HIL') order by key"
        )
    assert rows == [("kitchen", "#kitchen-hil"), ("reception", "C0123456789"), ("transport", None)]


@pytest.mark.parametrize(
    ("slug", "wrong"),
    [
        ("team_unknown", {"pirates": "#sea"}),
        ("slack_channel_invalid", {"kitchen": "#kitchen of the house"}),
        ("channels_invalid", ["kitchen"]),
    ],
)
def test_what_is_no_channel_is_refused(undone: World, slug: str, wrong: Any) -> None:
    assert refusal(undone, "set_team_channels", p_property_code="FSL", p_channels=wrong) == slug


def state(world: World) -> tuple[Any, ...]:
    with world.member(OWNER):
        (row,) = world.rows("select steps, completed_at is not null, room_count > 0 from api.onboarding")
    return row


def test_steps_are_remembered_once(undone: World) -> None:
    for step in ("taxes", "property", "taxes"):
        call(undone, "pass_onboarding_step", OWNER, p_step=step)
    assert state(undone)[0] == ["taxes", "property"]
    assert refusal(undone, "pass_onboarding_step", p_step="party") == "onboarding_step_unknown"


def test_a_house_with_rooms_opens_once(undone: World) -> None:
    undone.conn.execute("update public.tenants set onboarding_completed_at = null")
    assert state(undone)[1:] == (False, True)
    first = call(undone, "complete_onboarding", OWNER)
    undone.conn.execute("update app.clock set shift = shift + %s", (timedelta(days=1),))
    assert call(undone, "complete_onboarding", OWNER) == first
    assert state(undone)[1] is True


def test_a_house_without_rooms_does_not_open(undone: World) -> None:
    undone.conn.execute("update public.rooms set is_active = false")
    assert refusal(undone, "complete_onboarding", OWNER) == "rooms_missing"


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("save_property", {"p_code": "HIL", "p_property": NEW}),
        ("set_taxes", {"p_property_code": "FSL", "p_tax_mode": "exclusive", "p_taxes": []}),
        ("set_team_channels", {"p_property_code": "FSL", "p_channels": {}}),
        ("pass_onboarding_step", {"p_step": "taxes"}),
        ("complete_onboarding", {}),
    ],
)
def test_it_needs_the_right(undone: World, command: str, given: dict[str, Any]) -> None:
    assert refusal(undone, command, RECEPTION, **given) == "permission_missing"


@pytest.mark.parametrize(
    ("command", "given"),
    [("set_taxes", {"p_tax_mode": "exclusive", "p_taxes": []}), ("set_team_channels", {"p_channels": {}})],
)
def test_another_hotel_s_house_is_not_found(undone: World, command: str, given: dict[str, Any]) -> None:
    assert refusal(undone, command, STRANGER, p_property_code="FSL", **given) == "property_not_found"


def test_the_platform_sees_tenants_and_nothing_of_theirs(undone: World) -> None:
    with undone.owner():
        undone.conn.execute("set local role platform")
        rows = undone.rows("select slug, plan_name is not null from api.platform_tenants order by slug")
        assert rows == [("alpine", True), ("hamsun", True)]
    assert not undone.value("select has_table_privilege('platform', 'api.guests', 'select')")
