"""A mail as its reader's program would show it, and the files that came with it."""

from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import HTMLResponse

from functions.sandbox.control import Own

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

router = APIRouter(prefix="/sandbox/mail", include_in_schema=False)


@router.get("/{number}")
async def html(sandbox: Own, number: int) -> HTMLResponse:
    """The HTML of a mail; it may fetch nothing and run nothing."""
    found = sandbox.messages.select("n = ? and channel = 'email'", [number], limit=1)
    shown = (found[0].detail or {}).get("html") if found else None
    if not shown:
        raise HTTPException(404, "There is no such mail, or it has no HTML.")
    return HTMLResponse(shown, headers=HEADERS)


@router.get("/{number}/{position}")
async def attachment(sandbox: Own, number: int, position: int) -> Response:
    """A file that came with a mail."""
    found = sandbox.messages.file(number, position)
    if found is None:
        raise HTTPException(404, "There is no such file.")
    name, media_type, content = found
    plain = "".join(letter if letter.isalnum() or letter in ".-_ " else "_" for letter in name)
    return Response(
        content,
        media_type=media_type,
        headers=HEADERS
        | {"Content-Disposition": f'inline; filename="{plain.encode("ascii", "replace").decode()}"'},
    )
