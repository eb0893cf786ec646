"""The worker's desk for Slack: whose workspace a token opens is Slack's word, and one hotel's alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from psycopg.types.json import Jsonb
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from functions.cli.cluster import Cluster
from functions.notify.channels.slack import Slack
from functions.notify.messages import Accepted, Unauthorized
from functions.slack.workspaces import Workspaces
from tests.house import Database, cloned
from tests.notify.messages import slack as card
from tests.notify.test_channels import settings
from tests.sandbox.running import ENVIRONMENT, RunningSandbox, running
from tests.world import MANAGER, OWNER, RECEPTION, STRANGER, Refused, World


class Answer(dict[str, Any]):
    """What Slack refuses with."""

    def __init__(self, body: dict[str, Any], status_code: int, headers: dict[str, str]) -> None:
        super().__init__(body)
        self.status_code, self.headers = status_code, headers


HOTEL, ELSEWHERE = "xoxb-sandbox-hotel", "xoxb-sandbox-elsewhere"


@pytest.fixture(scope="module")
def sandbox_process() -> Iterator[RunningSandbox]:
    with running(ENVIRONMENT) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: RunningSandbox) -> RunningSandbox:
    sandbox_process.reset()
    return sandbox_process


@pytest.fixture(scope="module")
def database(cluster: Cluster, template: str) -> Iterator[Database]:
    """One database for the file's tests."""
    with cloned(cluster, template) as database:
        yield database


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    """The hotels, none of them connected, everybody in Slack known."""
    with database.connect() as conn:
        conn.execute("delete from notify.senders where channel = 'slack'")
        conn.execute("delete from notify.slack_access")
        yield World(conn)


@pytest.fixture
def desk(database: Database, sandbox: RunningSandbox) -> Iterator[Workspaces]:
    desk = Workspaces(service(database, sandbox))
    yield desk
    desk.close()


def service(database: Database, sandbox: RunningSandbox) -> Any:
    """The worker's settings: a database and a Slack."""
    return replace(settings(sandbox.url), service_url=database.service_url)


def connect(world: World, desk: Workspaces, token: str = HOTEL, who: str = OWNER) -> dict[str, Any]:
    with world.member(who):
        assert world.value("select api.connect_slack(%s)", token) == {"state": "asked"}
    desk.work()
    return seen(world, who)


def seen(world: World, who: str = OWNER) -> dict[str, Any]:
    """The page's row."""
    with world.member(who):
        row = world.value("select to_jsonb(w) from api.slack_workspace as w")
    assert isinstance(row, dict)
    return row


def test_slack_says_whose_workspace_a_token_opens(world: World, desk: Workspaces) -> None:
    row = connect(world, desk)
    assert (row["state"], row["team_id"], row["team_name"]) == ("connected", "T0SANDBOX01", "Sandbox")
    assert row["connected_at"]
    assert row["tested_at"]
    assert row["problem"] is None
    assert world.value("select app.resolve_sender('slack', 'T0SANDBOX01')") == row_tenant(world)
    connect(world, desk)
    assert seen(world)["connected_at"] == row["connected_at"]


def row_tenant(world: World, slug: str = "hamsun") -> Any:
    return world.value("select id from public.tenants where slug = %s", slug)


def test_a_workspace_is_one_hotels_and_the_second_is_told(world: World, desk: Workspaces) -> None:
    connect(world, desk)
    theirs = connect(world, desk, HOTEL, STRANGER)
    assert (theirs["state"], theirs["problem"], theirs["team_id"]) == ("refused", "workspace_taken", None)
    assert seen(world)["state"] == "connected"
    assert connect(world, desk, ELSEWHERE, STRANGER)["team_id"] == "T0SANDBOX02"
    # who is connected keeps what they have when another token is refused
    again = connect(world, desk, HOTEL, STRANGER)
    assert (again["state"], again["problem"], again["team_id"]) == (
        "connected",
        "workspace_taken",
        "T0SANDBOX02",
    )

    with world.member(OWNER):
        world.value("select api.disconnect_slack()")
    assert seen(world)["state"] == "off"
    assert connect(world, desk, HOTEL, STRANGER)["team_id"] == "T0SANDBOX01"


def test_who_parts_with_slack_sends_no_card(world: World, desk: Workspaces) -> None:
    cards = (
        "select distinct n.state, n.error_code from public.notification_log as n"
        " where n.channel = 'slack' and n.request_id = %s"
    )
    connect(world, desk)
    for key, state in (("before", "cancelled"), ("after", "suppressed")):
        with world.guest("Marutani"):
            made = world.submit({"type_slug": "concierge", "note": "A taxi"}, key)["body"]["request"]
        with world.member(OWNER):
            world.value("select api.disconnect_slack()")
        assert world.rows(cards, made["id"]) == [(state, "slack_not_connected")]
    with world.owner():
        world.value("select app.set_caller(%s)", row_tenant(world))
        assert world.value("select app.has_no_slack()")


@pytest.mark.parametrize(("others", "speaks"), [(True, False), (False, True)])
def test_the_installations_token_is_not_another_hotels(world: World, others: bool, speaks: bool) -> None:
    world.conn.execute("delete from notify.senders where channel = 'slack'; delete from notify.slack_access")
    if others:
        world.conn.execute(
            "insert into notify.senders (tenant_id, channel, address)"
            " select id, 'slack', 'T0SANDBOX01' from public.tenants where slug = 'alpine'"
        )
    assert world.value("select app.resolve_slack_is_given()") is others
    with world.guest("Marutani"):
        made = world.submit({"type_slug": "concierge", "note": "A map"}, f"a map {others}")["body"]["request"]
    assert world.rows(
        "select state <> 'suppressed', error_code from public.notification_log"
        " where channel = 'slack' and request_id = %s",
        made["id"],
    ) == [(speaks, None if speaks else "slack_not_connected")]


def test_two_at_once_and_one_has_it(database: Database, world: World) -> None:
    for who in (OWNER, STRANGER):
        with world.member(who):
            world.value("select api.connect_slack(%s)", HOTEL)

    def bind(slug: str) -> Any:
        with database.connect(database.service_url) as conn:
            return World(conn).value(
                "select app.bind_slack(%s, %s, 'T0SANDBOX01', 'Sandbox', 'staybase')",
                row_tenant(world, slug),
                HOTEL,
            )

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(bind, ("hamsun", "alpine"))) == [False, True]
    assert world.value("select count(*) from notify.senders where channel = 'slack'") == 1


def test_a_token_that_slack_refuses_changes_nothing(world: World, desk: Workspaces) -> None:
    assert connect(world, desk, "xoxb-not-a-token-of-anybody")["problem"] == "token_refused"
    connect(world, desk)
    row = connect(world, desk, "xoxb-not-a-token-of-anybody")
    assert (row["state"], row["problem"]) == ("connected", "token_refused")


def test_a_revoked_token_frees_the_workspace_and_somebody_hears_of_it(
    world: World, desk: Workspaces, sandbox: RunningSandbox
) -> None:
    connect(world, desk)
    sandbox.switch("fail", provider="slack", operation="lookup", code="account_inactive")
    with world.member(OWNER):
        world.value("select api.check_slack()")
    assert world.value("select app.awaits_slack()")
    desk.work()
    assert not world.value("select app.awaits_slack()")
    assert (seen(world)["state"], seen(world)["problem"]) == ("refused", "token_revoked")
    assert world.value("select app.resolve_sender('slack', 'T0SANDBOX01')") is None
    alerts = "select count(*) from public.alerts where kind = 'slack_refused' and resolved_at is null"
    assert world.value(alerts) == 1
    assert connect(world, desk)["state"] == "connected"
    assert world.value(alerts) == 0


def test_what_slack_does_not_answer_is_asked_again(
    world: World, desk: Workspaces, sandbox: RunningSandbox
) -> None:
    sandbox.switch("fail", provider="slack", operation="lookup", status=503)
    row = connect(world, desk)
    assert (row["state"], row["last_error"]) == ("asked", "service_unavailable")
    world.conn.execute("update notify.slack_access set next_try_at = clock_timestamp()")
    desk.work()
    assert (seen(world)["state"], seen(world)["last_error"]) == ("connected", None)


def test_colleagues_are_found_by_their_addresses(world: World, desk: Workspaces) -> None:
    world.conn.execute("update identity.memberships set slack_user_id = null")
    world.conn.execute(
        "update identity.memberships as m set slack_user_id = 'U0TARIQ0001' from identity.users as u"
        " where u.id = m.user_id and u.email = %s",
        (OWNER,),
    )
    connect(world, desk)
    linked = dict(
        world.rows(
            "select u.email, m.slack_user_id from identity.memberships as m"
            " join identity.users as u on u.id = m.user_id where m.tenant_id = %s",
            row_tenant(world),
        )
    )
    # what a manager has said stays, and nobody becomes two people
    assert (linked[OWNER], linked[MANAGER], linked[RECEPTION]) == ("U0TARIQ0001", None, "U0MOHSIN001")
    assert seen(world)["matched_at"]
    assert not seen(world)["is_match_due"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"ok": True, "user": None}, "TypeError"),
        ({"ok": True}, "KeyError"),
        (SlackApiError("", Answer({"error": "ratelimited"}, 429, {"Retry-After": "soon"})), None),  # type: ignore[no-untyped-call]
    ],
)
def test_an_answer_that_cannot_be_read_is_asked_for_again(
    world: World, desk: Workspaces, monkeypatch: pytest.MonkeyPatch, answer: Any, said: str | None
) -> None:
    world.conn.execute("update identity.memberships set slack_user_id = null")

    def answered(_client: WebClient, **_asked: str) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(WebClient, "users_lookupByEmail", answered)
    row = connect(world, desk)
    assert (row["state"], row["last_error"], row["is_match_due"]) == ("connected", said, True)
    assert world.value("select count(*) from notify.slack_access where lease_until is not null") == 0


def test_who_is_invited_is_looked_for_too(world: World, desk: Workspaces) -> None:
    connect(world, desk)
    member = {
        "email": "visitor@hamsun.example",
        "name": "Visitor",
        "roles": ["STAFF"],
        "properties": [],
        "teams": [],
    }
    with world.member(OWNER):
        made = world.value("select api.invite_member(%s)", Jsonb(member))
    desk.work()
    assert (
        world.value("select slack_user_id from identity.memberships where id = %s", made["id"])
        == "U0VISITOR01"
    )


def test_a_hotels_cards_leave_with_its_own_token(sandbox: RunningSandbox) -> None:
    channel = Slack(settings(sandbox.url, slack_token="xoxb-nobody-knows-this"))
    assert isinstance(channel.send(card()), Unauthorized)
    assert isinstance(channel.send(card(access_token=HOTEL)), Accepted)
    assert HOTEL not in repr(card(access_token=HOTEL))


def test_the_token_is_told_to_nobody(world: World, desk: Workspaces) -> None:
    row = connect(world, desk)
    assert HOTEL not in str(row)
    kept = "select count(*) from public.audit_log as l where to_jsonb(l)::text like %s"
    assert world.value(kept, f"%{HOTEL}%") == 0
    with pytest.raises(Refused), world.member(OWNER):
        world.value("select bot_token from notify.slack_access")


def test_a_manager_has_them_looked_for_again(world: World, desk: Workspaces) -> None:
    connect(world, desk)
    world.conn.execute(
        "update identity.memberships set slack_user_id = null where slack_user_id = 'U0MOHSIN001'"
    )
    with world.member(MANAGER):
        assert world.value("select api.find_slack_people()") == {"is_match_due": True}
    desk.work()
    known = "select count(*) from identity.memberships where slack_user_id = 'U0MOHSIN001'"
    assert world.value(known) == 1


def test_who_may_not_is_refused(world: World) -> None:
    for who, call, slug in (
        (RECEPTION, "api.connect_slack('xoxb-not-known-to-anybody')", "permission_missing"),
        (RECEPTION, "api.check_slack()", "permission_missing"),
        (RECEPTION, "api.disconnect_slack()", "permission_missing"),
        (RECEPTION, "api.find_slack_people()", "permission_missing"),
        (OWNER, "api.connect_slack('xoxp-of-a-person')", "slack_token_invalid"),
        (OWNER, "api.connect_slack(null)", "slack_token_invalid"),
        (OWNER, "api.check_slack()", "slack_not_connected"),
        (OWNER, "api.find_slack_people()", "slack_not_connected"),
    ):
        with pytest.raises(Refused) as refused, world.member(who):
            world.value(f"select {call}")
        assert refused.value.slug == slug, call
