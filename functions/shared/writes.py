"""Commands with an idempotency key: the database does the work once and says whether this was a replay."""

from typing import Any, Final, LiteralString

from fastapi import Request, Response

from functions.shared.callers import Caller
from functions.shared.db import run_command

_ANSWER: Final = (
    "select (done ->> 'status')::int, (done ->> 'replayed')::boolean, (done -> 'body')::text from "
)


async def write_once(
    request: Request, caller: Caller, command: LiteralString, body: str, key: str
) -> Response:
    """Runs `command(body jsonb, key text)`: 201 the first time, 200 with the same body for a replay."""
    call: LiteralString = _ANSWER + command + "(%s::jsonb, %s) as done"
    answer = await run_command(request, caller, call, (body, key))
    status, is_replayed, made = answer.row
    headers = {"Cache-Control": "no-store", **answer.headers}
    if is_replayed:
        headers["Idempotent-Replayed"] = "true"
    return Response(made, answer.status or status, headers, media_type="application/json")


def keyed_body(schema: dict[str, Any]) -> dict[str, Any]:
    """`openapi_extra=` for a route whose body goes to its command as it was sent."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
