"""What a caller wrote never becomes a header of the answer: PostgREST puts a refusal into the status line."""

import httpx2
import pytest

from tests.stack import Stack

INJECTED = "x\r\nX-Injected: yes"


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("make_qr_code", {"p_code": {INJECTED: 1}}),
        ("create_booking", {"p_booking": {INJECTED: 1}}),
        ("register_kiosk", {"p_kiosk": {INJECTED: 1}}),
    ],
)
def test_a_refusal_that_names_a_value_stays_on_its_line(
    stack: Stack, command: str, given: dict[str, object]
) -> None:
    answer = httpx2.post(
        f"{stack.url}/rest/v1/rpc/{command}",
        json=given,
        headers={"Authorization": f"Bearer {stack.token('manager@hamsun.example')}"},
    )
    assert 400 <= answer.status_code < 500
    assert "x X-Injected: yes" in answer.json()["message"]
    assert "x-injected" not in answer.headers
