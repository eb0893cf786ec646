"""What a scanned code leaves on the phone: the code itself, in a cookie: the address forgets it."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request, Response

from functions.identity.qr_codes import scan
from functions.shared.cookies import drop_cookie, put_cookie
from functions.shared.errors import Problem
from functions.shared.settings import get_settings
from functions.shared.tokens import Claims


@dataclass(frozen=True)
class ScannedCode:
    """One kind of code: `name` is its cookie's, `audience` whom it is for, `lasts` how long it is kept."""

    name: str
    audience: str
    lasts: timedelta

    @property
    def cookie(self) -> str:
        """The cookie that holds the code scanned last. `__Host-` needs https."""
        return f"{'__Host-' if get_settings().is_https else ''}staybase_{self.name}"

    def remember(self, response: Response, token: str) -> None:
        """Keeps the code that was scanned."""
        put_cookie(response, self.cookie, token, self.lasts)

    def forget(self, response: Response) -> None:
        """Drops a code that opens nothing any more, or is somebody else's."""
        drop_cookie(response, self.cookie)

    def token(self, request: Request) -> str:
        """The code that this phone scanned last; empty without one."""
        return request.cookies.get(self.cookie, "")

    async def claims(self, request: Request) -> Claims | None:
        """What that code says; None without one, when it is over, or when it is for others."""
        token = self.token(request)
        if not token:
            return None
        try:
            found = await scan(request, token)
        except Problem as fault:
            if fault.status == 429:
                raise
            return None
        return found if found["audience"] == self.audience else None
