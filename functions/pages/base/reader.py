"""Reading views and calling commands through PostgREST, as the visitor.

Pages hold no database connection. `reader(request, token)` gives a small client that carries the visitor's
own token, so that row level security decides what a page can show.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import httpx2
from fastapi import Request

from functions.shared.addresses import client_address
from functions.shared.settings import get_settings

Row: TypeAlias = dict[str, Any]
SENTENCE = re.compile(r"[A-Z“«¿¡].* .*[.!?]")
FOR_PROGRAMS = re.compile(r"[a-z]_[a-z]|[a-z]:[a-z]|[{}\[\]]|JSON")


class Refusal(Exception):
    """What came back instead of an answer, in the one error shape.

    `message` is a sentence for people, `slug` the stable name of the rule (`details` on the wire), `hint`
    says what to do or names alternatives, `retry_after` is in seconds.
    """

    def __init__(
        self, status: int, slug: str = "", message: str = "", hint: str = "", *, retry_after: int = 0
    ) -> None:
        super().__init__(f"{status} {slug}")
        self.status, self.slug, self.message, self.hint = status, slug, message, hint
        self.retry_after = retry_after

    @property
    def advice(self) -> str:
        """The hint, where it is meant for people."""
        return for_people(self.hint)


def for_people(hint: str | None) -> str:
    """A hint if it is a sentence; names of fields and what else only programs read are left out."""
    text = (hint or "").strip()
    return text if SENTENCE.fullmatch(text) and not FOR_PROGRAMS.search(text) else ""


@cache
def client() -> httpx2.AsyncClient:
    """One kept-alive client for the process."""
    return httpx2.AsyncClient(
        base_url=get_settings().postgrest_url,
        timeout=httpx2.Timeout(15, connect=2),
        limits=httpx2.Limits(max_connections=64, max_keepalive_connections=32),
    )


async def close() -> None:
    """Close the client when the process ends."""
    await client().aclose()
    client.cache_clear()


@dataclass(frozen=True)
class Reader:
    """PostgREST as one visitor sees it; without a token as anyone does."""

    token: str | None
    address: str
    request_id: str

    async def rows(self, view: str, **parameters: str) -> list[Row]:
        """Rows of a view; parameters are PostgREST's (`select="id,number"`, `id="eq.…"`, `limit="50"`)."""
        rows: list[Row] = await self._ask("GET", f"/{view}", parameters=parameters)
        return rows

    async def row(self, view: str, **parameters: str) -> Row | None:
        """The first row, or None when there is none that the visitor may see."""
        rows = await self.rows(view, **parameters, limit="1")
        return rows[0] if rows else None

    async def get(self, function: str, **arguments: str) -> Any:
        """A reading function, by GET."""
        return await self._ask("GET", f"/rpc/{function}", parameters=arguments)

    async def call(self, function: str, **arguments: Any) -> Any:
        """A command, by POST."""
        return await self._ask("POST", f"/rpc/{function}", body=arguments)

    async def add(self, view: str, row: Row) -> Row:
        """A new row of a list that is plain settings, as it came to be."""
        made: list[Row] = await self._ask("POST", f"/{view}", body=row, prefer="return=representation")
        return made[0]

    async def change(self, view: str, row_id: str, fields: Row) -> None:
        """Other values in one row of such a list; a row that the visitor may not change is not found."""
        changed = await self._ask(
            "PATCH",
            f"/{view}",
            parameters={"id": f"eq.{row_id}"},
            body=fields,
            prefer="return=representation",
        )
        if not changed:
            raise Refusal(404, "row_not_found")

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        parameters: dict[str, str] | None = None,
        body: Any = None,
        prefer: str = "",
    ) -> Any:
        headers = {"X-Forwarded-For": self.address, "X-Request-Id": self.request_id}
        if prefer:
            headers["Prefer"] = prefer
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = await client().request(method, path, params=parameters, json=body, headers=headers)
        except httpx2.TransportError as fault:
            raise Refusal(503, "data_api_unreachable") from fault
        if answer.is_error:
            raise refusal(answer)
        return answer.json() if answer.content else None


def refusal(answer: httpx2.Response) -> Refusal:
    """The refusal in an answer, whatever its body turns out to be."""
    try:
        body = answer.json()
    except ValueError:
        body = {}
    if not isinstance(body, dict):
        body = {}
    if str(body.get("code")).startswith("22"):
        # PostgreSQL could not read a value; its words are for programs
        return Refusal(answer.status_code, "value_not_readable")
    wait = answer.headers.get("Retry-After", "")
    return Refusal(
        answer.status_code,
        str(body.get("details") or body.get("code") or ""),
        str(body.get("message") or ""),
        str(body.get("hint") or ""),
        retry_after=int(wait) if wait.isdigit() else 0,
    )


def reader(request: Request, token: str | None) -> Reader:
    """The reader for this request, which passes on where the visitor calls from and under which id."""
    return Reader(token, client_address(request), request.state.request_id)
