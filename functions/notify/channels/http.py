"""HTTP for Twilio's SDK: pooled, with timeouts, without retries, and exact about what an error means.

The SDK's own client has no timeout by default, hides Retry-After, and is the dearest part of a call.
"""

import json
import threading
from typing import Any
from urllib.parse import urlencode

import urllib3
from twilio.http import HttpClient
from twilio.http.response import Response


class PooledHttp(HttpClient):  # type: ignore[misc]
    """One connection pool for all threads."""

    def __init__(self, timeout: float, connections: int) -> None:
        self.timeout = timeout
        self.is_async = False
        self._answered = threading.local()
        self._pool = urllib3.PoolManager(
            num_pools=4,
            maxsize=connections,
            block=False,
            retries=False,
            timeout=urllib3.Timeout(connect=min(timeout, 3.0), read=timeout),
        )

    @property
    def retry_after(self) -> float | None:
        """Seconds that this thread's last answer asked to wait."""
        try:
            return float(self._answered.retry_after)
        except (AttributeError, TypeError, ValueError):
            return None

    def request(
        self,
        method: str,
        url: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """One call, as the SDK asks for it. Raises urllib3's errors."""
        sent = dict(headers or {})
        if auth:
            sent |= urllib3.make_headers(basic_auth=f"{auth[0]}:{auth[1]}")
        body = None
        if data:
            is_json = sent.get("Content-Type") == "application/json"
            body = json.dumps(data) if is_json else urlencode(data, doseq=True)
        address = f"{url}?{urlencode(params, doseq=True)}" if params else url
        answer = self._pool.request(method, address, body=body, headers=sent, redirect=allow_redirects)
        self._answered.retry_after = answer.headers.get("Retry-After")
        return Response(answer.status, answer.data.decode("utf-8", "replace"), answer.headers)
