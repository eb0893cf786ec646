"""app.resolve_sending_alerts: what a message proves by being taken is no alert any more."""

from functions.notify.messages import Accepted
from tests.notify.ledger import Ledger
from tests.notify.sql import test_notify_guest, test_notify_team


def test_a_template_that_is_heard_again(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.templates set status = 'paused' where key = 'request_done'")
    test_notify_guest.tell(ledger, "Marutani", "request_done", "a")
    ledger.conn.execute("update notify.templates set status = 'approved'")
    ledger.sent("SM1", event="request_received")
    assert len(ledger.alerts("template_not_approved")) == 1
    ledger.sent("SM2", event="request_done")
    assert ledger.alerts("template_not_approved") == []


def test_a_team_that_has_a_channel_again(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.teams set slack_channel = null where key = 'kitchen'")
    test_notify_team.tell(ledger, "kitchen", "b")
    test_notify_team.tell(ledger, "kitchen", "c", house="CLF")
    ledger.conn.execute("update notify.teams set slack_channel = '#kitchen-fsl' where key = 'kitchen'")
    test_notify_team.tell(ledger, "kitchen", "d")
    ledger.try_one(Accepted("C1:1"), "slack")
    [alert] = ledger.alerts("team_has_no_channel")
    assert alert["property_id"] == ledger.property_id("CLF")


def test_another_hotels_alert_stands(ledger: Ledger) -> None:
    for tenant in (ledger.tenant, ledger.stranger):
        ledger.as_engine("select app.raise_template_alert(%s, 'request_done')", tenant, tenant=tenant)
    ledger.sent("SM1", event="request_done")
    assert [alert["tenant_id"] for alert in ledger.alerts("template_not_approved")] == [ledger.stranger]
