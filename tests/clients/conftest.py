"""What a client library is told of the running copy."""

import secrets
from dataclasses import dataclass, field

import httpx2
import pytest

from tests.stack import Stack


@dataclass(frozen=True)
class Doors:
    """Where the hotel is, nobody's key, the tokens of a manager and a guest, and the guest's booking."""

    url: str
    key: str
    token: str = field(repr=False)
    guest_token: str = field(repr=False)
    booking: str
    sku: str = field(default_factory=lambda: f"lassi-{secrets.token_hex(4)}")
    """An item that is not in the catalogue yet."""


@pytest.fixture
def doors(stack: Stack) -> Doors:
    """The doors of the shared stack."""
    code = stack.link("in_house").code
    opened = httpx2.post(f"{stack.url}/functions/v1/portal-session", json={"code": code})
    with stack.connect() as conn:
        row = conn.execute("select booking_id from portal.codes where code = %s", (code,)).fetchone()
    assert row is not None
    return Doors(
        stack.url,
        stack.settings["STAYBASE_PUBLISHABLE_KEY"],
        stack.token("manager@hamsun.example"),
        opened.json()["access_token"],
        str(row[0]),
    )
