"""The story of a request, oldest first: what was asked, what moved, what was said, who was told."""

from collections.abc import Iterator
from typing import Any, Final, Literal, TypedDict

from functions.pages.base.reader import Row

Kind = Literal["asked", "moved", "said", "told", "sent"]


WITHDRAWN: Final = "card_renewed_again"


class Moment(TypedDict):
    """One thing that happened. `what` is the row it comes from, `given` what an action was given."""

    kind: Kind
    at: str
    what: Row
    given: dict[str, Any]


def story(
    request: Row, moves: list[Row], comments: list[Row], messages: list[Row], files: list[Row]
) -> list[Moment]:
    """All of it in order; at the same instant what was asked comes before what followed."""
    moments = [*asked(request, moves), *said(comments), *sent(files), *told(messages)]
    return sorted(moments, key=lambda moment: moment["at"])


def asked(request: Row, moves: list[Row]) -> Iterator[Moment]:
    by = next((move["actor_name"] for move in moves if move["from_status"] is None), None)
    yield {"kind": "asked", "at": request["created_at"], "what": request, "given": {"by": by}}
    for move in moves:
        if move["from_status"] is not None:
            yield {"kind": "moved", "at": move["at"], "what": move, "given": given(move)}


def said(comments: list[Row]) -> Iterator[Moment]:
    for comment in comments:
        yield {"kind": "said", "at": comment["created_at"], "what": comment, "given": {}}


def sent(files: list[Row]) -> Iterator[Moment]:
    for file in files:
        yield {"kind": "sent", "at": file["created_at"], "what": file, "given": {}}


def told(messages: list[Row]) -> Iterator[Moment]:
    for message in messages:
        # a card that a newer one overtook before it left says nothing of its own
        if message["error_code"] == WITHDRAWN:
            continue
        yield {"kind": "told", "at": message["created_at"], "what": message, "given": {}}


def last_move(moves: list[Row]) -> Row | None:
    """The latest change of status; `moves` are in the order in which they came about."""
    changes = [move for move in moves if move["from_status"] is not None]
    return changes[-1] if changes else None


def given(move: Row) -> dict[str, Any]:
    """What was given with an action, as far as it reads well: who it was given to is said elsewhere."""
    return {key: value for key, value in (move["input"] or {}).items() if key != "assignee" and value}
