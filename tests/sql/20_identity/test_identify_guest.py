"""Who scans a code in the house says which guest they are; the session passes with the day or the stay."""

import pytest

from tests.codes import Code, identify, lives, login_code, make, validate
from tests.house import Database
from tests.races import all_at_once
from tests.world import MANAGER, RECEPTION, World


@pytest.fixture
def room(world: World) -> Code:
    """The code at the bedside of G06, where Marutani is in house."""
    return make(world, "GUEST_ACCESS", room_number="G06")


@pytest.mark.parametrize("said", [{"last_name": " MARUTANI "}, {"last_name": "marutani", "room": "g06"}])
def test_room_and_last_name_open_the_stay(world: World, room: Code, said: dict[str, str]) -> None:
    session = identify(world, room, **said)
    assert (session["outcome"], session["level"]) == ("opened", "identified")
    assert session["booking_id"] == str(world.booking("Marutani"))


@pytest.mark.parametrize("typed", ["7788", "ab-7788", "AB7788"])
def test_the_documents_last_characters_do_as_well(world: World, room: Code, typed: str) -> None:
    world.conn.execute("update public.guests set id_number = 'PK AB7788' where last_name = 'Marutani'")
    assert identify(world, room, document=typed)["outcome"] == "opened"


@pytest.mark.parametrize("typed", ["", "88", "788", "7789", "77"])
def test_too_little_of_a_document_is_nothing(world: World, room: Code, typed: str) -> None:
    world.conn.execute("update public.guests set id_number = 'PK AB7788' where last_name = 'Marutani'")
    assert identify(world, room, document=typed)["outcome"] == "not_identified"


def test_a_guest_without_a_document_on_file_says_the_name(world: World, room: Code) -> None:
    world.conn.execute("update public.guests set id_number = null")
    assert identify(world, room, document="7788")["outcome"] == "not_identified"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"last_name": ""},
        {"last_name": "Haddad"},
        {"last_name": "Marutani", "room": "G05"},
        {"last_name": "Marutani", "room": ""},
    ],
)
def test_a_wrong_answer_leaves_an_event(world: World, room: Code, said: dict[str, str]) -> None:
    assert identify(world, room, **said)["outcome"] == "not_identified"
    payloads = world.rows(
        "select payload, booking_id from public.event_log where topic = 'guest.not_identified'"
    )
    assert payloads == [({"purpose": "GUEST_ACCESS"}, None)]


def test_a_code_of_one_room_opens_no_other(world: World) -> None:
    other = make(world, "GUEST_ACCESS", room_number="G05")
    assert identify(world, other, last_name="Marutani")["outcome"] == "not_identified"
    lobby = make(world, "GUEST_ACCESS")
    assert identify(world, lobby, last_name="Marutani")["outcome"] == "opened"


def test_guests_who_are_not_in_house_are_not_let_in(world: World, room: Code) -> None:
    arriving = world.value(
        "select r.room_number from public.bookings b join public.rooms r on r.id = b.room_id where b.id = %s",
        world.booking("Okafor"),
    )
    lobby = make(world, "GUEST_ACCESS")
    assert identify(world, lobby, room=arriving or "101", last_name="Okafor")["outcome"] == "not_identified"


def test_eight_wrong_answers_for_a_room_wait_and_raise_one_alert(world: World, room: Code) -> None:
    outcomes = [identify(world, room, f"203.0.113.{n}", last_name="Wrong")["outcome"] for n in range(10)]
    assert outcomes == ["not_identified"] * 8 + ["throttled"] * 2
    right = identify(world, room, last_name="Marutani")
    assert right["outcome"] == "throttled"
    assert 1 <= right["retry_after"] <= 900
    with world.member(MANAGER):
        alerts = world.rows("select severity from api.alerts where kind = 'guest_identification'")
    assert alerts == [("high",)]


def test_twenty_names_at_the_same_moment_are_eight(database: Database, world: World) -> None:
    secret = make(world, "GUEST_ACCESS", room_number="G06")["secret"]
    outcomes = all_at_once(
        database,
        [
            lambda conn: conn.execute(
                "select app.identify_guest(app.digest(%s), 'G06', 'Khan', null, '203.0.113.1', 'd')"
                " ->> 'outcome'",
                (secret,),
            ).fetchone()
        ]
        * 20,
    )
    assert sorted(one[0] for one in outcomes) == ["not_identified"] * 8 + ["throttled"] * 12


def test_an_address_that_tries_room_after_room_waits(world: World) -> None:
    lobby = make(world, "GUEST_ACCESS")
    outcomes = [identify(world, lobby, room=f"1{n:02}", last_name="Khan")["outcome"] for n in range(34)]
    assert outcomes == ["not_identified"] * 32 + ["throttled"] * 2
    assert identify(world, lobby, "203.0.113.9", last_name="Marutani")["outcome"] == "opened"


def test_neither_badge_nor_login_code_leads_here(world: World) -> None:
    assert identify(world, login_code(world), last_name="Marutani")["outcome"] == "unknown"


def test_guest_session_auto_expires_24h(world: World, room: Code) -> None:
    session = identify(world, room, last_name="Marutani")
    assert world.value(
        "select expires_at <= clock_timestamp() + interval '24 hours' from identity.sessions where id = %s",
        session["session_id"],
    )


def test_check_out_ends_the_passing_sessions_alone(world: World) -> None:
    booking = world.booking("Haddad")
    code = world.value("select code from portal.codes where booking_id = %s", booking)
    room_number = world.value(
        "select r.room_number from public.bookings b join public.rooms r on r.id = b.room_id where b.id = %s",
        booking,
    )
    passing = [
        identify(world, make(world, "GUEST_ACCESS"), room=room_number, last_name="Haddad"),
        validate(world, login_code(world, "Haddad")["secret"]),
    ]
    by_link = world.value("select app.open_portal_session(%s, '198.51.100.7', null)", code)
    with world.member(RECEPTION):
        world.value("select api.check_out_guest(%s, 'settled by the company')", booking)
    assert [lives(world, one) for one in passing] == [False, False]
    assert lives(world, by_link)


def test_expired_guest_sessions_auto_cleanup(world: World, room: Code) -> None:
    fresh, over, old = (identify(world, room, last_name="Marutani") for _ in range(3))
    for session, age in ((over, "1 minute"), (old, "8 days")):
        world.conn.execute(
            "update identity.sessions set expires_at = clock_timestamp() - %s::interval where id = %s",
            (age, session["session_id"]),
        )
        world.value(
            "select app.issue_refresh_token(tenant_id, id, app.digest(id::text), '1 day')"
            " from identity.sessions where id = %s",
            session["session_id"],
        )
    for _ in range(2):
        world.value("select app.end_finished_guest_sessions()")
    assert lives(world, fresh)
    assert not lives(world, over)
    assert world.rows(
        "select (select count(*) from identity.sessions where id = %s),"
        " (select count(*) from identity.refresh_tokens where session_id = %s)",
        old["session_id"],
        old["session_id"],
    ) == [(0, 0)]


def test_the_tick_cleans_up(world: World, room: Code) -> None:
    session = identify(world, room, last_name="Marutani")
    world.conn.execute(
        "update identity.sessions set expires_at = clock_timestamp() where id = %s", (session["session_id"],)
    )
    world.value("select app.tick()")
    assert not lives(world, session)
