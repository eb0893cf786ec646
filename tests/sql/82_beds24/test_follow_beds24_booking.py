"""follow_beds24_booking: cancelled, no-show, black, and what happened here meanwhile."""

from tests.channel_manager import ChannelManager


def test_a_cancellation_cascades_and_a_second_one_changes_nothing(manager: ChannelManager) -> None:
    document = manager.booking(0, 2)
    manager.take(document)
    request = manager.desk.ask(manager.ours(document), "concierge", "other")
    document = manager.changed(document, status="cancelled")
    assert manager.take(document) == "taken"
    assert manager.stay(document) == ("cancelled", "L1", 0, 2)
    assert manager.desk.sold() == {}
    assert manager.desk.one("select status from portal.requests where id = %s", request) == "cancelled"
    assert manager.take(manager.changed(document)) == "taken"


def test_taken_up_again_it_is_a_new_booking_while_the_room_is_free(manager: ChannelManager) -> None:
    document = manager.booking()
    manager.take(document)
    old = manager.ours(document)
    document = manager.changed(document, status="cancelled")
    manager.take(document)
    manager.desk.confirmed(1, 3, room="L1")
    document = manager.changed(document, status="confirmed")
    assert manager.take(document) == "room_is_not_double_booked"
    assert manager.alerts() == ["room_is_not_double_booked"]
    document = manager.changed(document, unitId=2)
    assert manager.take(document) == "taken"
    assert manager.stay(document) == ("confirmed", "L2", 1, 3)
    assert manager.ours(document) != old
    assert manager.alerts() == []


def test_a_no_show_frees_its_nights(manager: ChannelManager) -> None:
    document = manager.booking(0, 3)
    manager.take(document)
    document = manager.changed(document, subStatus="noShow")
    assert manager.take(document) == "taken"
    assert manager.stay(document) == ("no_show", "L1", 0, 3)
    assert manager.desk.sold() == {}


def test_black_closes_a_room_without_a_guest(manager: ChannelManager) -> None:
    document = manager.booking(2, 4, status="black", firstName="", lastName="")
    assert manager.take(document) == "taken"
    assert (manager.blocks(), manager.stay(document)) == ([("L1", 2, 4)], None)
    assert manager.take(manager.changed(document)) == "taken"
    document = manager.changed(document, departure=manager.desk.day(5).isoformat())
    assert manager.take(document) == "taken"
    assert manager.blocks() == [("L1", 2, 5)]
    document = manager.changed(document, status="cancelled")
    assert manager.take(document) == "taken"
    assert manager.blocks() == []


def test_black_on_a_type_takes_a_free_room_of_it(manager: ChannelManager) -> None:
    manager.map(units=False)
    manager.desk.confirmed(2, 4, room="L1")
    assert manager.take(manager.booking(2, 4, status="black")) == "taken"
    assert manager.blocks() == [("L2", 2, 4)]
    assert manager.take(manager.booking(2, 4, status="black")) in (
        "room_is_not_double_booked",
        "room_type_is_not_oversold",
    )


def test_a_room_with_guests_is_not_closed_over_their_heads(manager: ChannelManager) -> None:
    manager.desk.confirmed(2, 4, room="L1")
    document = manager.booking(2, 4, status="black")
    assert manager.take(document) == "room_is_not_double_booked"
    assert (manager.blocks(), manager.alerts()) == ([], ["room_is_not_double_booked"])


def test_a_booking_that_turns_black_is_cancelled_and_the_room_closed(manager: ChannelManager) -> None:
    document = manager.booking(2, 4)
    manager.take(document)
    assert manager.take(manager.changed(document, status="black")) == "taken"
    assert (manager.stay(document), manager.blocks()) == (("cancelled", "L1", 2, 4), [("L1", 2, 4)])


def test_a_guest_in_house_is_never_cancelled_or_moved_by_an_import(manager: ChannelManager) -> None:
    document = manager.booking(0, 2)
    manager.take(document)
    manager.desk.check_in(manager.ours(document))
    for change, problem in (
        ({"status": "cancelled"}, "booking_in_house"),
        ({"subStatus": "noShow"}, "booking_in_house"),
        ({"unitId": 2}, "room_differs_in_house"),
    ):
        assert manager.take(manager.changed(document, **change)) == problem
        assert manager.stay(document) == ("confirmed", "L1", 0, 2)
    assert len(manager.alerts()) == 1
    assert manager.take(manager.changed(document, departure=manager.desk.day(3).isoformat())) == "taken"
    assert manager.stay(document) == ("confirmed", "L1", 0, 3)


def test_a_promise_made_here_is_not_taken_back(manager: ChannelManager) -> None:
    document = manager.booking(status="request")
    manager.take(document)
    manager.desk.confirm(manager.ours(document))
    assert manager.take(manager.changed(document, status="new")) == "booking_is_confirmed_here"


def test_what_the_desk_cancelled_is_told_when_beds24_changes_it(manager: ChannelManager) -> None:
    document = manager.booking()
    manager.take(document)
    manager.desk.cancel(manager.ours(document))
    assert manager.take(manager.changed(document)) == "taken"
    assert (
        manager.take(manager.changed(document, departure=manager.desk.day(4).isoformat()))
        == "booking_cancelled_here"
    )
