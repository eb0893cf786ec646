"""A phone that is off, counted at the provider: one text message, one mail, and no more once it is on."""

from collections import Counter

from tests.notify.ladder import CALLBACK, told
from tests.notify.ledger import Ledger
from tests.notify.workers import Workers
from tests.sandbox.running import RunningSandbox
from tests.world import wait_for

ONLY = "update app.job_plans set is_on = false where job <> 'follow_unheard'"
LATER = "update app.clock set shift = shift + interval '16 minutes'"
WAITING = "select count(*) from public.notification_log where state in ('queued', 'sending')"


def test_each_way_is_taken_once_however_often_it_ticks(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox
) -> None:
    ledger.conn.execute("select app.plan_jobs(p) from public.properties as p")
    ledger.conn.execute(ONLY)
    first = told(ledger, event="request_cancelled")
    told(ledger, "b", event="folio_charge_posted")
    workers.start()
    for expected in ({"whatsapp": 2}, {"whatsapp": 2, "sms": 1}, {"whatsapp": 2, "sms": 1, "email": 1}):
        wait_for(lambda: ledger.value(WAITING) == 0, "everything to be sent", 20)
        assert counted(sandbox) == expected
        ledger.conn.execute(LATER)
        for _ in range(2):
            ledger.conn.execute("select app.tick()")
    sid = ledger.row(first)["provider_id"]
    ledger.outbox.connection.execute(CALLBACK, (ledger.tenant, first, sid, "delivered", None))
    ledger.conn.execute(LATER)
    ledger.conn.execute("select app.tick()")
    assert ledger.value(WAITING) == 0
    assert counted(sandbox) == {"whatsapp": 2, "sms": 1, "email": 1}
    assert ledger.state(first) == "delivered"


def counted(sandbox: RunningSandbox) -> Counter[str]:
    """What the providers took, by channel."""
    return Counter(message["channel"] for message in sandbox.messages())
