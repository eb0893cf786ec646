"""portal_confirm_identity: the second fact, once for a device and a code."""

from collections import Counter

import pytest

from tests.door import code, confirm, opened
from tests.house import Database
from tests.races import all_at_once
from tests.world import Refused, World


@pytest.mark.parametrize(
    "fact", [{"last_name": " marutani "}, {"last_name": "MARUTANI"}, {"phone_last4": "right"}]
)
def test_the_second_fact_is_asked_once_on_a_device(world: World, fact: dict[str, str]) -> None:
    if fact.get("phone_last4"):
        fact = {
            "phone_last4": world.value(
                "select right(phone, 4) from public.guests where last_name = 'Marutani'"
            )
        }
    assert confirm(world, opened(world, code(world)), **fact) == {"level": "identified"}
    assert opened(world, code(world))["level"] == "identified"
    assert opened(world, code(world), device=b"other")["level"] == "context"


@pytest.mark.parametrize(
    "fact", [{}, {"last_name": ""}, {"last_name": "Haddad"}, {"phone_last4": "00"}, {"phone_last4": "____"}]
)
def test_a_wrong_fact_is_answered_and_counted(world: World, fact: dict[str, str]) -> None:
    session = opened(world, code(world))
    for _ in range(8):
        assert confirm(world, session, **fact)["details"] == "identity_not_confirmed"
    assert confirm(world, session, last_name="Marutani")["details"] == "too_many_tries"


def test_the_fact_of_one_booking_raises_no_other_session(world: World) -> None:
    mine, theirs = opened(world, code(world)), opened(world, code(world, "Haddad"), device=b"other")
    assert confirm(world, theirs, last_name="Marutani")["details"] == "identity_not_confirmed"
    assert confirm(world, mine, last_name="Marutani") == {"level": "identified"}
    levels = dict(world.rows("select id::text, level from identity.sessions"))
    assert (levels[mine["session_id"]], levels[theirs["session_id"]]) == ("identified", "context")


def test_the_right_fact_again_changes_nothing(world: World) -> None:
    session = opened(world, code(world))
    for _ in range(2):
        assert confirm(world, session, last_name="Marutani") == {"level": "identified"}
    devices = "select count(*) from identity.seen_devices where booking_id = %s and device_digest = %s"
    assert world.value(devices, session["booking_id"], b"device") == 1


def test_without_a_session_there_is_nothing_to_confirm(world: World) -> None:
    with pytest.raises(Refused) as refused, world.owner():
        world.conn.execute("set local role guest; select api.portal_confirm_identity('Marutani')")
    assert (refused.value.code, refused.value.slug) == ("PT401", "session_over")


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform", "service"])
def test_only_guests_confirm_who_they_are(world: World, role: str) -> None:
    function = "api.portal_confirm_identity(text, text)"
    assert world.value("select has_function_privilege(%s, %s, 'execute')", role, function) is (
        role == "guest"
    )


def test_of_thirty_at_once_eight_are_looked_at(database: Database, world: World) -> None:
    session = opened(world, code(world))
    answers = all_at_once(
        database, [lambda conn: confirm(World(conn), session, last_name="Haddad")["details"]] * 30
    )
    assert Counter(answers) == {"identity_not_confirmed": 8, "too_many_tries": 22}
    assert confirm(world, session, last_name="Marutani")["details"] == "too_many_tries"
