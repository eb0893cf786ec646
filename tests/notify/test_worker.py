"""The worker as a process: it wakes, it waits, it ends in order, and one provider never holds up another."""

import os

import pytest
from psycopg import sql

from tests.notify.ledger import Ledger
from tests.notify.workers import Workers, wait_for_state
from tests.sandbox.running import RunningSandbox
from tests.world import wait_for


def is_asleep(ledger: Ledger) -> bool:
    return bool(ledger.value("select is_asleep from notify.workers where kind = 'outbox'"))


def fall_asleep(ledger: Ledger) -> None:
    wait_for(lambda: is_asleep(ledger), "a sleeping worker", 20)


def has_looked_its_last(ledger: Ledger) -> bool:
    """Whether it was quiet for longer than the pauses between its looks: what it sees now, it was told."""
    return bool(
        ledger.value(
            "select clock_timestamp() - state_change > interval '0.3 seconds' from pg_stat_activity"
            " where application_name = 'staybase worker' and datname = current_database() and pid <> %s",
            ledger.outbox.connection.info.backend_pid,
        )
    )


def test_a_sleeping_worker_is_woken_by_the_commit(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox
) -> None:
    workers.start(slow_poll=60)
    fall_asleep(ledger)
    wait_for(lambda: has_looked_its_last(ledger), "the end of its looks")
    notification = ledger.queue()
    wait_for_state(ledger, notification, "sent")
    wait_for(lambda: not is_asleep(ledger), "a worker that is awake")
    assert len(sandbox.messages()) == 1


def test_a_commit_that_saw_it_awake_is_not_overlooked(ledger: Ledger, workers: Workers) -> None:
    workers.start()
    wait_for(lambda: ledger.value("select count(*) from notify.workers") == 1, "a worker", 20)
    with ledger.database.connect() as other, other.transaction():
        other.execute("select app.set_caller(%s)", (ledger.tenant,))
        other.execute(
            "select app.queue_notification('slack', 'request_received', '#kitchen-fsl', 'late',"
            ' \'{"title": "Towels"}\')'
        )
        fall_asleep(ledger)
    wait_for(
        lambda: ledger.value("select state from public.notification_log where dedupe_key = 'late'") == "sent",
        "the late message",
    )


def test_asked_to_end_it_finishes_what_is_under_way(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox
) -> None:
    worker = workers.start()
    sandbox.switch("hold", point="after_accept")
    notification = ledger.queue()
    assert sandbox.held(point="after_accept")
    worker.terminate()
    second = ledger.queue()
    sandbox.release()
    assert worker.wait(20) == 0
    assert ledger.state(notification) == "sent"
    assert ledger.state(second) == "queued"
    assert ledger.value("select count(*) from notify.workers") == 0


def test_a_provider_that_hangs_holds_up_no_other(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox
) -> None:
    workers.start()
    sandbox.switch("hold", provider="slack", times=None)
    for _ in range(12):
        ledger.queue("slack")
    assert sandbox.held(provider="slack", count=8)
    guest_hears = ledger.queue("whatsapp")
    wait_for_state(ledger, guest_hears, "sent", seconds=5)
    assert sandbox.messages(channel="slack") == []
    sandbox.control.delete("/sandbox/switches")


def test_a_lost_connection_is_made_anew_and_what_was_sent_is_marked(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox
) -> None:
    workers.start()
    sandbox.switch("hold", point="after_accept")
    notification = ledger.queue()
    assert sandbox.held(point="after_accept")
    ledger.conn.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'staybase worker'"
        " and datname = current_database() and pid <> %s",
        (ledger.outbox.connection.info.backend_pid,),
    )
    sandbox.release()
    wait_for_state(ledger, notification, "sent")
    after = ledger.queue()
    wait_for_state(ledger, after, "sent")
    assert len(sandbox.messages()) == 2


def test_a_dropped_answer_is_looked_up_and_found(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox
) -> None:
    ledger.hurry()
    sandbox.switch("accept_then_drop", provider="twilio")
    sandbox.switch("accept_then_drop", provider="slack")
    both = [ledger.queue("whatsapp"), ledger.queue("slack")]
    workers.start()
    for notification in both:
        wait_for_state(ledger, notification, "sent")
    assert len(sandbox.messages()) == 2


def test_throttled_and_failed_ones_arrive_in_the_end(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox
) -> None:
    ledger.hurry()
    sandbox.switch("throttle", provider="twilio", retry_after=0)
    sandbox.switch("fail", provider="twilio", times=2)
    notification = ledger.queue()
    workers.start()
    wait_for_state(ledger, notification, "sent")
    assert len(sandbox.messages()) == 1
    outcomes = [attempt["outcome"] for attempt in ledger.attempts(notification)]
    assert sorted(outcomes) == ["accepted", "failed", "failed", "throttled"]


def test_two_workers_send_each_message_once(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox
) -> None:
    for number in range(60):
        ledger.queue("slack" if number % 2 else "whatsapp", title=f"Order {number}")
    workers.start()
    workers.start()
    wait_for(
        lambda: ledger.value("select count(*) from public.notification_log where state <> 'sent'") == 0,
        "the last message",
        20,
    )
    assert len({message["notification_id"] for message in sandbox.messages()}) == 60
    assert len(sandbox.messages()) == 60


@pytest.mark.parametrize(
    "stumbling",
    [
        "before insert on public.notification_attempts for each row when (new.notification_id = {})",
        "before update on public.notification_log for each row when (new.id = {} and new.state = 'sent')",
    ],
    ids=["begun", "sent"],
)
def test_a_message_that_the_database_refuses_holds_up_no_other(
    ledger: Ledger, workers: Workers, sandbox: RunningSandbox, stumbling: str
) -> None:
    refused, others = ledger.queue(), [ledger.queue("slack"), ledger.queue(), ledger.queue()]
    ledger.conn.execute(
        "create function public.stumble() returns trigger language plpgsql"
        " as $$ begin raise exception 'No.' using errcode = 'PT422'; end $$"
    )
    ledger.conn.execute(
        sql.SQL("create trigger stumbles " + stumbling + " execute function public.stumble()").format(
            sql.Literal(str(refused))
        )
    )
    workers.start()
    for other in [*others, ledger.queue()]:
        wait_for_state(ledger, other, "sent")
    assert ledger.state(refused) != "sent"


def test_its_log_names_no_guest(ledger: Ledger, workers: Workers, sandbox: RunningSandbox) -> None:
    sandbox.switch("fail", times=1)
    notification = ledger.queue(title="A secret wish")
    worker = workers.start()
    wait_for_state(ledger, notification, "sent")
    assert workers.stop(worker) == 0
    for secret in (
        "A secret wish",
        "Ana",
        "+1202",
        "FSL-1042",
        os.environ.get("TWILIO_AUTH_TOKEN") or "sandbox-twilio",
    ):
        assert secret not in workers.log
