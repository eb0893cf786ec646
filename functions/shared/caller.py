"""A session as its token states it, whoever found it: a cookie of a page or the bearer token of a program."""

from dataclasses import dataclass

from functions.shared.tokens import Claims


@dataclass(frozen=True, slots=True)
class Caller:
    """A session as its token states it; `hook.pre_request` holds it against the session's row each time."""

    role: str
    claims: Claims
    token: str | None

    @property
    def expires_at(self) -> int:
        """End of the token, in epoch seconds."""
        return int(self.claims["exp"])

    @property
    def session_id(self) -> str:
        """The session's row."""
        return str(self.claims["session_id"])

    @property
    def tenant_id(self) -> str:
        """The tenant the session belongs to; empty for the platform's own people."""
        return str(self.claims.get("tenant_id", ""))

    @property
    def booking_id(self) -> str | None:
        """A guest's booking."""
        return self.claims.get("booking_id")


ANONYMOUS = Caller("anon", {}, None)
