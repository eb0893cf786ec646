"""Access tokens: JWT, HS256, 15 minutes. What they stand for is checked by `hook.pre_request` on every use."""

import time
from collections.abc import Mapping
from typing import Any, Final

import jwt

from functions.shared.errors import NotSignedIn
from functions.shared.settings import Settings

ALGORITHM: Final = "HS256"
ACCESS_SECONDS: Final = 15 * 60
SESSION_ROLES: Final = frozenset({"guest", "staff", "admin", "kiosk"})
REQUIRED: Final = ["exp", "sub", "role", "session_id", "tenant_id", "aud", "iss"]
_CLAIMS_TOLD: Final = ("role", "sub", "session_id", "tenant_id", "booking_id")

Claims = Mapping[str, Any]


def mint(settings: Settings, session: Claims, lifetime: int = ACCESS_SECONDS) -> tuple[str, int]:
    """A token for a session (role, sub, session_id, tenant_id, a guest's booking_id) and its end in epoch seconds.

    A token never outlives its session: `expires_at` of the session, in epoch seconds, cuts it short.
    """
    now = int(time.time())
    expires = min(now + lifetime, int(session.get("expires_at") or now + lifetime))
    claims = {name: str(session[name]) for name in _CLAIMS_TOLD if session.get(name) is not None}
    claims |= {"aud": settings.jwt_audience, "iss": settings.jwt_issuer}
    token = jwt.encode({**claims, "iat": now, "exp": expires}, settings.jwt_secret, algorithm=ALGORITHM)
    return token, expires


def verify(settings: Settings, token: str) -> Claims:
    """The claims of a token that is ours, whole and not over. Refuses everything else with 401."""
    try:
        claims: Claims = jwt.decode(
            token,
            settings.jwt_secret,
            algorithms=[ALGORITHM],
            audience=settings.jwt_audience,
            issuer=settings.jwt_issuer,
            leeway=0,
            options={"require": REQUIRED, "verify_iat": False},
        )
    except jwt.ExpiredSignatureError:
        raise NotSignedIn("token_expired") from None
    except jwt.MissingRequiredClaimError:
        raise NotSignedIn("token_incomplete") from None
    except (jwt.InvalidAudienceError, jwt.InvalidIssuerError):
        raise NotSignedIn("token_not_for_us") from None
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        raise NotSignedIn("token_not_valid") from None
    if claims["role"] not in SESSION_ROLES:
        raise NotSignedIn("token_not_for_us")
    return claims
