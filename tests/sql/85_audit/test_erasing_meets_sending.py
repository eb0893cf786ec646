"""A guest is forgotten while a message to them is on its way: what comes back of it is forgotten too."""

from typing import Any

import pytest

from tests.world import OWNER, Refused, World

PHONE = "+12025550105"
LEFT = "select state, recipient, error_message from public.notification_log where id = %s"
WORDS = "select error_message from public.notification_attempts where notification_id = %s"
BEGIN = "select app.begin_attempts(array[%s], array[%s], array[%s])"
FAILED = "select app.mark_failed(%s, %s, %s, '20500', %s, false)"
COMES_BACK = {
    "failed": FAILED,
    "failed for good": "select app.mark_failed(%s, %s, %s, '21610', %s, true)",
    "not let in": "select app.mark_unauthorized(%s, %s, %s, '20003', %s)",
    "unknown": "select app.mark_unknown(%s, %s, %s, 'no_answer', %s)",
}
NOBODYS = (
    "select (select count(*) from portal.requests as r where r.details ? 'guest_not_reached')"
    " + (select count(*) from public.alerts where kind like 'notification%%')"
    " + (select count(*) from notify.suppressions)"
    " + (select count(*) from public.notification_log where state = 'queued' and recipient = '•••')"
)


@pytest.fixture
def claimed(undone: World) -> Any:
    """A message that a worker holds: its tenant, its id, the fence."""
    booking = undone.booking("Lindqvist")
    undone.conn.execute("update public.notification_log set state = 'cancelled' where state = 'queued'")
    undone.conn.execute("update public.guests set phone = %s where last_name = 'Lindqvist'", (PHONE,))
    with undone.owner():
        undone.conn.execute("select app.set_caller(tenant_id) from public.bookings where id = %s", (booking,))
        undone.value("select app.notify_guest(%s, 'feedback_request', '{}', null, 'late')", booking)
    claim = "select c.tenant_id, c.id, c.fence from app.claim_notifications('{whatsapp}', '{9}') as c"
    [held] = undone.rows(claim)
    return held


def erase(world: World) -> None:
    guest = world.value("select guest_id from public.bookings where id = %s", world.booking("Lindqvist"))
    with world.member(OWNER):
        world.value("select api.erase_guest(%s)", guest)


@pytest.mark.parametrize("report", COMES_BACK.values(), ids=COMES_BACK)
def test_a_try_under_way_leaves_nothing_behind(undone: World, claimed: Any, report: str) -> None:
    before = undone.value(NOBODYS)
    undone.value(BEGIN, *claimed)
    erase(undone)
    for _ in range(2):
        undone.value(report, *claimed, f"{PHONE} is away")
        assert undone.rows(LEFT, claimed[1]) == [("cancelled", "•••", None)]
        assert undone.rows(WORDS, claimed[1]) == [(None,)]
    assert undone.value(NOBODYS) == before


def test_a_try_that_was_given_up_before_leaves_nothing_either(undone: World, claimed: Any) -> None:
    undone.value(BEGIN, *claimed)
    undone.value("select app.mark_unknown(%s, %s, %s, 'lease_expired', null)", *claimed)
    erase(undone)
    undone.value(FAILED, *claimed, f"{PHONE} is away")
    assert undone.rows(LEFT, claimed[1]) == [("cancelled", "•••", None)]
    assert undone.rows(WORDS, claimed[1]) == [(None,)]


def test_one_that_was_not_begun_never_leaves(undone: World, claimed: Any) -> None:
    erase(undone)
    assert undone.value(BEGIN, *claimed) is None
    undone.conn.execute("update public.notification_log set lease_until = 'epoch' where state = 'sending'")
    undone.value("select app.expire_leases()")
    assert undone.rows(LEFT, claimed[1]) == [("cancelled", "•••", None)]


def test_one_that_turns_out_not_to_have_arrived_is_led_no_further(undone: World, claimed: Any) -> None:
    undone.value(BEGIN, *claimed)
    undone.value("select app.mark_sent(array[%s], array[%s], array[%s], array['SM late'])", *claimed)
    erase(undone)
    tenant, message, _ = claimed
    before = undone.value("select count(*) from public.notification_log")
    undone.value("select app.record_callback(%s, %s, 'SM late', 'failed', '63024')", tenant, message)
    assert undone.rows(LEFT, message) == [("failed", "•••", None)]
    assert undone.value("select count(*) from public.notification_log") == before


def test_it_is_not_sent_again(undone: World, claimed: Any) -> None:
    undone.value(BEGIN, *claimed)
    undone.value("select app.mark_failed(%s, %s, %s, '21211', null, true)", *claimed)
    erase(undone)
    message = claimed[1]
    assert undone.rows(LEFT, message) == [("dead", "•••", None)]
    with pytest.raises(Refused) as refused, undone.member(OWNER):
        undone.value("select api.replay_notification(%s)", message)
    assert (refused.value.slug, refused.value.code) == ("notification_not_replayable", "PT409")
    assert undone.value("select r.outcome from app.retry_dead(null, %s) as r", message) == "forgotten"
    assert undone.rows(LEFT, message) == [("dead", "•••", None)]
