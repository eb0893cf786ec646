"""The control API below `/sandbox`: what arrived, switches, held calls, templates, channels, the guest."""

import base64
import time
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, HTTPException, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from functions.sandbox.guests import Sent
from functions.sandbox.messages import Message, instant, microseconds
from functions.sandbox.sandbox import Sandbox
from functions.sandbox.switches import Action, Hold, Operation, Provider, Switch, plain

A_SECOND = 1_000_000
MOST_LISTED = 20_000


async def own_site_only(request: Request) -> None:
    """Another site's page must not turn switches in a developer's browser."""
    if request.method != "GET" and request.headers.get("sec-fetch-site", "same-origin") == "cross-site":
        raise HTTPException(403, "Only the sandbox's own pages and programs may change it.")


def of(request: Request) -> Sandbox:
    sandbox: Sandbox = request.app.state.sandbox
    return sandbox


Own = Annotated[Sandbox, Depends(of)]
router = APIRouter(prefix="/sandbox", dependencies=[Depends(own_site_only)])


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewSwitch(Asked):
    """A switch as it is asked for; `times` null means until it is removed."""

    action: Action
    provider: Provider | None = None
    operation: Operation = "create"
    to: str | None = None
    times: int | None = Field(1, ge=1)
    point: Literal["before_accept", "after_accept"] = "before_accept"
    status: int | None = Field(None, ge=400, le=599)
    code: str | None = None
    retry_after: int = Field(1, ge=0)


class Release(Asked):
    then: Literal["answer", "drop"] = "answer"


class GuestFile(Asked):
    """A file beside the words, its bytes in base64."""

    name: str = Field(max_length=200)
    content_type: str = Field(max_length=100)
    content: str = Field(max_length=24_000_000)


class GuestMessage(Asked):
    """What a guest writes; `to` is the hotel's number, by default the one that wrote to them last."""

    sender: str = Field(alias="from", pattern=r"^(whatsapp:)?\+[1-9]\d{6,14}$")
    to: str | None = Field(None, pattern=r"^(whatsapp:)?\+[1-9]\d{6,14}$")
    body: str = Field("", max_length=4096)
    at: datetime | None = None
    media: list[GuestFile] = Field([], max_length=100)


class NewTemplate(Asked):
    friendly_name: str
    language: str = "en"
    body: str | None = None
    variables: dict[str, str] = {}
    types: dict[str, dict[str, Any]] = {}


class ChannelList(Asked):
    names: list[str] | None


class NewPace(Asked):
    factor: float = Field(1.0, ge=0, le=100)
    per_second: float = Field(50.0, gt=0, le=10_000)


class Reset(Asked):
    templates: bool = False


def as_json(message: Message) -> dict[str, Any]:
    """One message of the list: the same shape for every channel."""
    detail = message.detail or {}
    return {
        "channel": message.channel,
        "to": message.recipient,
        "from": message.sender,
        "body": message.body,
        "notification_id": message.notification_id,
        "tenant_id": message.tenant_id,
        "at": instant(message.at).isoformat(timespec="microseconds"),
        "subject": detail.get("subject"),
        "attachments": detail.get("attachments"),
        "template": detail.get("template"),
        "template_sid": detail.get("template_sid"),
        "language": detail.get("language"),
        "variables": detail.get("variables"),
        "buttons": detail.get("buttons"),
        "blocks": detail.get("blocks"),
        "provider_id": message.provider_id,
        "status": message.status,
        "error_code": message.error_code,
    }


@router.get("/messages")
async def messages(
    sandbox: Own,
    channel: str | None = None,
    to: str | None = None,
    since: datetime | None = None,
    notification_id: str | None = None,
    direction: Literal["outbound", "inbound"] = "outbound",
    limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = 1000,
) -> list[dict[str, Any]]:
    """What the providers received, newest first; `to` with or without `whatsapp:` or `#`."""
    conditions, values = ["is_inbound = ?"], list[Any]([direction == "inbound"])
    if channel:
        conditions.append("channel = ?")
        values.append(channel)
    if to:
        conditions.append("recipient in (?, ?)")
        values += [plain(to), "#" + plain(to)]
    if since:
        conditions.append("at >= ?")
        values.append(int(since.timestamp() * A_SECOND))
    if notification_id:
        conditions.append("notification_id = ?")
        values.append(notification_id.lower())
    return [
        as_json(found) for found in sandbox.messages.select(" and ".join(conditions), values, limit=limit)
    ]


@router.get("/switches")
async def switches(sandbox: Own) -> list[Switch]:
    return sandbox.switchboard.switches


@router.post("/switches", status_code=201)
async def add_switch(sandbox: Own, asked: NewSwitch) -> Switch:
    return sandbox.switchboard.add(Switch(id=0, **asked.model_dump()))


@router.delete("/switches", status_code=204)
async def remove_all_switches(sandbox: Own) -> None:
    """Removes every switch and lets every held call go on."""
    sandbox.switchboard.clear()


@router.delete("/switches/{switch_id}", status_code=204)
async def remove_switch(sandbox: Own, switch_id: int) -> None:
    if not sandbox.switchboard.remove(switch_id):
        raise HTTPException(404, "There is no such switch; it may have been used up.")


def hold_as_json(hold: Hold) -> dict[str, Any]:
    return {
        key: getattr(hold, key) for key in ("id", "point", "provider", "to", "notification_id", "provider_id")
    }


@router.get("/holds")
async def holds(
    sandbox: Own,
    point: str | None = None,
    provider: str | None = None,
    to: str | None = None,
    count: Annotated[int, Query(ge=1)] = 1,
    wait: Annotated[float, Query(ge=0, le=60)] = 0,
) -> list[dict[str, Any]]:
    """The calls held now; with `wait` the answer comes as soon as there are `count` of them."""
    found = await sandbox.switchboard.wait_held(point, provider, to, count, wait)
    return [hold_as_json(hold) for hold in found]


@router.post("/holds/release")
async def release_all(sandbox: Own, asked: Annotated[Release | None, Body()] = None) -> dict[str, int]:
    then = asked.then if asked else "answer"
    return {"released": sandbox.switchboard.release(sandbox.switchboard.held(), then)}


@router.post("/holds/{hold_id}/release")
async def release(
    sandbox: Own, hold_id: int, asked: Annotated[Release | None, Body()] = None
) -> dict[str, int]:
    hold = sandbox.switchboard.holds.get(hold_id)
    if hold is None:
        raise HTTPException(404, "No call is held under this number; its client may have gone away.")
    return {"released": sandbox.switchboard.release([hold], asked.then if asked else "answer")}


@router.post("/inbound", status_code=201)
async def guest_wrote(sandbox: Own, asked: GuestMessage) -> dict[str, Any]:
    """A guest writes on WhatsApp: it shows on the page, opens the 24-hour window and reaches the hotel.

    `heard` is the status of the hotel's answer; null: nobody was there to hear it.
    """
    guest = plain(asked.sender)
    at = int(asked.at.timestamp() * A_SECOND) if asked.at else microseconds()
    hotel = plain(asked.to) if asked.to else last_writer(sandbox, guest)
    if hotel is None:
        raise HTTPException(
            422, "The hotel has never written to this guest; say `to` which number they write."
        )
    files = [
        Sent(file.name, file.content_type, base64.b64decode(file.content, validate=True))
        for file in asked.media
    ]
    message, heard = await sandbox.guests.write(guest, hotel, asked.body, at, files)
    return {
        "provider_id": message.provider_id,
        "to": hotel,
        "window_closes_at": instant(at + 24 * 60 * 60 * A_SECOND).isoformat(),
        "heard": heard,
    }


def last_writer(sandbox: Sandbox, guest: str) -> str | None:
    written = sandbox.messages.select("recipient = ? and channel = 'whatsapp'", [guest], limit=1)
    return written[0].sender if written else None


@router.get("/templates")
async def templates(sandbox: Own) -> list[dict[str, Any]]:
    return [asdict(template) for template in sandbox.templates.all()]


@router.post("/templates", status_code=201)
async def register_template(sandbox: Own, asked: NewTemplate) -> dict[str, Any]:
    """As the Content API; a bare `body` is a `twilio/text`. The same content again keeps its SID."""
    types = asked.types or ({"twilio/text": {"body": asked.body}} if asked.body else {})
    if not types:
        raise HTTPException(422, "A template needs a `body` or `types`.")
    return asdict(sandbox.templates.register(asked.friendly_name, asked.language, asked.variables, types))


@router.get("/channels")
async def channels(sandbox: Own) -> list[dict[str, str]]:
    return [{"id": identifier, "name": name} for identifier, name in sandbox.channels.all()]


@router.put("/channels", status_code=204)
async def tell_channels(sandbox: Own, asked: ChannelList) -> None:
    """From now on exactly these exist; null: every well-formed name does."""
    sandbox.channels.tell(asked.names)


@router.get("/callbacks")
async def pace(sandbox: Own) -> dict[str, float]:
    return {**asdict(sandbox.callbacks.pace), "waiting": sandbox.callbacks.waiting}


@router.put("/callbacks", status_code=204)
async def set_pace(sandbox: Own, asked: NewPace) -> None:
    sandbox.callbacks.pace.factor = asked.factor
    sandbox.callbacks.pace.per_second = asked.per_second


@router.post("/reset", status_code=204)
async def reset(sandbox: Own, asked: Annotated[Reset | None, Body()] = None) -> Response:
    """No messages, switches, held calls, windows or untold callbacks; templates stay unless named."""
    sandbox.reset(with_templates=asked is not None and asked.templates)
    return Response(status_code=204)


@router.get("/health")
async def health(sandbox: Own) -> dict[str, Any]:
    return {
        "ok": True,
        "messages": sandbox.messages.count(),
        "at": time.time(),
        "mail_port": sandbox.mail.port,
    }
