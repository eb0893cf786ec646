"""explain_access: which rule decides whether somebody may do something, in their language."""

from typing import Any

import pytest

from tests.roles import create, give, member_id, refusal
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, World

ACTIONS = ("acknowledge", "assign", "start", "complete", "cancel", "expire")
TOWELS = {"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 1}]}


def explain(world: World, who: str, action: str, thing: Any = None, level: str = "identified") -> Any:
    """As a member (an address) or a guest (a last name)."""
    with world.member(who) if "@" in who else world.guest(who, level):
        return world.value("select api.explain_access(%s, %s)", action, thing)


def rules(answer: dict[str, Any]) -> list[tuple[str, bool | None]]:
    return [(check["rule"], check["passed"]) for check in answer["checks"]]


@pytest.fixture
def request_id(undone: World) -> Any:
    """Towels for a guest at FSL."""
    with undone.guest("Marutani"):
        return undone.submit(TOWELS, "towels")["body"]["request"]["id"]


def test_a_permission_says_by_which_role(undone: World) -> None:
    answer = explain(undone, RECEPTION, "check_in_guest")
    assert (answer["allowed"], answer["decided_by"]) == (True, "permission")
    assert rules(answer) == [("session_type", True), ("permission", True)]
    assert answer["sentence"] == (
        "It needs “Check guests in and out” (hotel:checkin:write); you have it by the role Reception."
    )


def test_a_missing_one_says_who_would_have_it(undone: World) -> None:
    answer = explain(undone, HOUSEKEEPER, "reverse_charge")
    assert (answer["allowed"], answer["decided_by"]) == (False, "permission")
    assert answer["sentence"].endswith("none of your roles (Staff) carries it. These do: Manager, Owner.")


def test_an_own_role_is_named_too(undone: World) -> None:
    create(undone, MANAGER, permissions=["hotel:charges:reverse"])
    give(undone, MANAGER, HOUSEKEEPER, "STAFF", "NIGHT_PORTER")
    assert explain(undone, HOUSEKEEPER, "hotel:charges:reverse")["sentence"].endswith(
        "the role Night porter."
    )


def test_it_speaks_the_viewers_language(undone: World) -> None:
    undone.conn.execute("update identity.memberships set language = 'es'")
    sentence = explain(undone, HOUSEKEEPER, "reverse_charge")["sentence"]
    assert sentence.startswith(
        "Requiere “Anular un cargo ya anotado” (hotel:charges:reverse); ninguno de sus"
    )
    assert "Dirección" in sentence


def test_every_sentence_has_both_languages(undone: World) -> None:
    body = undone.value("select prosrc from pg_proc where proname = 'access_sentence'")
    keys = [line.split("'")[1] for line in body.splitlines() if line.strip().startswith("('")]
    assert len(keys) > 15
    for key in keys:
        said = []
        for language in ("en", "es"):
            undone.conn.execute("select set_config('app.language', %s, true)", (language,))
            said.append(undone.value("select app.access_sentence(%s, 'a', 'b', 'c')", key))
        assert all(said), key
        assert said[0] != said[1], key


def test_the_session_type_decides(undone: World) -> None:
    answer = explain(undone, "Marutani", "move_room")
    assert (answer["allowed"], answer["decided_by"]) == (False, "session_type")
    assert answer["sentence"] == "It is open to managers, staff only; your session is of another kind."
    assert explain(undone, RECEPTION, "portal_confirm_identity")["decided_by"] == "session_type"


def test_the_level_decides(undone: World) -> None:
    assert explain(undone, "Marutani", "set_language", None, "unproven")["decided_by"] == "level"
    assert rules(explain(undone, "Marutani", "portal_submit_request", None, "context")) == [
        ("session_type", True),
        ("level", None),
    ]
    assert explain(undone, "Marutani", "portal_submit_request")["allowed"] is True


def test_the_property_decides(undone: World, request_id: Any) -> None:
    passed = explain(undone, HOUSEKEEPER, "add_request_comment", request_id)
    assert (passed["allowed"], passed["checks"][-1]["rule"]) == (True, "property")
    undone.conn.execute(
        "update identity.memberships set property_ids = array(select id from public.properties"
        " where code = 'EXT') where id = %s",
        (member_id(undone, HOUSEKEEPER),),
    )
    assert explain(undone, HOUSEKEEPER, "add_request_comment", request_id)["decided_by"] == "property"


@pytest.mark.parametrize(
    "thing",
    [
        "select id from public.rooms where room_number = 'G06'",
        "select id from public.properties where code = 'FSL'",
        "select b.id from public.bookings b where b.guest_name like '%%Marutani' limit 1",
        "select f.id from public.folios f limit 1",
        "select c.id from public.charges c limit 1",
    ],
)
def test_other_things_have_a_property_too(undone: World, thing: str) -> None:
    found = undone.value(thing)
    assert explain(undone, RECEPTION, "hotel:bookings:read", found)["checks"][-1]["rule"] == "property"
    assert explain(undone, STRANGER, "hotel:bookings:read", found)["decided_by"] == "object"


def test_the_workflow_decides(undone: World, request_id: Any) -> None:
    answer = explain(undone, RECEPTION, "acknowledge", request_id)
    assert answer["allowed"] is True
    assert [rule for rule, _ in rules(answer)] == ["team", "permission", "permission", "workflow", "property"]
    with undone.member(RECEPTION):
        undone.act(request_id, "acknowledge", "new")
    answer = explain(undone, RECEPTION, "acknowledge", request_id)
    assert (answer["allowed"], answer["decided_by"]) == (False, "workflow")
    assert "Acknowledged" in answer["sentence"]
    by_guest = explain(undone, "Marutani", "start", request_id)
    assert by_guest["sentence"] == "This step is not taken by guests."


def test_it_tells_the_truth(undone: World, request_id: Any) -> None:
    for who in (RECEPTION, HOUSEKEEPER, MANAGER):
        with undone.member(who):
            offered = {one["key"] for one in undone.value("select api.request_actions(%s)", request_id)}
        for action in ACTIONS:
            assert explain(undone, who, action, request_id)["allowed"] == (action in offered), (who, action)


def test_what_is_not_there_and_what_is_the_strangers_are_the_same(undone: World, request_id: Any) -> None:
    missing = undone.value("select gen_random_uuid()")
    ours = explain(undone, STRANGER, "add_request_comment", request_id)
    none = explain(undone, STRANGER, "add_request_comment", missing)
    assert ours | {"object": None} == none | {"object": None}
    assert ours["decided_by"] == "object"
    assert explain(undone, "Haddad", "add_request_comment", request_id)["decided_by"] == "object"


def test_for_the_assistant_it_says_so(undone: World) -> None:
    with undone.owner():
        undone.conn.execute("select app.act_as_member(%s), app.enter_as_agent('/rpc/set_x')", (MANAGER,))
        answer = undone.value("select api.explain_access('move_room')")
    assert (answer["allowed"], rules(answer)[-1]) == (False, ("agent", False))


def test_access_check_is_a_list_of_one(undone: World) -> None:
    assert undone.value("select app.access_check('level', null, 'It depends.')") == [
        {"rule": "level", "passed": None, "sentence": "It depends."}
    ]


def test_what_needs_nothing_says_so(undone: World) -> None:
    assert explain(undone, HOUSEKEEPER, "set_language")["sentence"] == "It needs no permission."


@pytest.mark.parametrize("unknown", ["fly", "", None, "hotel:moon:write", "drop table"])
def test_what_is_not_known_is_refused(undone: World, unknown: Any) -> None:
    assert refusal(explain, undone, MANAGER, unknown) == ("access_action_unknown", "PT422")
