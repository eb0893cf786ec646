"""app.notify_team: a Slack message to a team of a property."""

from typing import Any

from psycopg.types.json import Jsonb

from tests.notify.ledger import Ledger


def tell(ledger: Ledger, team: str, dedupe: str, house: str = "FSL", **variables: Any) -> dict[str, Any]:
    ledger.as_engine(
        "select app.notify_team(%s, %s, 'request_received', %s, null, %s)",
        ledger.property_id(house),
        team,
        Jsonb(variables),
        dedupe,
    )
    key = f"team:{team}:{dedupe}"
    return ledger.row(ledger.value("select id from public.notification_log where dedupe_key = %s", key))


def test_each_house_has_its_own_channel(ledger: Ledger) -> None:
    assert tell(ledger, "kitchen", "a")["recipient"] == "#kitchen-fsl"
    assert tell(ledger, "kitchen", "b", house="CLF")["recipient"] == "#kitchen-clf"


def test_what_was_ordered_reads_in_the_houses_language(ledger: Ledger) -> None:
    lines = [{"quantity": 2, "name": {"en": "Towel", "es": "Toalla"}}]
    assert tell(ledger, "kitchen", "c", lines=lines)["variables"]["lines"] == [
        {"quantity": 2, "name": "Towel"}
    ]
    told = tell(ledger, "kitchen", "d", house="EXT", lines=lines)
    assert told["variables"]["lines"][0]["name"] == ("Toalla" if told["language"] == "es" else "Towel")


def test_times_are_the_houses_own(ledger: Ledger) -> None:
    told = tell(ledger, "transport", "e", scheduled_for="2026-04-26T01:10:00+00:00")
    assert told["variables"]["scheduled_for"] == "Sunday 26 April, 06:10"


def test_a_team_without_a_channel_raises_an_alert(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.teams set slack_channel = null where key = 'kitchen'")
    told = tell(ledger, "kitchen", "f")
    tell(ledger, "kitchen", "g")
    assert (told["state"], told["error_code"]) == ("suppressed", "team_has_no_channel")
    assert len(ledger.alerts("team_has_no_channel")) == 1


def test_guest_and_team_hear_of_the_same_event(ledger: Ledger) -> None:
    booking = ledger.booking_of("Marutani")
    ledger.as_engine("select app.notify_guest(%s, 'request_done', '{}', null, 'same')", booking)
    assert tell(ledger, "kitchen", "same")["state"] == "queued"
