"""The page `/sandbox`: guests' phones and Slack channels as they look, live, with the switches beside."""

import asyncio
import base64
import gzip
import hashlib
import time
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse
from jinja2 import Environment, FileSystemLoader

from functions.sandbox import dress
from functions.sandbox.control import GuestMessage, Own, guest_wrote, own_site_only
from functions.sandbox.icons import icon
from functions.sandbox.messages import instant
from functions.sandbox.sandbox import Sandbox
from functions.sandbox.slack_people import FIRST, USERS
from functions.sandbox.switches import Switch
from functions.sandbox.wording import LANGUAGES, preferred, words_in

HERE = Path(__file__).parent / "page"
TOKENS = Path(__file__).parents[1] / "pages" / "static" / "tokens.css"
BUNDLES = {
    "sandbox.css": ((TOKENS, HERE / "sandbox.css"), "text/css"),
    "sandbox.js": ((HERE / "sandbox.js",), "text/javascript"),
    "beds24.css": ((TOKENS, HERE / "beds24.css"), "text/css"),
}
SHOWN = 100  # messages of a conversation
CHANNELS = ("whatsapp", "sms", "slack", "email")
LISTED = 200  # conversations
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FAULTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "fail": ("Fail the next", "the provider answers with an error", {"action": "fail"}),
    "throttle": ("Throttle the next three", "429, try again later", {"action": "throttle", "times": 3}),
    "hang": ("Never answer", "the call hangs until released", {"action": "hang"}),
    "drop": ("Accept, then drop", "stored, but the line is cut", {"action": "accept_then_drop"}),
    "before": (
        "Hold before accepting",
        "nothing is stored yet",
        {"action": "hold", "point": "before_accept"},
    ),
    "after": (
        "Hold after accepting",
        "stored, not yet answered",
        {"action": "hold", "point": "after_accept"},
    ),
    "undelivered": ("Fail on delivery", "accepted, then undelivered", {"action": "undelivered"}),
    "scramble": ("Scramble the ticks", "callbacks in any order", {"action": "scramble"}),
}

router = APIRouter(prefix="/sandbox", include_in_schema=False)


@cache
def asset(name: str) -> tuple[bytes, str, str]:
    """A bundle's bytes, the digest in its address, and its media type."""
    paths, media_type = BUNDLES[name]
    content = b"\n".join(path.read_bytes() for path in paths)
    return content, hashlib.sha256(content).hexdigest()[:12], media_type


@cache
def templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "whatsapp": dress.whatsapp,
        "slack": dress.slack,
        "slack_text": dress.slack_text,
        "plain": dress.plain,
        "glance": dress.glance,
    }
    environment.filters |= {"name": dress.name, "instant": instant}
    environment.globals |= {"people": USERS, "first_person": FIRST}
    environment.globals |= {"icon": icon, "address": lambda name: f"/sandbox/assets/{asset(name)[1]}/{name}"}
    return environment


def fault_of(switch: Switch) -> str:
    """The button's words for an armed switch, or the switch's own name."""
    for words, _, asked in FAULTS.values():
        if asked["action"] == switch.action and asked.get("point", switch.point) == switch.point:
            return words
    return switch.action


def seen(sandbox: Sandbox, chosen: str, show: str, search: str) -> dict[str, Any]:
    """Everything the page shows: the list, the chosen conversation, the switches and held calls."""
    conversations = [
        (message, many)
        for message, many in sandbox.messages.conversations(search.replace(" ", ""), LISTED)
        if show in ("all", message.channel)
    ]
    channel, _, recipient = chosen.partition(":")
    where, values = "true", list[Any]()
    if recipient:
        where, values = "recipient = ? and channel = ?", [recipient, channel]
    elif show != "all":
        where, values = "channel = ?", [show]
    thread = sandbox.messages.select(where, values, limit=SHOWN + 1)
    closes_at = sandbox.windows.closes_at(recipient, time.time()) if channel == "whatsapp" else None
    return {
        "conversations": conversations,
        "chosen": chosen,
        "channel": channel,
        "recipient": recipient,
        "thread": thread[:SHOWN],
        "has_older": len(thread) > SHOWN,
        "closes_at": int(closes_at * 1_000_000) if closes_at else None,
        "show": show,
        "search": search,
        "switches": [(switch, fault_of(switch)) for switch in sandbox.switchboard.switches],
        "holds": sandbox.switchboard.held(),
        "faults": FAULTS,
        "languages": LANGUAGES,
    }


@router.get("")
@router.get("/", include_in_schema=False)
async def page(
    request: Request, sandbox: Own, chat: str = "", show: str = "all", q: str = "", lang: str | None = None
) -> Response:
    """The whole page, or with the header `Sandbox-Part` only what changes while it is open."""
    language = preferred(
        lang or request.cookies.get("sandbox_language"), request.headers.get("accept-language", "")
    )
    name = "live.html" if request.headers.get("sandbox-part") else "page.html"
    html = (
        templates()
        .get_template(name)
        .render(
            **seen(sandbox, chat, show if show in CHANNELS else "all", q),
            t=words_in(language),
            language=language,
            here=request.url.include_query_params().query,
        )
    )
    response = HTMLResponse(html, headers={**HEADERS, "Vary": "Sandbox-Part, Accept-Language, Cookie"})
    if lang in LANGUAGES:
        response.set_cookie("sandbox_language", lang, path="/sandbox", httponly=True, samesite="lax")
    return response


@router.get("/assets/{digest}/{name}")
async def served_asset(request: Request, digest: str, name: str) -> Response:
    if name not in BUNDLES:
        return Response(status_code=404)
    content, present, media_type = asset(name)
    caching = "public, max-age=31536000, immutable" if digest == present else "no-cache"
    headers = {"Cache-Control": caching, "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = gzip.compress(content, mtime=0), "gzip"
    return Response(content, media_type=media_type, headers=headers)


@router.get("/stream")
async def stream(sandbox: Own) -> StreamingResponse:
    """Says `changed` when something did, four times a second at most; the page then asks what it shows."""

    async def events() -> AsyncIterator[str]:
        yield "retry: 2000\n\n"
        async for has_changed in sandbox.bell.listen(at_most_every=0.25, sign_of_life=20):
            yield "event: changed\ndata: {}\n\n" if has_changed else ": still here\n\n"

    return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@router.post("/do", dependencies=[Depends(own_site_only)])
async def do(
    sandbox: Own,
    here: Annotated[str, Form()] = "",
    fault: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "",
    remove: Annotated[int | None, Form()] = None,
    release: Annotated[int | None, Form()] = None,
    cut: Annotated[int | None, Form()] = None,
    write: Annotated[str, Form(max_length=4096)] = "",
    file: Annotated[UploadFile | None, File()] = None,
    reset: Annotated[bool, Form()] = False,
) -> Response:
    """The page's buttons, without a script as well: does one thing and goes back to where the visitor was."""
    board = sandbox.switchboard
    if fault in FAULTS:
        board.add(Switch(id=0, to=to or None, **FAULTS[fault][2]))
    if remove is not None:
        board.remove(remove)
    board.release([hold for hold in board.held() if hold.id == release])
    board.release([hold for hold in board.held() if hold.id == cut], "drop")
    media = await sent_along(file)
    if (write.strip() or media) and to:
        said = {"from": to, "body": write.strip(), "media": media}
        await guest_wrote(sandbox, GuestMessage.model_validate(said))
    if reset:
        sandbox.reset()
    await asyncio.sleep(0)  # lets a released call end before the page is drawn again
    return RedirectResponse(f"/sandbox?{here}" if here else "/sandbox", status_code=303)


async def sent_along(file: UploadFile | None) -> list[dict[str, str]]:
    """The file that was chosen beside the words, as the control API takes it."""
    content = await file.read() if file and file.filename else b""
    if not file or not content:
        return []
    kind = file.content_type or "application/octet-stream"
    return [
        {"name": file.filename or "", "content_type": kind, "content": base64.b64encode(content).decode()}
    ]
