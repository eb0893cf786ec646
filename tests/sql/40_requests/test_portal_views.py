"""What a guest sees of the own stay, requests, folio and catalogue, by level; nothing of another's."""

from decimal import Decimal
from typing import Any

import pytest

from tests.world import RECEPTION, World

VIEWS = ["portal_stay", "portal_requests", "portal_request_comments", "portal_folio"]
COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 2}]}


@pytest.fixture
def request_id(undone: World) -> Any:
    """Two colas that Marutani asked for, with a word about them, brought and charged."""
    with undone.guest("Marutani"):
        request = undone.submit(COLA, "k")["body"]["request"]["id"]
        undone.value("select api.add_request_comment(%s, 'With ice')", request)
    for action in ("confirm", "deliver"):
        with undone.member(RECEPTION):
            undone.act(request, action)
    return request


@pytest.mark.parametrize("view", VIEWS)
def test_the_own_guest_sees_it(undone: World, request_id: Any, view: str) -> None:
    with undone.guest("Marutani", "identified"):
        assert undone.rows(f"select * from api.{view}")


@pytest.mark.parametrize("view", VIEWS)
def test_another_guest_sees_none_of_it(undone: World, request_id: Any, view: str) -> None:
    booking = undone.booking("Marutani")
    with undone.guest("Haddad", "identified"):
        shown = str(undone.rows(f"select * from api.{view}"))
    assert "Marutani" not in shown
    assert str(booking) not in shown
    assert str(request_id) not in shown


@pytest.mark.parametrize("view", VIEWS)
def test_an_unproven_guest_sees_nothing(undone: World, request_id: Any, view: str) -> None:
    with undone.guest("Marutani", "unproven"):
        assert undone.rows(f"select * from api.{view}") == []


def test_a_code_alone_shows_no_money_and_no_last_name(undone: World, request_id: Any) -> None:
    with undone.guest("Marutani", "context"):
        stay = undone.rows("select guest_last_name, folio_total, level, room_number from api.portal_stay")
        assert stay == [(None, None, "context", "G06")]
        assert undone.rows("select * from api.portal_folio") == []
    with undone.guest("Marutani", "identified"):
        name, total = undone.rows("select guest_last_name, folio_total from api.portal_stay")[0]
    assert (name, total > 0) == ("Marutani", True)


def test_a_request_is_shown_with_its_track_and_lines(undone: World, request_id: Any) -> None:
    with undone.guest("Marutani"):
        status, lines, steps, total = undone.rows(
            "select status, lines, steps, total from api.portal_requests where id = %s", request_id
        )[0]
    assert status == "delivered"
    assert [(line["sku"], line["quantity"], line["total"]) for line in lines] == [("cola", 2, total)]
    assert [step["current"] for step in steps] == [False] * (len(steps) - 1) + [True]


def test_a_charge_is_shown_with_its_taxes(undone: World, request_id: Any) -> None:
    with undone.guest("Marutani"):
        rows = undone.rows("select gross, net, taxes, request_number, is_reversal from api.portal_folio")
    assert all(
        gross == net + sum(Decimal(str(tax["amount"])) for tax in taxes) for gross, net, taxes, _, _ in rows
    )
    assert any(number and number.startswith("FSL-") for *_, number, _ in rows)


def test_the_catalogue_is_the_propertys_own(undone: World) -> None:
    with undone.guest("Marutani", "context"):
        rows = undone.rows("select sku, currency, in_stock from api.portal_catalog")
    assert {currency for _, currency, _ in rows} == {"PKR"}
    assert {"towel", "water", "cola", "club_sandwich"} <= {sku for sku, _, _ in rows}


@pytest.mark.parametrize("state", ["draft", "hidden", "retired"])
def test_what_is_not_on_sale_is_not_shown(undone: World, state: str) -> None:
    undone.conn.execute("update portal.catalog_items set state = %s where sku = 'cola'", (state,))
    with undone.guest("Marutani", "context"):
        assert undone.rows("select sku from api.portal_catalog where sku = 'cola'") == []


def test_what_is_sold_out_is_shown_as_such(undone: World) -> None:
    undone.conn.execute("update portal.catalog_items set stock = 0 where sku = 'cola'")
    with undone.guest("Marutani", "context"):
        assert undone.rows("select in_stock, available from api.portal_catalog where sku = 'cola'") == [
            (False, 0)
        ]


@pytest.mark.shows("state/decides_what_is_open")
@pytest.mark.parametrize(
    ("guest", "slug", "is_open"),
    [
        ("Marutani", "kitchen_fnb", True),
        ("Okafor", "kitchen_fnb", False),
        ("Okafor", "concierge", True),
        ("Alvarez", "airport_transport", True),
        ("Lindqvist", "airport_transport", False),
        ("Lindqvist", "concierge", True),
    ],
)
def test_what_can_be_asked_for_depends_on_the_stay(
    undone: World, guest: str, slug: str, is_open: bool
) -> None:
    with undone.guest(guest, "context"):
        shown = dict(undone.rows("select slug, is_open from api.portal_request_types"))
    assert shown[slug] is is_open


@pytest.mark.parametrize(("guest", "is_offered"), [("Marutani", False), ("Alvarez", True)])
def test_an_early_check_in_is_not_offered_to_who_has_a_room(
    undone: World, guest: str, is_offered: bool
) -> None:
    with undone.guest(guest, "context"):
        kinds = undone.value("select subtypes from api.portal_request_types where slug = 'booking_action'")
    keys = {kind["key"] for kind in kinds}
    assert ("early_checkin" in keys) is is_offered
    assert {"late_checkout", "room_change", "special_occasion"} <= keys


def test_what_was_answered_is_shown_in_the_guests_language(undone: World) -> None:
    """answers_of_request: another guest's are nobody's."""
    tomorrow = undone.value("select app.today_in('Asia/Karachi') + 1")
    asked = {"type_slug": "booking_action", "subtype": "special_occasion", "occasion": "birthday"}
    with undone.guest("Marutani"):
        made = undone.submit(asked | {"date": str(tomorrow)}, "occasion")["body"]["request"]["id"]
        [answers] = undone.rows("select answers from api.portal_requests where id = %s", made)[0]
    assert answers == [
        {"label": "What do you celebrate?", "answer": "Birthday"},
        {"label": "On which day?", "answer": undone.value("select app.date_text(%s, 'en')", tomorrow)},
    ]
    with undone.guest("Haddad"):
        assert undone.rows("select answers from api.portal_requests where id = %s", made) == []


def test_staffs_own_types_are_not_on_the_portal(undone: World) -> None:
    with undone.guest("Marutani"):
        assert ("task",) not in undone.rows("select slug from api.portal_request_types")


def test_prices_of_kinds_are_in_the_propertys_currency(undone: World) -> None:
    with undone.guest("Marutani", "context"):
        kinds = undone.value("select subtypes from api.portal_request_types where slug = 'airport_transport'")
    assert {kind["currency"] for kind in kinds} == {"PKR"}
    assert any(kind["price"] for kind in kinds)


def test_labels_are_in_the_guests_language(undone: World) -> None:
    with undone.guest("Alvarez", "context"):
        assert undone.value("select language from api.portal_stay") == "es"
        assert ("Pedido a cocina",) in undone.rows("select label from api.portal_request_types")


@pytest.mark.parametrize("view", ["requests", "bookings", "guests", "charges", "members", "audit_log", "me"])
def test_staffs_views_are_closed_to_guests(undone: World, view: str) -> None:
    assert not undone.value("select has_table_privilege('guest', %s, 'select')", f"api.{view}")
    assert not undone.value("select has_table_privilege('anon', %s, 'select')", f"api.{view}")
