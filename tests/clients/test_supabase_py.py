"""supabase-py works unchanged: it gets our address and our publishable key, and no more."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from postgrest import CountMethod
from postgrest.exceptions import APIError
from supabase import Client, ClientOptions, create_client
from supabase_functions.errors import FunctionsHttpError

from tests.clients.conftest import Doors


@contextmanager
def client(doors: Doors, token: str | None = None) -> Iterator[Client]:
    """A client with somebody's token; without one it is nobody's."""
    with httpx.Client() as connections:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        options = ClientOptions(schema="api", headers=headers, httpx_client=connections)
        yield create_client(doors.url, doors.key, options)


@pytest.fixture
def hotel(doors: Doors) -> Iterator[Client]:
    """A manager's client."""
    with client(doors, doors.token) as made:
        yield made


def charge(doors: Doors) -> dict[str, object]:
    return {
        "booking_id": doors.booking,
        "category": "laundry",
        "description": "Two shirts",
        "quantity": 1,
        "unit_price": "1160.00",
    }


def test_select(hotel: Client) -> None:
    rows = hotel.table("properties").select("code").order("code").execute().data
    assert rows == [{"code": "CLF"}, {"code": "EXT"}, {"code": "FSL"}]


def test_filter(hotel: Client) -> None:
    found = (
        hotel.table("requests")
        .select("number", count=CountMethod.exact)
        .eq("property_code", "FSL")
        .neq("phase", "closed")
        .limit(3)
        .execute()
    )
    assert (found.count or 0) >= len(found.data) >= 1


def test_rpc(hotel: Client) -> None:
    assert hotel.rpc("set_language", {"p_language": "en"}).execute().data == {"language": "en"}


def test_insert_where_it_is_allowed(hotel: Client, doors: Doors) -> None:
    house = hotel.table("properties").select("id, currency").eq("code", "FSL").single().execute().data
    like = hotel.table("catalog_items").select("kind, category").eq("sku", "cola").limit(1)
    cola = like.single().execute().data
    assert isinstance(house, dict)
    assert isinstance(cola, dict)
    item = {
        **cola,
        "property_id": house["id"],
        "sku": doors.sku,
        "name": {"en": "Lassi"},
        "price": "350.00",
        "currency": house["currency"],
    }
    [made] = hotel.table("catalog_items").insert(item).execute().data
    assert isinstance(made, dict)
    assert (made["sku"], made["stock"]) == (doors.sku, None)
    with pytest.raises(APIError) as refused:
        hotel.table("requests").insert({"number": "FSL-1"}).execute()
    assert refused.value.details == "method_not_allowed"


def test_invoke(hotel: Client, doors: Doors) -> None:
    asked = {"body": charge(doors), "headers": {"Idempotency-Key": uuid.uuid4().hex}}
    answer = hotel.functions.invoke("post-charge", asked)
    assert isinstance(answer, bytes)
    assert float(json.loads(answer)["charge"]["gross"]) == 1160


def test_a_guest_posts_no_charge(doors: Doors) -> None:
    asked = {"body": charge(doors), "headers": {"Idempotency-Key": uuid.uuid4().hex}}
    with client(doors, doors.guest_token) as guest, pytest.raises(FunctionsHttpError) as refused:
        guest.functions.invoke("post-charge", asked)
    assert refused.value.status == 403


def test_the_publishable_key_is_nobody(doors: Doors) -> None:
    with client(doors) as nobody, pytest.raises(APIError) as refused:
        nobody.table("requests").select("id").execute()
    assert refused.value.code == "42501"
