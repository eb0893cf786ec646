"""What a guest sent with a message, for whoever may read the request."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from functions.pages.base.reader import Refusal
from functions.pages.inbox.visitor import ConsoleRoute, Member
from functions.shared.files import FileMissing, own_files

SHOWN_IN_PLACE = {"image/jpeg", "image/png", "image/gif", "image/webp"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
}

router = APIRouter(
    prefix="/app/inbox/requests/{request_id}/attachments", route_class=ConsoleRoute, include_in_schema=False
)


@router.get("/{attachment_id}")
async def show(request: Request, desk: Member, request_id: UUID, attachment_id: UUID) -> Response:
    """The file. Pictures are shown, all else is saved: nothing that was sent is run."""
    row = await desk.reader.row(
        "request_attachments", id=f"eq.{attachment_id}", request_id=f"eq.{request_id}", state="eq.kept"
    )
    if row is None:
        raise Refusal(404, "attachment_not_found")
    try:
        content = await run_in_threadpool(
            own_files().get, UUID(desk.caller.claims["tenant_id"]), attachment_id
        )
    except FileMissing:
        raise Refusal(404, "attachment_not_found") from None
    kind = str(row["content_type"])
    place = "inline" if kind in SHOWN_IN_PLACE else "attachment"
    named = f'{place}; filename="{row["number"]}.{kind.partition("/")[2]}"'
    return Response(content, media_type=kind, headers=HEADERS | {"Content-Disposition": named})
