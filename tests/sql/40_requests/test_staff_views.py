"""What members see: requests and what hangs on them, the catalogue, charges, the log; by right and house."""

from typing import Any

import pytest

from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, Refused, World

# Each view with the right that opens it.
RIGHTS = {
    "requests": "hotel:requests:read",
    "open_requests": "hotel:requests:read",
    "request_lines": "hotel:requests:read",
    "request_status_history": "hotel:requests:read",
    "request_comments": "hotel:requests:read",
    "catalog_items": "hotel:catalog:read",
    "folios": "hotel:charges:read",
    "charges": "hotel:charges:read",
    "charge_taxes": "hotel:charges:read",
    "audit_log": "hotel:audit:read",
}


@pytest.fixture
def request_id(undone: World) -> Any:
    """Two colas for Marutani, brought and charged, with a note among staff."""
    with undone.guest("Marutani"):
        request = undone.submit({"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 2}]}, "k")[
            "body"
        ]["request"]["id"]
    for action in ("confirm", "deliver"):
        with undone.member(RECEPTION):
            undone.act(request, action)
    with undone.member(RECEPTION):
        undone.value("select api.add_request_comment(%s, 'Left at the door')", request)
        undone.submit({"title": "Refill the fridge", "property_code": "FSL"}, "t")
    return request


def count(world: World, view: str) -> int:
    return int(world.value(f"select count(*) from api.{view}"))


def bind_to(world: World, house: str) -> None:
    """Everyone works at one property from here on."""
    world.conn.execute(
        "update identity.memberships"
        " set property_ids = array(select id from public.properties where code = %s)",
        (house,),
    )


@pytest.mark.usefixtures("request_id")
def test_with_the_right_it_is_seen(undone: World) -> None:
    with undone.member(OWNER):
        assert [view for view in RIGHTS if count(undone, view) == 0] == []


@pytest.mark.usefixtures("request_id")
@pytest.mark.parametrize("right", sorted(set(RIGHTS.values())))
def test_without_the_right_it_is_empty(undone: World, right: str) -> None:
    area = right.removesuffix("read") + "%"
    undone.conn.execute("delete from identity.role_permissions where permission like %s", (area,))
    for email in (OWNER, HOUSEKEEPER):
        with undone.member(email):
            assert [view for view in RIGHTS if RIGHTS[view] == right and count(undone, view)] == []


def test_the_stranger_sees_none_of_it(undone: World, request_id: Any) -> None:
    ours = {str(row[0]) for row in undone.rows("select id from public.tenants where slug = 'hamsun'")}
    for view in RIGHTS:
        with undone.member(STRANGER):
            shown = str(undone.rows(f"select * from api.{view}"))
        assert str(request_id) not in shown, view
        assert "Marutani" not in shown, view
        assert not any(one in shown for one in ours), view


@pytest.mark.parametrize("house", ["CLF", "EXT"])
def test_a_member_of_one_property_sees_that_one(undone: World, request_id: Any, house: str) -> None:
    bind_to(undone, house)
    for view in RIGHTS.keys() - {"audit_log"}:
        with undone.member(OWNER):
            shown = str(undone.rows(f"select * from api.{view}"))
        assert str(request_id) not in shown, view
        assert "FSL" not in shown, view


def test_a_member_of_one_property_sees_its_requests(undone: World, request_id: Any) -> None:
    bind_to(undone, "FSL")
    with undone.member(RECEPTION):
        houses = {row[0] for row in undone.rows("select property_code from api.requests")}
        assert undone.value("select count(*) from api.requests where id = %s", request_id) == 1
    assert houses == {"FSL"}


def test_the_inbox_holds_what_is_still_to_be_done(undone: World, request_id: Any) -> None:
    with undone.member(RECEPTION):
        assert undone.rows("select id from api.open_requests where id = %s", request_id) == []
        assert undone.value("select bool_or(phase = 'closed') from api.open_requests") is False
        assert undone.rows("select title from api.open_requests where title = 'Refill the fridge'")


def test_a_request_names_room_guest_and_team(undone: World, request_id: Any) -> None:
    with undone.member(RECEPTION):
        row = undone.rows(
            "select property_code, room_number, guest_name, type_label, status_label, last_actor_name, title"
            " from api.requests where id = %s",
            request_id,
        )[0]
    assert row[:2] == ("FSL", "G06")
    assert "Marutani" in row[2]
    assert row[5:] == ("Mohsin", "2 × Cola")


def test_history_speaks_the_viewers_language(undone: World, request_id: Any) -> None:
    undone.conn.execute("update identity.memberships set language = 'es'")
    with undone.member(RECEPTION):
        labels = undone.rows(
            "select from_label, to_label, action_label from api.request_status_history"
            " where request_id = %s and action = 'confirm'",
            request_id,
        )
    assert labels == [("Nuevo", "Confirmado", "Confirmar")]


@pytest.mark.shows("table/catalog_items")
def test_the_catalogue_is_patched_with_the_right_and_in_the_own_house(undone: World) -> None:
    patch = "update api.catalog_items set price = 300 where sku = 'cola' and currency = 'PKR'"
    with undone.member(MANAGER):
        assert undone.conn.execute(patch).rowcount > 0
    with undone.member(RECEPTION):
        assert undone.conn.execute(patch).rowcount == 0
    with undone.member(STRANGER):
        assert undone.conn.execute(patch).rowcount == 0


@pytest.mark.parametrize(
    ("nonsense", "code"),
    [
        ("name = '\"x\"'", "PT422"),
        ("name = '{}'", "23514"),
        ("name = '[1]'", "PT422"),
        ("image_url = 'javascript:alert(1)'", "23514"),
        ("description = '7'", "PT422"),
    ],
)
def test_the_catalogue_takes_no_nonsense(undone: World, nonsense: str, code: str) -> None:
    with pytest.raises(Refused) as refused, undone.member(MANAGER):
        undone.conn.execute(f"update api.catalog_items set {nonsense} where sku = 'cola'".encode())
    assert refused.value.code == code


def test_stock_is_no_column_to_patch(undone: World) -> None:
    for role in ("staff", "admin"):
        assert not undone.value(
            "select has_column_privilege(%s, 'api.catalog_items', 'stock', 'update')", role
        )


def test_request_types_show_the_current_workflow(undone: World) -> None:
    with undone.member(HOUSEKEEPER):
        rows = undone.rows("select slug, version, workflow ->> 'initial' from api.request_types")
    assert len(rows) == 13
    assert all(version and initial for _, version, initial in rows)


def test_a_housekeeper_reads_no_money(undone: World, request_id: Any) -> None:
    with undone.member(HOUSEKEEPER):
        assert count(undone, "charges") == count(undone, "folios") == count(undone, "charge_taxes") == 0
