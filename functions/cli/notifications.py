"""`notifications retry`: what was given up leaves again; whoever has the machine decides. A line for each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from uuid import UUID

from functions.cli.migrate import connect
from functions.cli.refusal import Refusal

CHANNELS = ("whatsapp", "sms", "email", "slack")
DONE = {
    "queued": "is sent again",
    "reached": "is left: the guest was reached another way",
}


def retry(
    settings: Mapping[str, str], *, everything: bool, channel: str | None, message: str | None
) -> Iterator[str]:
    """Queues dead messages again: all, a channel's, or one by its id. A second time there is nothing left."""
    if [everything, channel is not None, message is not None].count(True) != 1:
        raise Refusal("Which messages?", "Say --all, --channel whatsapp, or --id of one.")
    if channel is not None and channel not in CHANNELS:
        raise Refusal(f"There is no channel {channel}.", f"Channels: {', '.join(CHANNELS)}.")
    with connect(settings["STAYBASE_OWNER_URL"]) as conn:
        rows = conn.execute(
            "select r.id, r.channel, r.event_key, r.tenant, r.outcome from app.retry_dead(%s, %s) as r",
            (channel, known(message)),
        ).fetchall()
    if message is not None and not rows:
        raise Refusal(f"There is no message {message}.", "The page of messages shows their ids.")
    for number, way, event, tenant, outcome in rows:
        what = DONE.get(str(outcome), f"is {outcome}: nothing to retry")
        yield f"{number}  {tenant}  {way}  {event}  {what}"
    done = Counter(row[4] for row in rows)
    yield f"{done['queued']} sent again, {len(rows) - done['queued']} left."


def known(message: str | None) -> UUID | None:
    """An id as one."""
    try:
        return None if message is None else UUID(message)
    except ValueError:
        raise Refusal(f"{message} is no id of a message.", "The page of messages shows their ids.") from None
