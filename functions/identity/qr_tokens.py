"""What stands in a QR code: a bare secret, or, in a login code, a signed token that carries it."""

import re
import time
from datetime import datetime
from typing import Any, Final

import jwt

from functions.shared.callers import digest_of_secret
from functions.shared.errors import Problem, RequestRefused
from functions.shared.settings import Settings
from functions.shared.tokens import ALGORITHM, Claims

AUDIENCE: Final = "staybase-qr"
MOST_CHARACTERS: Final = 2000
_BARE: Final = re.compile(r"[A-Za-z0-9_-]{32}")
_REFUSALS: Final = {
    "expired": ("This code is no longer valid.", "Ask reception for a new one."),
    "used": ("This code has been used already.", "It opens once; ask reception for a new one."),
    "revoked": ("This code was withdrawn.", "Ask reception for a new one."),
    "unknown": ("This code opens nothing.", "Scan it again, or ask reception for a new one."),
}


def sign(settings: Settings, code: Claims) -> str:
    """A login code as its guest gets it. Its audience is no session's: it opens nothing by itself."""
    claims = {
        "aud": AUDIENCE,
        "hotelId": code["tenant_id"],
        "guestId": code["guest_id"],
        "roomId": code["room_id"],
        "tokenId": code["secret"],
        "iat": int(time.time()),
        "exp": int(datetime.fromisoformat(code["expires_at"]).timestamp()),
    }
    return jwt.encode(claims, settings.jwt_secret, algorithm=ALGORITHM)


def digest_of(settings: Settings, token: str) -> bytes:
    """What the database knows of a token that was scanned.

    What is forged gives a digest that nothing has, so that it is counted like any wrong try; whether the code
    is over is the question of its row.
    """
    return digest_of_secret(_secret_in(settings, token) or f"not ours: {token}")


def refusal(found: Claims) -> Problem:
    """The answer to a code that did not open anything."""
    outcome = str(found["outcome"])
    if outcome == "throttled":
        return Problem(
            429,
            "too_many_tries",
            "Too many tries.",
            "Wait a little, then scan the code again.",
            headers={"Retry-After": str(found["retry_after"])},
        )
    if outcome == "not_identified":
        return Problem(
            403,
            "identity_not_confirmed",
            "That is not what the booking says.",
            "Try the last name as it stands on the booking, or the last characters of your document.",
        )
    return RequestRefused(400, f"qr_code_{outcome}", *_REFUSALS[outcome])


def _secret_in(settings: Settings, token: str) -> str | None:
    if _BARE.fullmatch(token):
        return token
    if token.count(".") != 2 or len(token) > MOST_CHARACTERS:
        return None
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            settings.jwt_secret,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"require": ["aud", "exp", "tokenId"], "verify_exp": False, "verify_iat": False},
        )
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        return None
    secret = claims["tokenId"]
    return secret if isinstance(secret, str) else None
