"""tg_requests__follow_workflow: a status changes only along the workflow the request was born with."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import RECEPTION, Refused, World

COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}


@pytest.fixture
def request_id(undone: World) -> Any:
    """An order nobody has looked at yet."""
    with undone.guest("Marutani"):
        return undone.submit(COLA, "k")["body"]["request"]["id"]


def type_in(world: World, request: Any, **columns: Any) -> None:
    """An update by hand, past every command."""
    with world.owner():
        for column, value in columns.items():
            world.conn.execute(
                f"update portal.requests set {column} = %s where id = %s".encode(), (value, request)
            )


def facts(world: World, request: Any) -> tuple[Any, ...]:
    return world.rows(
        "select status, phase, outcome, resolved_at is not null, closed_at is not null"
        " from portal.requests where id = %s",
        request,
    )[0]


def test_phase_outcome_and_times_follow_from_the_status(undone: World, request_id: Any) -> None:
    assert facts(undone, request_id) == ("new", "open", None, False, False)
    type_in(undone, request_id, status="confirmed")
    assert facts(undone, request_id) == ("confirmed", "active", None, False, False)
    type_in(undone, request_id, status="delivered")
    assert facts(undone, request_id) == ("delivered", "closed", "success", True, True)


@pytest.mark.parametrize("status", ["delivered", "nonsense", "expired_long_ago"])
def test_there_is_no_other_way(undone: World, request_id: Any, status: str) -> None:
    with pytest.raises(Refused) as refused:
        type_in(undone, request_id, status=status)
    assert (refused.value.slug, refused.value.code) == ("status_change_not_in_workflow", "PT409")


@pytest.mark.parametrize("status", ["declined", "cancelled"])
def test_what_asks_for_a_reason_is_not_typed(undone: World, request_id: Any, status: str) -> None:
    with pytest.raises(Refused) as refused:
        type_in(undone, request_id, status=status)
    assert refused.value.slug == "status_change_not_in_workflow"


def test_nothing_that_is_closed_opens_again(undone: World, request_id: Any) -> None:
    type_in(undone, request_id, status="expired")
    with pytest.raises(Refused) as refused:
        type_in(undone, request_id, status="new")
    assert refused.value.slug == "status_change_not_in_workflow"


def test_a_request_is_born_in_its_first_status_whatever_is_typed(undone: World, request_id: Any) -> None:
    undone.conn.execute(
        "insert into portal.requests (tenant_id, property_id, number, request_type_id, workflow_version_id,"
        " type_slug, title, status, phase, outcome, currency, tax_mode, source)"
        " select tenant_id, property_id, 'FSL-99999', request_type_id, workflow_version_id,"
        " type_slug, title, 'delivered', 'closed', 'success', currency, tax_mode, source"
        " from portal.requests where id = %s",
        (request_id,),
    )
    born = undone.value("select id from portal.requests where number = 'FSL-99999'")
    assert facts(undone, born) == ("new", "open", None, False, False)


def test_where_two_actions_lead_the_hand_does_not_choose(undone: World, request_id: Any) -> None:
    undone.conn.execute("alter table portal.workflow_versions disable trigger user")
    undone.conn.execute(
        "update portal.workflow_versions v set workflow = jsonb_set(v.workflow, '{actions,wave_through}',"
        " v.workflow #> '{actions,confirm}') from portal.requests r"
        " where r.id = %s and v.tenant_id = r.tenant_id and v.id = r.workflow_version_id",
        (request_id,),
    )
    with pytest.raises(Refused) as refused:
        type_in(undone, request_id, status="confirmed")
    assert refused.value.slug == "status_change_not_in_workflow"
    with undone.member(RECEPTION):
        undone.act(request_id, "wave_through", "new")
    assert facts(undone, request_id)[0] == "confirmed"


@pytest.mark.parametrize("key", ["deliver", "nothing"])
def test_an_action_leads_only_where_it_leads(undone: World, request_id: Any, key: str) -> None:
    taken = {"request_id": str(request_id), "key": key, "input": {}}
    with pytest.raises(Refused) as refused, undone.owner():
        undone.conn.execute(
            "with said as materialized (select set_config('app.action', %s::text, true))"
            " update portal.requests set status = 'confirmed' from said where id = %s",
            (Jsonb(taken), request_id),
        )
    assert refused.value.slug == "status_change_not_in_workflow"


def test_other_columns_are_free(undone: World, request_id: Any) -> None:
    type_in(undone, request_id, note="Ice cold", status="new")
    assert undone.value("select note from portal.requests where id = %s", request_id) == "Ice cold"
