"""The assistant at both doors: a call that says x-acting-agent can do less, whatever it asks for."""

from typing import Any

import httpx2
import pytest

from tests.stack import Stack

RECEPTION = "reception@hamsun.example"
TASK = {"type_slug": "task", "title": "Look at the lift", "property_code": "FSL"}


def ask(stack: Stack, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
    """As the assistant in reception's session."""
    return httpx2.request(
        method,
        f"{stack.url}{path}",
        json=body,
        headers={"Authorization": f"Bearer {stack.token(RECEPTION)}", "X-Acting-Agent": "1", **headers},
    )


@pytest.fixture(scope="module")
def request_id(stack: Stack) -> str:
    """A task that the assistant noted."""
    answer = ask(
        stack,
        "POST",
        "/functions/v1/portal-submit-request",
        TASK,
        **{"Idempotency-Key": "the assistant's lift"},
    )
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["request"]["id"])


def test_it_reads_and_makes_requests(stack: Stack, request_id: str) -> None:
    row = ask(stack, "GET", f"/rest/v1/requests?id=eq.{request_id}&select=source").json()
    assert row == [{"source": "ai_agent"}]


def test_it_comments_internally(stack: Stack, request_id: str) -> None:
    said = {"p_request_id": request_id, "p_body": "It has been stuck twice."}
    path = "/rest/v1/rpc/add_request_comment"
    assert ask(stack, "POST", path, said).json()["is_internal"] is True
    refused = ask(stack, "POST", path, {**said, "p_is_internal": False})
    assert (refused.status_code, refused.json()["details"]) == (403, "agent_comments_internally")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/rest/v1/rpc/portal_update_request_status", {"p_request_id": None, "p_action": "complete"}),
        ("/rest/v1/rpc/set_language", {"p_language": "es"}),
        ("/rest/v1/rpc/create_booking", {"p_booking": {}, "p_idempotency_key": "agent"}),
    ],
)
def test_it_has_no_other_command(stack: Stack, request_id: str, path: str, body: dict[str, Any]) -> None:
    if "p_request_id" in body:
        body = {**body, "p_request_id": request_id}
    refused = ask(stack, "POST", path, body)
    assert (refused.status_code, refused.json()["details"]) == (403, "agent_may_not")


def test_the_functions_write_nothing_else_for_it(stack: Stack) -> None:
    charge = {"folio_id": "00000000-0000-0000-0000-000000000000", "category": "fee", "amount": "1"}
    refused = ask(stack, "POST", "/functions/v1/post-charge", charge, **{"Idempotency-Key": "agent"})
    assert refused.status_code in (403, 405)


def test_without_a_session_there_is_no_assistant(stack: Stack) -> None:
    refused = httpx2.get(f"{stack.url}/rest/v1/requests", headers={"X-Acting-Agent": "1"})
    assert (refused.status_code, refused.json()["details"]) == (403, "agent_needs_a_session")
