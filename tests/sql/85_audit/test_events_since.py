"""events_since: events after a cursor, in commit order, with no gap."""

from typing import Any

import pytest

from tests.house import Database
from tests.world import RECEPTION, STRANGER, Refused, World

# What is read on must have been committed.
pytestmark = pytest.mark.usefixtures("database")


def since(world: World, cursor: str | None) -> tuple[list[str], str]:
    with world.member(RECEPTION):
        answer: dict[str, Any] = world.value("select api.events_since(%s)", cursor)
    return [event["request_id"] for event in answer["events"]], answer["cursor"]


def ask(world: World, key: str) -> str:
    with world.guest("Marutani"):
        return str(world.submit({"type_slug": "concierge", "note": key}, key)["body"]["request"]["id"])


def test_a_late_commit_is_not_skipped(database: Database, world: World) -> None:
    _, cursor = since(world, None)
    with database.connect() as conn:
        late = World(conn)
        with late.guest("Marutani"):
            first = str(
                late.submit({"type_slug": "concierge", "note": "late"}, "late")["body"]["request"]["id"]
            )
            with world.member(RECEPTION):
                second = str(
                    world.submit({"title": "Early", "property_code": "EXT"}, "early")["body"]["request"]["id"]
                )
            seen, cursor = since(world, cursor)
            assert seen == []
    seen, _ = since(world, cursor)
    assert set(seen) == {first, second}


def test_reading_on_repeats_nothing(world: World) -> None:
    _, cursor = since(world, None)
    first = ask(world, "a")
    seen, cursor = since(world, cursor)
    assert seen == [first]
    second = ask(world, "b")
    assert since(world, cursor)[0] == [second]


def test_an_internal_note_is_not_the_guests_to_see(world: World) -> None:
    request = ask(world, "a")
    with world.guest("Marutani"):
        cursor = world.value("select api.events_since()")["cursor"]
    with world.member(RECEPTION):
        world.value("select api.add_request_comment(%s, 'Allergic to sesame')", request)
        world.value("select api.add_request_comment(%s, 'Of course', false)", request)
    with world.guest("Marutani"):
        topics = [event["topic"] for event in world.value("select api.events_since(%s)", cursor)["events"]]
    assert topics == ["request.commented"]


def test_a_stranger_sees_nothing(world: World) -> None:
    with world.member(STRANGER):
        cursor = world.value("select api.events_since()")["cursor"]
    ask(world, "a")
    with world.member(STRANGER):
        assert world.value("select api.events_since(%s)", cursor)["events"] == []


@pytest.mark.parametrize("cursor", ["", "x", "1", "-1-2", "9" * 30 + "-1", "1-1; drop"])
def test_a_cursor_that_cannot_be_read_is_refused(world: World, cursor: str) -> None:
    with pytest.raises(Refused) as refused, world.member(RECEPTION):
        world.value("select api.events_since(%s)", cursor)
    assert refused.value.slug == "cursor_invalid"


def test_a_cursor_from_before_a_restore_starts_now(world: World) -> None:
    _, cursor = since(world, "9999999999999999999-5")
    request = ask(world, "a")
    assert since(world, cursor)[0] == [request]
