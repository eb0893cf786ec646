"""A member who is signed in, whichever their door: who they are, where they work, what is worth showing."""

from dataclasses import dataclass
from typing import Self

from fastapi import Request

from functions.pages.base.reader import Reader, Refusal, Row, reader
from functions.shared.caller import Caller


@dataclass(frozen=True)
class SignedInMember:
    """The member, the reader that carries their token, and the request being answered."""

    request: Request
    caller: Caller
    reader: Reader
    me: Row

    @classmethod
    async def of(cls, request: Request, visitor: Caller | None) -> Self:
        """The member behind the cookie; without one the refusal that the sign-in page answers."""
        if visitor is None:
            raise Refusal(401, "token_missing")
        reads = reader(request, visitor.token)
        me = await reads.row("me")
        if me is None:
            raise Refusal(401, "token_missing")
        return cls(request, visitor, reads, me)

    @property
    def language(self) -> str:
        return str(self.me["language"])

    @property
    def properties(self) -> list[Row]:
        """Where the member works: `{id, code, name, time_zone, currency}` each."""
        return list(self.me["properties"] or [])

    def zone(self, property_id: str | None = None) -> str:
        """The time zone of a property, or of the first one that the member has."""
        zones = {each["id"]: str(each["time_zone"]) for each in self.properties}
        return zones.get(property_id or "", next(iter(zones.values()), "UTC"))

    def may(self, permission: str) -> bool:
        """Whether something is worth showing; always without one. What is allowed the command decides."""
        return not permission or permission in (self.me["permissions"] or [])
