"""add_request_comment: something said about a request."""

from typing import Any

import pytest

from tests.world import HOUSEKEEPER, RECEPTION, STRANGER, Refused, World


@pytest.fixture
def request_id(undone: World) -> Any:
    """Something that Marutani asked the concierge."""
    with undone.guest("Marutani"):
        return undone.submit({"type_slug": "concierge", "note": "A table at eight"}, "k")["body"]["request"][
            "id"
        ]


def say(world: World, request: Any, body: str | None = "Done", **how: Any) -> dict[str, Any]:
    given = {"p_request_id": request, "p_body": body} | how
    names = ", ".join(f"{name} => %s" for name in given)
    answer: dict[str, Any] = world.value(f"select api.add_request_comment({names})", *given.values())
    return answer


def heard_by_the_guest(world: World) -> list[tuple[Any, ...]]:
    with world.guest("Marutani"):
        return world.rows("select author_name, body from api.portal_request_comments order by created_at, id")


def test_a_members_comment_is_internal_unless_they_say_so(undone: World, request_id: Any) -> None:
    with undone.member(RECEPTION):
        assert say(undone, request_id, "He tips well")["is_internal"] is True
        assert say(undone, request_id, "Table 4 is yours", p_is_internal=False)["is_internal"] is False
    assert heard_by_the_guest(undone) == [("Mohsin", "Table 4 is yours")]


def test_a_guests_comment_is_never_internal(undone: World, request_id: Any) -> None:
    with undone.guest("Marutani"):
        assert say(undone, request_id, "By the window", p_is_internal=True)["is_internal"] is False
    with undone.member(RECEPTION):
        rows = undone.rows(
            "select author_kind, is_internal, body from api.request_comments where request_id = %s",
            request_id,
        )
    assert rows == [("guest", False, "By the window")]


def test_an_unproven_guest_says_nothing(undone: World, request_id: Any) -> None:
    with pytest.raises(Refused) as refused, undone.guest("Marutani", "unproven"):
        say(undone, request_id)
    assert refused.value.slug == "request_not_found"


def test_both_sides_get_their_event(undone: World, request_id: Any) -> None:
    with undone.member(RECEPTION):
        say(undone, request_id)
        say(undone, request_id, p_is_internal=False)
    topics = undone.rows(
        "select topic from public.event_log where request_id = %s and topic <> 'request.created' order by id",
        request_id,
    )
    assert topics == [("request.noted",), ("request.commented",)]


@pytest.mark.parametrize("body", [None, "", "   ", "a" * 2001])
def test_it_says_something(undone: World, request_id: Any, body: str | None) -> None:
    with pytest.raises(Refused) as refused, undone.member(RECEPTION):
        say(undone, request_id, body)
    assert (refused.value.slug, refused.value.code) == ("comment_empty", "PT422")


def test_with_a_key_a_repeat_is_the_same_comment(undone: World, request_id: Any) -> None:
    with undone.member(RECEPTION):
        first = say(undone, request_id, p_idempotency_key="c")
    with undone.member(RECEPTION):
        assert say(undone, request_id, p_idempotency_key="c") == first
    with undone.member(RECEPTION):
        assert (
            undone.value("select count(*) from api.request_comments where request_id = %s", request_id) == 1
        )


def test_the_key_with_other_words_is_refused(undone: World, request_id: Any) -> None:
    with undone.member(RECEPTION):
        say(undone, request_id, p_idempotency_key="c")
    with pytest.raises(Refused) as refused, undone.member(RECEPTION):
        say(undone, request_id, "Something else", p_idempotency_key="c")
    assert refused.value.slug == "idempotency_key_reused"


def test_without_a_key_each_call_adds_another(undone: World, request_id: Any) -> None:
    with undone.member(RECEPTION):
        assert say(undone, request_id)["id"] != say(undone, request_id)["id"]


def test_a_role_without_the_right_is_refused(undone: World, request_id: Any) -> None:
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:requests:write'")
    with pytest.raises(Refused) as refused, undone.member(HOUSEKEEPER):
        say(undone, request_id)
    assert (refused.value.slug, refused.value.code) == ("permission_missing", "PT403")


def test_nobody_else_finds_the_request(undone: World, request_id: Any) -> None:
    with pytest.raises(Refused) as stranger, undone.member(STRANGER):
        say(undone, request_id)
    with pytest.raises(Refused) as guest, undone.guest("Haddad"):
        say(undone, request_id)
    with pytest.raises(Refused) as unknown, undone.member(RECEPTION):
        say(undone, "00000000-0000-0000-0000-000000000000")
    assert {stranger.value.slug, guest.value.slug, unknown.value.slug} == {"request_not_found"}


def test_a_member_of_another_property_finds_none(undone: World, request_id: Any) -> None:
    undone.conn.execute(
        "update identity.memberships"
        " set property_ids = array(select id from public.properties where code = 'CLF')"
    )
    with pytest.raises(Refused) as refused, undone.member(RECEPTION):
        say(undone, request_id)
    assert refused.value.slug == "request_not_found"


def test_comments_are_never_edited(undone: World) -> None:
    for role in ("engine", "staff", "admin", "guest", "service"):
        assert not undone.value(
            "select has_any_column_privilege(%s, 'portal.request_comments', 'update')"
            " or has_table_privilege(%s, 'portal.request_comments', 'delete')",
            *(role, role),
        )
