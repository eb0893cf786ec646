"""Lists of /rest/v1 are written by commands: a write is refused, and never called a failure of ours."""

import httpx2
import pytest

from tests.stack import Stack

WRITES = {
    "POST": {"content": b"{}"},
    "PATCH": {"content": b'{"id": null}', "params": {"id": "not.is.null"}},
    "DELETE": {"params": {"id": "not.is.null"}},
}


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("view", ["bookings", "requests", "portal_requests", "audit_log"])
def test_lists_are_only_read(stack: Stack, method: str, view: str) -> None:
    for who in ({}, {"Authorization": f"Bearer {stack.token()}"}):
        answer = httpx2.request(
            method,
            f"{stack.url}/rest/v1/{view}",
            headers={"Content-Type": "application/json", **who},
            **WRITES[method],  # type: ignore[arg-type]
        )
        assert (answer.status_code, answer.json()["details"]) == (405, "method_not_allowed")


def test_a_catalogue_item_is_a_row_to_edit(stack: Stack) -> None:
    answer = httpx2.patch(
        f"{stack.url}/rest/v1/catalog_items?sku=eq.cola",
        json={"price": "NaN"},
        headers={"Authorization": f"Bearer {stack.token('owner@hamsun.example')}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "23514")
