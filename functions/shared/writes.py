"""Commands with an idempotency key: the database does the work once and says whether this was a replay."""

from typing import Any, Final, LiteralString

from fastapi import Request, Response
from pydantic import BaseModel

from functions.shared.caller import Caller
from functions.shared.db import run_command

LONGER_THAN_A_TWIN: Final = "12s"
"""A twin in flight is waited for up to 10 s; a statement that is cut off earlier could not say so."""

_ANSWER: Final = (
    "select (done ->> 'status')::int, (done ->> 'replayed')::boolean, (done -> 'body')::text from "
)


async def write_once(
    request: Request, caller: Caller, command: LiteralString, body: str, key: str
) -> Response:
    """Runs `command(body jsonb, key text)`: 201 the first time, 200 with the same body for a replay."""
    call: LiteralString = _ANSWER + command + "(%s::jsonb, %s) as done"
    answer = await run_command(request, caller, call, (body, key), limit=LONGER_THAN_A_TWIN)
    status, is_replayed, made = answer.row
    headers = {"Cache-Control": "no-store", **answer.headers}
    if is_replayed:
        headers["Idempotent-Replayed"] = "true"
    return Response(made, answer.status or status, headers, media_type="application/json")


def described_write(body: type[BaseModel]) -> dict[str, Any]:
    """`openapi_extra=` for a write that needs an idempotency key."""
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "Your name for this one write, the same for each repeat.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    }
    return {**described_body(body), "parameters": [key]}


def described_body(body: type[BaseModel]) -> dict[str, Any]:
    """`openapi_extra=` for a route that reads its body itself, or hands it to its command as it was sent."""
    schema = body.model_json_schema()
    whole = _with_parts(schema, schema.pop("$defs", {}))
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": whole}}}}


def _with_parts(node: Any, parts: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_with_parts(one, parts) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _with_parts(parts[node["$ref"].rpartition("/")[2]], parts)
    return {name: _with_parts(value, parts) for name, value in node.items()}
