"""The worker's desk against the sandbox: let in, fetched, swept, waited, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from functions.beds24.api import Answer
from functions.beds24.desk import Desk
from tests.beds24.there import There
from tests.channel_manager import ChannelManager
from tests.house import Database
from tests.races import Connection

ACCESS = "select {} from notify.beds24_access where connection_id = %s"
SWEEP = "update notify.beds24_access set is_sweep_due = true, next_try_at = clock_timestamp()"


def access(manager: ChannelManager, column: str) -> Any:
    row = manager.desk.db.execute(ACCESS.format(column).encode(), (manager.connection_id,)).fetchone()
    return row and row[0]


def hint(manager: ChannelManager, document: dict[str, Any], body: str = "{}") -> bool:
    return bool(
        manager.desk.one("select app.record_beds24_hint(%s, %s, %s)", manager.secret, document["id"], body)
    )


def sweep(manager: ChannelManager, desk: Desk) -> None:
    manager.desk.db.execute(SWEEP)
    desk.work()


def try_now(manager: ChannelManager) -> None:
    """What waits, waits no longer."""
    manager.desk.db.execute(
        "update notify.beds24_access set next_try_at = clock_timestamp(), credits_until = null"
    )
    manager.desk.db.execute("update notify.beds24_imports set not_before = clock_timestamp()")


def test_an_invite_code_lets_the_house_in_and_shows_its_rooms(manager: ChannelManager) -> None:
    assert access(manager, "state") == "connected"
    assert (access(manager, "invite_code"), access(manager, "refresh_token is null")) == (None, False)
    assert [room["name"] for room in access(manager, "offered")] == ["Standard", "Deluxe"]
    assert access(manager, "swept_at is not null")


def test_a_wrong_code_and_a_property_not_ours_are_told(
    manager: ChannelManager, desk: Desk, there: There
) -> None:
    manager.invite("not-a-code-at-all")
    desk.work()
    assert (access(manager, "state"), access(manager, "problem")) == ("refused", "invite_refused")
    manager.property_number = 49999
    manager.invite(there.invite())
    desk.work()
    assert access(manager, "problem") == "property_not_shown"
    manager.property_number = 40002
    manager.invite(there.invite())
    desk.work()
    assert access(manager, "problem") == "currency_differs"
    assert (
        manager.desk.one(
            "select count(*) from public.alerts where kind = 'beds24_refused' and resolved_at is null"
        )
        == 1
    )
    manager.property_number = 40001
    manager.invite(there.invite())
    desk.work()
    assert access(manager, "state") == "connected"
    assert (
        manager.desk.one(
            "select count(*) from public.alerts where kind = 'beds24_refused' and resolved_at is null"
        )
        == 0
    )


def test_a_property_belongs_to_one_house(manager: ChannelManager, desk: Desk, there: There) -> None:
    made = manager.desk.call(
        "connect_beds24", "owner@hamsun.example",
        p_property_code="CLF", p_beds24_property_id=40001, p_invite_code=there.invite(),
    )  # fmt: skip
    desk.work()
    assert (
        manager.desk.one("select problem from notify.beds24_access where connection_id = %s", made["id"])
        == "property_taken"
    )
    assert access(manager, "state") == "connected"


def test_a_hint_leads_to_the_booking(manager: ChannelManager, desk: Desk, there: There) -> None:
    document = there.made(manager.desk)
    assert hint(manager, document)
    assert desk.work() == 1
    assert manager.stay(document) == ("confirmed", "L1", 1, 3)
    assert desk.work() == 0
    there.changed(id=document["id"], status="cancelled")
    hint(manager, document)
    desk.work()
    assert manager.stay(document) == ("cancelled", "L1", 1, 3)


def test_a_hundred_hints_at_once_have_one_effect(manager: ChannelManager, desk: Desk, there: There) -> None:
    document = there.made(manager.desk)

    def told(conn: Connection) -> Any:
        return conn.execute(
            "select app.record_beds24_hint(%s, %s, '{}')", (manager.secret, document["id"])
        ).fetchone()

    with ThreadPoolExecutor(1) as aside:
        fetching = aside.submit(desk.work)
        assert set(manager.desk.all_at_once([told] * 20)) == {(True,)}
        fetching.result()
    for _ in range(80):
        told(manager.desk.db)
    desk.work()
    assert (
        manager.desk.one("select count(*) from public.bookings where beds24_booking_id = %s", document["id"])
        == 1
    )
    assert (
        manager.desk.one("select times from notify.beds24_hints where beds24_booking_id = %s", document["id"])
        == 100
    )
    assert manager.desk.one("select bool_and(asked = answered) from notify.beds24_imports")


def test_two_desks_at_once_make_one_booking(
    manager: ChannelManager, desk: Desk, there: There, database: Database
) -> None:
    documents = [there.made(manager.desk, day, day + 1) for day in range(1, 9)]
    for document in documents:
        hint(manager, document)
    other = Desk(database.service_url, there.api_url)
    with ThreadPoolExecutor(2) as both:
        assert sum(both.map(lambda one: one.work(), (desk, other))) >= 1
    other.close()
    assert all(manager.stay(document) for document in documents)
    assert manager.desk.one("select count(*) from public.bookings where beds24_booking_id is not null") == 8


def test_a_missed_webhook_is_caught_by_the_sweep(manager: ChannelManager, desk: Desk, there: There) -> None:
    first, second = there.made(manager.desk), there.made(manager.desk, 5, 6)
    there.credits(100, page_size=1)
    sweep(manager, desk)
    assert (manager.stay(first), manager.stay(second)) == (
        ("confirmed", "L1", 1, 3),
        ("confirmed", "L1", 5, 6),
    )
    there.changed(id=second["id"], status="cancelled")
    sweep(manager, desk)
    assert manager.stay(second) == ("cancelled", "L1", 5, 6)
    assert access(manager, "swept_until") is not None


def test_the_job_asks_for_a_sweep_and_for_what_waits(
    manager: ChannelManager, desk: Desk, there: There
) -> None:
    document = there.made(manager.desk, roomId=50001)
    manager.desk.call("map_beds24_rooms", "owner@hamsun.example", p_property_code="LDG", p_rooms=Jsonb([]))
    hint(manager, document)
    desk.work()
    assert manager.imported(document) == ("problem", "beds24_room_unknown")
    manager.desk.db.execute("update notify.beds24_imports set tried_at = tried_at - interval '2 hours'")
    manager.desk.db.execute("update app.job_plans set next_at = app.now() where job = 'beds24_sweep'")
    manager.desk.db.execute("select app.run_jobs()")
    outcome = manager.desk.one(
        "select outcome from app.job_runs where job = 'beds24_sweep' and property_id = %s",
        manager.desk.property_id,
    )
    assert outcome == {"tried_again": 1, "hints_forgotten": 0}
    assert access(manager, "is_sweep_due")


def test_a_mended_mapping_brings_in_what_waited(manager: ChannelManager, desk: Desk, there: There) -> None:
    document = there.made(manager.desk, roomId=50002, unitId=3)
    hint(manager, document)
    desk.work()
    assert manager.stay(document) == ("confirmed", None, 1, 3)
    manager.desk.call("map_beds24_rooms", "owner@hamsun.example", p_property_code="LDG", p_rooms=Jsonb([]))
    document = there.made(manager.desk, 5, 7)
    hint(manager, document)
    desk.work()
    assert manager.alerts() == ["beds24_room_unknown"]
    manager.map()
    desk.work()
    assert manager.stay(document) == ("confirmed", "L1", 5, 7)
    assert manager.alerts() == []


def test_an_outage_loses_nothing(manager: ChannelManager, desk: Desk, there: There) -> None:
    there.sandbox.switch("fail", provider="beds24", operation="lookup", status=503, times=None)
    document = there.made(manager.desk)
    hint(manager, document)
    desk.work()
    assert (access(manager, "failures"), access(manager, "last_error")) == (1, "http_503")
    assert desk.work() == 0
    there.sandbox.control.delete("/sandbox/switches")
    try_now(manager)
    desk.work()
    assert manager.stay(document) == ("confirmed", "L1", 1, 3)
    assert access(manager, "failures") == 0


@pytest.mark.parametrize("action", ["accept_then_drop", "hang"])
def test_an_answer_that_gets_lost_is_asked_for_again(
    manager: ChannelManager, desk: Desk, there: There, action: str
) -> None:
    there.sandbox.switch(action, provider="beds24", operation="lookup", **({"times": 1}))
    document = there.made(manager.desk)
    hint(manager, document)
    desk.work()
    try_now(manager)
    desk.work()
    assert manager.stay(document) == ("confirmed", "L1", 1, 3)


def test_credits_are_respected(manager: ChannelManager, desk: Desk, there: There) -> None:
    document = there.made(manager.desk)
    there.credits(0, window=250)
    hint(manager, document)
    desk.work()
    assert access(manager, "last_error") == "credits_gone"
    assert access(manager, "next_try_at > clock_timestamp() + interval '200 seconds'")
    assert access(manager, "failures") == 0
    # few are left: bookings are fetched, the sweep waits
    there.credits(20, limit=20)
    try_now(manager)
    manager.desk.db.execute(
        "update notify.beds24_access set is_sweep_due = true, credits_left = 20,"
        " credits_until = clock_timestamp() + interval '1 minute'"
    )
    desk.work()
    assert manager.stay(document) == ("confirmed", "L1", 1, 3)
    assert access(manager, "is_sweep_due")


def test_a_token_is_renewed_when_it_ends_and_used_before_it_dies(
    manager: ChannelManager, desk: Desk, there: There
) -> None:
    there.end_tokens()
    document = there.made(manager.desk)
    hint(manager, document)
    desk.work()
    assert manager.stay(document) == ("confirmed", "L1", 1, 3)
    manager.desk.db.execute(
        "update notify.beds24_access set refresh_used_at = refresh_used_at - interval '8 days'"
    )
    assert desk.work() == 1
    assert access(manager, "refresh_used_at > clock_timestamp() - interval '1 minute'")


def test_a_refresh_token_that_died_is_told_once_and_nothing_is_lost(
    manager: ChannelManager, desk: Desk, there: There
) -> None:
    there.end_tokens(refresh=True)
    document = there.made(manager.desk)
    hint(manager, document)
    desk.work()
    assert (access(manager, "state"), access(manager, "problem")) == ("refused", "token_refused")
    assert desk.work() == 0
    assert hint(manager, document)
    manager.invite(there.invite())
    desk.work()
    assert manager.stay(document) == ("confirmed", "L1", 1, 3)


def test_what_is_gone_there_and_still_here_is_told(manager: ChannelManager, desk: Desk, there: There) -> None:
    document = there.made(manager.desk)
    hint(manager, document)
    desk.work()
    there.sandbox.reset()
    hint(manager, document)
    hint(manager, {"id": 123})
    desk.work()
    assert manager.alerts() == ["beds24_booking_gone"]
    assert manager.imported({"id": 123}) == ("gone", None)


def test_a_booking_for_a_room_that_is_taken_is_left_or_tried_by_a_human(
    manager: ChannelManager, desk: Desk, there: There
) -> None:
    manager.desk.confirmed(1, 3, room="L1")
    document = there.made(manager.desk)
    hint(manager, document)
    desk.work()
    assert manager.imported(document) == ("problem", "room_is_not_double_booked")
    for _ in range(2):
        manager.desk.call("retry_beds24_import", p_beds24_import_id=manager.import_id(document))
    assert desk.work() == 1
    for _ in range(2):
        manager.desk.call("leave_beds24_import", p_beds24_import_id=manager.import_id(document))
    assert (manager.imported(document), manager.alerts()) == (("left", None), [])
    there.changed(id=document["id"], unitId=2)
    hint(manager, document)
    desk.work()
    assert manager.stay(document) == ("confirmed", "L2", 1, 3)


def test_whatever_is_typed_at_beds24_stops_nobody(manager: ChannelManager, desk: Desk, there: There) -> None:
    document = there.made(manager.desk, lastName="O\x00'Neil 🛏 محمد", comments="\u202e" * 3000)
    hint(manager, document)
    desk.work()
    assert manager.stay(document) == ("confirmed", "L1", 1, 3)


def test_an_answer_that_nobody_foresaw_is_told_and_tried_again(
    manager: ChannelManager, desk: Desk, there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint(manager, there.made(manager.desk))
    with monkeypatch.context() as garbled:
        garbled.setattr(Answer, "items", [{"id": []}])
        desk.work()
    assert access(manager, "last_error") == "answer_not_understood"
    assert access(manager, "lease_until") is None
    try_now(manager)
    desk.work()
    assert manager.desk.one("select outcome from notify.beds24_imports") == "taken"


def test_disconnected_nothing_is_asked_and_webhooks_open_nothing(
    manager: ChannelManager, desk: Desk, there: There
) -> None:
    document = there.made(manager.desk)
    for _ in range(2):
        manager.desk.call("disconnect_beds24", "owner@hamsun.example", p_property_code="LDG")
    assert not hint(manager, document)
    assert desk.work() == 0
    assert access(manager, "refresh_token") is None
