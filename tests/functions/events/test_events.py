"""GET /functions/v1/events: what the caller may see, as it happens, without a gap."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from functions.events.followers import MOST_STREAMS_OF_A_SESSION
from functions.events.hub import SLOW_POLL
from tests.functions.events.sse import PATH, listening, payloads
from tests.functions.server import House, Person, emit
from tests.world import wait_for


@pytest.fixture
def reception(house: House) -> Person:
    return house.member("reception@hamsun.example")


def test_an_event_arrives_before_anybody_looks(house: House, reception: Person) -> None:
    with listening(house, reception) as stream:
        began = time.monotonic()
        house.emit("request.created", reception, {"n": 1})
        event = stream.next()
        assert time.monotonic() - began < SLOW_POLL
    assert (event["topic"], event["payload"]) == ("request.created", {"n": 1})


def test_an_event_wakes_a_hub_that_sleeps(house: House, reception: Person) -> None:
    with listening(house, reception) as stream:
        hub_falls_asleep(house)
        began = time.monotonic()
        house.emit("request.created", reception, {"n": 2})
        assert payloads(stream, 1) == [2]
        assert time.monotonic() - began < SLOW_POLL


def test_the_other_hotel_hears_nothing(house: House, reception: Person) -> None:
    stranger = house.member("stranger@alpine.example")
    with listening(house, stranger) as elsewhere, listening(house, reception) as here:
        house.emit("request.created", reception, {"n": 3})
        assert payloads(here, 1) == [3]
        house.emit("request.created", stranger, {"n": 4})
        assert payloads(elsewhere, 1) == [4]


def test_a_guest_hears_of_the_own_booking_alone(house: House) -> None:
    guest, other = house.guest("Marutani"), house.guest("Haddad")
    with listening(house, guest) as stream:
        house.emit("request.created", other, {"n": 5})
        house.emit("request.noted", guest, {"n": 6})
        house.emit("request.created", guest, {"n": 7})
        assert payloads(stream, 1) == [7]


def test_a_stream_resumes_where_it_ended(house: House, reception: Person) -> None:
    with listening(house, reception) as stream:
        house.emit("request.created", reception, {"n": 10})
        assert payloads(stream, 1) == [10]
        cursor = stream.cursor
    for n in (11, 12, 13):
        house.emit("request.created", reception, {"n": n})
    with listening(house, reception, cursor) as stream:
        assert payloads(stream, 3) == [11, 12, 13]


def test_a_stream_without_events_resumes_from_its_beginning(house: House, reception: Person) -> None:
    with listening(house, reception) as stream:
        cursor = stream.cursor
    house.emit("request.created", reception, {"n": 14})
    with listening(house, reception, cursor) as stream:
        assert payloads(stream, 1) == [14]


def test_a_late_commit_is_not_skipped(house: House, reception: Person) -> None:
    """The first to write commits last: its event is not lost, and the second's waits for it."""
    with (
        listening(house, reception) as stream,
        house.database.connect() as first,
        house.database.connect() as second,
    ):
        with first.transaction():
            emit(first, "request.created", reception, {"n": 20})
            with second.transaction():
                emit(second, "request.created", reception, {"n": 21})
            house.emit("request.created", reception, {"n": 22})
        assert payloads(stream, 3) == [20, 21, 22]


def test_a_late_commit_is_not_skipped_by_a_resumed_stream(house: House, reception: Person) -> None:
    with listening(house, reception) as stream:
        cursor = stream.cursor
    with house.database.connect() as first, first.transaction():
        emit(first, "request.created", reception, {"n": 30})
        house.emit("request.created", reception, {"n": 31})
        with listening(house, reception, cursor) as stream:
            cursor = stream.cursor
    with listening(house, reception, cursor) as stream:
        assert payloads(stream, 2) == [30, 31]


def test_many_events_come_whole_and_in_order(house: House, reception: Person) -> None:
    with listening(house, reception) as stream:
        cursor = stream.cursor
        with house.database.connect() as writer, writer.transaction():
            for n in range(450):
                emit(writer, "request.created", reception, {"n": n})
        assert payloads(stream, 450) == list(range(450))
    with listening(house, reception, cursor) as stream:
        assert payloads(stream, 450) == list(range(450))


def test_a_lost_listener_is_made_anew(house: House, reception: Person) -> None:
    with listening(house, reception) as stream:
        house.emit("request.created", reception, {"n": 40})
        assert payloads(stream, 1) == [40]
        cut = house.ask(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            " where application_name like 'staybase events%%' and datname = current_database()"
        )
        house.emit("request.created", reception, {"n": 41})
        assert payloads(stream, 1) == [41]
    assert cut == 1


def test_the_stream_ends_with_its_token(house: House, reception: Person) -> None:
    brief = house.person(reception.session, expires_at=in_seconds(2))
    with listening(house, brief) as stream:
        assert all(not line or line.startswith(":") for line in stream.rest())
    answer = house.client.get(PATH, headers=brief.bearer)
    assert (answer.status_code, answer.json()["details"]) == (401, "token_expired")


def test_the_stream_ends_with_its_session(house: House, reception: Person) -> None:
    with listening(house, reception) as stream:
        house.ask(
            "update identity.sessions set ended_at = now() where id = %s returning 1",
            reception.session["session_id"],
        )
        house.emit("request.created", reception, {"n": 50})
        assert all(not line.startswith("data") for line in stream.rest())


def test_a_session_has_so_many_streams_and_gets_them_back(house: House, reception: Person) -> None:
    with ExitStack() as open_streams:
        for _ in range(MOST_STREAMS_OF_A_SESSION):
            open_streams.enter_context(listening(house, reception))
        answer = house.client.get(PATH, headers=reception.bearer)
        assert (answer.status_code, answer.json()["details"]) == (429, "too_many_streams")
        assert answer.headers["retry-after"] == "5"
    wait_for(lambda: can_listen(house, reception), "a stream that is free again")


@pytest.mark.parametrize("cursor", ["x", "1", "-1-1", "1-2-3", "99999999999999999999-1", "1-é"])
def test_a_cursor_that_is_none_is_refused(house: House, reception: Person, cursor: str) -> None:
    bearer = reception.bearer["Authorization"].encode()
    headers = {b"Authorization": bearer, b"Last-Event-ID": cursor.encode()}
    answer = house.client.get(PATH, headers=headers)
    assert 400 <= answer.status_code < 500
    assert answer.json()["details"] == "cursor_invalid"


def test_nobody_listens_without_a_session(house: House) -> None:
    answer = house.client.get(PATH)
    assert (answer.status_code, answer.json()["details"]) == (401, "token_missing")


def test_two_hundred_streams_hear_a_tap_by_its_notification(house: House) -> None:
    people = [house.member("reception@hamsun.example") for _ in range(20)]
    with ExitStack() as opened, ThreadPoolExecutor(16) as readers:
        streams = [opened.enter_context(listening(house, people[n % 20])) for n in range(200)]
        began = time.monotonic()
        house.emit("request.created", people[0], {"n": 60})
        heard = list(readers.map(lambda stream: payloads(stream, 1), streams))
        assert heard == [[60]] * 200
        assert time.monotonic() - began < SLOW_POLL


def in_seconds(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + seconds))


def hub_falls_asleep(house: House) -> None:
    """Waits until writers would have to notify."""
    asleep = "select bool_and(is_asleep) from notify.workers where kind = 'events'"
    wait_for(lambda: bool(house.ask(asleep)), "a hub that sleeps")


def can_listen(house: House, person: Person) -> bool:
    with house.client.stream("GET", PATH, headers=person.bearer) as answer:
        return answer.status_code == 200
