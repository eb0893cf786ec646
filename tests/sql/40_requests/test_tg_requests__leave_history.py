"""tg_requests__leave_history: every status leaves history, and what the workflow says follows from it."""

from typing import Any

import pytest

from tests.world import RECEPTION, Refused, World

COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 2}]}


@pytest.fixture
def request_id(undone: World) -> Any:
    """An order nobody has looked at yet."""
    with undone.guest("Marutani"):
        return undone.submit(COLA, "k")["body"]["request"]["id"]


def history(world: World, request: Any) -> list[tuple[Any, ...]]:
    return world.rows(
        "select from_status, to_status, action, actor_kind, actor_name, is_by_hand, input"
        " from portal.request_status_history where request_id = %s order by position",
        request,
    )


def type_in(world: World, request: Any, status: str) -> None:
    """An update by hand, in nobody's name."""
    with world.owner():
        world.conn.execute("update portal.requests set status = %s where id = %s", (status, request))


def test_birth_is_the_first_row(undone: World, request_id: Any) -> None:
    [(before, status, action, kind, name, by_hand, given)] = history(undone, request_id)
    assert (before, status, action, kind, by_hand, given) == (None, "new", None, "guest", False, {})
    assert name.endswith("Marutani")


@pytest.mark.shows("trigger/request_status_history", "table/request_status_history")
def test_an_action_says_who_from_where_to_where_and_what_was_given(undone: World, request_id: Any) -> None:
    with undone.member(RECEPTION):
        undone.act(request_id, "decline", "new", {"reason": "None left"})
    assert history(undone, request_id)[-1] == (
        "new",
        "declined",
        "decline",
        "staff",
        "Mohsin",
        False,
        {"reason": "None left"},
    )


def test_what_is_typed_says_so_and_names_the_login(undone: World, request_id: Any) -> None:
    type_in(undone, request_id, "confirmed")
    login = undone.value("select session_user::text")
    assert history(undone, request_id)[-1] == ("new", "confirmed", "confirm", "system", login, True, {})


def test_what_follows_follows_from_a_hand_too(undone: World, request_id: Any) -> None:
    for status in ("confirmed", "delivered"):
        type_in(undone, request_id, status)
    assert undone.value("select count(*) from public.charges where request_id = %s", request_id) == 1
    told = "select count(*) from public.notification_log where request_id = %s and event_key = 'request_done'"
    assert undone.value(told, request_id) == 1


def test_each_status_is_an_event(undone: World, request_id: Any) -> None:
    type_in(undone, request_id, "confirmed")
    assert undone.rows(
        "select topic, payload ->> 'from', payload ->> 'status' from public.event_log"
        " where request_id = %s order by id",
        request_id,
    ) == [("request.created", None, "new"), ("request.status_changed", "new", "confirmed")]


def test_the_same_status_again_leaves_nothing(undone: World, request_id: Any) -> None:
    type_in(undone, request_id, "new")
    assert len(history(undone, request_id)) == 1


def test_when_what_follows_fails_nothing_has_happened(undone: World, request_id: Any) -> None:
    type_in(undone, request_id, "confirmed")
    undone.conn.execute(
        "update public.folios set closed_at = now() where booking_id = %s", (undone.booking("Marutani"),)
    )
    with pytest.raises(Refused) as refused:
        type_in(undone, request_id, "delivered")
    assert refused.value.slug == "folio_closed"
    assert [row[1] for row in history(undone, request_id)] == ["new", "confirmed"]


def test_another_tenants_session_writes_into_no_others_history(undone: World, request_id: Any) -> None:
    with undone.owner():
        undone.conn.execute("select app.set_caller(id) from public.tenants where slug = 'alpine'")
        undone.conn.execute("update portal.requests set status = 'confirmed' where id = %s", (request_id,))
    assert undone.rows(
        "select t.slug from portal.request_status_history h join public.tenants t on t.id = h.tenant_id"
        " where h.request_id = %s group by 1",
        request_id,
    ) == [("hamsun",)]
