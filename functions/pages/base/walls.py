"""Times as people type them, on a property's wall."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def instant(typed: str, zone: ZoneInfo) -> tuple[str, str]:
    """A local time as an instant, and what is wrong with it: `not_a_time`, or `not_on_that_day` when the
    clocks skip it. Of an hour that comes twice the first is meant."""
    try:
        local = datetime.fromisoformat(typed)
    except ValueError:
        return "", "not_a_time"
    if local.tzinfo is None:
        local = local.replace(tzinfo=zone)
        there_and_back = local.astimezone(UTC).astimezone(zone)
        if there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None):
            return "", "not_on_that_day"
    return local.isoformat(), ""
