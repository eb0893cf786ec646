"""app.begin_attempts: the attempt row that is committed before the call."""

from functions.notify.messages import Claim
from tests.notify.ledger import GUEST_PHONE, Ledger


def test_an_attempt_is_written_before_the_message_is_handed_out(ledger: Ledger) -> None:
    notification = ledger.queue()
    [message] = ledger.outbox.begin(ledger.claim())
    [attempt] = ledger.attempts(notification)
    assert (attempt["outcome"], attempt["number"], attempt["fence"]) == ("open", 1, message.fence)
    assert (message.recipient, message.content_name) == (GUEST_PHONE, "staybase_request_done")
    assert message.sender is not None


def test_a_lease_that_ran_out_begins_nothing(ledger: Ledger) -> None:
    notification = ledger.queue()
    claims = ledger.claim()
    ledger.lease_runs_out()
    assert ledger.outbox.begin(claims) == []
    assert ledger.attempts(notification) == []


def test_an_older_fence_begins_nothing(ledger: Ledger) -> None:
    ledger.queue()
    [claim] = ledger.claim()
    assert ledger.outbox.begin([Claim(claim.tenant_id, claim.id, claim.fence - 1)]) == []


def test_a_template_that_was_paused_meanwhile_does_not_leave_and_somebody_hears(ledger: Ledger) -> None:
    notification = ledger.queue()
    ledger.queue()
    ledger.conn.execute("update notify.templates set status = 'paused' where key = 'request_done'")
    assert ledger.outbox.begin(ledger.claim()) == []
    row = ledger.row(notification)
    assert (row["state"], row["error_code"]) == ("suppressed", "template_not_approved")
    [alert] = ledger.alerts("template_not_approved")
    assert alert["details"] == {"template": "request_done"}
