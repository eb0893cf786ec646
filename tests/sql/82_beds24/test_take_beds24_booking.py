"""take_beds24_booking: each status, each change, older versions, and what does not fit."""

import json
import random
from typing import Any

import psycopg
import pytest

from tests.channel_manager import CABINS, LOFTS, ChannelManager
from tests.desk import slug


@pytest.mark.parametrize(
    ("there", "here"),
    [("new", "draft"), ("inquiry", "draft"), ("request", "pending"), ("confirmed", "confirmed")],
)
def test_a_status_there_is_a_status_here(manager: ChannelManager, there: str, here: str) -> None:
    document = manager.booking(status=there)
    assert manager.take(document) == "taken"
    assert manager.stay(document) == (here, "L1", 1, 3)
    booking = manager.ours(document)
    assert manager.desk.segments(booking) == ([] if here == "draft" else [("L1", 1, 3)])
    assert manager.imported(document) == ("taken", None)


def test_what_beds24_knows_of_the_guest_comes_along(manager: ChannelManager) -> None:
    document = manager.booking(comments="A quiet room")
    manager.take(document)
    row = manager.desk.db.execute(
        "select g.first_name, g.last_name, g.phone, g.email, g.language,"
        " b.adults, b.total_price, b.nightly_rate, b.channel, b.special_requests"
        " from public.bookings b join public.guests g on g.id = b.guest_id where b.beds24_booking_id = %s",
        (document["id"],),
    ).fetchone()
    assert row == (
        "Ada", "Byron", "+12025550177", "ada@guests.example", "es", 2, 20000, 10000,
        "booking.com", "A quiet room",
    )  # fmt: skip
    assert manager.desk.messages(manager.ours(document)) == ["welcome_with_portal"]


def test_nothing_is_lost_for_a_name_or_a_phone(manager: ChannelManager) -> None:
    document = manager.booking(
        firstName="", lastName="\t", mobile="0300 1234567", phone=None, email="none", lang="?"
    )
    assert manager.take(document | {"firstName": None}) == "taken"
    assert (
        manager.desk.one(
            "select g.first_name || '/' || g.last_name || '/' || g.language || coalesce(g.phone, g.email, '')"
            " from public.bookings b join public.guests g on g.id = b.guest_id"
            " where b.beds24_booking_id = %s",
            document["id"],
        )
        == "Guest/Guest/en"
    )


def test_an_older_or_equal_version_changes_nothing(manager: ChannelManager) -> None:
    first = manager.booking()
    later = manager.changed(first, departure=manager.desk.day(4).isoformat())
    assert manager.take(later) == "taken"
    assert manager.take(first) == "known"
    assert manager.take(later | {"departure": first["departure"]}) == "known"
    assert manager.stay(first) == ("confirmed", "L1", 1, 4)


def test_any_order_of_versions_comes_to_the_last(manager: ChannelManager) -> None:
    dice = random.Random(24)  # noqa: S311
    versions = [manager.booking(status="request")]
    for leaves in (3, 4, 5):
        versions.append(manager.changed(versions[-1], departure=manager.desk.day(leaves).isoformat()))
    versions.append(manager.changed(versions[-1], status="confirmed"))
    for version in dice.sample(versions * 3, 15):
        manager.take(version)
    assert manager.stay(versions[0]) == ("confirmed", "L1", 1, 5)
    assert (
        manager.desk.one(
            "select count(*) from public.bookings where beds24_booking_id = %s", versions[0]["id"]
        )
        == 1
    )


def test_what_changed_within_the_second_of_the_answer_is_asked_again(manager: ChannelManager) -> None:
    document = manager.booking()
    row = manager.desk.db.execute(
        "select app.take_beds24_booking(%s, %s, %s::jsonb, %s::timestamptz + interval '0.4 seconds')",
        (*manager.key, json.dumps(document), document["modifiedTime"]),
    ).fetchone()
    assert row == ("fresh",)
    assert manager.stay(document) is None


def test_a_request_is_confirmed_and_an_inquiry_gives_its_room_back(manager: ChannelManager) -> None:
    document = manager.booking(status="request")
    manager.take(document)
    document = manager.changed(document, status="inquiry")
    assert manager.take(document) == "taken"
    assert (manager.stay(document), manager.desk.sold()) == (("draft", "L1", 1, 3), {})
    document = manager.changed(document, status="confirmed")
    assert manager.take(document) == "taken"
    assert manager.stay(document) == ("confirmed", "L1", 1, 3)
    assert manager.desk.sold() == {1: 1, 2: 1}


def test_dates_and_room_change_together(manager: ChannelManager) -> None:
    other = manager.booking(3, 6, unitId=1)
    document = manager.booking(1, 3, unitId=1)
    manager.take(other)
    manager.take(document)
    # neither the new dates in the old room nor the new room on the old dates is asked for
    document = manager.changed(
        document, arrival=manager.desk.day(4).isoformat(), departure=manager.desk.day(6).isoformat(), unitId=2
    )
    assert manager.take(document) == "taken"
    assert manager.stay(document) == ("confirmed", "L2", 4, 6)
    assert manager.desk.sold() == {3: 1, 4: 2, 5: 2}
    document = manager.changed(document, roomId=CABINS, unitId=1)
    assert manager.take(document) == "taken"
    assert manager.stay(document) == ("confirmed", "C1", 4, 6)
    assert (manager.desk.sold("CABIN"), manager.desk.sold()) == ({4: 1, 5: 1}, {3: 1, 4: 1, 5: 1})


def test_without_units_a_type_is_held_and_the_desk_gives_the_room(manager: ChannelManager) -> None:
    manager.map(units=False)
    document = manager.booking()
    manager.take(document)
    assert manager.stay(document) == ("confirmed", None, 1, 3)
    manager.desk.move(manager.ours(document), "L2")
    document = manager.changed(document, departure=manager.desk.day(4).isoformat(), unitId=2)
    assert manager.take(document) == "taken"
    assert manager.stay(document) == ("confirmed", "L2", 1, 4)


def test_what_the_desk_decided_stands_where_beds24_says_nothing_new(manager: ChannelManager) -> None:
    document = manager.booking()
    manager.take(document)
    manager.desk.move(manager.ours(document), "L2")
    manager.desk.change(manager.ours(document), leaves=5)
    # our own invoice items there change the modified time, and nothing else
    assert manager.take(manager.changed(document)) == "taken"
    assert manager.stay(document) == ("confirmed", "L2", 1, 5)
    assert manager.take(manager.changed(document, price=30000, numAdult=3)) == "taken"
    assert manager.stay(document) == ("confirmed", "L2", 1, 5)
    assert (
        manager.desk.one("select adults from public.bookings where beds24_booking_id = %s", document["id"])
        == 3
    )


def test_a_room_that_means_none_of_ours_waits_for_a_human_and_is_lost_to_nobody(
    manager: ChannelManager,
) -> None:
    document = manager.booking(roomId=999)
    assert manager.take(document) == "beds24_room_unknown"
    assert (manager.imported(document), manager.stay(document)) == (("problem", "beds24_room_unknown"), None)
    assert manager.alerts() == ["beds24_room_unknown"]
    # once it is mended the same version is good enough
    assert manager.take(document | {"roomId": LOFTS}) == "taken"
    assert (manager.imported(document), manager.alerts()) == (("taken", None), [])


def test_what_does_not_fit_waits_for_a_human(manager: ChannelManager) -> None:
    manager.desk.confirmed(1, 3, room="L1")
    document = manager.booking()
    assert manager.take(document) == "room_is_not_double_booked"
    assert manager.take(document) == "room_is_not_double_booked"
    assert len(manager.alerts()) == 1
    assert manager.desk.one(
        "select problem_says from notify.beds24_imports where id = %s", manager.import_id(document)
    ).startswith("Room L1 is taken")


def test_what_is_over_is_left_alone(manager: ChannelManager) -> None:
    document = manager.booking(-5, -3)
    assert manager.take(document) == "taken"
    assert (manager.imported(document), manager.stay(document)) == (("past", None), None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "perhaps"},
        {"arrival": "tomorrow"},
        {"arrival": None},
        {"modifiedTime": "lately"},
        {"price": "much"},
        {"numAdult": [1]},
        {"roomId": "none"},
        {"unitId": 1.5},
        {"departure": "2020-01-01"},
        {"departure": "2099-01-01"},
        {"firstName": "x" * 5000, "departure": None},
    ],
)
def test_what_cannot_be_read_or_cannot_be_is_kept_with_its_reason(
    manager: ChannelManager, wrong: dict[str, Any]
) -> None:
    document = manager.booking() | wrong
    outcome = manager.take(document)
    assert outcome in (
        "beds24_booking_unreadable", "beds24_room_unknown", "booking_is_at_most_a_year",
        "booking_check_out_is_not_before_check_in",
    ) or manager.imported(document) == ("past", None)  # fmt: skip
    assert manager.stay(document) is None
    assert manager.take(manager.changed(manager.booking(id=document["id"]))) == "taken"
    assert manager.alerts() == []


def test_one_that_fails_for_a_reason_of_our_own_holds_no_other_up(manager: ChannelManager) -> None:
    """It waits for a human instead; what passes by itself is tried again."""
    db = manager.desk.db
    db.execute(
        "create function app.refuse() returns trigger language plpgsql as"
        " $$begin raise exception using errcode = new.special_requests, message = 'Mr Secret'; end$$"
    )
    db.execute(
        "create trigger refuse before insert on public.bookings for each row"
        " when (new.special_requests in ('XX000', '40P01')) execute function app.refuse()"
    )
    try:
        assert manager.take(manager.booking(comments="XX000")) == "XX000"
        told = "select problem, problem_says from notify.beds24_imports where connection_id = %s"
        assert db.execute(told.encode(), (manager.connection_id,)).fetchall() == [
            ("XX000", "The database refused it (XX000).")
        ]
        with pytest.raises(psycopg.errors.DeadlockDetected):
            manager.take(manager.booking(comments="40P01"))
        assert manager.take(manager.booking()) == "taken"
    finally:
        db.execute("drop function app.refuse() cascade")


def test_another_property_is_none_of_our_business(manager: ChannelManager) -> None:
    document = manager.booking(propertyId=1)
    assert manager.take(document) == "foreign"
    assert manager.take(manager.booking(id="one")) == "foreign"
    assert (
        manager.desk.one(
            "select count(*) from notify.beds24_imports where property_id = %s", manager.desk.property_id
        )
        == 0
    )


def test_two_workers_with_one_booking_make_one(manager: ChannelManager) -> None:
    document = manager.booking()
    outcomes = manager.desk.at_once(
        lambda conn: manager.take(document, conn), lambda conn: manager.take(document, conn)
    )
    assert sorted(outcomes) == ["known", "taken"]
    assert (
        manager.desk.one("select count(*) from public.bookings where beds24_booking_id = %s", document["id"])
        == 1
    )


def test_two_bookings_for_one_room_at_once_leave_one_for_a_human(manager: ChannelManager) -> None:
    first, second = manager.booking(), manager.booking()
    outcomes = manager.desk.at_once(
        lambda conn: manager.take(first, conn), lambda conn: manager.take(second, conn)
    )
    assert sorted(outcomes) == ["room_is_not_double_booked", "taken"]
    assert len(manager.alerts()) == 1


def test_what_beds24_and_the_desk_want_at_once_is_one_of_both(manager: ChannelManager) -> None:
    document = manager.booking()
    ours, theirs = manager.desk.at_once(
        lambda conn: manager.desk.confirm(manager.desk.book(1, 3, "L1", conn=conn), conn=conn),
        lambda conn: manager.take(document, conn),
    )
    assert (isinstance(ours, dict), theirs) in ((True, "room_is_not_double_booked"), (False, "taken"))
    assert isinstance(ours, dict) or slug(ours) == "room_is_not_double_booked"
