"""A status key that a request or its history uses is in every later version of the type's workflow."""

import json

import pytest
from psycopg.types.json import Jsonb

from functions.cli.seed import reference
from tests.world import MANAGER, Refused, World

LOST = """
select distinct t.slug || ' ' || u.status
from portal.request_types as t
join portal.workflow_versions as v on v.tenant_id = t.tenant_id and v.id = t.current_version_id
join (select tenant_id, request_type_id, status from portal.requests
      union
      select r.tenant_id, r.request_type_id, h.to_status
      from portal.request_status_history as h
      join portal.requests as r on r.tenant_id = h.tenant_id and r.id = h.request_id) as u
  on u.tenant_id = t.tenant_id and u.request_type_id = t.id
where not v.workflow -> 'statuses' ? u.status
"""


def publish_renamed(world: World, old: str, new: str) -> str | None:
    concierge = next(one for one in reference("request_types") if one["slug"] == "concierge")
    document = json.loads(json.dumps(concierge).replace(f'"{old}"', f'"{new}"'))
    try:
        with world.member(MANAGER):
            world.value("select api.publish_workflow('concierge', %s)", Jsonb(document))
    except Refused as refused:
        return refused.slug
    return None


@pytest.mark.shows("invariant/status_keys_are_immutable")
def test_status_keys_are_immutable(undone: World) -> None:
    with undone.guest("Marutani"):
        undone.submit({"type_slug": "concierge", "note": "?"}, "k")
    assert publish_renamed(undone, "new", "fresh") == "status_keys_are_immutable"
    assert undone.rows(LOST) == []


def test_a_published_version_is_never_edited(undone: World) -> None:
    for role in ("engine", "staff", "admin", "service"):
        held = "select has_any_column_privilege(%s, 'portal.workflow_versions', 'update')"
        assert not undone.value(held, role)


def test_the_control_is_found(undone: World) -> None:
    undone.conn.execute(
        "update portal.workflow_versions set workflow = jsonb_set(workflow, '{statuses}', '{}')"
    )
    assert undone.rows(LOST)
