"""Whether a call came from Slack: its signature over the very bytes and the moment, five minutes old at most.

https://api.slack.com/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import re
import time
from typing import Final

from fastapi import Request

OLDEST: Final = 300
MOMENT: Final = re.compile(r"[0-9]{9,11}", re.ASCII)
SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


def is_signed(request: Request, body: bytes, secret: str) -> bool:
    """Checked in constant time. Whatever is malformed is not signed; without a secret nothing is."""
    moment = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    if not secret or not MOMENT.fullmatch(moment) or not SIGNATURE.fullmatch(signature):
        return False
    if abs(time.time() - int(moment)) > OLDEST:
        return False
    expected = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v0={expected}", signature)
