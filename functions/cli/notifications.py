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
SHOWN = 20
"""More lines than these nobody reads: of the rest it is said how many there are."""


def retry(
    settings: Mapping[str, str],
    *,
    everything: bool = False,
    channel: str | None = None,
    message: str | None = None,
    tenant: str | None = None,
) -> Iterator[str]:
    """Queues dead messages again: all, a channel's, a hotel's, or one by its id; once."""
    chosen = [everything, channel is not None, message is not None].count(True)
    if chosen > 1 or not (chosen or tenant) or (message and tenant):
        raise Refusal("Which messages?", "Say --all, --channel whatsapp, --tenant hamsun, or --id of one.")
    if channel is not None and channel not in CHANNELS:
        raise Refusal(f"There is no channel {channel}.", f"Channels: {', '.join(CHANNELS)}.")
    with connect(settings["STAYBASE_OWNER_URL"]) as conn:
        hotels = [
            str(row[0]) for row in conn.execute("select t.slug from public.tenants as t order by t.slug")
        ]
        if tenant is not None and tenant not in hotels:
            raise Refusal(f"There is no hotel {tenant}.", f"Hotels: {', '.join(hotels[:SHOWN])}.")
        rows = conn.execute(
            "select r.id, r.channel, r.event_key, r.tenant, r.outcome from app.retry_dead(%s, %s, %s) as r",
            (channel, known(message), tenant),
        ).fetchall()
    if message is not None and not rows:
        raise Refusal(f"There is no message {message}.", "The page of messages shows their ids.")
    if not rows:
        yield "No message is dead: nothing to send again."
        return
    for number, way, event, hotel, outcome in rows[:SHOWN]:
        what = DONE.get(str(outcome), f"is {outcome}: nothing to retry")
        yield f"{number}  {hotel}  {way}  {event}  {what}"
    if len(rows) > SHOWN:
        yield f"… and {len(rows) - SHOWN} more."
    done = Counter(row[4] for row in rows)
    yield f"{done['queued']} sent again, {len(rows) - done['queued']} left."


def known(message: str | None) -> UUID | None:
    """An id as one."""
    try:
        return None if message is None else UUID(message)
    except ValueError:
        raise Refusal(f"{message} is no id of a message.", "The page of messages shows their ids.") from None
