"""request_actions and available_actions: the buttons of a request for whoever looks at it."""

from typing import Any

import pytest

from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, World

SHOP = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}
BROKEN = {"type_slug": "maintenance", "subtype": "plumbing"}


def ask(world: World, request: dict[str, Any]) -> Any:
    with world.guest("Marutani"):
        return world.submit(request, str(request))["body"]["request"]["id"]


def buttons(world: World, request: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.value("select api.request_actions(%s)", request)
    return found


def keys(world: World, request: Any) -> list[str]:
    return [button["key"] for button in buttons(world, request)]


def test_the_next_step_comes_first_and_refusals_last(undone: World) -> None:
    request = ask(undone, SHOP)
    with undone.member(RECEPTION):
        found = [(button["key"], button["style"]) for button in buttons(undone, request)]
    assert found[0] == ("confirm", "main")
    assert found[-1] == ("cancel", "danger")


@pytest.mark.shows("subflow/reception_inbox")
def test_each_step_brings_its_own(undone: World) -> None:
    request = ask(undone, SHOP)
    with undone.member(RECEPTION):
        before = keys(undone, request)
        undone.act(request, "confirm")
        after = keys(undone, request)
        undone.act(request, "deliver")
        assert keys(undone, request) == []
    assert "confirm" in before
    assert "confirm" not in after
    assert "deliver" in after


def test_labels_are_in_the_viewers_language(undone: World) -> None:
    request = ask(undone, SHOP)
    undone.conn.execute("update identity.memberships set language = 'es' where display_name = 'Mohsin'")
    with undone.member(RECEPTION):
        confirm = buttons(undone, request)[0]
    assert (confirm["label"], confirm["to_label"]) == ("Confirmar", "Confirmado")


def test_what_has_to_be_given_is_typed(undone: World) -> None:
    request = ask(undone, BROKEN)
    with undone.member(RECEPTION):
        triage = next(button for button in buttons(undone, request) if button["key"] == "triage")
    assert triage["requires"]["severity"]["type"] == "choice"
    assert triage["requires"]["severity"]["required"] is True
    assert triage["requires"]["severity"]["label"]


def test_the_permission_decides(undone: World) -> None:
    request = ask(undone, BROKEN)
    with undone.member(RECEPTION):
        undone.act(request, "triage", None, {"severity": "urgent"})
        assert "assign" in keys(undone, request)
    with undone.member(HOUSEKEEPER):
        assert "assign" not in keys(undone, request)


def test_nobody_else_sees_a_button(undone: World) -> None:
    request = ask(undone, SHOP)
    with undone.member(STRANGER):
        assert keys(undone, request) == []
    with undone.guest("Haddad"):
        assert keys(undone, request) == []
    with undone.guest("Marutani", "unproven"):
        assert keys(undone, request) == []
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:requests:read'")
    with undone.member(MANAGER):
        assert keys(undone, request) == []


def test_a_guest_cancels_while_it_is_new(undone: World) -> None:
    request = ask(undone, SHOP)
    with undone.guest("Marutani"):
        assert keys(undone, request) == ["cancel"]
        assert buttons(undone, request)[0]["requires"] == {}
        assert undone.value("select actions -> 0 ->> 'key' from api.portal_requests where id = %s", request)
    with undone.member(RECEPTION):
        undone.act(request, "confirm")
    with undone.guest("Marutani"):
        assert keys(undone, request) == []
        assert undone.value("select actions from api.portal_requests where id = %s", request) == []


@pytest.mark.parametrize("kind", ["system", "nobody"])
def test_the_systems_own_actions_are_no_buttons(undone: World, kind: str) -> None:
    request = ask(undone, SHOP)
    with undone.member(RECEPTION):
        assert "expire" not in keys(undone, request)
    offered = undone.value(
        "select app.available_actions(v.workflow, 'new', %s) from portal.requests r"
        " join portal.workflow_versions v on v.id = r.workflow_version_id where r.id = %s",
        *(kind, request),
    )
    assert [action["key"] for action in offered] == (["expire"] if kind == "system" else [])
