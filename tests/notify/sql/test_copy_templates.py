"""app.copy_templates, app.approve_template: a changed text never silences the approved one."""

from typing import Any

import pytest

from tests.notify.ledger import Ledger
from tests.notify.sql.test_notify_guest import tell

NEW = "Dear {{guest_first_name}}, all done."


def seeded(ledger: Ledger, text: str = NEW) -> None:
    """The reference has another English text for request_done, with one variable only."""
    ledger.conn.execute(
        "update app.reference_data set data = data || jsonb_build_object("
        "'bodies', jsonb_build_object('en', %s::text),"
        '\'variables\', \'[{"name": "guest_first_name", "type": "text", "sample": "Ana"}]\'::jsonb)'
        " where kind = 'templates' and key = 'request_done'",
        (text,),
    )
    ledger.conn.execute("select app.copy_reference(%s)", (ledger.tenant,))


def template(ledger: Ledger, what: str) -> Any:
    return ledger.value(
        f"select {what} from notify.templates where tenant_id = %s and key = 'request_done'", ledger.tenant
    )


@pytest.fixture
def named(ledger: Ledger) -> Ledger:
    """The tenant's own content id is known."""
    ledger.conn.execute(
        "update notify.templates set content_ids = '{\"en\": \"HXold\"}' where key = 'request_done'"
    )
    return ledger


def test_guests_hear_the_approved_text_until_the_new_one_is_approved(named: Ledger) -> None:
    before = template(named, "bodies")
    seeded(named)
    assert template(named, "status") == "approved"
    assert template(named, "bodies") == before
    told = tell(named, "Marutani", "request_done", "a")
    [message] = named.outbox.begin(named.claim())
    assert (told["state"], message.content_id) == ("queued", "HXold")
    assert message.body == before["en"]


def test_approved_it_is_what_guests_hear(named: Ledger) -> None:
    seeded(named)
    named.conn.execute(
        "select app.approve_template(%s, 'whatsapp', 'request_done', '{\"en\": \"HXnew\"}')", (named.tenant,)
    )
    assert template(named, "bodies") == {"en": NEW}
    assert template(named, "content_ids") == {"en": "HXnew"}
    assert template(named, "pending") is None
    assert len(template(named, "variables")) == 1


def test_a_second_new_text_replaces_the_one_that_waits(ledger: Ledger) -> None:
    seeded(ledger)
    seeded(ledger, "Newer still, {{guest_first_name}}.")
    assert template(ledger, "pending -> 'bodies' ->> 'en'") == "Newer still, {{guest_first_name}}."


def test_copied_again_nothing_changes(ledger: Ledger) -> None:
    seeded(ledger)
    before = template(ledger, "updated_at")
    ledger.conn.execute("select app.copy_reference(%s)", (ledger.tenant,))
    assert template(ledger, "updated_at") == before


@pytest.mark.parametrize("status", ["draft", "submitted", "rejected", "paused"])
def test_a_text_that_nobody_hears_is_simply_replaced(ledger: Ledger, status: str) -> None:
    ledger.conn.execute("update notify.templates set status = %s where key = 'request_done'", (status,))
    seeded(ledger)
    assert template(ledger, "status") == "draft"
    assert template(ledger, "bodies") == {"en": NEW}


def test_an_edited_text_stays_its_hotels_own(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.templates set reference_digest = null where key = 'request_done'")
    before = template(ledger, "bodies")
    seeded(ledger)
    assert (template(ledger, "bodies"), template(ledger, "pending")) == (before, None)


def test_approval_closes_the_alert(ledger: Ledger) -> None:
    ledger.conn.execute("update notify.templates set status = 'paused' where key = 'request_done'")
    tell(ledger, "Marutani", "request_done", "b")
    assert len(ledger.alerts("template_not_approved")) == 1
    ledger.conn.execute("select app.approve_template(%s, 'whatsapp', 'request_done')", (ledger.tenant,))
    assert ledger.alerts("template_not_approved") == []
    assert tell(ledger, "Marutani", "request_done", "c")["state"] == "queued"


def test_what_leaves_by_mail_needs_nobodys_approval(ledger: Ledger) -> None:
    ledger.conn.execute(
        "update app.reference_data set data = jsonb_set(data, '{subjects,en}', '\"News\"')"
        " where kind = 'templates' and key = 'booking_confirmation'"
    )
    ledger.conn.execute("select app.copy_reference(%s)", (ledger.tenant,))
    found = ledger.conn.execute(
        "select status, subjects ->> 'en', pending from notify.templates"
        " where tenant_id = %s and channel = 'email' and key = 'booking_confirmation'",
        (ledger.tenant,),
    ).fetchone()
    assert found == ("approved", "News", None)
