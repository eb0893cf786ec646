"""The database: as the caller, in one transaction that does what PostgREST does, and as the functions.

`run_command` is the way in for a command; `as_caller` underneath it serves reads too. Both send role, claims,
pre-request and the statement in one network flight.
"""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool
from starlette.requests import Request

from functions.shared.addresses import client_address
from functions.shared.caller import Caller
from functions.shared.database_errors import RETRIED, problem_from
from functions.shared.settings import Settings

Pool = AsyncConnectionPool[AsyncConnection[TupleRow]]
MOST_CONNECTIONS: Final = 12
SECONDS_FOR_A_CONNECTION: Final = 12.0
NOT_PASSED_ON: Final = frozenset({"cookie", "authorization", "apikey"})

_ENTER: Final = """
select set_config('search_path', 'api, public', true), set_config('transaction_read_only', %s, true),
       set_config('role', %s, true), set_config('request.jwt.claims', %s, true),
       set_config('request.method', %s, true), set_config('request.path', %s, true),
       set_config('request.headers', %s, true), set_config('request.cookies', '{}', true),
       (select count(set_config(s.name, s.setting, true))
        from unnest(%s::text[], %s::text[]) as s(name, setting))
"""
_NAMED: Final = (
    "select set_config('app.command', %s, true), set_config('app.call_id', %s, true),"
    " set_config('statement_timeout', coalesce(%s, current_setting('statement_timeout')), true)"
)
_HOOK: Final = "select hook.pre_request()"
_SHAPE: Final = "select current_setting('response.status', true), current_setting('response.headers', true)"
_ROLE_SETTINGS: Final = "select rolname, rolconfig from pg_roles where rolconfig is not null"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command returned, with the status and headers it asked for (`response.status`, `.headers`)."""

    row: TupleRow
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Database:
    """The two pools of a process. Opened and closed with the application."""

    def __init__(self, settings: Settings) -> None:
        self.callers = _pool(settings.authenticator_url, "staybase functions as caller")
        self.service = _pool(settings.service_url, "staybase functions")
        self.role_settings: dict[str, tuple[list[str], list[str]]] = {}

    async def open(self) -> None:
        """Starts both pools, without waiting for the database."""
        await self.callers.open()
        await self.service.open()

    async def close(self) -> None:
        """Returns every connection."""
        await self.callers.close()
        await self.service.close()

    async def settings_of(self, role: str) -> tuple[list[str], list[str]]:
        """Names and values that `alter role … set` gave a role; PostgREST applies them likewise."""
        if not self.role_settings:
            async with self.callers.connection() as connection:
                rows = await (await connection.execute(_ROLE_SETTINGS)).fetchall()
            for name, pairs in rows:
                parts = [pair.partition("=") for pair in pairs]
                self.role_settings[name] = ([part[0] for part in parts], [part[2] for part in parts])
        return self.role_settings.get(role, ([], []))


def _pool(url: str, name: str) -> Pool:
    return AsyncConnectionPool(
        url,
        kwargs={"autocommit": True, "application_name": name},
        min_size=1,
        max_size=MOST_CONNECTIONS,
        timeout=SECONDS_FOR_A_CONNECTION,
        check=AsyncConnectionPool.check_connection,
        open=False,
    )


def database_of(request: Request) -> Database:
    """The application's pools."""
    database: Database = request.app.state.database
    return database


@asynccontextmanager
async def as_caller(
    request: Request, caller: Caller, limit: str | None = None
) -> AsyncIterator[AsyncConnection[TupleRow]]:
    """A transaction as the caller, entered as PostgREST enters it, for the one statement that follows.

    Nothing is sent before that statement's result is asked for. Reads (GET) cannot write. `limit` stands
    in for the role's own statement_timeout.
    """
    database = database_of(request)
    names, values = await database.settings_of(caller.role)
    if limit is not None:
        names, values = [*names, "statement_timeout"], [*values, limit]
    enter = (
        "on" if request.method in ("GET", "HEAD") else "off",
        caller.role,
        json.dumps(dict(caller.claims) or {"role": "anon"}),
        request.method,
        request.url.path,
        json.dumps(_headers_passed_on(request)),
        names,
        values,
    )
    async with (
        database.callers.connection() as connection,
        connection.pipeline(),
        connection.transaction(),
    ):
        await connection.execute(_ENTER, enter)
        await connection.execute(_HOOK)
        yield connection


async def run_command(
    request: Request,
    caller: Caller,
    statement: LiteralString,
    arguments: Sequence[Any] = (),
    *,
    limit: str | None = None,
) -> Answer:
    """Runs one command as the caller and commits. Raises `Problem` for whatever the database refuses.

    A deadlock or a serialization failure is tried once more; both were rolled back whole.
    """
    is_signed_in = caller.role != "anon"
    try:
        try:
            return await _run_once(request, caller, statement, arguments, limit)
        except RETRIED:
            return await _run_once(request, caller, statement, arguments, limit)
    except (psycopg.Error, UnicodeEncodeError) as error:
        raise problem_from(error, is_signed_in=is_signed_in) from error


async def _run_once(
    request: Request,
    caller: Caller,
    statement: LiteralString,
    arguments: Sequence[Any],
    limit: str | None,
) -> Answer:
    async with as_caller(request, caller, limit) as connection:
        ran = await connection.execute(statement, arguments)
        shape = await connection.execute(_SHAPE)
        row, asked = await ran.fetchone(), await shape.fetchone()
    assert row is not None
    assert asked is not None
    status, headers = asked
    named = {name: str(value) for pair in json.loads(headers or "[]") for name, value in pair.items()}
    return Answer(row, int(status) if status else None, named)


async def service_rows(
    request: Request, statement: LiteralString, arguments: Sequence[Any] = (), *, limit: str | None = None
) -> list[TupleRow]:
    """What a statement of the functions' own work returns, in a transaction of its own, as `service`.

    What it writes says in the audit log by which address and in which call, as a command's rows do.
    `limit` is its statement_timeout. A deadlock or a serialization failure is tried once more, as for a
    command.
    """
    try:
        try:
            return await _service_rows_once(request, statement, arguments, limit)
        except RETRIED:
            return await _service_rows_once(request, statement, arguments, limit)
    except (psycopg.Error, UnicodeEncodeError) as error:
        raise problem_from(error, is_signed_in=True) from error


async def _service_rows_once(
    request: Request, statement: LiteralString, arguments: Sequence[Any], limit: str | None
) -> list[TupleRow]:
    # the route's own path: an address may carry what opens something
    path = getattr(request.scope.get("route"), "path", "")
    async with (
        database_of(request).service.connection() as connection,
        connection.pipeline(),
        connection.transaction(),
    ):
        await connection.execute(_NAMED, (path, request.state.request_id, limit))
        ran = await connection.execute(statement, arguments)
        return await ran.fetchall()


async def service_value(
    request: Request, statement: LiteralString, arguments: Sequence[Any] = (), *, limit: str | None = None
) -> Any:
    """The one value that `service_rows` brings; None when there is no row."""
    rows = await service_rows(request, statement, arguments, limit=limit)
    return rows[0][0] if rows else None


def _headers_passed_on(request: Request) -> dict[str, str]:
    """The request's headers as the pre-request may read them; where it comes from and its id we say."""
    headers = {name: value for name, value in request.headers.items() if name not in NOT_PASSED_ON}
    headers["x-forwarded-for"] = client_address(request)
    headers["x-request-id"] = request.state.request_id
    return headers
