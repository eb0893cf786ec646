"""a_room_is_never_booked_twice: by constraint, whoever types it; nothing a desk does oversells the house."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import Booking, Desk, slug
from tests.races import Connection

SEGMENT = (
    "insert into public.stays (tenant_id, booking_id, property_id, room_id, starts_on, ends_on)"
    " values (%s, %s, %s, %s, %s, %s)"
)

# First and last day held in L1; first and last day wanted; whether they clash.
PAIRS = [
    ((1, 3), (3, 5), False),
    ((1, 3), (2, 4), True),
    ((1, 5), (2, 3), True),
    ((1, 3), (1, 1), False),
    ((1, 3), (3, 3), False),
    ((1, 3), (2, 2), True),
    ((2, 2), (2, 2), True),
    ((2, 2), (2, 3), False),
    ((2, 2), (1, 2), False),
    ((2, 2), (1, 3), True),
]


@pytest.mark.parametrize(("held", "wanted", "clash"), PAIRS)
def test_by_constraint(desk: Desk, held: tuple[int, int], wanted: tuple[int, int], clash: bool) -> None:
    owner = desk.confirmed(*held, room="L1")
    other = desk.book(*wanted)

    def lay() -> None:
        desk.db.execute(
            SEGMENT,
            (desk.tenant_id, other["id"], desk.property_id, desk.rooms["L1"], *map(desk.day, wanted)),
        )

    with desk.db.transaction() as undone:
        if clash:
            with pytest.raises(psycopg.errors.ExclusionViolation, match="room_is_not_double_booked"):
                lay()
        else:
            lay()
        raise psycopg.Rollback(undone)
    assert desk.segments(owner) == [("L1", *held)]


def test_two_bookings_in_house_in_one_room_are_impossible(desk: Desk) -> None:
    desk.in_house(0, 2, room="L1")
    other = desk.confirmed(0, 2, room="L2")
    with pytest.raises(psycopg.errors.UniqueViolation, match="a_room_has_one_guest_in_house"):
        desk.db.execute(
            "update public.bookings set checkin_status = 'CHECKED_IN', room_id = %s where id = %s",
            (desk.rooms["L1"], other["id"]),
        )


MOVES = (
    "book",
    "reserve",
    "walk_in",
    "confirm",
    "check_in",
    "move",
    "change",
    "lengthen",
    "check_out",
    "cancel",
)

days = st.integers(-1, 5)
rooms = st.sampled_from(["L1", "L2", "C1"])
types = st.sampled_from(["LOFT", "CABIN"])
which = st.integers(1, 4)
steps = st.one_of(
    st.tuples(st.just("book"), types, days, st.integers(0, 4), st.none() | rooms, st.booleans()),
    st.tuples(st.just("reserve"), types, days, st.integers(0, 4), st.none() | rooms),
    st.tuples(st.just("walk_in"), rooms, st.integers(0, 3)),
    st.tuples(st.just("confirm"), which, st.none() | rooms),
    st.tuples(st.just("check_in"), which, st.none() | rooms),
    st.tuples(st.just("move"), which, rooms),
    st.tuples(st.just("change"), which, st.none() | days, st.none() | days),
    st.tuples(st.just("lengthen"), which, st.integers(0, 4)),
    st.tuples(st.just("check_out"), which),
    st.tuples(st.just("cancel"), which),
    st.tuples(st.just("clean"), rooms),
    st.tuples(st.just("block"), rooms, days, st.integers(1, 2)),
    st.tuples(st.just("night")),
)


class Play:
    """A sequence of steps, some of which are refused, inside one transaction."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.bookings: list[Booking] = []
        self.done: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.passed = 0

    def take(self, step: tuple[Any, ...]) -> None:
        """One step; a refusal is fine, anything but a refusal is a defect."""
        name, *rest = step
        if rest and isinstance(rest[0], int) and not self.bookings:
            return
        try:
            with self.desk.db.transaction():
                getattr(self, name)(*rest)
                self.desk.db.execute("set constraints all immediate")
                self.desk.db.execute("set constraints all deferred")
        except psycopg.Error as error:
            if not str(error.sqlstate).startswith("PT4") or slug(error) == "stays_cover_their_booking":
                raise
            self.refusals[str(slug(error))] += 1
        else:
            self.done[name] += 1

    def book(self, room_type: str, arrives: int, nights: int, room: str | None, holds: bool) -> None:
        arrives += self.passed
        status = "pending" if holds else "draft"
        self.bookings.append(
            self.desk.book(arrives, arrives + nights, room, room_type=room_type, status=status)
        )

    def reserve(self, room_type: str, arrives: int, nights: int, room: str | None) -> None:
        arrives = max(arrives, 0) + self.passed
        booking = self.desk.book(arrives, arrives + nights, room_type=room_type)
        self.bookings.append(self.desk.confirm(booking, room))

    def walk_in(self, room: str, nights: int) -> None:
        booking = self.desk.book(self.passed, self.passed + nights, room)
        self.bookings.append(self.desk.check_in(self.desk.confirm(booking)))

    def on_booking(self, back: int, act: Callable[..., Booking], *how: Any) -> None:
        """The last booking made, the one before, …"""
        act(self.bookings[-min(back, len(self.bookings))], *how)

    def confirm(self, number: int, room: str | None) -> None:
        self.on_booking(number, self.desk.confirm, room)

    def check_in(self, number: int, room: str | None) -> None:
        self.on_booking(number, self.desk.check_in, room)

    def move(self, number: int, room: str) -> None:
        self.on_booking(number, self.desk.move, room)

    def change(self, number: int, arrives: int | None, leaves: int | None) -> None:
        self.on_booking(
            number,
            self.desk.change,
            None if arrives is None else arrives + self.passed,
            None if leaves is None else leaves + self.passed,
        )

    def lengthen(self, number: int, leaves: int) -> None:
        self.on_booking(number, self.desk.change, None, self.passed + leaves)

    def check_out(self, number: int) -> None:
        self.on_booking(number, self.desk.check_out)

    def cancel(self, number: int) -> None:
        self.on_booking(number, self.desk.cancel)

    def clean(self, room: str) -> None:
        self.desk.mark(room, cleanliness="clean")

    def block(self, room: str, starts: int, nights: int) -> None:
        self.desk.block(room, starts + self.passed, starts + self.passed + nights)

    def night(self) -> None:
        self.desk.wait_days()
        self.passed += 1


def nights(starts: date, ends: date) -> list[date]:
    """Dates a stay counts on."""
    return [starts + timedelta(days=n) for n in range(max((ends - starts).days, 1))]


def half_days(starts: date, ends: date) -> set[int]:
    """The half-days that a segment takes, counted without the database."""
    a, d = starts.toordinal(), ends.toordinal()
    return {2 * d} if a == d else set(range(2 * a + 1, 2 * d))


def recount(db: Connection, property_id: str) -> Counter[tuple[Any, date]]:
    """What is sold, from bookings and segments alone."""
    given_rooms = db.execute(
        "select r.room_type_id, s.starts_on, s.ends_on from public.stays as s"
        " join public.rooms as r on r.id = s.room_id where s.property_id = %s and s.released_at is null",
        (property_id,),
    ).fetchall()
    promised = db.execute(
        "select room_type_id, check_in, check_out from public.bookings"
        " where property_id = %s and room_id is null and status in ('pending', 'confirmed')",
        (property_id,),
    ).fetchall()
    return Counter(
        (kind, night) for kind, starts, ends in given_rooms + promised for night in nights(starts, ends)
    )


def counted(db: Connection, property_id: str) -> Counter[tuple[Any, date]]:
    """What room_type_nights says is sold."""
    rows = db.execute(
        "select n.room_type_id, n.night, n.sold from public.room_type_nights as n"
        " join public.room_types as t on t.id = n.room_type_id where t.property_id = %s and n.sold > 0",
        (property_id,),
    ).fetchall()
    return Counter({(kind, night): sold for kind, night, sold in rows})


def double_booked(db: Connection, property_id: str) -> list[tuple[Any, int]]:
    """Rooms and half-days that two live segments claim."""
    rows = db.execute(
        "select room_id, starts_on, ends_on from public.stays where property_id = %s and released_at is null",
        (property_id,),
    ).fetchall()
    taken = Counter((room, slot) for room, starts, ends in rows for slot in half_days(starts, ends))
    return [place for place, claims in taken.items() if claims > 1]


ACCEPTED: Counter[str] = Counter()
REFUSED: Counter[str] = Counter()


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=25, max_size=50))
def test_whatever_the_desk_does(desk: Desk, sequence: list[tuple[Any, ...]]) -> None:
    with desk.db.transaction() as undone:
        play = Play(desk)
        for step in sequence:
            play.take(step)
            assert double_booked(desk.db, desk.property_id) == []
            assert counted(desk.db, desk.property_id) == recount(desk.db, desk.property_id)
        ACCEPTED.update(play.done)
        REFUSED.update(play.refusals)
        raise psycopg.Rollback(undone)


def test_the_play_really_plays() -> None:
    assert {name: ACCEPTED[name] for name in MOVES if ACCEPTED[name] < 3} == {}


def test_without_the_trigger_the_count_goes_wrong(desk: Desk) -> None:
    with desk.without_trigger("public.stays", "stays__nights"):
        desk.confirmed(1, 3, room="L1")

    assert counted(desk.db, desk.property_id) != recount(desk.db, desk.property_id)
