"""Putting the panes together: the whole page, or only the parts that changed."""

import asyncio
from dataclasses import dataclass, field
from uuid import uuid4

from fastapi import Request, Response

from functions.pages.base.reader import Row
from functions.pages.base.refusals import Said
from functions.pages.base.rendering import render
from functions.pages.inbox import reads
from functions.pages.inbox.fields import Field
from functions.pages.inbox.reads import Opened
from functions.pages.inbox.rows import ListRow
from functions.pages.inbox.sight import Sight
from functions.pages.inbox.visitor import Desk
from functions.pages.portal.draft import Draft
from functions.pages.portal.menu_draft import MenuDraft


@dataclass(frozen=True)
class Form:
    """An action that asks for something, opened. `expected` is the status it was rendered with."""

    action: Row
    expected: str
    fields: list[Field]


@dataclass(frozen=True)
class Pane:
    """The detail pane: a request, the form that is open, and what has to be said about the last attempt."""

    opened: Opened
    form: Form | None = None
    overtaken_by: Row | None = None
    """The move that came first."""
    was_tried: bool = False
    """Whether the member's own tap came second; else a form is open that has been overtaken."""
    refused: Said | None = None
    comment: str = ""
    """A comment that was typed and not taken."""
    key: str = field(default_factory=lambda: str(uuid4()))
    """Of the comment box: sent twice, it is one comment."""


@dataclass(frozen=True)
class Task:
    """The form of a task. `key` makes it one task however often it is sent."""

    key: str
    typed: dict[str, str]
    rooms: list[Row]
    members: list[Row]
    refused: Said | None = None
    lacks_title: bool = False


@dataclass(frozen=True)
class GuestForm:
    """A request type's form, filled in for a guest. `items` are the shelf it takes from."""

    kind: Row
    draft: Draft
    items: list[Row]
    fields: list[Field]


@dataclass(frozen=True)
class MenuForm:
    """A menu's order, filled in for a guest; times are those of `zone`."""

    menu: Row
    draft: MenuDraft
    zone: str


@dataclass(frozen=True)
class ForGuest:
    """What is done in a guest's stead: first who, then what, then the form."""

    guests: list[Row] = field(default_factory=list)
    words: str = ""
    """What the guests were searched for with."""
    booking: Row | None = None
    kinds: list[Row] = field(default_factory=list)
    form: GuestForm | None = None
    menus: list[Row] = field(default_factory=list)
    menu: MenuForm | None = None
    messages: list[Row] = field(default_factory=list)
    """What was sent to the guest lately, newest first."""
    folio: Row | None = None
    under_way: list[Row] = field(default_factory=list)
    """What the guest asked for that is still to be done, newest first."""
    zone: str = "UTC"
    """Where times of the stay are told."""
    refused: Said | None = None
    saved: bool = False


@dataclass
class Changes:
    """What a live update or a finished form puts into the page."""

    rows: list[ListRow] = field(default_factory=list)
    """Rows that the page shows and that stay, with new words."""
    arrived: list[ListRow] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Requests that the sight no longer holds."""
    pane: Pane | None = None
    resets_form: bool = False
    resets_comment: bool = False
    done: str = ""
    """What was done, for the notice at the foot: `acted`, `undone`, `noted`, `sent`, `offered`, `again`."""


async def whole(
    request: Request,
    desk: Desk,
    sight: Sight,
    *,
    pane: Pane | None = None,
    task: Task | None = None,
    helping: ForGuest | None = None,
    alerts: list[Row] | None = None,
    before: str = "",
    status: int = 200,
) -> Response:
    """The page with all its panes."""
    page, numbers, teams, notices = await asyncio.gather(
        reads.page(desk, sight, before),
        reads.counts(desk, sight),
        reads.teams(desk),
        desk.reader.rows("my_notices", order="at.desc"),
    )
    return render(
        request,
        "inbox/inbox.html",
        language=desk.language,
        status=status,
        desk=desk,
        sight=sight,
        page=page,
        counts=numbers,
        teams=teams,
        pane=pane,
        task=task,
        helping=helping,
        alerts=alerts,
        notices=notices,
        before=before,
        selected=pane.opened.request["id"] if pane else "",
    )


def detail(request: Request, desk: Desk, sight: Sight, pane: Pane, *, status: int = 200) -> Response:
    """The detail pane alone."""
    return render(
        request,
        "inbox/_pane.html",
        language=desk.language,
        status=status,
        desk=desk,
        sight=sight,
        pane=pane,
    )


def form(request: Request, desk: Desk, sight: Sight, pane: Pane) -> Response:
    """The form of an action alone."""
    return render(request, "inbox/_form.html", language=desk.language, desk=desk, sight=sight, pane=pane)


async def changed(
    request: Request, desk: Desk, sight: Sight, changes: Changes, *, status: int = 200, selected: str = ""
) -> Response:
    """The parts that changed, each naming where it goes."""
    numbers, teams = await asyncio.gather(reads.counts(desk, sight), reads.teams(desk))
    return render(
        request,
        "inbox/_changed.html",
        language=desk.language,
        status=status,
        desk=desk,
        sight=sight,
        changes=changes,
        counts=numbers,
        teams=teams,
        selected=selected,
    )
