"""Whoever changes a status, and however: history says from where, to where, and by whom."""

from typing import Any

import pytest

from tests.world import RECEPTION, World

# A request whose history does not lead, link by link, from nothing to where it stands now.
GAPS = """
select r.number
from portal.requests as r
where (select count(*) from portal.request_status_history as h
       where h.request_id = r.id and h.from_status is null) <> 1
   or not exists (select from portal.request_status_history as h
                  where h.request_id = r.id and h.to_status = r.status)
   or exists (
     select from portal.request_status_history as h
     where h.request_id = r.id and h.from_status is not null
       and not exists (select from portal.request_status_history as p
                       where p.request_id = r.id and p.to_status = h.from_status))
"""


@pytest.fixture
def request_id(undone: World) -> Any:
    """An order that was confirmed by reception."""
    with undone.guest("Marutani"):
        request = undone.submit({"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}, "k")[
            "body"
        ]["request"]["id"]
    with undone.member(RECEPTION):
        undone.act(request, "confirm")
    return request


def steps(world: World, request: Any) -> int:
    return int(
        world.value("select count(*) from portal.request_status_history where request_id = %s", request)
    )


@pytest.mark.shows("invariant/status_changes_always_leave_history")
def test_status_changes_always_leave_history(undone: World, request_id: Any) -> None:
    assert undone.rows(GAPS) == []
    assert steps(undone, request_id) == 2
    undone.conn.execute("update portal.requests set status = 'delivered' where id = %s", (request_id,))
    assert steps(undone, request_id) == 3
    assert undone.rows(GAPS) == []


def test_an_update_that_changes_no_status_leaves_none(undone: World, request_id: Any) -> None:
    undone.conn.execute("update portal.requests set status = status, note = 'x' where id = %s", (request_id,))
    assert steps(undone, request_id) == 2


def test_the_control_is_found(undone: World, request_id: Any) -> None:
    undone.conn.execute("alter table portal.requests disable trigger requests__leave_history_of_change")
    undone.conn.execute("update portal.requests set status = 'delivered' where id = %s", (request_id,))
    assert len(undone.rows(GAPS)) == 1
