"""The platform's own people: add_platform_user, their sign-in, their secrets, and what they see."""

import os
from typing import Any

import pytest

from tests import races
from tests.house import Database
from tests.world import OWNER, Refused, World

HASH = "$argon2id$v=19$m=47104,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"
OPS = "ops@staybase.example"
ADDRESS = "198.51.100.7"
SECRET = b"\x01" * 32


def add(world: World, email: str = OPS, password_hash: str = HASH) -> Any:
    world.value("select app.add_platform_user(%s, 'Nadia', %s)", email, password_hash)
    return world.value("select id from identity.users where email = %s", email)


def open_session(world: World, user: Any, secret: bytes = SECRET) -> dict[str, Any]:
    opened: dict[str, Any] = world.value(
        "select app.accept_platform_login(%s, %s, %s, %s)", OPS, ADDRESS, user, secret
    )
    return opened


def show(world: World, digest: bytes = SECRET) -> tuple[dict[str, Any] | None, bytes]:
    following = os.urandom(32)
    return world.value("select app.rotate_platform_secret(%s, %s)", digest, following), following


def begin(world: World, email: str = OPS) -> dict[str, Any]:
    answer: dict[str, Any] = world.value("select app.begin_platform_login(%s, %s)", email, ADDRESS)
    return answer


def test_add_platform_user_makes_one_or_gives_a_new_password(undone: World) -> None:
    first = add(undone)
    opened = open_session(undone, first)
    assert add(undone, password_hash=HASH.replace("c2Fs", "AAAA")) == first
    assert undone.value("select password_hash from identity.users where id = %s", first) != HASH
    assert show(undone)[0] is None
    assert undone.value(
        "select ended_because from identity.platform_sessions where id = %s", opened["session_id"]
    )


def test_nobody_of_a_hotel_runs_the_platform_by_the_same_account(undone: World) -> None:
    with pytest.raises(Refused) as refused, undone.owner():
        add(undone, OWNER)
    assert refused.value.slug == "email_has_an_account"
    with pytest.raises(Refused) as refused, undone.owner():
        add(undone, password_hash="plain")
    assert refused.value.slug == "password_hash_invalid"


def test_the_flows_of_hotels_and_of_the_platform_do_not_mix(undone: World) -> None:
    add(undone)
    assert begin(undone)["user_id"] is not None
    assert begin(undone, OWNER)["user_id"] is None
    for flow in ("admin", "staff", "console"):
        assert undone.value("select app.begin_login(%s, %s, %s)", flow, OPS, ADDRESS)["logins"] == []


def test_who_was_let_go_has_no_login(undone: World) -> None:
    add(undone)
    undone.conn.execute("update identity.platform_users set is_active = false")
    assert begin(undone)["user_id"] is None


def test_wrong_passwords_lock_the_account_and_alert_the_platform(undone: World) -> None:
    add(undone)
    for _ in range(5):
        assert begin(undone)["outcome"] == "ready"
        undone.value("select app.refuse_login(%s, %s)", OPS, ADDRESS)
    assert begin(undone)["outcome"] == "locked"
    assert undone.rows("select kind from app.platform_alerts") == [("sign_in_locked",)]


def test_a_second_lock_a_day_later_alerts_the_platform_again(undone: World) -> None:
    add(undone)
    for _ in range(2):
        for _ in range(5):
            begin(undone)
            undone.value("select app.refuse_login(%s, %s)", OPS, ADDRESS)
        undone.conn.execute("update app.clock set shift = shift + interval '25 hours'")
        undone.conn.execute(
            "update identity.login_locks set locked_until = locked_until - interval '25 hours',"
            " last_failed_at = last_failed_at - interval '25 hours'"
        )
        undone.conn.execute("update app.platform_alerts set raised_at = raised_at - interval '25 hours'")
        undone.conn.execute("select app.tick()")
    alerts = "select resolved_at is null from app.platform_alerts where kind = 'sign_in_locked'"
    assert undone.rows(alerts) == [(False,), (False,)]


def test_a_session_lasts_half_a_day_and_its_secret_gives_way(undone: World) -> None:
    opened = open_session(undone, add(undone))
    assert opened.pop("notices") == []
    assert set(opened) == {"role", "sub", "session_id", "expires_at"}
    claims, following = show(undone)
    assert claims == opened
    assert show(undone, following)[0] == opened
    undone.conn.execute("update identity.platform_sessions set expires_at = clock_timestamp()")
    assert show(undone, following)[0] is None


def time_passes(world: World) -> None:
    world.conn.execute("update identity.platform_secrets set used_at = used_at - interval '11 seconds'")


def test_a_secret_shown_after_its_successor_ends_the_session(undone: World) -> None:
    user = add(undone)
    open_session(undone, user)
    _, following = show(undone)
    _, last = show(undone, following)
    assert show(undone)[0] is None
    assert show(undone, last)[0] is None
    assert undone.rows("select ended_because from identity.platform_sessions") == [("refresh_reused",)]
    assert undone.rows("select kind from app.platform_alerts") == [("refresh_reused",)]


def test_a_thief_two_rotations_ahead_is_found_out(undone: World) -> None:
    user = add(undone)
    opened = open_session(undone, user)
    stolen = SECRET
    for _ in range(3):
        claims, stolen = show(undone, stolen)
        assert claims is not None
        time_passes(undone)
    assert show(undone)[0] is None
    assert show(undone, stolen)[0] is None
    again = open_session(undone, user, b"\x03" * 32)
    assert [notice["kind"] for notice in again["notices"]] == ["refresh_reused"]
    with undone.owner():
        assert undone.value("select app.enter_as_platform(%s, %s)", opened["session_id"], user) is False
        assert undone.value("select app.enter_as_platform(%s, %s)", again["session_id"], user) is True
        undone.conn.execute("set local role platform")
        assert [notice["kind"] for notice in undone.value("select api.my_platform_notices()")] == [
            "refresh_reused"
        ]
        assert undone.value("select api.dismiss_notices()") == {"seen": 1}
        assert undone.value("select api.my_platform_notices()") == []


def test_an_answer_lost_on_the_way_ends_nothing(undone: World) -> None:
    open_session(undone, add(undone))
    _, lost = show(undone)
    time_passes(undone)
    _, arrived = show(undone)
    assert show(undone, arrived)[0] is not None
    assert show(undone, lost)[0] is None
    assert undone.rows("select ended_because from identity.platform_sessions") == [("refresh_reused",)]


def test_a_member_s_secret_is_no_platform_s_and_the_other_way_round(undone: World) -> None:
    session = undone.value("select app.open_development_session(%s)", OWNER)
    undone.value(
        "select app.issue_refresh_token(%s, %s, %s, '7 days')",
        *(session["tenant_id"], session["session_id"], SECRET),
    )
    assert show(undone)[0] is None
    open_session(undone, add(undone), b"\x02" * 32)
    for role in ("admin", "staff", "guest", "platform"):
        turned = undone.value(
            "select app.rotate_refresh_token(%s, %s, %s)", b"\x02" * 32, os.urandom(32), [role]
        )
        assert turned is None


def test_the_platform_sees_tenants_and_never_a_guest(undone: World) -> None:
    user = add(undone)
    opened = open_session(undone, user)
    readable = {
        row[0]
        for row in undone.rows(
            "select c.relname from pg_class c where c.relnamespace = 'api'::regnamespace"
            " and has_table_privilege('platform', c.oid, 'select')"
        )
    }
    assert readable == {"platform_tenants", "kiosk_health"}
    callable_ = {
        row[0]
        for row in undone.rows(
            "select p.proname from pg_proc p where p.pronamespace = 'api'::regnamespace"
            " and has_function_privilege('platform', p.oid, 'execute')"
        )
    }
    assert callable_ == {
        "sign_out",
        "sign_out_everywhere",
        "my_platform_notices",
        "dismiss_notices",
    }
    with undone.owner():
        assert undone.value("select app.enter_as_platform(%s, %s)", opened["session_id"], user) is True
        undone.conn.execute("set local role platform")
        assert {row[0] for row in undone.rows("select slug from api.platform_tenants")} >= {
            "hamsun",
            "alpine",
        }


def test_sign_out_ends_a_platform_session(undone: World) -> None:
    user = add(undone)
    opened = open_session(undone, user)
    with undone.owner():
        undone.value("select app.enter_as_platform(%s, %s)", opened["session_id"], user)
        undone.conn.execute("set local role platform")
        undone.conn.execute("select api.sign_out()")
    assert undone.rows("select ended_because from identity.platform_sessions") == [("signed_out",)]


@pytest.mark.parametrize(
    "function",
    ["add_platform_user", "begin_platform_login", "accept_platform_login", "rotate_platform_secret"],
)
def test_no_api_role_makes_or_becomes_a_platform_user(undone: World, function: str) -> None:
    roles = ["anon", "guest", "staff", "admin", "kiosk", "platform"]
    roles += ["service", "engine"] if function == "add_platform_user" else []
    for role in roles:
        assert not undone.value(
            "select bool_or(has_function_privilege(%s, oid, 'execute')) from pg_proc where proname = %s",
            role,
            function,
        )


def test_two_rotations_at_once_both_come_in(database: Database) -> None:
    with database.connect() as conn:
        opened = open_session(World(conn), add(World(conn)))
        del opened["notices"]

    def rotation(conn: races.Connection) -> Any:
        return show(World(conn))

    (first, _), (second, arrived) = races.at_once(database, rotation, rotation)
    assert first == second == opened
    with database.connect() as conn:
        assert show(World(conn), arrived)[0] == opened


def test_a_forgotten_session_takes_its_secrets_with_it(undone: World) -> None:
    open_session(undone, add(undone))
    _, following = show(undone)
    show(undone, following)
    undone.conn.execute("delete from identity.platform_sessions")
    assert undone.rows("select digest from identity.platform_secrets") == []
