"""Styles and scripts, served from here alone: bundled in memory, named by digest, cached for a year.

A page loads one style sheet and at most one script. htmx and its stream extension come from `node_modules`;
everything else lies in `static/`. A changed file has a new address, so nothing ever needs to be revalidated.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from functions.pages.base.colours import accent_sheet

STATIC = Path(__file__).parent.parent / "static"
HTMX = Path(__file__).parents[3] / "node_modules" / "htmx.org" / "dist"

BUNDLES: dict[str, tuple[Path, ...]] = {
    "guest.css": (STATIC / "tokens.css", STATIC / "base.css", STATIC / "guest.css"),
    "staff.css": (STATIC / "tokens.css", STATIC / "base.css", STATIC / "staff.css"),
    "admin.css": (
        STATIC / "tokens.css",
        STATIC / "base.css",
        STATIC / "staff.css",
        STATIC / "admin.css",
        STATIC / "access.css",
        STATIC / "integrity.css",
        STATIC / "privacy.css",
        STATIC / "settings.css",
        STATIC / "templates.css",
        STATIC / "clock.css",
    ),
    "codes.css": (
        STATIC / "tokens.css",
        STATIC / "base.css",
        STATIC / "staff.css",
        STATIC / "admin.css",
        STATIC / "codes.css",
    ),
    "kitchen.css": (
        STATIC / "tokens.css",
        STATIC / "base.css",
        STATIC / "staff.css",
        STATIC / "admin.css",
        STATIC / "codes.css",
        STATIC / "kitchen.css",
    ),
    "print.js": (STATIC / "print.js",),
    "kitchen.js": (
        HTMX / "htmx.min.js",
        HTMX / "ext" / "hx-sse.min.js",
        STATIC / "live.js",
        STATIC / "print.js",
    ),
    "guest.js": (
        HTMX / "htmx.min.js",
        HTMX / "ext" / "hx-sse.min.js",
        STATIC / "live.js",
        STATIC / "guest.js",
    ),
    "staff.js": (
        HTMX / "htmx.min.js",
        HTMX / "ext" / "hx-sse.min.js",
        HTMX / "ext" / "hx-upsert.min.js",
        STATIC / "live.js",
        STATIC / "staff.js",
    ),
    "icon.svg": (STATIC / "icon.svg",),
}
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_A_YEAR = "public, max-age=31536000, immutable"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: its bytes, the same compressed, and the digest in its address."""

    content: bytes
    zipped: bytes
    digest: str
    media_type: str


@cache
def load(name: str) -> Asset:
    content = b"\n".join(path.read_bytes() for path in BUNDLES[name] if path.exists())
    content = re.sub(rb"^//# sourceMappingURL=.*$", b"", content, flags=re.MULTILINE)
    return Asset(
        content=content,
        zipped=gzip.compress(content, 9, mtime=0),
        digest=hashlib.sha256(content).hexdigest()[:12],
        media_type=MEDIA_TYPES[Path(name).suffix],
    )


def address(name: str) -> str:
    """Where a page finds a bundle; an unknown one fails when the page is rendered, not in the browser."""
    return f"/static/{load(name).digest}/{name}"


@router.get("/static/accent/{colour}.css")
async def accent(colour: str) -> Response:
    """A property's own colour, made readable on light and on dark."""
    sheet = accent_sheet(colour)
    if sheet is None:
        return Response(status_code=404)
    return Response(sheet, media_type="text/css", headers={"Cache-Control": FOR_A_YEAR})


@router.get("/static/{digest}/{name}")
async def asset(request: Request, digest: str, name: str) -> Response:
    """A bundle. An old digest gets the present file, without the promise that it never changes."""
    if name not in BUNDLES:
        return Response(status_code=404)
    found = load(name)
    headers = {
        "Cache-Control": FOR_A_YEAR if digest == found.digest else "no-cache",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(found.zipped, media_type=found.media_type, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)


@router.get("/favicon.ico")
async def favicon(request: Request) -> Response:
    return await asset(request, load("icon.svg").digest, "icon.svg")
