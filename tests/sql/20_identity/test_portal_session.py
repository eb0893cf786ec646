"""From a code to a session: open_portal_session, portal_confirm_identity, portal_resolve_code."""

from typing import Any

import pytest

from tests.world import World

ADDRESS = "198.51.100.7"


def code(world: World, guest: str = "Marutani") -> str:
    return str(world.value("select code from portal.codes where booking_id = %s", world.booking(guest)))


def opened(world: World, typed: str, address: str = ADDRESS, device: bytes = b"device") -> dict[str, Any]:
    with world.owner():
        world.conn.execute("set local role service")
        answer: dict[str, Any] = world.value(
            "select app.open_portal_session(%s, %s, %s)", typed, address, device
        )
    return answer


def guess(world: World, times: int, address: str = ADDRESS) -> list[str]:
    return [opened(world, f"WRNG{n:02}", address)["outcome"] for n in range(times)]


def confirm(world: World, session: dict[str, Any], **fact: str) -> dict[str, Any]:
    with world.owner():
        world.conn.execute(
            "select app.enter_as_guest(%(tenant_id)s, %(booking_id)s, %(session_id)s, 'context')", session
        )
        world.conn.execute("set local role guest")
        answer: dict[str, Any] = world.value(
            "select api.portal_confirm_identity(%s, %s)", fact.get("last_name"), fact.get("phone_last4")
        )
    return answer


def resolved(world: World, typed: str, address: str = ADDRESS) -> tuple[dict[str, Any], str]:
    with world.owner():
        world.conn.execute("set local role anon")
        world.conn.execute(
            "select set_config('request.headers', %s, true)", ('{"x-forwarded-for": "' + address + '"}',)
        )
        world.conn.execute("select hook.pre_request()")
        answer: dict[str, Any] = world.value("select api.portal_resolve_code(%s)", typed)
        return answer, world.value("select current_setting('response.status', true)")


def test_case_and_spaces_are_forgiven(world: World) -> None:
    right = code(world)
    for typed in (right, right.lower(), f" {right[:3]} {right[3:]} ", f"{right[:3]}-{right[3:]}"):
        assert opened(world, typed)["outcome"] == "opened"


def test_a_code_alone_opens_the_level_context(world: World) -> None:
    session = opened(world, code(world))
    assert (session["level"], session["state"]) == ("context", "in_house")


def test_a_code_alone_shows_no_personal_data(world: World) -> None:
    answer, _ = resolved(world, code(world))
    assert answer["state"] == "in_house"
    assert set(answer["guest"]) == {"first_name", "language"}
    assert set(answer["booking"]) == {"check_in", "check_out"}
    assert "kitchen_fnb" in answer["features"]


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


def test_dead_and_unknown_codes_look_alike(world: World) -> None:
    never, status = resolved(world, "ZZZZZZ")
    world.conn.execute("update app.clock set shift = interval '40 days'")
    dead, dead_status = resolved(world, code(world, "Lindqvist"))
    assert never == dead
    assert never["details"] == "portal_code_unknown"
    assert status == dead_status == "404"


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
    outcomes = [outcome for n in range(11) for outcome in guess(world, 10, f"198.51.100.{n}")]
    assert outcomes == ["unknown"] * 100 + ["throttled"] * 10


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


def test_an_unproven_session_learns_no_more_than_its_code(world: World) -> None:
    right = code(world)
    with world.guest("Marutani", "unproven"):
        answer = world.value("select api.portal_resolve_code(%s)", right)
    assert set(answer["guest"]) == {"first_name", "language"}
    assert set(answer["booking"]) == {"check_in", "check_out"}
    assert "preferences" not in answer
