"""load_reference and copy_reference: what a tenant is given, and follows while untouched."""

import copy
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from functions.cli.seed import KINDS, reference, seed_reference
from tests.world import MANAGER, Refused, World

TYPES = reference("request_types")


def load(world: World, kind: str, *documents: dict[str, Any]) -> None:
    world.conn.execute("select app.load_reference(%s, %s)", (kind, Jsonb(list(documents))))


def copy_to(world: World, tenant: str = "hamsun") -> None:
    world.conn.execute("select app.copy_reference(id) from public.tenants where slug = %s", (tenant,))


def changed_type(seed: str, /, **change: Any) -> dict[str, Any]:
    document = copy.deepcopy(next(one for one in TYPES if one["slug"] == seed))
    return document | change


def icon(world: World, slug: str, tenant: str = "hamsun") -> object:
    return world.value(
        "select r.icon from portal.request_types r join public.tenants t on t.id = r.tenant_id"
        " where r.slug = %s and t.slug = %s",
        *(slug, tenant),
    )


def test_what_is_there_is_not_written_again(undone: World) -> None:
    written = "select count(*) from app.reference_data where updated_at >= now()"
    seed_reference(undone.conn)
    assert undone.value(written) == 0
    assert undone.value("select count(*) from portal.workflow_versions where version > 1") == 0


def test_an_untouched_copy_follows_its_seed(undone: World) -> None:
    load(undone, "request_types", changed_type("concierge", icon="key"))
    copy_to(undone)
    assert icon(undone, "concierge") == "key"


def test_an_edited_copy_keeps_its_own(undone: World) -> None:
    with undone.member(MANAGER):
        undone.value(
            "select api.publish_workflow('concierge', %s)", Jsonb(changed_type("concierge", icon="lamp"))
        )
    load(undone, "request_types", changed_type("concierge", icon="key"))
    copy_to(undone)
    assert icon(undone, "concierge") == "lamp"


def test_a_new_seed_appears(undone: World) -> None:
    load(undone, "request_types", changed_type("concierge", slug="pets"))
    copy_to(undone)
    assert icon(undone, "pets") == icon(undone, "concierge")
    assert icon(undone, "pets", "alpine") is None


def test_a_copy_is_made_for_one_tenant(undone: World) -> None:
    load(undone, "request_types", changed_type("concierge", icon="key"))
    before = icon(undone, "concierge", "alpine")
    copy_to(undone, "hamsun")
    assert icon(undone, "concierge", "alpine") == before


def test_a_seed_that_is_not_sound_is_refused(undone: World) -> None:
    document = changed_type("concierge")
    document["workflow"]["initial"] = "fresh"
    load(undone, "request_types", document)
    with pytest.raises(Refused) as refused, undone.owner():
        copy_to(undone)
    assert refused.value.slug == "workflow_is_not_sound"


def test_untouched_roles_follow_in_their_permissions(undone: World) -> None:
    role = next(one for one in reference("roles") if one["key"] == "STAFF")
    load(undone, "roles", role | {"permissions": ["hotel:requests:read", "hotel:reports:read"]})
    copy_to(undone)
    held = undone.rows(
        "select p.permission from identity.role_permissions p join identity.roles r on r.id = p.role_id"
        " join public.tenants t on t.id = r.tenant_id where t.slug = 'hamsun' and r.key = 'STAFF' order by 1"
    )
    assert held == [("hotel:reports:read",), ("hotel:requests:read",)]


def test_a_property_keeps_the_windows_it_chose(undone: World) -> None:
    undone.conn.execute("update portal.feature_windows set is_open = not is_open where feature = 'concierge'")
    chosen = "select property_id, stay_state, is_open from portal.feature_windows where feature = 'concierge'"
    before = undone.rows(chosen + " order by 1, 2")
    copy_to(undone)
    assert undone.rows(chosen + " order by 1, 2") == before


def test_a_new_property_gets_the_windows(undone: World) -> None:
    undone.conn.execute(
        "insert into public.properties (tenant_id, code, name, time_zone, country, currency)"
        " select id, 'NEW', 'New House', 'Asia/Karachi', 'PK', 'PKR'"
        " from public.tenants where slug = 'hamsun'"
    )
    copy_to(undone)
    count = "select count(*) from portal.feature_windows w join public.properties p on p.id = w.property_id"
    assert undone.value(f"{count} where p.code = 'NEW'") == undone.value(f"{count} where p.code = 'FSL'")


def test_a_hotel_is_given_shelves_and_names_them_its_own_way(undone: World) -> None:
    undone.conn.execute(
        "update portal.catalog_categories set name = '{\"en\": \"From the bar\"}' where key = 'drinks'"
    )
    load(
        undone,
        "catalog_categories",
        {
            "slug": "kitchen_fnb.grill",
            "kind": "kitchen_fnb",
            "category": "grill",
            "position": 9,
            "name": {"en": "Grill"},
        },
    )
    copy_to(undone)
    assert undone.rows(
        "select c.key, c.name ->> 'en' from portal.catalog_categories as c"
        " join public.tenants t on t.id = c.tenant_id"
        " where t.slug = 'hamsun' and c.key in ('drinks', 'grill') order by 1"
    ) == [("drinks", "From the bar"), ("grill", "Grill")]


def test_permissions_and_plans_belong_to_no_tenant(undone: World) -> None:
    load(undone, "permissions", {"key": "hotel:pets:read", "description": {"en": "See pets"}})
    assert undone.value("select description ->> 'en' from identity.permissions where key = 'hotel:pets:read'")


@pytest.mark.parametrize("role", ["anon", "staff", "admin", "engine", "service"])
def test_only_the_migrating_role_loads(undone: World, role: str) -> None:
    command = "app.load_reference(text, jsonb)"
    assert not undone.value("select has_function_privilege(%s, %s, 'execute')", role, command)


def test_every_kind_has_been_copied(undone: World) -> None:
    kinds = {row[0] for row in undone.rows("select distinct kind from app.reference_data")}
    assert kinds == set(KINDS)
