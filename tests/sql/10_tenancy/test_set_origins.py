"""set_origins: where a tenant's kiosks and widgets are served from."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import MANAGER, OWNER, RECEPTION, STRANGER, Refused, World

KIOSK = {"origin": "https://kiosk.hamsun.example", "kind": "kiosk"}
WIDGET = {"origin": "https://www.hamsun.example:8443", "kind": "widget"}


def set_origins(world: World, origins: Any, as_: str = OWNER) -> Any:
    with world.member(as_):
        return world.value("select api.set_origins(%s)", Jsonb(origins))


def tenant(world: World, slug: str = "hamsun") -> Any:
    return world.value("select id from public.tenants where slug = %s", slug)


def test_an_owner_names_them(undone: World) -> None:
    assert set_origins(undone, [WIDGET, KIOSK]) == [KIOSK, WIDGET]
    with undone.member(MANAGER):
        assert undone.rows("select origin, kind from api.origins order by origin") == [
            (KIOSK["origin"], "kiosk"),
            (WIDGET["origin"], "widget"),
        ]


def test_the_list_is_replaced(undone: World) -> None:
    set_origins(undone, [KIOSK])
    assert set_origins(undone, [WIDGET]) == [WIDGET]
    assert set_origins(undone, []) == []


def test_the_same_again_changes_nothing(undone: World) -> None:
    set_origins(undone, [KIOSK])
    made = undone.rows("select id, created_at from public.tenant_origins")
    changes = undone.value("select count(*) from public.audit_log")
    set_origins(undone, [KIOSK, {**KIOSK, "origin": "HTTPS://Kiosk.Hamsun.example/"}])
    assert undone.rows("select id, created_at from public.tenant_origins") == made
    assert undone.value("select count(*) from public.audit_log") == changes


def test_a_change_is_audited(undone: World) -> None:
    set_origins(undone, [KIOSK])
    assert undone.value("select count(*) from public.audit_log where table_name ~ 'tenant_origins'") == 1


@pytest.mark.parametrize(
    "origin",
    [
        "http://kiosk.hamsun.example",
        "https://kiosk.hamsun.example/page",
        "https://*.hamsun.example",
        "https://hamsun.example; script-src *",
        "https://hamsun.example\nX: y",
        "https://user@hamsun.example",
        "kiosk.hamsun.example",
        "null",
        "*",
        "",
    ],
)
def test_only_a_plain_origin_is_taken(undone: World, origin: str) -> None:
    with pytest.raises(Refused) as refused:
        set_origins(undone, [{"origin": origin, "kind": "kiosk"}])
    assert (refused.value.slug, refused.value.code) == ("origin_is_https_or_this_machine", "PT422")


def test_a_page_on_the_device_itself_may_be_plain_http(undone: World) -> None:
    on_the_device = {"origin": "http://localhost:5173", "kind": "kiosk"}
    assert set_origins(undone, [on_the_device]) == [on_the_device]


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        {},
        "https://a.example",
        ["https://a.example"],
        [{"origin": "https://a.example"}],
        [{"kind": "kiosk"}],
        [{"origin": None, "kind": "kiosk"}],
        [{"origin": "https://a.example", "kind": "page"}],
        [{"origin": f"https://a{n}.example", "kind": "kiosk"} for n in range(21)],
    ],
)
def test_nonsense_is_refused(undone: World, nonsense: Any) -> None:
    with pytest.raises(Refused) as refused:
        set_origins(undone, nonsense)
    assert refused.value.slug == "input_invalid"


def test_reception_may_not(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        set_origins(undone, [KIOSK], RECEPTION)
    assert refused.value.slug == "permission_missing"
    with undone.member(RECEPTION):
        assert undone.rows("select origin from api.origins") == []


def test_a_manager_of_one_property_may_not(undone: World) -> None:
    undone.conn.execute(
        "update identity.memberships m set property_ids = array[(select p.id from public.properties p"
        " where p.tenant_id = m.tenant_id and p.code = 'FSL')] from identity.users u"
        " where u.id = m.user_id and u.email = %s",
        (MANAGER,),
    )
    with pytest.raises(Refused) as refused:
        set_origins(undone, [KIOSK], MANAGER)
    assert refused.value.slug == "whole_tenant_only"


def test_tenants_of_origin_and_origins_of_tenant_tell_them_apart(undone: World) -> None:
    set_origins(undone, [KIOSK])
    set_origins(undone, [KIOSK, WIDGET], STRANGER)
    assert set(undone.value("select app.tenants_of_origin(%s)", KIOSK["origin"])) == {
        tenant(undone),
        tenant(undone, "alpine"),
    }
    assert undone.value("select app.tenants_of_origin(%s)", WIDGET["origin"]) == [tenant(undone, "alpine")]
    assert undone.value("select app.tenants_of_origin('https://evil.example')") == []
    assert undone.value("select app.origins_of_tenant(%s)", tenant(undone)) == [KIOSK["origin"]]


def test_no_tenant_sees_anothers(undone: World) -> None:
    set_origins(undone, [WIDGET], STRANGER)
    assert set_origins(undone, [KIOSK]) == [KIOSK]
    with undone.member(OWNER):
        assert undone.rows("select origin from api.origins") == [(KIOSK["origin"],)]


def test_no_session_may_ask_for_other_tenants(undone: World) -> None:
    may = "select has_function_privilege(%s, 'app.tenants_of_origin(text)', 'execute')"
    assert [undone.value(may, role) for role in ("anon", "guest", "staff", "admin", "engine")] == [False] * 5
