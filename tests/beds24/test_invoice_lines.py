"""What is posted at a folio stands at Beds24's invoice, once, whatever happens on the way."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from functions.beds24.desk import Desk
from functions.notify.channels.beds24 import Beds24
from functions.notify.messages import LookedUp, LookupFailed, Sent
from functions.notify.outbox import Outbox
from functions.notify.settings import WorkerSettings
from tests.beds24.there import There
from tests.channel_manager import ChannelManager
from tests.house import Database

STATES = (
    "select state, error_code from public.notification_log where channel = 'beds24' order by created_at, id"
)


class Copies:
    """A worker's lane for Beds24, driven by hand."""

    def __init__(self, database: Database, there: There) -> None:
        self.outbox = Outbox(database.service_url, uuid.uuid4())
        self.channel = Beds24(
            WorkerSettings(
                service_url=database.service_url, public_url="", twilio_account_sid="", twilio_auth_token="",
                twilio_api_url="", whatsapp_from="", slack_bot_token="", slack_api_url="",
                beds24_api_url=there.api_url, provider_timeout=1,
            )
        )  # fmt: skip

    def send(self) -> int:
        """What is due now is sent; how many."""
        messages = self.outbox.begin(self.outbox.claim({"beds24": 20}))
        for message in messages:
            self.outbox.mark([Sent(message.claim, self.channel.send(message))])
        return len(messages)

    def look_up(self) -> None:
        """What is unknown is asked for."""
        for lookup, message in self.outbox.claim_lookups(20):
            try:
                found: list[str] | None = self.channel.look_up(message, datetime.now().astimezone())
            except LookupFailed:
                found = None
            self.outbox.settle(LookedUp(lookup, found))


@pytest.fixture
def copies(database: Database, there: There) -> Iterator[Copies]:
    copies = Copies(database, there)
    yield copies
    copies.outbox.close()


@pytest.fixture
def guest(manager: ChannelManager, desk: Desk, there: There) -> dict[str, Any]:
    """A guest of Beds24, in house."""
    document = there.made(manager.desk, 0, 2)
    manager.desk.one("select app.record_beds24_hint(%s, %s, '{}')", manager.secret, document["id"])
    desk.work()
    manager.desk.check_in(manager.ours(document))
    return document


def post(manager: ChannelManager, guest: dict[str, Any], price: str = "450", **more: Any) -> Any:
    """A charge at the guest's folio; its id."""
    charge = {
        "booking_id": manager.ours(guest)["id"],
        "category": "room_service",
        "description": "Club sandwich",
        "unit_price": price,
        **more,
    }
    answer = manager.desk.call(
        "post_charge", "manager@hamsun.example", p_charge=Jsonb(charge), p_idempotency_key=uuid.uuid4().hex
    )
    return answer["body"]["charge"]["id"] if "charge" in answer["body"] else answer["body"]["id"]


def states(manager: ChannelManager) -> list[tuple[Any, ...]]:
    return manager.desk.db.execute(STATES).fetchall()


def wait(manager: ChannelManager) -> None:
    """Whatever waits, waits no longer."""
    manager.desk.db.execute(
        "update public.notification_log set send_after = app.now() where state = 'queued'"
    )
    manager.desk.db.execute(
        "update public.notification_log set next_lookup_at = clock_timestamp()"
        " where next_lookup_at is not null"
    )
    manager.desk.db.execute("update notify.beds24_access set credits_until = null")


@pytest.mark.shows("function/post-charge")
def test_a_charge_is_copied_with_our_key_and_its_number_kept(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies, there: There
) -> None:
    charge = post(manager, guest, quantity=3)
    assert copies.send() == 1
    [item] = there.items()
    key = "SB-" + str(charge).replace("-", "")[-16:]
    assert (item["type"], item["description"], item["qty"], item["amount"]) == (
        "charge", f"Club sandwich [{key}]", 3, 450.0,
    )  # fmt: skip
    assert (
        manager.desk.one("select provider_id from public.notification_log where channel = 'beds24'")
        == f"beds24:{item['id']}"
    )
    assert copies.send() == 0


def test_a_reversal_is_a_line_below_nothing(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies, there: There
) -> None:
    charge = post(manager, guest)
    manager.desk.call("reverse_charge", "manager@hamsun.example", p_charge_id=charge, p_reason="wrong room")
    copies.send()
    assert sorted((item["qty"], item["amount"]) for item in there.items()) == [(1, -450.0), (1, 450.0)]


def test_only_guests_of_beds24_at_connected_houses_are_copied(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies
) -> None:
    own = manager.desk.in_house(0, 2, room="L2")
    charge = {"booking_id": own["id"], "category": "other", "description": "Tea", "unit_price": "10"}
    manager.desk.call(
        "post_charge", "manager@hamsun.example", p_charge=Jsonb(charge), p_idempotency_key="tea"
    )
    assert states(manager) == []
    manager.desk.call("disconnect_beds24", "owner@hamsun.example", p_property_code="LDG")
    post(manager, guest)
    assert states(manager) == []


def test_a_lost_answer_is_looked_up_and_never_doubled(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies, there: There
) -> None:
    there.sandbox.switch("accept_then_drop", provider="beds24")
    post(manager, guest)
    copies.send()
    assert states(manager) == [("unknown", "no_answer")]
    copies.look_up()
    assert states(manager) == [("sent", None)]
    wait(manager)
    assert (copies.send(), len(there.items())) == (0, 1)


def test_a_call_that_was_lost_on_the_way_is_made_again_after_two_looks(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies, there: There
) -> None:
    there.sandbox.switch("hang", provider="beds24")
    post(manager, guest)
    copies.send()
    copies.look_up()
    assert states(manager)[0][0] == "unknown"
    wait(manager)
    copies.look_up()
    assert states(manager)[0][0] == "queued"
    copies.send()
    assert (states(manager), len(there.items())) == ([("sent", None)], 1)


def test_without_credits_a_copy_waits_and_nothing_counts(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies, there: There
) -> None:
    there.credits(0, window=200)
    post(manager, guest)
    copies.send()
    assert states(manager) == [("queued", "credits_gone")]
    there.credits(100)
    # the house knows that none are left, and does not even ask
    manager.desk.db.execute(
        "update public.notification_log set send_after = app.now() where state = 'queued'"
    )
    copies.send()
    assert states(manager) == [("queued", "credits_low")]
    assert manager.desk.one("select failure_count from public.notification_log where channel = 'beds24'") == 0
    wait(manager)
    copies.send()
    assert (states(manager), len(there.items())) == ([("sent", None)], 1)


def test_a_connection_that_is_refused_keeps_its_copies_until_it_is_mended(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies, there: There, desk: Desk
) -> None:
    there.end_tokens(refresh=True)
    post(manager, guest)
    copies.send()
    assert states(manager) == [("queued", "beds24_refused")]
    manager.invite(there.invite())
    desk.work()
    wait(manager)
    copies.send()
    assert (states(manager), len(there.items())) == ([("sent", None)], 1)


def test_a_booking_that_is_gone_there_leaves_the_copy_to_a_human(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies, there: There
) -> None:
    there.sandbox.reset()
    post(manager, guest)
    copies.send()
    assert states(manager) == [("dead", "beds24_refused_line")]
    assert (
        manager.desk.one(
            "select count(*) from public.alerts where kind = 'notification_dead' and resolved_at is null"
        )
        == 1
    )


def test_payments_are_copied_and_money_given_back_too(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies, there: There
) -> None:
    post(manager, guest)
    folio = manager.desk.one("select id from public.folios where booking_id = %s", manager.ours(guest)["id"])
    record = (
        "select app.record_payment(f, %s, 'card', %s, null, %s, %s) from public.folios as f where f.id = %s"
    )
    with manager.desk.db.transaction():
        manager.desk.db.execute("select app.set_caller(%s)", (manager.desk.tenant_id,))
        paid = manager.desk.one(record, "payment", 450, None, None, folio)
        manager.desk.one(record, "authorisation", 20, None, None, folio)
        manager.desk.one(record, "refund", 50, paid, "cold", folio)
    copies.send()
    assert sorted((item["type"], item["amount"]) for item in there.items()) == [
        ("charge", 450.0), ("payment", -50.0), ("payment", 450.0),
    ]  # fmt: skip


def test_two_workers_copy_each_line_once(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies, there: There, database: Database
) -> None:
    for price in range(100, 108):
        post(manager, guest, price=str(price))
    other = Copies(database, there)
    with ThreadPoolExecutor(2) as both:
        assert sum(both.map(lambda one: one.send(), (copies, other))) == 8
    other.outbox.close()
    assert sorted(item["amount"] for item in there.items()) == [float(price) for price in range(100, 108)]


def test_our_own_lines_there_change_nothing_here(
    manager: ChannelManager, guest: dict[str, Any], copies: Copies, there: There, desk: Desk
) -> None:
    manager.desk.change(manager.ours(guest), leaves=4)
    post(manager, guest)
    copies.send()
    there.changed(id=guest["id"])
    manager.desk.one("select app.record_beds24_hint(%s, %s, '{}')", manager.secret, guest["id"])
    desk.work()
    assert manager.stay(guest) == ("confirmed", "L1", 0, 4)
