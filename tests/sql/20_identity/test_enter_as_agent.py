"""enter_as_agent: the assistant works inside the asker's session, and can do less there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests.house import Database
from tests.roles import change, role_id
from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, Refused, World

SUBMIT = "/rpc/portal_submit_request"
COMMENT = "/rpc/add_request_comment"
TASK = {"type_slug": "task", "title": "Look at the boiler", "property_code": "FSL"}
TOWELS = {"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 1}]}
COMMANDS = "select proname from pg_proc where pronamespace = 'api'::regnamespace and provolatile = 'v'"


@contextmanager
def asked_by(world: World, who: str, path: str) -> Iterator[World]:
    """The assistant in the session of a member (an address) or a guest (a last name), calling a path."""
    with world.owner():
        if "@" in who:
            world.conn.execute("select app.act_as_member(%s)", (who,))
        else:
            booking = world.booking(who)
            tenant = world.value("select tenant_id from public.bookings where id = %s", booking)
            world.conn.execute("select app.enter_as_guest(%s, %s, null, 'identified')", (tenant, booking))
        role = world.value("select app.session_role()")
        world.conn.execute("select app.enter_as_agent(%s)", (path,))
        world.conn.execute(f"set local role {role}".encode())
        yield world


def comment(world: World, request: Any, is_internal: bool | None = True) -> dict[str, Any]:
    answer: dict[str, Any] = world.value(
        "select api.add_request_comment(%s, 'The guest sounds upset.', %s)", request, is_internal
    )
    return answer


def refusal(world: World, who: str, path: str) -> tuple[str | None, str | None]:
    with pytest.raises(Refused) as refused, asked_by(world, who, path):
        pass
    return refused.value.slug, refused.value.code


@pytest.fixture
def world(database: Database, db: "psycopg.Connection[tuple[Any, ...]]") -> World:
    """A database of the test's own: a transaction that was made read-only stays so."""
    return World(db)


@pytest.fixture
def request_id(world: World) -> Any:
    """Towels that a guest has asked for."""
    with world.guest("Marutani"):
        return world.submit(TOWELS, "towels")["body"]["request"]["id"]


@pytest.mark.parametrize(("who", "request_body"), [(RECEPTION, TASK), ("Marutani", TOWELS)])
def test_it_makes_requests_for_members_and_guests(
    world: World, who: str, request_body: dict[str, Any]
) -> None:
    with asked_by(world, who, SUBMIT):
        made = world.submit(request_body, "by the assistant")["body"]["request"]["id"]
    assert world.value("select source from portal.requests where id = %s", made) == "ai_agent"


@pytest.mark.parametrize("who", [RECEPTION, "Marutani"])
def test_it_comments_internally(world: World, request_id: Any, who: str) -> None:
    with asked_by(world, who, COMMENT):
        said = comment(world, request_id)
    assert (said["is_internal"], said["author_name"]) == (True, "Assistant")
    assert world.rows(
        "select author_kind, is_internal from portal.request_comments where request_id = %s", request_id
    ) == [("agent", True)]
    with world.guest("Marutani"):
        assert world.rows("select body from api.portal_request_comments") == []


@pytest.mark.parametrize("who", [OWNER, RECEPTION, "Marutani"])
def test_it_never_speaks_to_the_guest(world: World, request_id: Any, who: str) -> None:
    with pytest.raises(Refused) as refused, asked_by(world, who, COMMENT):
        comment(world, request_id, is_internal=False)
    assert (refused.value.slug, refused.value.code) == ("agent_comments_internally", "PT403")


def test_the_table_itself_refuses_what_it_says_aloud(world: World, request_id: Any) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="agent_comments_internally"):
        world.conn.execute(
            "insert into portal.request_comments (tenant_id, request_id, body, is_internal, author_kind)"
            " select tenant_id, id, 'Hello', false, 'agent' from portal.requests where id = %s",
            (request_id,),
        )


def test_no_other_command_is_its_own(world: World) -> None:
    others = {row[0] for row in world.rows(COMMANDS)} - {"portal_submit_request", "add_request_comment"}
    assert len(others) > 15
    for command in others:
        assert refusal(world, OWNER, f"/rpc/{command}") == ("agent_may_not", "PT403"), command


def test_a_command_made_tomorrow_is_not_either(world: World) -> None:
    world.conn.execute(
        "create function api.ring() returns void language sql volatile set search_path = '' as 'select'"
    )
    assert refusal(world, OWNER, "/rpc/ring") == ("agent_may_not", "PT403")


@pytest.mark.parametrize("path", ["/requests", "/functions/v1/post-charge", "/rpc/", "", "/rpc/nothing"])
def test_whatever_the_call_is_it_writes_nothing(world: World, request_id: Any, path: str) -> None:
    with pytest.raises(Refused) as refused, asked_by(world, OWNER, path):
        world.act(request_id, "confirm")
    assert refused.value.code == "25006"


def test_it_reads_what_its_asker_may_read_and_no_more(world: World, request_id: Any) -> None:
    seen: dict[tuple[str, bool], tuple[Any, ...]] = {}
    counts = (
        "select (select count(*) from api.requests), (select count(*) from api.bookings),"
        " (select count(*) from api.charges), (select array_agg(phone order by id) from api.guests)"
    )
    for who in (OWNER, RECEPTION, HOUSEKEEPER, STRANGER):
        with world.member(who):
            seen[who, False] = world.rows(counts)[0]
        with asked_by(world, who, "/requests"):
            seen[who, True] = world.rows(counts)[0]
        assert seen[who, True] == seen[who, False]
    assert seen[HOUSEKEEPER, True] != seen[RECEPTION, True] != seen[STRANGER, True]
    with asked_by(world, "Haddad", "/portal_requests"):
        assert world.rows("select id from api.portal_requests where id = %s", request_id) == []


def test_of_the_asker_s_rights_to_change_it_keeps_what_its_role_carries(world: World) -> None:
    with asked_by(world, OWNER, SUBMIT):
        kept = world.value("select permissions from api.me")
    assert [one for one in kept if not one.endswith(":read")] == ["hotel:requests:write"]
    assert "hotel:audit:read" in kept


def test_what_its_asker_may_not_it_may_not(world: World) -> None:
    change(world, OWNER, role_id(world, "STAFF"), permissions=["hotel:requests:read"])
    with pytest.raises(Refused) as refused, asked_by(world, HOUSEKEEPER, SUBMIT):
        world.submit(TASK, "not for the housekeeper")
    assert refused.value.slug == "permission_missing"


def test_a_hotel_may_let_it_only_read(world: World) -> None:
    change(world, OWNER, role_id(world, "AI_AGENT"), permissions=["hotel:requests:read"])
    for who in (MANAGER, "Marutani"):
        assert refusal(world, who, SUBMIT) == ("agent_may_not", "PT403")


def test_without_somebody_who_asks_there_is_no_assistant(world: World) -> None:
    with pytest.raises(Refused) as refused, world.owner():
        world.conn.execute("select app.set_caller(null), app.enter_as_agent('/requests')")
    assert (refused.value.slug, refused.value.code) == ("agent_needs_a_session", "PT403")


def test_the_next_caller_is_not_the_assistant(world: World) -> None:
    with world.owner():
        world.conn.execute("select app.act_as_member(%s)", (OWNER,))
        world.conn.execute("select app.enter_as_agent(%s)", (SUBMIT,))
        assert world.value("select app.is_agent()") is True
        world.conn.execute("select app.act_as_member(%s)", (OWNER,))
        assert world.value("select app.is_agent()") is False
