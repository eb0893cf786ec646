"""app.send_reply and offer_conversation: what members say to a guest who wrote."""

import pytest

from tests.notify.ledger import Ledger
from tests.notify.writing import Guest, quiet_guest
from tests.world import RECEPTION, STRANGER


@pytest.fixture
def guest(ledger: Ledger) -> Guest:
    return quiet_guest(ledger)


def test_a_reply_leaves_as_free_text_while_the_window_is_open(guest: Guest) -> None:
    guest.writes("Is the pool open?")
    request = guest.ledger.value("select id from portal.requests where source = 'whatsapp'")
    say = "select api.add_request_comment(%s, %s, false)"
    with guest.world.member(RECEPTION):
        said = guest.world.value(say, request, "Until ten.")
    assert said["whatsapp_until"] is not None
    sent = guest.ledger.outbox.begin(guest.ledger.claim())
    assert [message.body for message in sent if message.is_free_text] == ["Until ten."]

    guest.ledger.conn.execute("update app.clock set shift = shift + interval '25 hours'")
    with guest.world.member(RECEPTION):
        assert guest.world.value(say, request, "Eleven, even.")["whatsapp_until"] is None
        guest.world.value("select api.offer_conversation(%s)", request)
    waiting = guest.world.rows(
        "select event_key, template_key from public.notification_log"
        " where state = 'queued' and channel = 'whatsapp'"
    )
    assert waiting == [("message_waiting", "message_waiting")]


def test_a_long_reply_is_sent_in_parts_that_arrive_in_order(guest: Guest) -> None:
    guest.writes("Tell me all")
    request = guest.ledger.value("select id from portal.requests where source = 'whatsapp'")
    with guest.world.member(RECEPTION):
        guest.world.value("select api.add_request_comment(%s, %s, false)", request, "y" * 1999)
    parts = guest.world.rows(
        "select length(variables ->> 'body') from public.notification_log"
        " where event_key = 'reply' order by send_after"
    )
    assert parts == [(1500,), (499,)]


def test_a_note_for_the_team_stays_inside(guest: Guest) -> None:
    guest.writes("Hello")
    request = guest.ledger.value("select id from portal.requests where source = 'whatsapp'")
    with guest.world.member(RECEPTION):
        guest.world.value("select api.add_request_comment(%s, 'A regular', true)", request)
    assert guest.ledger.value("select count(*) from public.notification_log where event_key = 'reply'") == 0


def test_members_see_how_far_a_word_goes(guest: Guest) -> None:
    """request_conversation."""
    guest.writes("Hello")
    request = guest.ledger.value("select id from portal.requests where source = 'whatsapp'")

    def reach() -> tuple[bool, bool]:
        with guest.world.member(RECEPTION):
            found = guest.world.value("select api.request_conversation(%s)", request)
        return found["whatsapp_until"] is not None, found["is_suppressed"]

    assert reach() == (True, False)
    guest.writes("STOP ALL")
    guest.ledger.conn.execute("update app.clock set shift = shift + interval '25 hours'")
    assert reach() == (False, True)
    with guest.world.member(STRANGER):
        assert guest.world.value("select api.request_conversation(%s)", request) is None
