"""app.notification_contents: what the worker hands to a channel."""

import pytest

from tests.notify.ledger import GUEST_PHONE, Ledger

CONTENTS = (
    "select recipient, event_key, body is not null, lease_left > 0"
    " from app.notification_contents(array[%s]::uuid[], array[%s]::uuid[])"
)


def test_it_joins_template_and_lease(ledger: Ledger) -> None:
    notification = ledger.queue()
    read = ledger.outbox.connection.execute(CONTENTS, (ledger.tenant, notification)).fetchall()
    assert read == [(GUEST_PHONE, "request_done", True, None)]
    ledger.claim()
    read = ledger.outbox.connection.execute(CONTENTS, (ledger.tenant, notification)).fetchall()
    assert read == [(GUEST_PHONE, "request_done", True, True)]


def test_under_another_tenant_there_is_no_such_notification(ledger: Ledger) -> None:
    notification = ledger.queue()
    assert ledger.outbox.connection.execute(CONTENTS, (ledger.stranger, notification)).fetchall() == []


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "engine"])
def test_only_the_worker_reads_it(ledger: Ledger, role: str) -> None:
    function = "app.notification_contents(uuid[], uuid[])"
    assert not ledger.value("select has_function_privilege(%s, %s, 'execute')", role, function)
