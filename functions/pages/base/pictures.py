"""Pictures of properties, for everybody who may see a page: a guest at the door has no session yet.

Each picture has an address of its own, for good: a phone fetches it once.
"""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from functions.pages.base.assets import FOR_A_YEAR
from functions.shared.files import FileMissing, Files, own_files

HEADERS: Final = {
    "Cache-Control": FOR_A_YEAR,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}

router = APIRouter(include_in_schema=False)


def pictures() -> Files:
    """Where they lie: apart from what guests have sent."""
    return own_files().shelf("pictures")


@router.get("/static/pictures/{tenant_id}/{name}")
async def show(tenant_id: str, name: str) -> Response:
    """A property's picture."""
    try:
        whose, which = UUID(tenant_id), UUID(name.removesuffix(".jpg"))
        content = await run_in_threadpool(pictures().get, whose, which)
    except (ValueError, FileMissing):
        return Response(status_code=404)
    return Response(content, media_type="image/jpeg", headers=HEADERS)
