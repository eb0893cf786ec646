"""Codes asked by PostgREST: whatever is done with the answer, a wrong try is counted or learns nothing."""

import httpx2
import pytest

from tests.stack import Stack

CAST = {"select": "pgrst_scalar->>details::int"}
FILTER = {"pgrst_scalar->>details": "is.null"}


def asked(stack: Stack, code: str, **how: object) -> tuple[int, str]:
    answer = httpx2.request(
        **{
            "method": "POST",
            "url": f"{stack.url}/rest/v1/rpc/portal_resolve_code",
            "json": {"p_code": code},
            **how,
        }  # type: ignore[arg-type]
    )
    return answer.status_code, answer.text


def hits(stack: Stack) -> int:
    with stack.connect() as conn:
        row = conn.execute(
            "select coalesce(sum(hits), 0) from app.limits where bucket = 'code-all'"
        ).fetchone()
    assert row is not None
    return int(str(row[0]))


@pytest.mark.parametrize(("params", "accept"), [(CAST, "text/csv"), (FILTER, "*/*"), (CAST, "*/*")])
def test_an_answer_shaped_to_fail_tells_a_right_code_from_none(
    stack: Stack, params: dict[str, str], accept: str
) -> None:
    right = asked(stack, stack.link().code, params=params, headers={"Accept": accept})
    assert right == asked(stack, "ZZZZZZ", params=params, headers={"Accept": accept})
    assert right[0] == 400


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_code_is_not_asked_by_get(stack: Stack, method: str) -> None:
    right = asked(stack, "", method=method, params={"p_code": stack.link().code}, json=None)
    assert right == asked(stack, "", method=method, params={"p_code": "ZZZZZZ"}, json=None)
    assert right[0] == 405


def test_a_plain_wrong_try_is_counted(stack: Stack) -> None:
    before = hits(stack)
    assert asked(stack, "ZZZZZZ")[0] in (404, 429)
    assert hits(stack) >= before
