"""title_of_request, alternatives_to, request_variables: what is said of a request, in whose language."""

from typing import Any

import pytest

from tests.world import RECEPTION, Refused, World


def title(world: World, request: Any) -> dict[str, str]:
    texts: dict[str, str] = world.value("select title from portal.requests where id = %s", request)
    return texts


def ask(world: World, request: dict[str, Any]) -> Any:
    with world.guest("Marutani"):
        return world.submit(request, str(request))["body"]["request"]["id"]


def test_an_order_is_called_by_its_lines(undone: World) -> None:
    order = [{"sku": "cola", "quantity": 2}, {"sku": "water", "quantity": 1}]
    said = title(undone, ask(undone, {"type_slug": "mini_shop", "items": order}))
    assert (said["en"], said["es"]) == ("2 × Cola, Still water", "2 × Cola, Agua sin gas")


def test_the_same_item_twice_is_one_line(undone: World) -> None:
    order = [{"sku": "cola", "quantity": 1}, {"sku": "cola", "quantity": 2}]
    assert title(undone, ask(undone, {"type_slug": "mini_shop", "items": order}))["en"] == "3 × Cola"


def test_without_lines_by_its_kind_else_by_its_type(undone: World) -> None:
    assert title(undone, ask(undone, {"type_slug": "maintenance", "subtype": "plumbing"}))["en"]
    kind, type_ = undone.rows(
        "select s -> 'label' ->> 'en', guest_label ->> 'en' from portal.request_types,"
        " jsonb_array_elements(subtypes) s where slug = 'maintenance' and s ->> 'key' = 'plumbing' limit 1"
    )[0]
    assert title(undone, ask(undone, {"type_slug": "maintenance", "subtype": "plumbing"}))["en"] == kind
    assert title(undone, ask(undone, {"type_slug": "maintenance"}))["en"] == type_


def test_a_member_gives_it_a_title_and_a_guest_does_not(undone: World) -> None:
    with undone.member(RECEPTION):
        task = undone.submit({"title": "  Water the palms ", "property_code": "FSL"}, "t")
    assert title(undone, task["body"]["request"]["id"])["en"] == "Water the palms"
    assert (
        title(undone, ask(undone, {"type_slug": "concierge", "title": "Mine", "note": "?"}))["en"] != "Mine"
    )


def test_alternatives_to_an_item_are_of_its_shelf_and_in_stock(undone: World) -> None:
    undone.conn.execute("update portal.catalog_items set stock = 0 where sku = 'water'")
    undone.conn.execute("select app.set_caller(id) from public.tenants where slug = 'hamsun'")
    said = undone.value(
        "select app.alternatives_to(i.id) from portal.catalog_items i"
        " join public.properties p on p.id = i.property_id where p.code = 'FSL' and i.sku = 'cola'"
    )
    assert said.startswith("Instead: ")
    assert "Still water" not in said
    assert "Cola." not in said.split(", ")
    undone.conn.execute("update portal.catalog_items set stock = 0")
    nothing = undone.value(
        "select app.alternatives_to(id) from portal.catalog_items where sku = 'cola' limit 1"
    )
    assert nothing == "Reception knows what else there is."


def test_request_variables_hold_each_language(undone: World) -> None:
    request = ask(undone, {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 2}]})
    undone.conn.execute("select app.set_caller(tenant_id) from portal.requests where id = %s", (request,))
    said = undone.value("select app.request_variables(r) from portal.requests r where id = %s", request)
    assert said["number"].startswith("FSL-")
    assert set(said["status_label"]) >= {"en", "es"}
    assert (said["room"], said["property"] != "") == ("G06", True)
    assert said["lines"] == [{"name": said["lines"][0]["name"], "quantity": 2}]


def test_a_right_to_left_name_is_said_as_it_is_written(undone: World) -> None:
    booking = undone.booking("Marutani")
    undone.conn.execute("update public.bookings set guest_name = 'محمد الحداد 🌙' where id = %s", (booking,))
    undone.conn.execute(
        "update public.guests g set first_name = 'محمد' from public.bookings b"
        " where b.guest_id = g.id and b.id = %s",
        (booking,),
    )
    with undone.guest("Marutani"):
        made = undone.submit({"type_slug": "concierge", "note": "?"}, "k")["body"]["request"]["id"]
    said = "select coalesce(variables ->> 'guest_first_name', variables ->> 'guest_name')"
    told = undone.rows(
        f"{said} from public.notification_log where request_id = %s order by channel desc", made
    )
    assert told == [("محمد",), ("محمد الحداد 🌙",)]
    with undone.member(RECEPTION):
        assert undone.value("select guest_name from api.requests where id = %s", made) == "محمد الحداد 🌙"


def test_another_guest_s_request_and_none_are_the_same(undone: World) -> None:
    with undone.guest("Haddad"):
        theirs = undone.submit({"type_slug": "concierge", "note": "?"}, "k")["body"]["request"]["id"]
    said = []
    for request in (theirs, "00000000-0000-7000-8000-000000000000"):
        with pytest.raises(Refused) as refused, undone.guest("Marutani"):
            undone.act(request, "cancel")
        said.append((refused.value.slug, refused.value.sentence, refused.value.hint))
    assert said[0] == said[1]
    assert said[0][0] == "request_not_found"
