"""POST /functions/v1/slack-interactions: what is pressed in Slack, and nobody else's word."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import httpx2
import pytest

from functions.cli.cluster import Cluster
from tests.functions.server import House, running_functions
from tests.house import cloned
from tests.slack import MOHSIN, SECRET, TARIQ, form, press, signed
from tests.world import OWNER, World

PATH = "/functions/v1/slack-interactions"
LATE = {"type_slug": "booking_action", "subtype": "late_checkout", "check_out_time": "15:00"}
keys = count(1)


@pytest.fixture(scope="module")
def house(cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The functions, with a Slack app's secret."""
    with (
        cloned(cluster, template) as database,
        running_functions(database, tmp_path_factory.mktemp("house"), SLACK_SIGNING_SECRET=SECRET) as house,
    ):
        yield house


@pytest.fixture
def world(house: House) -> Iterator[World]:
    """The house, with no hour agreed yet."""
    with house.database.connect() as conn:
        conn.execute("update public.bookings set agreed_check_out_time = null")
        yield World(conn)


@pytest.fixture
def wish(world: World) -> Any:
    """A late check-out that waits for approval."""
    with world.guest("Marutani"):
        return world.submit(LATE, f"late {next(keys)}")["body"]["request"]["id"]


def told(house: House, payload: Any, **headers: str) -> httpx2.Response:
    body = form(payload)
    return house.client.post(PATH, content=body, headers={**signed(body), **headers})


def status(world: World, request: Any) -> Any:
    return world.value("select status from portal.requests where id = %s", request)


def answers(world: World, request: Any, user: str = TARIQ) -> list[str]:
    """Slugs of the notes to somebody since this request was made."""
    rows = world.rows(
        "select n.variables ->> 'slug' from public.notification_log as n"
        " where n.event_key = 'slack_answer' and n.variables ->> 'slack_user_id' = %s"
        " and n.created_at >= (select created_at from portal.requests where id = %s) order by n.id",
        user,
        request,
    )
    return [row[0] for row in rows]


def test_a_manager_approves_from_slack(house: House, world: World, wish: Any) -> None:
    assert told(house, press(wish, amount="9,000", reason="A regular")).status_code == 200
    assert status(world, wish) == "approved"
    [(action, who, given)] = world.rows(
        "select action, actor_name, input from portal.request_status_history"
        " where request_id = %s order by position desc limit 1",
        wish,
    )
    assert (action, who, given) == ("approve", "Tariq", {"amount": 9000.0, "reason": "A regular"})
    assert answers(world, wish) == []


def test_an_amount_that_can_be_read_in_two_ways_is_asked_about(house: House, world: World, wish: Any) -> None:
    told(house, press(wish, amount="9.500", at="1770000009.1"))
    assert (status(world, wish), answers(world, wish)) == ("pending_approval", ["input_invalid"])
    told(house, press(wish, amount="9.500,00", at="1770000010.1"))
    amount = world.value("select (details ->> 'amount')::numeric from portal.requests where id = %s", wish)
    assert (status(world, wish), amount) == ("approved", 9500)


def test_three_decimals_are_what_they_are_where_money_has_them(world: World, wish: Any) -> None:
    dinars = (
        "select app.refuse_ambiguous_amount("
        'jsonb_populate_record(r, \'{"currency": "KWD"}\'), \'approve\', \'{"amount": "9.500"}\')'
        " from portal.requests as r where r.id = %s"
    )
    assert world.value(dinars, wish) == ""


def test_and_refuses_with_a_reason(house: House, world: World, wish: Any) -> None:
    told(house, press(wish, "reject", amount="11000"))
    assert (status(world, wish), answers(world, wish)) == ("pending_approval", ["input_missing"])
    told(house, press(wish, "reject", amount="11000", reason="A wedding", at="1770000001.1"))
    assert status(world, wish) == "rejected"


def test_the_card_is_written_anew_with_who_did_what(house: House, world: World, wish: Any) -> None:
    told(house, press(wish, amount="1"))
    [(card, status_label, actor, actions)] = world.rows(
        "select c.event_key, n.variables ->> 'status_label', n.variables ->> 'actor',"
        " n.variables -> 'actions'"
        " from public.notification_log as n"
        " join public.notification_log as c on c.id = (n.variables ->> 'card')::uuid"
        " where n.request_id = %s and n.event_key = 'card_renewed' and n.state = 'queued'"
        " and n.variables ->> 'team' = 'approvals'",
        wish,
    )
    assert (card, status_label, actor) == ("approval_needed", "Approved", "Tariq")
    assert [action["key"] for action in actions] == ["complete"]


def test_whose_permission_does_not_reach_is_told_so(house: House, world: World, wish: Any) -> None:
    told(house, press(wish, user=MOHSIN, amount="1", at="1770000002.1"))
    assert (status(world, wish), answers(world, wish, MOHSIN)) == ("pending_approval", ["permission_missing"])


def test_a_stranger_in_the_workspace_is_told_how_to_be_known(house: House, world: World, wish: Any) -> None:
    told(house, press(wish, user="U0STRANGER1", amount="1"))
    assert status(world, wish) == "pending_approval"
    assert answers(world, wish, "U0STRANGER1") == ["slack_user_unknown"]


def test_who_has_left_presses_nothing(house: House, world: World, wish: Any) -> None:
    world.conn.execute(
        "update identity.memberships set is_active = false where slack_user_id = %s", (MOHSIN,)
    )
    told(house, press(wish, user=MOHSIN, amount="1", at="1770000003.1"))
    world.conn.execute("update identity.memberships set is_active = true where slack_user_id = %s", (MOHSIN,))
    assert answers(world, wish, MOHSIN) == ["slack_user_unknown"]


def test_another_workspace_is_nobodys(house: House, world: World, wish: Any) -> None:
    answer = told(house, press(wish, workspace="T0ELSEWHERE", amount="1"))
    assert (answer.status_code, answer.json()["details"]) == (404, "workspace_unknown")
    assert status(world, wish) == "pending_approval"


def test_a_request_already_decided_says_who_was_faster(house: House, world: World, wish: Any) -> None:
    with world.member(OWNER):
        world.act(wish, "reject", "pending_approval", {"reason": "full"})
    told(house, press(wish, amount="1", at="1770000004.1"))
    assert answers(world, wish) == ["request_moved_on"]
    said = world.value(
        "select variables ->> 'message' from public.notification_log where event_key = 'slack_answer'"
        " order by id desc limit 1"
    )
    assert "Nadia" in said


def test_the_same_press_a_hundred_times_at_once_is_one(house: House, world: World, wish: Any) -> None:
    body = form(press(wish, amount="700"))
    headers = signed(body)
    with ThreadPoolExecutor(100) as pool:
        codes = set(
            pool.map(lambda _: house.client.post(PATH, content=body, headers=headers).status_code, range(100))
        )
    # whoever would have to wait longer than Slack does is told so in time
    assert 200 in codes <= {200, 503}
    moves = world.value(
        "select count(*) from portal.request_status_history where request_id = %s and action = 'approve'",
        wish,
    )
    assert (status(world, wish), moves, answers(world, wish)) == ("approved", 1, [])


def test_a_slow_database_is_answered_for_in_time(house: House, world: World, wish: Any) -> None:
    with house.database.connect() as other, other.transaction():
        other.execute("select from portal.requests where id = %s for update", (wish,))
        began = time.monotonic()
        answer = told(house, press(wish, amount="700", at="1770000007.1"))
        assert time.monotonic() - began < 3
    assert (answer.status_code, status(world, wish)) == (503, "pending_approval")
    assert told(house, press(wish, amount="700", at="1770000008.1")).status_code == 200
    assert status(world, wish) == "approved"


def test_a_hundred_refused_presses_are_answered_once(house: House, world: World, wish: Any) -> None:
    body = form(press(wish, user=MOHSIN, amount="1", at="1770000005.1"))
    for _ in range(5):
        assert house.client.post(PATH, content=body, headers=signed(body)).status_code == 200
    assert answers(world, wish, MOHSIN) == ["permission_missing"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": str(int(time.time()) - 301)},
        {"X-Slack-Request-Timestamp": "nan"},
        {"X-Slack-Request-Timestamp": ""},
    ],
)
def test_what_slack_did_not_sign_is_not_taken(
    house: House, world: World, wish: Any, headers: dict[str, str]
) -> None:
    assert told(house, press(wish, amount="1"), **headers).status_code == 401
    assert status(world, wish) == "pending_approval"


def test_an_old_call_is_not_taken_though_it_was_signed(house: House, wish: Any) -> None:
    body = form(press(wish, amount="1"))
    headers = signed(body, moment=str(int(time.time()) - 301))
    assert house.client.post(PATH, content=body, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "body", [b"", b"payload=", b"payload=[]", b"payload=%7B", b"other=1", b"payload=1&payload=2"]
)
def test_what_is_no_payload_is_not_taken(house: House, body: bytes) -> None:
    assert house.client.post(PATH, content=body, headers=signed(body)).status_code == 401


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_closed"},
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": [{"action_id": "open"}]},
        press("not an id"),
        press("0190a000-0000-7000-8000-000000000001", action="Drop Table"),
    ],
)
def test_what_is_no_button_of_ours_is_acknowledged(house: House, payload: Any) -> None:
    assert told(house, payload).status_code == 200


def test_another_hotels_request_is_not_found(house: House, world: World) -> None:
    theirs = (
        world.value(
            "select r.id from portal.requests as r join public.tenants as t on t.id = r.tenant_id"
            " where t.slug = 'alpine' limit 1"
        )
        or "0190a000-0000-7000-8000-000000000001"
    )
    told(house, press(theirs, "cancel", "new", at="1770000006.1"))
    said = world.value(
        "select variables ->> 'slug' from public.notification_log where event_key = 'slack_answer'"
        " order by id desc limit 1"
    )
    assert said == "request_not_found"


def test_the_next_step_of_other_work_is_a_button_too(house: House, world: World) -> None:
    with world.guest("Marutani"):
        towels = world.submit(
            {"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 1}]}, f"towels {next(keys)}"
        )["body"]["request"]["id"]
    offered = world.value(
        "select jsonb_path_query_array(variables, '$.actions[*].key') from public.notification_log"
        " where request_id = %s and event_key = 'request_received' and channel = 'slack'",
        towels,
    )
    assert offered == ["acknowledge"]
    told(house, press(towels, "acknowledge", "new", MOHSIN))
    assert status(world, towels) == "acknowledged"


def test_without_a_workspace_cards_have_no_buttons(house: House, world: World) -> None:
    with world.member(OWNER):
        world.value("select api.disconnect_slack()")
    with world.guest("Marutani"):
        wish = world.submit(LATE, f"late {next(keys)}")["body"]["request"]["id"]
    plain = world.value(
        "select bool_or(variables ? 'actions') from public.notification_log where request_id = %s", wish
    )
    world.conn.execute(
        "insert into notify.senders (tenant_id, channel, address)"
        " select id, 'slack', 'T0SANDBOX01' from public.tenants where slug = 'hamsun'"
    )
    assert not plain
