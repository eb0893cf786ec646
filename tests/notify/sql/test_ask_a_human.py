"""app.ask_a_human: an unknown row waits until somebody decides."""

from uuid import UUID

import pytest

from functions.notify.messages import Accepted, Unknown
from tests.notify.ledger import Ledger


def ask(ledger: Ledger, notification: UUID, because: str = "several_candidates") -> None:
    ledger.outbox.connection.execute(
        "select app.ask_a_human(%s, %s, %s)", (ledger.tenant, notification, because)
    )


def unknown(ledger: Ledger) -> UUID:
    notification = ledger.queue()
    ledger.try_one(Unknown("no_answer", "ReadTimeoutError"))
    return notification


def test_it_is_looked_up_no_more_and_an_alert_stands(ledger: Ledger) -> None:
    notification = unknown(ledger)
    ask(ledger, notification)
    row = ledger.row(notification)
    assert (row["state"], row["error_code"], row["next_lookup_at"]) == ("unknown", "several_candidates", None)
    ledger.time_passes()
    assert ledger.outbox.claim_lookups(5) == []
    [alert] = ledger.alerts("notification_unknown")
    assert alert["details"] == {"notification_id": str(notification), "because": "several_candidates"}
    assert alert["severity"] == "high"


def test_asked_twice_one_alert_stands(ledger: Ledger) -> None:
    notification = unknown(ledger)
    ask(ledger, notification)
    ask(ledger, notification, "not_found_again")
    assert len(ledger.alerts("notification_unknown")) == 1


def test_what_is_known_needs_nobody(ledger: Ledger) -> None:
    notification = ledger.queue()
    ask(ledger, notification)
    ledger.try_one(Accepted("SM1"))
    ask(ledger, notification)
    assert ledger.state(notification) == "sent"
    assert ledger.alerts("notification_unknown") == []


def test_the_alert_carries_no_personal_data(ledger: Ledger) -> None:
    ask(ledger, unknown(ledger))
    [alert] = ledger.alerts("notification_unknown")
    assert "Ana" not in str(alert["details"]) + alert["subject"]
    assert "+1202" not in str(alert["details"]) + alert["subject"]


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "engine"])
def test_only_the_worker_calls_it(ledger: Ledger, role: str) -> None:
    assert not ledger.value(
        "select has_function_privilege(%s, 'app.ask_a_human(uuid, uuid, text)', 'execute')", role
    )
