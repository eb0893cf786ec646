"""begin_login, refuse_login, accept_login: who may try, what a wrong password leaves, what one opens."""

import os
from typing import Any

import pytest

from tests import races
from tests.house import Database
from tests.passwords import HASH, has_chosen, was_given
from tests.world import MANAGER, OWNER, RECEPTION, STRANGER, World

ADDRESS = "198.51.100.7"
GIVEN = "abcdefghjkmnpqrs"


def begin(
    world: World, email: str = RECEPTION, flow: str = "staff", address: str = ADDRESS
) -> dict[str, Any]:
    answer: dict[str, Any] = world.value("select app.begin_login(%s, %s, %s)", flow, email, address)
    return answer


def fail(world: World, times: int = 1, email: str = RECEPTION, address: str = ADDRESS) -> list[str]:
    outcomes = []
    for _ in range(times):
        outcomes.append(begin(world, email, address=address)["outcome"])
        if outcomes[-1] == "ready":
            world.value("select app.refuse_login(%s, %s)", email, address)
    return outcomes


def accept(world: World, email: str = RECEPTION, flow: str = "staff", address: str = ADDRESS) -> Any:
    """Whoever has chosen no password says this one, or the one they were given."""
    login = begin(world, email, flow, address)["logins"][0]
    if login["password_hash"] is None:
        world.conn.execute(
            "insert into identity.passwords"
            " (tenant_id, membership_id, password_hash, accepted_at, changed_at)"
            " values (%s, %s, %s, now(), now()) on conflict do nothing",
            (login["tenant_id"], login["membership_id"], HASH),
        )
    return world.value(
        "select app.accept_login(%s, %s, %s, %s, %s, sha256(%s), %s)",
        *(email, address, login["tenant_id"], login["membership_id"], HASH, GIVEN.encode(), os.urandom(32)),
    )


def let_pass(world: World, seconds: int) -> None:
    """Time passes for the locks."""
    world.conn.execute(
        "update identity.login_locks set locked_until = locked_until - make_interval(secs => %s),"
        " last_failed_at = last_failed_at - make_interval(secs => %s)",
        (seconds, seconds),
    )


def test_an_account_is_found_with_its_hotel(undone: World) -> None:
    has_chosen(undone, RECEPTION)
    found = begin(undone, RECEPTION.upper())
    assert found["outcome"] == "ready"
    assert [(login["tenant_slug"], login["password_hash"]) for login in found["logins"]] == [("hamsun", HASH)]


def test_an_unknown_account_is_answered_in_the_same_shape(undone: World) -> None:
    known, unknown = begin(undone), begin(undone, "nobody@hamsun.example")
    assert set(known) == set(unknown)
    assert (unknown["outcome"], unknown["logins"]) == ("ready", [])


@pytest.mark.parametrize(("email", "flow"), [(RECEPTION, "admin"), (MANAGER, "staff"), (OWNER, "platform")])
def test_a_flow_knows_its_own_people_alone(undone: World, email: str, flow: str) -> None:
    assert begin(undone, email, flow)["logins"] == []


def test_who_left_has_no_login(undone: World) -> None:
    undone.conn.execute("update identity.memberships set is_active = false where display_name = 'Mohsin'")
    assert begin(undone)["logins"] == []


def test_staff_sign_in_by_email_where_a_property_allows_it(undone: World) -> None:
    """The rule is `staff_may_use_email`."""
    undone.conn.execute(
        "insert into public.app_settings (tenant_id, property_id, key, value)"
        " select tenant_id, id, 'staff_signs_in_by_email', 'false' from public.properties where code <> 'EXT'"
    )
    assert len(begin(undone)["logins"]) == 1
    undone.conn.execute(
        "update identity.memberships m set property_ids = array[p.id] from public.properties p"
        " where p.code = 'FSL' and m.display_name = 'Mohsin'"
    )
    assert begin(undone)["logins"] == []


def test_an_account_locks_after_five_failures_and_for_longer_each_time(undone: World) -> None:
    assert fail(undone, 5) == ["ready"] * 5
    waits = []
    for _ in range(8):
        locked = begin(undone)
        assert locked["outcome"] == "locked"
        waits.append(locked["retry_after"])
        let_pass(undone, locked["retry_after"])
        assert fail(undone) == ["ready"]
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_accounts_that_do_not_exist_lock_alike(undone: World) -> None:
    assert fail(undone, 6, "nobody@hamsun.example") == ["ready"] * 5 + ["locked"]


def test_a_lock_is_the_account_s_whatever_the_address_and_spelling(undone: World) -> None:
    for place in range(5):
        fail(undone, email=RECEPTION, address=f"203.0.{place}.9")
    assert begin(undone, RECEPTION.upper(), address="192.0.2.1")["outcome"] == "locked"
    assert begin(undone, MANAGER, "admin", address="192.0.2.1")["outcome"] == "ready"


@pytest.mark.parametrize(
    ("bucket", "failures", "seconds"),
    [
        ("account:a", 4, None),
        ("account:a", 5, 30),
        ("address:a", 19, None),
        ("address:a", 20, 30),
        ("network:a", 99, None),
        ("network:a", 100, 30),
        ("network:a", 2_000_000_000, 900),
    ],
)
def test_login_lock_seconds(undone: World, bucket: str, failures: int, seconds: int | None) -> None:
    assert undone.value("select app.login_lock_seconds(%s, %s)", bucket, failures) == seconds


def test_an_address_locks_after_twenty_whoever_was_tried(undone: World) -> None:
    tried = [fail(undone, email=f"guess{n}@hamsun.example")[0] for n in range(21)]
    assert tried == ["ready"] * 20 + ["locked"]
    assert begin(undone, address="198.51.101.7")["outcome"] == "ready"


def test_a_network_locks_after_a_hundred(undone: World) -> None:
    for n in range(100):
        assert fail(undone, email=f"guess{n}@hamsun.example", address=f"198.51.100.{n}") == ["ready"]
    assert begin(undone, address="198.51.100.200")["outcome"] == "locked"
    assert begin(undone, address="198.51.101.200")["outcome"] == "ready"


def test_waiting_at_a_locked_door_makes_it_no_longer(undone: World) -> None:
    fail(undone, 5)
    before = undone.rows("select bucket, failures, locked_until from identity.login_locks order by bucket")
    assert fail(undone, 3) == ["locked"] * 3
    assert before == undone.rows(
        "select bucket, failures, locked_until from identity.login_locks order by bucket"
    )


def test_an_old_failure_is_forgotten(undone: World) -> None:
    fail(undone, 4)
    let_pass(undone, 25 * 3600)
    assert fail(undone, 6) == ["ready"] * 5 + ["locked"]


def test_the_right_password_clears_the_account_and_not_the_address(undone: World) -> None:
    fail(undone, 4)
    accept(undone)
    counted = dict(undone.rows("select split_part(bucket, ':', 1), failures from identity.login_locks"))
    assert counted == {"address": 4, "network": 4}
    assert fail(undone, 4) == ["ready"] * 4


def test_an_own_account_opens_no_door_to_guess_at_others(undone: World) -> None:
    for n in range(19):
        fail(undone, email=f"guess{n}@hamsun.example")
        accept(undone)
    assert fail(undone, 2, "last@hamsun.example") == ["ready", "locked"]


def test_failures_leave_a_trace_and_a_lock_an_alert_to_the_hotel(undone: World) -> None:
    fail(undone, 4)
    alerts = "select count(*) from public.alerts where kind = 'sign_in_locked'"
    assert undone.value(alerts) == 0
    fail(undone)
    let_pass(undone, 30)
    fail(undone)
    assert undone.value(alerts) == 1
    with undone.member(OWNER):
        assert (
            undone.value(
                "select count(*) from api.login_attempts where outcome = 'refused' and member_name = 'Mohsin'"
            )
            == 6
        )
        assert undone.value("select count(*) from api.alerts where kind = 'sign_in_locked'") == 1
    with undone.member(STRANGER):
        assert undone.value("select count(*) from api.login_attempts") == 0
    assert "hamsun.example" not in str(undone.rows("select subject, details from public.alerts"))


def test_attempts_are_read_by_those_who_read_the_audit(undone: World) -> None:
    fail(undone)
    for role in ("anon", "guest", "staff", "kiosk", "platform"):
        assert not undone.value("select has_table_privilege(%s, 'api.login_attempts', 'select')", role)


def test_a_right_password_opens_a_session_of_the_member_s_type(undone: World) -> None:
    opened = accept(undone)
    assert (opened["role"], opened["must_change_password"], opened["onboarding_completed"]) == (
        "staff",
        False,
        True,
    )
    assert opened["capabilities"] == {"canAccessKB": True, "canViewTickets": True, "canCreateTickets": True}
    assert undone.value(
        "select count(*) from identity.refresh_tokens where session_id = %s", opened["session_id"]
    )
    was_given(undone, RECEPTION, GIVEN)
    assert accept(undone)["must_change_password"] is True


def test_capabilities_come_from_roles(undone: World) -> None:
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:requests:write'")
    assert accept(undone)["capabilities"] == {
        "canAccessKB": True,
        "canViewTickets": True,
        "canCreateTickets": False,
    }


def test_the_next_sign_in_brings_the_notices(undone: World) -> None:
    assert accept(undone)["notices"] == []
    undone.conn.execute(
        "insert into identity.notices (tenant_id, membership_id, kind)"
        " select tenant_id, membership_id, 'refresh_reused' from app.resolve_login(%s)",
        (RECEPTION,),
    )
    assert [notice["kind"] for notice in accept(undone)["notices"]] == ["refresh_reused"]


def test_sign_ins_are_audited(undone: World) -> None:
    opened = accept(undone)
    fail(undone)
    rows = undone.rows(
        "select table_name, new_values ->> 'outcome' from public.audit_log"
        " where table_name in ('identity.sessions', 'identity.login_attempts')"
        " and (row_key ->> 'id' = %s or table_name = 'identity.login_attempts') order by at",
        opened["session_id"],
    )
    assert [row for row in rows if row[0] == "identity.login_attempts"] == [
        ("identity.login_attempts", "signed_in"),
        ("identity.login_attempts", "refused"),
    ]
    assert ("identity.sessions", None) in rows


def test_who_must_choose_a_password_may_do_nothing_before(undone: World) -> None:
    was_given(undone, RECEPTION, GIVEN)
    with undone.member(RECEPTION):
        assert undone.value("select permissions from api.me") == []
        assert undone.value("select must_change_password from api.me") is True


def test_a_badge_counts_under_its_account(undone: World) -> None:
    tenant, member = undone.rows("select tenant_id, membership_id from app.resolve_login(%s)", RECEPTION)[0]
    fail(undone, 3)
    badge = "select app.begin_badge_login(%s, %s, %s)"
    found = undone.value(badge, tenant, member, ADDRESS)
    assert (found["outcome"], found["email"]) == ("ready", RECEPTION)
    assert [login["membership_id"] for login in found["logins"]] == [str(member)]
    undone.value(badge, tenant, member, ADDRESS)
    assert undone.value(badge, tenant, member, ADDRESS)["outcome"] == "locked"
    assert begin(undone)["outcome"] == "locked"


def test_a_badge_of_nobody_or_of_an_admin_opens_nothing(undone: World) -> None:
    tenant, manager = undone.rows("select tenant_id, membership_id from app.resolve_login(%s)", MANAGER)[0]
    other = undone.value("select tenant_id from app.resolve_login(%s)", STRANGER)
    for where, who in ((tenant, manager), (other, manager), (None, None)):
        assert undone.value("select app.begin_badge_login(%s, %s, %s)", where, who, ADDRESS)["logins"] == []


def test_parallel_failures_are_all_counted(database: Database) -> None:
    def guess(conn: races.Connection) -> str:
        return str(begin(World(conn), address="198.51.100.9")["outcome"])

    outcomes = races.all_at_once(database, [guess] * 9)
    assert sorted(outcomes) == ["locked"] * 4 + ["ready"] * 5


def test_a_second_try_waits_for_the_first_one_s_count(database: Database) -> None:
    with database.connect() as conn:
        fail(World(conn), 4)

    def guess(conn: races.Connection) -> str:
        return str(begin(World(conn))["outcome"])

    assert races.at_once(database, guess, guess) == ("ready", "locked")
