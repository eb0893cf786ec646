"""Writes that a cookie vouches for must come from our own pages."""

from urllib.parse import urlsplit

from starlette.requests import Request

from functions.shared.errors import RequestRefused
from functions.shared.settings import Settings

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def require_same_origin(request: Request, settings: Settings) -> None:
    """Refuses a write that our own page did not send, by Sec-Fetch-Site or else by Origin."""
    if request.method not in READING and not _is_from_our_pages(request, settings):
        raise not_ours()


def refuse_other_sites(request: Request, settings: Settings, method: str | None = None) -> None:
    """Refuses a browser sent by another site that is no tenant's kiosk or widget; programs pass.

    The method is the request's own, or of the call that it is asked about.
    """
    if request.scope.get("state", {}).get("is_known_origin") or (method or request.method) in READING:
        return
    is_browser = "sec-fetch-site" in request.headers or "origin" in request.headers
    if is_browser and not _is_from_our_pages(request, settings):
        raise not_ours()


def _is_from_our_pages(request: Request, settings: Settings) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin", "")
    return bool(origin) and is_our_own(origin, request, settings)


def not_ours() -> RequestRefused:
    """The refusal of a write that came from elsewhere."""
    return RequestRefused(
        403, "origin_not_ours", "This was not sent by our own page.", "Open the page again and try there."
    )


def is_our_own(origin: str, request: Request, settings: Settings) -> bool:
    """Whether an origin is this one, as it is published or as it was just asked for."""
    return origin == _origin_of(settings.public_url) or _host_of(origin) == request.headers.get("host")


def _host_of(origin: str) -> str | None:
    """Host and port as written in an origin; None for an origin that is none."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
