"""api.notification_log, notification_attempts, alerts, teams: who sees what was sent."""

import psycopg
import pytest

from functions.notify.messages import Failed
from tests.notify.ledger import Ledger
from tests.world import MANAGER, RECEPTION, STRANGER, Refused, World

FINAL = Failed("21211", "Invalid 'To' Phone Number", is_final=True)


@pytest.fixture
def world(ledger: Ledger) -> World:
    notification = ledger.queue()
    ledger.try_one(FINAL)
    assert ledger.state(notification) == "dead"
    return World(ledger.conn)


@pytest.mark.parametrize("view", ["notification_log", "notification_attempts", "alerts"])
def test_the_house_sees_its_own(world: World, view: str) -> None:
    with world.member(MANAGER) as member:
        assert len(member.rows(f"select * from api.{view}")) == 1


@pytest.mark.parametrize("view", ["notification_log", "notification_attempts", "alerts"])
def test_a_stranger_sees_nothing(world: World, view: str) -> None:
    with world.member(STRANGER) as member:
        assert member.rows(f"select * from api.{view}") == []


def test_phones_are_masked(world: World) -> None:
    with world.member(RECEPTION) as member:
        assert member.value("select recipient from api.notification_log") == "+12•••01"


@pytest.mark.parametrize("column", ["variables", "fence"])
def test_what_was_written_is_not_shown(world: World, column: str) -> None:
    with pytest.raises(Refused) as refused, world.member(MANAGER) as member:
        member.rows(f"select {column} from public.notification_log")
    assert refused.value.code == psycopg.errors.InsufficientPrivilege.sqlstate


@pytest.mark.parametrize("view", ["notification_log", "notification_attempts", "alerts", "teams"])
def test_a_guest_may_not_look(world: World, view: str) -> None:
    with pytest.raises(Refused) as refused, world.guest("Marutani") as guest:
        guest.rows(f"select * from api.{view}")
    assert refused.value.code == psycopg.errors.InsufficientPrivilege.sqlstate


def test_nobody_writes_the_record(world: World) -> None:
    for statement in (
        "update public.notification_log set state = 'sent'",
        "delete from public.notification_attempts",
    ):
        with pytest.raises(Refused) as refused, world.member(MANAGER) as member:
            member.rows(f"{statement} returning 1")
        assert refused.value.code == psycopg.errors.InsufficientPrivilege.sqlstate


def test_teams_have_a_name_in_the_viewers_language(world: World) -> None:
    with world.member(MANAGER) as member:
        names = {row[0] for row in member.rows("select label from api.teams where key = 'kitchen'")}
    assert names == {"Kitchen"}
