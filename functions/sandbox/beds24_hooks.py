"""Beds24's booking webhooks: unsigned, about once, late, again when nobody took them.

A change is told to the address of its property, with the secret header that was entered there. What is sent
is told by a mode: how late, how often over, or not at all.
"""

import asyncio
import contextlib
import copy
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx2

from functions.sandbox.beds24_books import stamp

TRIES: Final = 3
HEADER: Final = "X-Webhook-Secret"
DEMO_SECRETS: Final = {40001: "sandbox-beds24-webhook-hamsun", 40002: "sandbox-beds24-webhook-alpine"}


@dataclass
class Mode:
    """How the next webhooks go: seconds late, copies beside the first, or lost."""

    late: float = 0.5
    copies: int = 0
    is_lost: bool = False


class Hooks:
    """Tells changes; one task for each."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        public_url = environment.get("STAYBASE_PUBLIC_URL", "").rstrip("/")
        self._own = f"{public_url}/functions/v1/beds24-webhook" if public_url else ""
        self.addresses: dict[int, tuple[str, str]] = {}
        self.mode = Mode()
        self.told: list[dict[str, Any]] = []
        self._client: httpx2.AsyncClient | None = None
        self._telling: set[asyncio.Task[None]] = set()
        self.clear()

    def clear(self) -> None:
        """The demo hotels' addresses, nothing under way, nothing told."""
        for task in self._telling:
            task.cancel()
        self.mode = Mode()
        self.told.clear()
        self.addresses = {number: (self._own, secret) for number, secret in DEMO_SECRETS.items() if self._own}

    async def close(self) -> None:
        for task in list(self._telling):
            task.cancel()
        if self._client is not None:
            await self._client.aclose()

    def tell(self, booking: dict[str, Any]) -> None:
        """Takes a change on, unless it gets lost on the way."""
        known = self.addresses.get(booking["propertyId"])
        if known is None or self.mode.is_lost:
            return
        body = copy.deepcopy(
            {
                "timeStamp": stamp(time.time()),
                "booking": {key: value for key, value in booking.items() if key != "invoiceItems"},
                "invoiceItems": booking.get("invoiceItems", []),
                "infoItems": [],
                "messages": [],
                "retries": 0,
            }
        )
        for _ in range(self.mode.copies + 1):
            task = asyncio.get_running_loop().create_task(self._post(*known, body, self.mode.late))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _post(self, address: str, secret: str, body: dict[str, Any], late: float) -> None:
        if self._client is None:
            self._client = httpx2.AsyncClient(timeout=10, trust_env=False)
        for tried in range(TRIES):
            await asyncio.sleep(late)
            status = 0
            with contextlib.suppress(httpx2.HTTPError):
                status = (
                    await self._client.post(
                        address, json={**body, "retries": tried}, headers={HEADER: secret}
                    )
                ).status_code
            self.told.append({"booking_id": body["booking"]["id"], "status": status, "at": time.time()})
            if 200 <= status < 300:
                return
