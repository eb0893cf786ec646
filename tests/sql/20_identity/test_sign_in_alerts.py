"""Alerts of sign-in: whom they reach, how they count, how they end, so that the next is heard again."""

from typing import Any
from uuid import uuid4

import pytest

from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, Refused, World

ADDRESS = "198.51.100.7"
ALERTS = "select kind, times, resolved_at is null from public.alerts where kind = %s order by raised_at"


def fail(world: World, times: int = 1, email: str = RECEPTION, address: str = ADDRESS) -> None:
    for _ in range(times):
        if world.value("select app.begin_login('staff', %s, %s)", email, address)["outcome"] == "ready":
            world.value("select app.refuse_login(%s, %s)", email, address)


def a_day_passes(world: World) -> None:
    world.conn.execute("update app.clock set shift = shift + interval '25 hours'")
    world.conn.execute(
        "update identity.login_locks set locked_until = locked_until - interval '25 hours',"
        " last_failed_at = last_failed_at - interval '25 hours'"
    )


def raise_one(world: World, kind: str = "refresh_reused", tenant: str = "hamsun") -> None:
    world.rows(
        "select app.raise_sign_in_alert(t.id, null, %s, 'Something.', '{}', %s)"
        " from public.tenants as t where t.slug = %s",
        *(kind, f"{kind}:x", tenant),
    )


def seen(world: World, email: str) -> set[str]:
    with world.member(email):
        return {row[0] for row in world.rows("select kind from api.alerts where resolved_at is null")}


def open_one(world: World) -> Any:
    raise_one(world)
    return world.value("select id from public.alerts where kind = 'refresh_reused'")


def test_a_second_lock_a_day_later_is_a_second_alert(undone: World) -> None:
    fail(undone, 5)
    a_day_passes(undone)
    undone.conn.execute("select app.tick()")
    assert undone.rows(ALERTS, "sign_in_locked") == [("sign_in_locked", 1, False)]
    fail(undone, 5)
    assert undone.rows(ALERTS, "sign_in_locked") == [
        ("sign_in_locked", 1, False),
        ("sign_in_locked", 1, True),
    ]


def test_raise_sign_in_alert_renews_and_counts_the_open_one(undone: World) -> None:
    raise_one(undone)
    undone.conn.execute("update app.clock set shift = shift + interval '20 hours'")
    raise_one(undone)
    undone.conn.execute("update app.clock set shift = shift + interval '20 hours'")
    undone.value("select app.close_sign_in_alerts()")
    assert undone.rows(ALERTS, "refresh_reused") == [("refresh_reused", 2, True)]
    assert undone.value("select raised_at < app.now() - interval '19 hours' from public.alerts") is True


def test_close_sign_in_alerts_closes_no_other_kind(undone: World) -> None:
    undone.rows(
        "select app.raise_alert(t.id, null, 'template_not_approved', 'high', 'X.', '{}', 'template:x')"
        " from public.tenants as t where t.slug = 'hamsun'"
    )
    a_day_passes(undone)
    undone.value("select app.close_sign_in_alerts()")
    assert undone.rows(ALERTS, "template_not_approved") == [("template_not_approved", 1, True)]


@pytest.mark.parametrize(
    "kind", ["sign_in_locked", "sign_in_guessing", "refresh_reused", "guest_identification"]
)
def test_alerts_of_sign_in_are_for_who_sees_to_them(undone: World, kind: str) -> None:
    assert kind in undone.value("select app.alerts_of_sign_in()")
    raise_one(undone, kind)
    assert kind in seen(undone, OWNER)
    assert kind in seen(undone, MANAGER)
    for email in (RECEPTION, HOUSEKEEPER, STRANGER):
        assert kind not in seen(undone, email)


def test_a_locked_address_alerts_each_hotel_whose_accounts_it_tried(undone: World) -> None:
    for n in range(9):
        fail(undone, email=f"guess{n}@hamsun.example")
    for email in (RECEPTION, STRANGER):
        fail(undone, email=email)
    for n in range(8):
        fail(undone, email=f"guess{n}@alpine.example")
    assert undone.rows(ALERTS, "sign_in_guessing") == []
    fail(undone, email="last@hamsun.example")
    assert len(undone.rows(ALERTS, "sign_in_guessing")) == 2
    assert "sign_in_guessing" in seen(undone, OWNER) & seen(undone, STRANGER)
    assert ADDRESS not in str(undone.rows("select subject, details, dedupe_key from public.alerts"))


def test_resolve_tried_tenants_tells_wrong_passwords_alone(undone: World) -> None:
    fail(undone, 2)
    fail(undone, address="203.0.113.5")
    tried = "select failures from app.resolve_tried_tenants(%s, %s)"
    assert undone.rows(tried, ADDRESS, "2020-01-01") == [(2,)]
    assert undone.rows(tried, ADDRESS, "2100-01-01") == []


def test_resolve_alert_closes_it_once(undone: World) -> None:
    alert = open_one(undone)
    with undone.member(MANAGER):
        assert undone.value("select api.resolve_alert(%s)", alert) == {"id": str(alert), "resolved": True}
        assert undone.value("select api.resolve_alert(%s)", alert) == {"id": str(alert), "resolved": False}
    raise_one(undone)
    assert len(undone.rows(ALERTS, "refresh_reused")) == 2


@pytest.mark.parametrize(
    ("email", "slug"),
    [
        (RECEPTION, "permission_missing"),
        (HOUSEKEEPER, "permission_missing"),
        (STRANGER, "alert_not_found"),
    ],
)
def test_resolve_alert_is_for_who_sees_to_it_in_that_hotel(undone: World, email: str, slug: str) -> None:
    alert = open_one(undone)
    with pytest.raises(Refused) as refused, undone.member(email):
        undone.value("select api.resolve_alert(%s)", alert)
    assert refused.value.slug == slug


def test_resolve_alert_knows_no_other(undone: World) -> None:
    with pytest.raises(Refused) as refused, undone.member(OWNER):
        undone.value("select api.resolve_alert(%s)", uuid4())
    assert refused.value.slug == "alert_not_found"
