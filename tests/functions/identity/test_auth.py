"""auth-login, auth-refresh, auth-logout: flows that never mix, secrets that give way, ends that hold."""

import os
from pathlib import Path
from typing import Any

import pytest

from functions.identity.passwords import HASHER
from functions.shared.tokens import verify
from tests.functions.identity.people import OWN_PAGE, PASSWORD, cookies_of, give_password, header, log_in
from tests.functions.server import House
from tests.passwords import CHOSEN
from tests.world import MANAGER, OWNER, RECEPTION, STRANGER

LOGIN = "/functions/v1/auth-login"
REFRESH = "/functions/v1/auth-refresh"
LOGOUT = "/functions/v1/auth-logout"


@pytest.fixture(autouse=True)
def _passwords(house: House) -> None:
    give_password(house, OWNER, MANAGER, RECEPTION, STRANGER)


def said(house: House, email: str, **how: Any) -> tuple[int, str]:
    answer = log_in(house, email, **how)
    return answer.status_code, answer.json()["details"]


def test_admin_can_login_with_email_and_password(house: House) -> None:
    answer = log_in(house, OWNER, flow="admin")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["role"], body["next"], body["must_change_password"]) == ("admin", "/admin", False)
    assert verify(house.settings, body["access_token"])["role"] == "admin"
    assert set(cookies_of(answer)) == {"staybase_admin", "staybase_admin_access"}
    assert answer.headers["cache-control"] == "no-store"


def test_admin_redirected_to_onboarding_if_incomplete(house: House) -> None:
    change = "update public.tenants set onboarding_completed_at = {} where slug = 'alpine' returning 1"
    house.ask(change.format("null"))
    body = log_in(house, STRANGER, flow="admin").json()
    assert (body["onboarding_completed"], body["next"]) == (False, "/admin/onboarding")
    house.ask(change.format("now()"))


def test_staff_can_login_with_password(house: House) -> None:
    body = log_in(house, RECEPTION, flow="staff").json()
    assert (body["role"], body["next"]) == ("staff", "/staff/console")
    assert body["capabilities"] == {"canAccessKB": True, "canViewTickets": True, "canCreateTickets": True}


def test_no_flow_lets_another_s_people_in(house: House) -> None:
    assert said(house, RECEPTION, flow="admin") == (401, "sign_in_refused")
    assert said(house, MANAGER, flow="staff") == (401, "sign_in_refused")


def test_api_auth_login_serves_staff_and_admin(house: House) -> None:
    for email, role in ((RECEPTION, "staff"), (MANAGER, "admin")):
        answer = house.client.post("/api/auth/login", json={"email": email, "password": PASSWORD})
        assert (answer.status_code, answer.json()["role"]) == (200, role)


def test_wrong_and_unknown_are_answered_in_the_same_words(house: House) -> None:
    wrong = log_in(house, RECEPTION, "not the password", flow="staff")
    unknown = log_in(house, "nobody@hamsun.example", flow="staff")
    other_flow = log_in(house, MANAGER, flow="staff")
    assert wrong.status_code == unknown.status_code == other_flow.status_code == 401
    assert wrong.json() == unknown.json() == other_flow.json()
    assert not {"set-cookie"} & set(wrong.headers)


def test_an_unknown_account_takes_as_long_as_a_known_one(house: House) -> None:
    def work(email: str) -> float:
        """What it costs the processor: how long it waits for one is the machine's affair."""
        house.ask("delete from identity.login_locks returning 1")
        began = worked(house.process.pid)
        assert log_in(house, email, "not the password").status_code == 401
        return worked(house.process.pid) - began

    house.ask(CHOSEN, HASHER.hash(PASSWORD), RECEPTION)  # those of the tests are made for less
    work(RECEPTION)
    pairs = [(work(RECEPTION), work("nobody@hamsun.example")) for _ in range(6)]
    known, unknown = (sum(one) for one in zip(*pairs, strict=True))
    assert known > 0.2
    assert abs(known - unknown) < 0.4 * known


def worked(pid: int | None) -> float:
    """Seconds of a processor that a process has had, in all its threads."""
    spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def test_failures_lock_the_account_and_leave_a_trace(house: House) -> None:
    before = house.ask("select count(*) from identity.login_attempts where outcome = 'refused'")
    for place in range(5):
        assert said(house, RECEPTION, password="wrong", address=f"203.0.{place}.1") == (
            401,
            "sign_in_refused",
        )
    locked = log_in(house, RECEPTION)
    assert (locked.status_code, locked.json()["details"]) == (429, "too_many_tries")
    assert 1 <= int(locked.headers["retry-after"]) <= 30
    assert house.ask("select count(*) from identity.login_attempts where outcome = 'refused'") == before + 5
    assert house.ask("select count(*) from public.alerts where kind = 'sign_in_locked'") == 1


def test_the_right_password_in_time_clears_the_account(house: House) -> None:
    for _ in range(2):
        for _ in range(4):
            assert log_in(house, RECEPTION, "wrong").status_code == 401
        assert log_in(house, RECEPTION).status_code == 200


def test_who_works_at_two_hotels_says_which(house: House) -> None:
    house.ask(
        "insert into identity.memberships (tenant_id, user_id, display_name, session_type)"
        " select t.id, u.id, 'Mohsin', 'staff' from public.tenants t, identity.users u"
        " where t.slug = 'alpine' and u.email = %s returning 1",
        RECEPTION,
    )
    assert log_in(house, RECEPTION).status_code == 200  # the other hotel has no password of theirs yet
    give_password(house, RECEPTION)
    refused = log_in(house, RECEPTION)
    assert (refused.status_code, refused.json()["details"]) == (409, "tenant_must_be_chosen")
    assert "(hamsun)" in refused.json()["hint"]
    assert "(alpine)" in refused.json()["hint"]
    assert log_in(house, RECEPTION, "wrong").status_code == 401
    chosen = log_in(house, RECEPTION, tenant="alpine").json()
    alpine = house.ask("select id::text from public.tenants where slug = 'alpine'")
    assert verify(house.settings, chosen["access_token"])["tenant_id"] == alpine
    house.ask(
        "update identity.memberships m set is_active = false from public.tenants t"
        " where t.id = m.tenant_id and t.slug = 'alpine' and m.display_name = 'Mohsin' returning 1"
    )


@pytest.mark.parametrize(
    "email", ["", " ", "\x00", "x" * 254, "a@b\x00", "'; drop table identity.users; --", "🏨@🏨.example"]
)
def test_odd_addresses_are_just_unknown(house: House, email: str) -> None:
    assert said(house, email) == (401, "sign_in_refused")


@pytest.mark.parametrize(
    "body",
    [{}, {"email": RECEPTION}, {"email": 7, "password": "x"}, {"flow": "guest", "password": "x"}, [], "x"],
)
def test_a_body_that_is_none_is_refused(house: House, body: Any) -> None:
    assert house.client.post(LOGIN, json=body).status_code == 422


def test_another_site_s_page_signs_nobody_in(house: House) -> None:
    answer = house.client.post(
        LOGIN,
        json={"email": RECEPTION, "password": PASSWORD},
        headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert (answer.status_code, answer.json()["details"]) == (403, "origin_not_ours")
    assert "set-cookie" not in answer.headers


def test_a_refresh_gives_a_token_and_the_next_secret(house: House) -> None:
    cookies = cookies_of(log_in(house, OWNER))
    answer = house.client.post(REFRESH, headers=header(cookies))
    assert answer.status_code == 200
    assert verify(house.settings, answer.json()["access_token"])["role"] == "admin"
    turned = cookies_of(answer)
    assert turned["staybase_admin"] != cookies["staybase_admin"]
    assert house.client.post("/api/auth/refresh", headers=header(turned)).status_code == 200


def test_a_refresh_after_its_successor_ends_the_family_and_is_told(house: House) -> None:
    first = cookies_of(log_in(house, OWNER))
    second = cookies_of(house.client.post(REFRESH, headers=header(first)))
    third = cookies_of(house.client.post(REFRESH, headers=header(second)))
    stolen = house.client.post(REFRESH, headers=header(first))
    assert (stolen.status_code, stolen.json()["details"]) == (401, "session_over")
    assert house.client.post(REFRESH, headers=header(third)).status_code == 401
    notices = log_in(house, OWNER).json()["notices"]
    assert [one["kind"] for one in notices] == ["refresh_reused"]
    assert house.ask("select count(*) from public.alerts where kind = 'refresh_reused'") == 1


def test_session_tokens_are_properly_isolated(house: House) -> None:
    """A secret opens the flow that it was made for."""
    secret = cookies_of(log_in(house, OWNER))["staybase_admin"]
    for flow in ("staff", "guest", "platform"):
        answer = house.client.post(REFRESH, headers=header({f"staybase_{flow}": secret}))
        assert (answer.status_code, answer.json()["details"]) == (401, "session_over")
    assert house.client.post(REFRESH, headers=header({"staybase_admin": secret})).status_code == 200


def test_no_session_token_reuse_across_roles(house: House) -> None:
    """An access token in another flow's cookie is none."""
    token = log_in(house, OWNER).json()["access_token"]
    for flow in ("staff", "guest", "platform"):
        answer = house.client.get("/functions/v1/events", headers=header({f"staybase_{flow}_access": token}))
        assert answer.status_code == 401


def test_a_refresh_comes_from_our_own_pages(house: House) -> None:
    cookies = header(cookies_of(log_in(house, OWNER)))
    for elsewhere in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        answer = house.client.post(REFRESH, headers={**cookies, **elsewhere})
        assert (answer.status_code, answer.json()["details"]) == (403, "origin_not_ours")
    assert house.client.post(REFRESH, headers=OWN_PAGE).status_code == 401


def test_signing_out_ends_the_session_and_its_cookies(house: House) -> None:
    answer = log_in(house, RECEPTION)
    cookies, bearer = cookies_of(answer), {"Authorization": f"Bearer {answer.json()['access_token']}"}
    out = house.client.post(LOGOUT, headers=header(cookies))
    assert (out.status_code, out.json()) == (200, {"signed_out": True})
    assert set(cookies_of(out).values()) == {""}
    assert house.client.post(REFRESH, headers=header(cookies)).status_code == 401
    assert house.client.get("/functions/v1/events", headers=bearer).status_code == 401
    assert house.client.post(LOGOUT, headers=header(cookies)).status_code == 200


def test_signing_out_ends_what_each_cookie_stands_for(house: House) -> None:
    """One browser with a stay and a desk: nothing that is forgotten here goes on elsewhere."""
    code = {"code": house.code_of("Marutani")}
    stay = cookies_of(house.client.post("/functions/v1/portal-session", json=code))
    desk = cookies_of(log_in(house, RECEPTION))
    house.client.post(LOGOUT, json={"flow": "staff"}, headers=header({**stay, **desk}))
    assert house.client.post(REFRESH, headers=header(desk)).status_code == 401
    turned = cookies_of(house.client.post(REFRESH, json={"flow": "guest"}, headers=header(stay)))
    out = house.client.post(LOGOUT, headers=header(turned))
    assert {name for name, value in cookies_of(out).items() if value == ""} == {
        "staybase_guest",
        "staybase_guest_access",
    }
    assert house.client.post(REFRESH, headers=header(turned)).status_code == 401


def test_signing_out_here_leaves_the_others(house: House) -> None:
    here, elsewhere = (cookies_of(log_in(house, RECEPTION)) for _ in range(2))
    house.client.post(LOGOUT, json={"everywhere": False}, headers=header(here))
    assert house.client.post(REFRESH, headers=header(elsewhere)).status_code == 200


def test_signing_out_everywhere_ends_them_all(house: House) -> None:
    sessions = [cookies_of(log_in(house, RECEPTION)) for _ in range(3)]
    other = cookies_of(log_in(house, OWNER))
    house.client.post(LOGOUT, json={"everywhere": True}, headers=header(sessions[0]))
    assert [house.client.post(REFRESH, headers=header(one)).status_code for one in sessions] == [401] * 3
    assert house.client.post(REFRESH, headers=header(other)).status_code == 200


def test_a_guest_signs_out_of_the_stay(house: House) -> None:
    guest = house.guest()
    assert house.client.post(LOGOUT, headers=guest.bearer).status_code == 200
    assert house.client.get("/functions/v1/events", headers=guest.bearer).status_code == 401


def test_nothing_that_opens_a_door_is_logged(house: House) -> None:
    answer = log_in(house, RECEPTION)
    log = house.log.read_text()
    secrets = (PASSWORD, RECEPTION, answer.json()["access_token"], *cookies_of(answer).values())
    assert not [one for one in secrets if one in log]
