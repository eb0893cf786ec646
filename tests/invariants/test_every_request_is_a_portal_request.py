"""Every guest request and every staff task is a row of portal.requests: there is no second lifecycle."""

import pytest

from tests.world import RECEPTION, World

# A table leads a life of its own when its rows have phases, or a status beside somebody who works on them.
OTHER_LIVES = """
select c.table_schema || '.' || c.table_name
from information_schema.columns as c
join information_schema.tables as t using (table_schema, table_name)
where t.table_type = 'BASE TABLE'
  and c.table_schema in (
    'public', 'portal', 'service_menus', 'housekeeping', 'frontdesk', 'identity', 'notify', 'kiosk',
    'assistant', 'app')
group by c.table_schema, c.table_name
having bool_or(c.column_name in ('phase', 'workflow_version_id'))
    or (bool_or(c.column_name in ('status', 'state'))
        and bool_or(c.column_name in ('assignee_id', 'assigned_to', 'priority', 'severity', 'resolved_at')
                    and c.table_name not in ('alerts')))
"""


def other_lives(world: World) -> set[str]:
    return {row[0] for row in world.rows(OTHER_LIVES)} - {"portal.requests"}


@pytest.mark.shows(
    "invariant/every_request_is_a_portal_request",
    "invariant/cleaning_has_no_table_of_its_own",
    "table/requests",
)
def test_every_request_is_a_portal_request(undone: World) -> None:
    assert other_lives(undone) == set()
    with undone.guest("Marutani"):
        asked = undone.submit({"type_slug": "concierge", "note": "?"}, "k")["body"]["request"]["id"]
    with undone.member(RECEPTION):
        task = undone.submit({"title": "Water the palms", "property_code": "FSL"}, "k")["body"]["request"][
            "id"
        ]
    both = undone.value("select count(*) from portal.requests where id in (%s, %s)", asked, task)
    assert both == 2


def test_the_control_is_found(undone: World) -> None:
    undone.conn.execute("create table portal.tickets (id uuid primary key, status text, assignee_id uuid)")
    undone.conn.execute("create table portal.orders (id uuid primary key, phase text)")
    undone.conn.execute("create table housekeeping.cleaning_tasks (status text, assignee_id uuid)")
    assert other_lives(undone) == {"portal.tickets", "portal.orders", "housekeeping.cleaning_tasks"}
