"""app.mark_unauthorized, app.reopen_channel: credentials that were rotated kill no message."""

from functions.notify.messages import Accepted, Failed, Unauthorized
from tests.notify.ledger import Ledger

REVOKED = Unauthorized("token_revoked", "HTTP 200")


def house_alerts(ledger: Ledger) -> list[tuple[str, dict[str, str]]]:
    """What stands open for the whole house."""
    return ledger.conn.execute(
        "select kind, details from app.platform_alerts where kind = 'channel_closed' and resolved_at is null"
    ).fetchall()


def minutes_until_sent(ledger: Ledger) -> float:
    return float(
        ledger.value(
            "select max(extract(epoch from send_after - app.now())) / 60"
            " from public.notification_log where state = 'queued'"
        )
    )


def test_every_message_waits_long_and_none_dies(ledger: Ledger) -> None:
    notification = ledger.queue("slack")
    for _ in range(12):
        ledger.time_passes()
        ledger.try_one(REVOKED, "slack")
    row = ledger.row(notification)
    assert (row["state"], row["failure_count"], row["attempt_count"]) == ("queued", 0, 12)
    assert row["error_code"] == "token_revoked"
    assert 10 <= minutes_until_sent(ledger) <= 15
    assert ledger.attempts(notification)[-1]["outcome"] == "failed"


def test_there_is_one_alert_for_the_channel(ledger: Ledger) -> None:
    for _ in range(3):
        ledger.queue("slack")
        ledger.try_one(REVOKED, "slack")
    [alert] = ledger.alerts("channel_closed")
    assert alert["details"] == {"channel": "slack", "error_code": "token_revoked"}
    assert ledger.alerts("notification_dead") == []
    assert house_alerts(ledger) == [("channel_closed", {"channel": "slack", "error_code": "token_revoked"})]


def test_with_the_first_that_is_taken_the_others_go_too(ledger: Ledger) -> None:
    for _ in range(3):
        ledger.queue("slack")
        ledger.try_one(REVOKED, "slack")
    ledger.sent("SM1")
    assert len(house_alerts(ledger)) == 1
    ledger.sent("C1:1", channel="slack")
    assert (ledger.alerts("channel_closed"), house_alerts(ledger)) == ([], [])
    assert minutes_until_sent(ledger) <= 0
    assert len(ledger.claim("slack")) == 3


def test_what_waits_for_another_reason_goes_on_waiting(ledger: Ledger) -> None:
    ledger.queue("slack")
    ledger.try_one(REVOKED, "slack")
    ledger.queue("slack")
    ledger.try_one(Failed("service_unavailable", ""), "slack")
    ledger.sent("C1:1", channel="slack")
    assert len(ledger.claim("slack")) == 1


def test_a_second_time_is_told_anew(ledger: Ledger) -> None:
    for times in (1, 2):
        ledger.queue("slack", dedupe=f"closed {times}")
        ledger.try_one(REVOKED, "slack")
        assert (len(ledger.alerts("channel_closed")), len(house_alerts(ledger))) == (1, 1)
        ledger.sent(f"C1:{times}", channel="slack")
        ledger.try_one(Accepted(f"C2:{times}"), "slack")


def test_an_older_fence_no_longer_counts(ledger: Ledger) -> None:
    notification = ledger.queue("slack")
    [old] = ledger.claim("slack")
    ledger.lease_runs_out()
    ledger.outbox.expire()
    ledger.claim("slack")
    ledger.outbox.connection.execute(
        "select app.mark_unauthorized(%s, %s, %s, 'token_revoked', '')", (old.tenant_id, old.id, old.fence)
    )
    assert ledger.state(notification) == "sending"
    assert ledger.alerts("channel_closed") == []
