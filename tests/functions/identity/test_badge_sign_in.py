"""Staff sign in by their personal QR code, which says whose it is and opens nothing without the password."""

import pytest

from tests.functions.identity.people import PASSWORD, cookies_of, give_password, log_in
from tests.functions.server import House
from tests.world import MANAGER, RECEPTION

LOGIN = "/functions/v1/auth-login"


def badge_of(house: House, email: str) -> str:
    """The secret in a colleague's personal QR code, as a manager has it printed."""
    answer = house.client.post(
        "/functions/v1/qr-generate",
        json={
            "hotelId": house.ask("select id::text from public.tenants where slug = 'hamsun'"),
            "purpose": "STAFF_ACCESS",
            "staffId": house.ask("select membership_id::text from app.resolve_login(%s)", email),
        },
        headers=house.member(MANAGER).bearer,
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


@pytest.fixture(scope="module")
def badge(house: House) -> str:
    return badge_of(house, RECEPTION)


@pytest.fixture(autouse=True)
def _password(house: House) -> None:
    give_password(house, RECEPTION)


def sign_in(house: House, badge: str, password: str = PASSWORD, flow: str = "staff") -> tuple[int, str]:
    answer = house.client.post(
        LOGIN,
        json={"flow": flow, "qr_token": badge, "password": password},
        headers={"X-Forwarded-For": "198.51.100.9"},
    )
    return answer.status_code, answer.json().get("details") or answer.json()["role"]


def test_qr_codes_do_not_grant_direct_access(house: House, badge: str) -> None:
    assert sign_in(house, badge, "") == (401, "sign_in_refused")
    assert sign_in(house, badge, badge) == (401, "sign_in_refused")
    validated = house.client.post("/functions/v1/qr-validate", json={"token": badge})
    assert validated.json()["sessionToken"] is None
    assert not [
        name for name in cookies_of(validated) if name.startswith(("staybase_staff", "staybase_admin"))
    ]


def test_staff_can_sign_in_with_qr_and_password(house: House, badge: str) -> None:
    assert sign_in(house, badge) == (200, "staff")


def test_a_badge_counts_with_the_account(house: House, badge: str) -> None:
    for _ in range(3):
        assert sign_in(house, badge, "wrong")[0] == 401
    for _ in range(2):
        assert log_in(house, RECEPTION, "wrong").status_code == 401
    assert sign_in(house, badge) == (429, "too_many_tries")


def test_a_badge_serves_where_email_does_not(house: House, badge: str) -> None:
    setting = (
        "insert into public.app_settings (tenant_id, key, value)"
        " select id, 'staff_signs_in_by_email', 'false' from public.tenants where slug = 'hamsun' returning 1"
    )
    house.ask(setting)
    assert log_in(house, RECEPTION).status_code == 401
    assert sign_in(house, badge) == (200, "staff")
    house.ask("delete from public.app_settings where key = 'staff_signs_in_by_email' returning 1")


def test_a_badge_opens_no_other_flow(house: House, badge: str) -> None:
    assert sign_in(house, badge, flow="admin") == (401, "sign_in_refused")
    assert sign_in(house, badge, flow="platform") == (401, "sign_in_refused")


@pytest.mark.parametrize("nonsense", ["", "x", "\x00", "x" * 200, "🏨"])
def test_a_badge_that_is_none_is_answered_like_a_wrong_password(house: House, nonsense: str) -> None:
    assert sign_in(house, nonsense) == (401, "sign_in_refused")


def test_the_badge_of_who_left_is_one_of_nobody(house: House) -> None:
    badge = badge_of(house, "kitchen@hamsun.example")
    give_password(house, "kitchen@hamsun.example")
    assert sign_in(house, badge) == (200, "staff")
    house.ask(
        "update identity.memberships m set is_active = false"
        " from app.resolve_login('kitchen@hamsun.example') r where m.id = r.membership_id returning 1"
    )
    assert sign_in(house, badge) == (401, "sign_in_refused")
