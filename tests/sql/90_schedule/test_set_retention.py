"""set_retention and retention_settings: each house keeps what it may forget for as long as it says."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import MANAGER, OWNER, RECEPTION, STRANGER, Refused, World

SETTINGS = "select key, value from public.app_settings where key like 'retention_days:%%' order by key"
BIND = """
update identity.memberships as m
set property_ids = array(select p.id from public.properties p where p.tenant_id = m.tenant_id and p.code = 'FSL')
from identity.users u where u.id = m.user_id and u.email = %s
"""  # noqa: E501


def keep(world: World, days: Any, at: str | None = "FSL", by: str = OWNER) -> dict[str, Any]:
    """Sets days and answers what holds then, by class."""
    with world.member(by):
        classes = world.value("select api.set_retention(%s, %s)", at, Jsonb(days))
    return {one["class"]: one["days"] for one in classes}


def settings(world: World, by: str = OWNER) -> dict[str, Any]:
    with world.member(by):
        answer: dict[str, Any] = world.value("select api.retention_settings()")
    return answer


def refusal(world: World, days: Any, at: str | None = "FSL", by: str = OWNER) -> tuple[str | None, str]:
    with pytest.raises(Refused) as refused:
        keep(world, days, at, by)
    return refused.value.slug, refused.value.code or ""


def test_every_class_is_shown_with_its_default(undone: World) -> None:
    classes = undone.rows("select class, is_of_property, default_days from app.retention_classes()")
    shown = settings(undone)
    assert {one["code"] for one in shown["properties"]} == {"FSL", "CLF", "EXT"}
    for scope, is_of_property in ((shown["hotel"], False), (shown["properties"][0]["classes"], True)):
        assert [(one["class"], one["days"], one["default_days"]) for one in scope] == [
            (name, days, days) for name, of_property, days in classes if of_property == is_of_property
        ]


def test_every_class_is_forgotten_by_somebody(undone: World) -> None:
    assert (
        undone.rows(
            "select c.class from app.retention_classes() c where not exists"
            " (select from pg_proc p where p.proname = 'forget_' || c.class"
            "  and (select prosrc from pg_proc where proname = 'retain_property') like '%%app.forget_' || c.class || '(%%')"  # noqa: E501
        )
        == []
    )


def test_one_house_differs_and_the_others_stay(undone: World) -> None:
    assert keep(undone, {"messages": 60, "request_words": None})["messages"] == 60
    of = {
        house["code"]: {one["class"]: one["days"] for one in house["classes"]}
        for house in settings(undone)["properties"]
    }
    assert (of["FSL"]["messages"], of["CLF"]["messages"], of["EXT"]["messages"]) == (60, 90, 90)
    assert (of["FSL"]["request_words"], of["CLF"]["request_words"]) == (None, 365)
    fsl = undone.value("select id from public.properties where code = 'FSL'")
    undone.conn.execute("select app.set_caller(tenant_id) from public.properties where code = 'FSL'")
    assert undone.value("select app.retention_days(%s, 'messages')", fsl) == 60


def test_the_whole_hotels_are_set_without_a_house(undone: World) -> None:
    assert keep(undone, {"guests": 1095, "sessions": 3650}, None) == {
        "sessions": 3650,
        "login_attempts": 180,
        "notices": 90,
        "qr_codes": 90,
        "idempotency_keys": 7,
        "guests": 1095,
    }
    assert keep(undone, {"guests": None}, None)["guests"] is None


def test_what_holds_anyway_is_not_stated(undone: World) -> None:
    keep(undone, {"messages": 60, "devices": 30})
    assert undone.rows(SETTINGS) == [("retention_days:messages", 60)]
    keep(undone, {"messages": 90})
    assert undone.rows(SETTINGS) == []


def test_the_same_again_changes_nothing_and_a_change_is_audited(undone: World) -> None:
    entries = "select count(*) from public.audit_log where table_name = 'public.app_settings'"
    before = undone.value(entries)
    keep(undone, {"messages": 60})
    assert undone.value(entries) == before + 1
    keep(undone, {"messages": 60})
    assert undone.value(entries) == before + 1
    keep(undone, {"messages": 61}, by=MANAGER)
    assert undone.rows(
        "select actor_name, new_values -> 'value' from public.audit_log"
        " where table_name = 'public.app_settings' order by position desc limit 1"
    ) == [("Tariq", 61)]


@pytest.mark.parametrize("days", [0, -1, 3651, 1.5, 10**30, "90", "", True, [], {}, [90]])
def test_garbage_is_refused(undone: World, days: Any) -> None:
    assert refusal(undone, {"messages": days}) == ("retention_days_invalid", "PT422")
    assert undone.rows(SETTINGS) == []


def test_an_invoice_is_kept_for_as_long_as_any_tax_office_asks(undone: World) -> None:
    assert refusal(undone, {"invoices": 1460}) == ("retention_days_invalid", "PT422")
    assert keep(undone, {"invoices": 2192})["invoices"] == 2192
    assert keep(undone, {"invoices": None})["invoices"] is None


@pytest.mark.parametrize(("at", "name"), [("FSL", "devices"), (None, "sessions"), (None, "login_attempts")])
def test_what_must_go_cannot_be_kept_for_ever(undone: World, at: str | None, name: str) -> None:
    assert refusal(undone, {name: None}, at) == ("retention_days_invalid", "PT422")


@pytest.mark.parametrize("days", [None, [], "messages", 7])
def test_what_is_no_list_of_days_is_refused(undone: World, days: Any) -> None:
    assert refusal(undone, days) == ("input_invalid", "PT422")


@pytest.mark.parametrize(
    ("at", "name"), [("FSL", "holidays"), ("FSL", "sessions"), (None, "messages"), ("FSL", "x\ny")]
)
def test_a_class_of_elsewhere_is_refused(undone: World, at: str | None, name: str) -> None:
    assert refusal(undone, {name: 30}, at) == ("retention_class_unknown", "PT422")


def test_one_wrong_class_changes_none(undone: World) -> None:
    assert refusal(undone, {"devices": 20, "messages": 0})[0] == "retention_days_invalid"
    assert undone.rows(SETTINGS) == []


def test_reception_may_neither_see_nor_set(undone: World) -> None:
    assert refusal(undone, {"messages": 60}, by=RECEPTION) == ("permission_missing", "PT403")
    with pytest.raises(Refused) as refused:
        settings(undone, RECEPTION)
    assert refused.value.slug == "permission_missing"


def test_another_hotels_house_is_not_there(undone: World) -> None:
    assert refusal(undone, {"messages": 60}, by=STRANGER) == ("property_not_found", "PT404")
    assert "FSL" not in str(settings(undone, STRANGER))


def test_a_manager_of_one_house_sets_that_one_alone(undone: World) -> None:
    undone.conn.execute(BIND, (MANAGER,))
    assert keep(undone, {"messages": 60}, by=MANAGER)["messages"] == 60
    assert refusal(undone, {"messages": 60}, "CLF", MANAGER) == ("property_not_found", "PT404")
    assert refusal(undone, {"sessions": 60}, None, MANAGER) == ("whole_tenant_only", "PT403")
    shown = settings(undone, MANAGER)
    assert (shown["hotel"], [one["code"] for one in shown["properties"]]) == (None, ["FSL"])


def test_labels_speak_the_members_language(undone: World) -> None:
    undone.conn.execute("update identity.memberships set language = 'es'")
    assert "Sesiones terminadas" in str(settings(undone)["hotel"])
