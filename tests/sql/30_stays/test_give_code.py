"""give_code: the one code of a booking, made once."""

import psycopg
import pytest

from tests.desk import Desk, refused

ALWAYS = (
    "create or replace function app.new_code() returns text language sql volatile as $$ select 'AAAAAA' $$"
)
SECOND_TIME = """
    create sequence app.tries;
    create or replace function app.new_code() returns text language sql volatile
    as $$ select case when nextval('app.tries') = 1 then 'AAAAAA' else 'BBBBBB' end $$;
    grant usage on sequence app.tries to public
"""


def test_a_code_resolves_to_exactly_one_booking(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)

    found = desk.db.execute(
        "select booking_id::text from app.resolve_code(%s)", (booking["code"].lower(),)
    ).fetchall()
    assert found == [(booking["id"],)]


@pytest.mark.shows("code/one_per_booking")
def test_a_booking_keeps_its_code(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)

    assert desk.change(booking, leaves=4)["code"] == booking["code"]
    assert desk.move(booking, "L1")["code"] == booking["code"]


def test_a_taken_code_is_tried_again_and_a_dead_one_is_not_given_twice(desk: Desk) -> None:
    with desk.db.transaction() as undone:
        desk.db.execute(ALWAYS)
        dead = desk.cancel(desk.confirmed(1, 3))
        desk.db.execute(SECOND_TIME)
        living = desk.confirmed(1, 3)
        raise psycopg.Rollback(undone)
    assert (dead["code"], living["code"]) == ("AAAAAA", "BBBBBB")


def test_refuses_when_no_code_is_left(desk: Desk) -> None:
    with desk.db.transaction() as undone:
        desk.db.execute(ALWAYS)
        desk.confirmed(1, 3)
        next_one = desk.book(1, 3)
        with refused("no_code_left", 503):
            desk.confirm(next_one)
        raise psycopg.Rollback(undone)
