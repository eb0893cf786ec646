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


@pytest.mark.parametrize(("language", "content_id"), [("en", "HX1"), ("es", "HX2"), ("ur", None)])
def test_the_content_id_is_that_of_its_language(
    ledger: Ledger, language: str, content_id: str | None
) -> None:
    notification = ledger.queue()
    ledger.conn.execute("update public.notification_log set language = %s", (language,))
    ledger.conn.execute('update notify.templates set content_ids = \'{"en": "HX1", "es": "HX2"}\'')
    asked = "select content_id from app.notification_contents(array[%s]::uuid[], array[%s]::uuid[])"
    read = ledger.outbox.connection.execute(asked, (ledger.tenant, notification)).fetchall()
    assert read == [(content_id,)]


def test_under_another_tenant_there_is_no_such_notification(ledger: Ledger) -> None:
    notification = ledger.queue()
    assert ledger.outbox.connection.execute(CONTENTS, (ledger.stranger, notification)).fetchall() == []


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "engine"])
def test_only_the_worker_reads_it(ledger: Ledger, role: str) -> None:
    function = "app.notification_contents(uuid[], uuid[])"
    assert not ledger.value("select has_function_privilege(%s, %s, 'execute')", role, function)
