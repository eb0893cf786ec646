"""set_setting, settings and setting_kinds: a house does something its own way, within a closed list."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import HOUSEKEEPER, MANAGER, OWNER, STRANGER, Refused, World

EMAIL, READY = "staff_signs_in_by_email", "check_in_requires_ready_room"
TRIES, HOURS = "qr_limits:guest_per_minute", "service_hours:kitchen_fnb"
TIME = "cleaning_time"
NIGHT = {"from": "22:00", "until": "06:30"}
STATED = """
select p.code, s.key, s.value from public.app_settings s
left join public.properties p on p.tenant_id = s.tenant_id and p.id = s.property_id order by 1, 2
"""
BIND = """
update identity.memberships as m
set property_ids = array(select p.id from public.properties p
                         where p.tenant_id = m.tenant_id and p.code = 'FSL')
from identity.users u where u.id = m.user_id and u.email = %s
"""


@pytest.fixture(autouse=True)
def as_given(undone: World) -> None:
    undone.conn.execute("delete from public.app_settings")


def put(world: World, key: str, value: Any, at: str | None = "FSL", by: str = OWNER) -> dict[str, Any]:
    with world.member(by):
        answer: dict[str, Any] = world.value("select api.set_setting(%s, %s, %s)", at, key, Jsonb(value))
    return answer


def shown(world: World, key: str, by: str = OWNER) -> dict[str | None, tuple[Any, Any, bool]]:
    """Value, default and whether it is set, by house."""
    with world.member(by):
        rows = world.rows(
            "select property_code, value, default_value, is_set from api.settings where key = %s", key
        )
    return {code: (value, default, is_set) for code, value, default, is_set in rows}


def refusal(world: World, key: str, value: Any, at: str | None = "FSL", by: str = OWNER) -> str | None:
    with pytest.raises(Refused) as refused:
        put(world, key, value, at, by)
    return refused.value.slug


def test_every_setting_is_shown_with_its_default(undone: World) -> None:
    untouched = (True, True, False)
    assert shown(undone, EMAIL) == dict.fromkeys((None, "FSL", "CLF", "EXT"), untouched)
    assert shown(undone, TRIES) == {None: (5, 5, False)}
    assert shown(undone, HOURS)["FSL"] == (None, None, False)
    with undone.member(OWNER):
        labels = {row[0] for row in undone.rows("select label from api.settings")}
        undone.conn.execute("select set_config('app.language', 'es', true)")
        spanish = {row[0] for row in undone.rows("select label from api.settings")}
    assert len(labels) == len(spanish) >= 8
    assert not labels & spanish


def test_every_key_that_rules_read_can_be_set(undone: World) -> None:
    """But for what has a command of its own: how long data is kept, and when jobs run."""
    read = {
        row[0].removesuffix(":")
        for row in undone.rows(
            "select distinct m[1] from pg_proc p,"
            " regexp_matches(p.prosrc, 'app\\.setting\\([^,()]+(?:\\([^)]*\\))?, ''([a-z_:]+)''', 'g') as m"
            " where p.pronamespace = 'app'::regnamespace"
        )
    }
    with undone.member(OWNER):
        known = {row[0].partition(":")[0] for row in undone.rows("select key from api.settings")}
        known |= {row[0] for row in undone.rows("select key from api.settings")}
    assert {EMAIL, READY, "service_hours", "retention_days"} <= read
    assert read - known - {"retention_days", "job"} == set()


def test_one_house_differs_and_the_others_stay(undone: World) -> None:
    assert put(undone, EMAIL, False) == {
        "key": EMAIL,
        "property_code": "FSL",
        "value": False,
        "default_value": True,
    }
    assert shown(undone, EMAIL)["FSL"] == (False, True, True)
    assert shown(undone, EMAIL)["CLF"] == (True, True, False)
    assert undone.rows(STATED) == [("FSL", EMAIL, False)]


def test_the_hotel_s_own_holds_where_a_house_says_nothing(undone: World) -> None:
    put(undone, READY, False, None)
    put(undone, READY, True, "CLF")
    found = shown(undone, READY)
    assert (found[None], found["FSL"], found["CLF"]) == (
        (False, True, True),
        (False, False, False),
        (True, False, True),
    )


def test_a_time_of_the_day(undone: World) -> None:
    assert put(undone, TIME, "08:30")["value"] == "08:30"
    assert shown(undone, TIME)["CLF"] == ("10:00", "10:00", False)
    put(undone, TIME, "10:00")
    assert undone.rows(STATED) == []


def test_what_holds_anyway_is_not_stated(undone: World) -> None:
    put(undone, EMAIL, False)
    put(undone, EMAIL, True)
    put(undone, TRIES, 9, None)
    assert put(undone, TRIES, None, None)["value"] == 5
    put(undone, HOURS, NIGHT)
    put(undone, HOURS, None)
    assert undone.rows(STATED) == []


def test_the_same_again_changes_nothing(undone: World) -> None:
    put(undone, HOURS, NIGHT)
    before = undone.value("select max(position) from public.audit_log")
    put(undone, HOURS, NIGHT)
    assert undone.value("select max(position) from public.audit_log") == before
    put(undone, HOURS, {"from": "21:00", "until": "24:00"})
    table, command = undone.rows(
        "select table_name, actor_name is not null from public.audit_log where position > %s", before
    )[0]
    assert (table, command) == ("public.app_settings", True)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (EMAIL, "false"),
        (EMAIL, 0),
        (EMAIL, [True]),
        (TRIES, 0),
        (TRIES, 1001),
        (TRIES, 2.5),
        (TRIES, "7"),
        (TRIES, 1e300),
        (TIME, "7:00"),
        (TIME, "24:00"),
        (TIME, 7),
        (TIME, {"at": "07:00"}),
        (HOURS, True),
        (HOURS, {"from": "07:00"}),
        (HOURS, {"from": "7:00", "until": "23:00"}),
        (HOURS, {"from": "07:00", "until": "24:01"}),
        (HOURS, {"from": "24:00", "until": "07:00"}),
        (HOURS, {"from": "07:00", "until": "07:00"}),
        (HOURS, {"from": "07:00\n", "until": "23:00"}),
        (HOURS, {"from": "07:00", "until": "23:00", "on": "sunday"}),
        (HOURS, {"from": 7, "until": 23}),
    ],
)
def test_what_cannot_be_meant_is_refused(undone: World, key: str, value: Any) -> None:
    assert refusal(undone, key, value, None) == "setting_invalid"
    assert undone.rows(STATED) == []


@pytest.mark.parametrize(
    "key", ["", "anything", "retention_days:messages", "job:retention", "service_hours:x"]
)
def test_the_list_is_closed(undone: World, key: str) -> None:
    assert refusal(undone, key, True) == "setting_unknown"


def test_what_is_the_whole_hotel_s_is_no_house_s(undone: World) -> None:
    assert refusal(undone, TRIES, 7) == "setting_of_whole_hotel"


def test_who_works_at_one_house_sets_that_house_s(undone: World) -> None:
    undone.conn.execute(BIND, (MANAGER,))
    assert refusal(undone, EMAIL, False, None, MANAGER) == "whole_tenant_only"
    assert refusal(undone, EMAIL, False, "CLF", MANAGER) == "property_not_found"
    put(undone, EMAIL, False, "FSL", MANAGER)
    assert set(shown(undone, EMAIL, MANAGER)) == {"FSL"}
    assert shown(undone, TRIES, MANAGER) == {}


def test_others_neither_see_nor_set(undone: World) -> None:
    assert refusal(undone, EMAIL, False, "FSL", HOUSEKEEPER) == "permission_missing"
    assert shown(undone, EMAIL, HOUSEKEEPER) == {}
    assert refusal(undone, EMAIL, False, "FSL", STRANGER) == "property_not_found"
    put(undone, TRIES, 9, None)
    assert shown(undone, TRIES, STRANGER) == {None: (5, 5, False)}


def test_it_holds_at_once(undone: World) -> None:
    put(undone, TRIES, 7, None)
    put(undone, EMAIL, False, None)
    with undone.member(OWNER):
        undone.conn.execute("set local role engine")
        assert undone.value("select app.qr_limit('guest_per_minute')") == 7
        assert undone.value("select app.qr_limit('address_per_minute')") == 10
        assert undone.value("select app.staff_may_use_email('{}')") is False
    for hours, is_open in (({"from": "00:00", "until": "24:00"}, True), (None, True)):
        put(undone, HOURS, hours)
        with undone.member(OWNER):
            undone.conn.execute("set local role engine")
            assert (
                undone.value(
                    "select app.is_within_hours(app.setting(p.id, %s), p.id) from public.properties p"
                    " where p.code = 'FSL'",
                    HOURS,
                )
                is is_open
            )
