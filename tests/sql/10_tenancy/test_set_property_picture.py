"""set_property_picture: a property shows one of our own files, or none."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.manager import call
from tests.world import MANAGER, RECEPTION, STRANGER, Refused, World

COMMAND = "set_property_picture"


def shown(world: World, code: str = "FSL") -> Any:
    """What a guest of the property is shown."""
    return world.value("select picture_url from public.properties where code = %s", code)


def test_guests_are_shown_it_and_then_another(undone: World) -> None:
    tenant = undone.value("select id from public.tenants where slug = 'hamsun'")
    first, second = uuid4(), uuid4()
    made = call(undone, COMMAND, p_property_code="FSL", p_picture_id=str(first))
    assert made == {"picture_url": f"/static/pictures/{tenant}/{first}.jpg", "was": None}
    with undone.guest("Marutani", "context"):
        assert undone.value("select picture_url from api.portal_stay") == made["picture_url"]
    again = call(undone, COMMAND, p_property_code="FSL", p_picture_id=str(second))
    assert again["was"] == made["picture_url"]
    assert shown(undone) == again["picture_url"]
    assert shown(undone, "CLF") is None


def test_the_same_again_changes_nothing(undone: World) -> None:
    picture = str(uuid4())
    first = call(undone, COMMAND, p_property_code="FSL", p_picture_id=picture)
    written = "select updated_at from public.properties where code = 'FSL'"
    before = undone.value(written)
    undone.conn.execute("update app.clock set shift = shift + interval '1 hour'")
    assert call(undone, COMMAND, p_property_code="FSL", p_picture_id=picture) == first
    assert undone.value(written) == before


def test_none_leaves_none(undone: World) -> None:
    first = call(undone, COMMAND, p_property_code="FSL", p_picture_id=str(uuid4()))
    gone = call(undone, COMMAND, p_property_code="FSL", p_picture_id=None)
    assert gone == {"picture_url": None, "was": first["picture_url"]}
    assert shown(undone) is None


@pytest.mark.parametrize(
    ("by", "slug"), [(RECEPTION, "permission_missing"), (STRANGER, "property_not_found")]
)
def test_nobody_else_chooses_it(undone: World, by: str, slug: str) -> None:
    with pytest.raises(Refused) as refused:
        call(undone, COMMAND, by, p_property_code="FSL", p_picture_id=str(uuid4()))
    assert refused.value.slug == slug


def test_a_property_that_is_not_there_has_none(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        call(undone, COMMAND, MANAGER, p_property_code="NIX", p_picture_id=str(uuid4()))
    assert refused.value.slug == "property_not_found"


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/a.jpg", "//elsewhere.example/a.jpg", "/a.jpg", ""]
)
def test_property_picture_is_our_own(undone: World, url: str) -> None:
    """Even by hand nobody sends guests elsewhere."""
    with pytest.raises(psycopg.errors.CheckViolation, match="property_picture_is_our_own"):
        undone.conn.execute("update public.properties set picture_url = %s where code = 'FSL'", (url,))
