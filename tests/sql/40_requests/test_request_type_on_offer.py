"""request_type_on_offer: the type asked for, if it is open to the caller now."""

from typing import Any

import pytest

from tests.world import MANAGER, RECEPTION, Refused, World

NOT_BUILT = ["menu_order"]


def ask_for(slug: str, **more: Any) -> dict[str, Any]:
    return {"type_slug": slug, "note": "please", **more}


@pytest.mark.parametrize("slug", [*NOT_BUILT, "task", "no_such_type"])
def test_guests_are_offered_what_is_built_for_them(undone: World, slug: str) -> None:
    with pytest.raises(Refused) as refused, undone.guest("Marutani"):
        undone.submit(ask_for(slug), "k")
    assert (refused.value.slug, refused.value.code) == ("request_type_unknown", "PT422")


@pytest.mark.parametrize("email", [RECEPTION, MANAGER])
@pytest.mark.parametrize("slug", [*NOT_BUILT, "no_such_type"])
def test_members_are_refused_with_the_same_words(undone: World, slug: str, email: str) -> None:
    booking = str(undone.booking("Marutani"))
    with pytest.raises(Refused) as refused, undone.member(email):
        undone.submit(ask_for(slug, on_behalf_of=booking), "k")
    assert (refused.value.slug, refused.value.code) == ("request_type_unknown", "PT422")


def test_members_make_tasks_although_no_guest_is_offered_one(undone: World) -> None:
    with undone.member(RECEPTION):
        assert undone.submit({"type_slug": "task", "title": "Count the keys"}, "k")["status"] == 201


def test_what_a_hotel_offers_its_own_staff_is_no_guests(undone: World) -> None:
    undone.conn.execute("update portal.request_types set feature = null where slug = 'complaint'")
    with pytest.raises(Refused) as refused, undone.guest("Marutani"):
        undone.submit(ask_for("complaint"), "k")
    assert refused.value.slug == "request_type_unknown"
    with undone.member(RECEPTION):
        assert undone.submit(ask_for("complaint"), "k")["status"] == 201
