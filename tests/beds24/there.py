"""Beds24 in the tests' words: bookings made and changed there, and what goes wrong."""

import time
from dataclasses import dataclass
from typing import Any

from tests.sandbox.running import RunningSandbox

Document = dict[str, Any]
LONG_AGO = 3600


@dataclass
class There:
    """The sandbox's Beds24. What is changed there was changed a while ago, a second after the last."""

    sandbox: RunningSandbox
    _ago: float = LONG_AGO

    @property
    def api_url(self) -> str:
        return f"{self.sandbox.url}/beds24/v2"

    def invite(self) -> str:
        return str(self.sandbox.control.post("/sandbox/beds24/invite").json()["code"])

    def changed(self, **booking: Any) -> Document:
        """A booking made (without id) or changed there."""
        self._ago -= 1
        answer = self.sandbox.control.post(
            "/sandbox/beds24/bookings", json={"booking": booking, "modified_at": time.time() - self._ago}
        )
        assert answer.status_code == 201, answer.text
        found: Document = answer.json()
        return found

    def made(self, desk: Any, arrives: int = 1, leaves: int = 3, **more: Any) -> Document:
        """A new booking of a loft, by days of the Lodge."""
        return self.changed(
            **{
                "roomId": 50001,
                "unitId": 1,
                "arrival": desk.day(arrives).isoformat(),
                "departure": desk.day(leaves).isoformat(),
                "firstName": "Ada",
                "lastName": "Byron",
                "status": "confirmed",
            }
            | more
        )

    def bookings(self) -> list[Document]:
        found: list[Document] = self.sandbox.control.get("/sandbox/beds24/bookings").json()
        return found

    def items(self) -> list[Document]:
        """All invoice items."""
        return [item for booking in self.bookings() for item in booking["invoiceItems"]]

    def credits(self, left: float, **more: Any) -> None:
        self.sandbox.control.put("/sandbox/beds24/credits", json={"left": left, **more})

    def end_tokens(self, refresh: bool = False) -> None:
        self.sandbox.control.post("/sandbox/beds24/tokens/end", json={"refresh": refresh})
