"""Access tokens: JWT, HS256, 15 minutes. What they stand for `hook.pre_request` checks on every use."""

import json
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import jwt
import jwt.utils

from functions.shared.errors import NotSignedIn
from functions.shared.settings import Settings

ALGORITHM: Final = "HS256"
ACCESS_SECONDS: Final = 15 * 60
SESSION_ROLES: Final = frozenset({"guest", "staff", "admin", "kiosk", "platform"})
REQUIRED: Final = ["exp", "sub", "role", "session_id", "aud", "iss"]
_CLAIMS_TOLD: Final = ("role", "sub", "session_id", "tenant_id", "booking_id", "device_table", "jti")

Claims = Mapping[str, Any]


def mint(settings: Settings, session: Claims, lifetime: int = ACCESS_SECONDS) -> tuple[str, Claims]:
    """A token for a session and its claims. It never outlives the session.

    The session is what `app.open_…_session` answers: role, sub, session_id, tenant_id (but for the platform's
    own people), a guest's booking_id, a kiosk's device_table and jti,
    and expires_at in ISO 8601.
    """
    now = int(time.time())
    ends = session.get("expires_at")
    last = int(datetime.fromisoformat(ends).timestamp()) if ends else now + lifetime
    claims: dict[str, Any] = {name: session[name] for name in _CLAIMS_TOLD if session.get(name) is not None}
    claims |= {"aud": settings.jwt_audience, "iss": settings.jwt_issuer}
    claims |= {"iat": now, "exp": min(now + lifetime, last)}
    return jwt.encode(claims, settings.jwt_secret, algorithm=ALGORITHM), claims


def verify(settings: Settings, token: str) -> Claims:
    """The claims of a token that is ours, whole and not over. Refuses everything else with 401."""
    try:
        refuse_ambiguous(token)
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
    role = claims["role"]
    if not isinstance(role, str) or role not in SESSION_ROLES:
        raise NotSignedIn("token_not_for_us")
    if role != "platform" and "tenant_id" not in claims:
        raise NotSignedIn("token_incomplete")
    return claims


def refuse_ambiguous(token: str) -> None:
    """Raises ValueError for a token that names a key (ours do not) or says a claim twice."""
    head, payload = (jwt.utils.base64url_decode(part) for part in token.split(".")[:2])
    if "kid" in json.loads(head, object_pairs_hook=_each_once):
        raise ValueError("another's key")
    json.loads(payload, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("said twice")
    return dict(pairs)
