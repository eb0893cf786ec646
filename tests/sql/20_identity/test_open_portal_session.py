"""open_portal_session: from a code to a session, and what happens to those who guess."""

from collections import Counter

from tests.door import code, confirm, guess, opened, resolved
from tests.house import Database
from tests.races import all_at_once
from tests.world import World


def test_case_and_spaces_are_forgiven(world: World) -> None:
    right = code(world)
    for typed in (right, right.lower(), f" {right[:3]} {right[3:]} ", f"{right[:3]}-{right[3:]}"):
        assert opened(world, typed)["outcome"] == "opened"


def test_a_code_alone_opens_the_level_context(world: World) -> None:
    session = opened(world, code(world))
    assert (session["level"], session["state"]) == ("context", "in_house")


def test_the_eleventh_wrong_try_of_an_address_waits(world: World) -> None:
    assert guess(world, 11) == ["unknown"] * 10 + ["throttled"]
    assert 1 <= opened(world, code(world))["retry_after"] <= 60
    assert opened(world, code(world), "203.0.113.9")["outcome"] == "opened"
    answer, status = resolved(world, code(world))
    assert (answer["details"], status) == ("too_many_tries", "429")


def test_a_device_seen_before_passes_the_limit(world: World) -> None:
    confirm(world, opened(world, code(world)), last_name="Marutani")
    guess(world, 11)
    assert opened(world, code(world))["outcome"] == "opened"


def test_a_whole_network_waits_too(world: World) -> None:
    outcomes = [outcome for n in range(10) for outcome in guess(world, 10, f"198.51.100.{n}")]
    assert outcomes == ["unknown"] * 100
    # on a slow machine some of them are half forgotten by now
    world.conn.execute("update app.limits set hits = hits * 1000 where bucket like 'code-net:%'")
    assert guess(world, 1, "198.51.100.10") == ["throttled"]


def test_a_burst_demands_the_second_fact_and_blocks_nobody(world: World) -> None:
    for n in range(21):
        guess(world, 10, f"198.51.{n}.1")
    assert world.value("select count(*) from app.platform_alerts where kind = 'code_guessing'") == 1
    session = opened(world, code(world), "203.0.113.9")
    assert (session["outcome"], session["level"]) == ("opened", "unproven")
    answer, _ = resolved(world, code(world), "203.0.113.9")
    assert answer["second_fact_needed"] is True
    assert "guest" not in answer
    assert confirm(world, session, last_name="Marutani") == {"level": "identified"}


def test_an_unproven_session_reads_nothing(world: World) -> None:
    with world.guest("Marutani", "unproven"):
        assert world.rows("select * from api.portal_stay") == []
        assert world.rows("select * from api.portal_requests") == []


def test_of_thirty_wrong_tries_at_once_ten_are_answered(database: Database, world: World) -> None:
    answers = all_at_once(database, [lambda conn: opened(World(conn), "WRNG22")["outcome"]] * 30)
    assert Counter(answers) == {"unknown": 10, "throttled": 20}
    assert opened(world, code(world))["outcome"] == "throttled"
