"""auth-password: who may choose one, what it ends, what a wrong old one costs."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from tests.functions.identity.people import PASSWORD, cookies_of, give_password, header, log_in
from tests.functions.server import House
from tests.world import RECEPTION

PATH = "/functions/v1/auth-password"
NEW = "three kettles and a moth"


@pytest.fixture(autouse=True)
def _password(house: House) -> None:
    give_password(house, RECEPTION)


def change(house: House, cookies: dict[str, str], **body: Any) -> httpx2.Response:
    return house.client.post(PATH, json=body, headers=header(cookies))


def test_the_old_password_allows_a_new_one(house: House) -> None:
    here, elsewhere = (cookies_of(log_in(house, RECEPTION)) for _ in range(2))
    answer = change(house, here, old=PASSWORD, new=NEW)
    assert (answer.status_code, answer.json()) == (200, {"must_change_password": False})
    assert log_in(house, RECEPTION).status_code == 401
    assert log_in(house, RECEPTION, NEW).status_code == 200
    refreshed = [
        house.client.post("/functions/v1/auth-refresh", headers=header(one)) for one in (here, elsewhere)
    ]
    assert [one.status_code for one in refreshed] == [200, 401]


def test_of_two_changes_at_once_one_is_kept(house: House) -> None:
    """Both gave the right old password; whoever was slower is told that their session is over."""
    browsers = [cookies_of(log_in(house, RECEPTION)) for _ in range(2)]
    chosen = [NEW, "four kettles and a wasp"]
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(
                lambda one: change(house, one[0], old=PASSWORD, new=one[1]),
                zip(browsers, chosen, strict=True),
            )
        )
    assert sorted(one.status_code for one in answers) == [200, 401]
    statuses = [log_in(house, RECEPTION, one).status_code for one in chosen]
    assert statuses == [one.status_code for one in answers]
    refreshed = [house.client.post("/functions/v1/auth-refresh", headers=header(one)) for one in browsers]
    assert [one.status_code for one in refreshed] == statuses


def test_staff_prompted_for_password_on_first_access(house: House) -> None:
    give_password(house, RECEPTION, must_change=True)
    first = log_in(house, RECEPTION)
    assert (first.json()["must_change_password"], first.json()["next"]) == (True, "/staff/password")
    assert not any(first.json()["capabilities"].values())
    unchanged = change(house, cookies_of(first), new=PASSWORD)
    assert (unchanged.status_code, unchanged.json()["details"]) == (422, "password_unchanged")
    assert change(house, cookies_of(first), new=NEW).status_code == 200
    assert log_in(house, RECEPTION, NEW).json()["must_change_password"] is False


def test_a_wrong_old_one_counts_like_a_wrong_sign_in(house: House) -> None:
    cookies = cookies_of(log_in(house, RECEPTION))
    house.ask("delete from identity.login_locks returning 1")
    statuses = [change(house, cookies, old="wrong", new=NEW).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert change(house, cookies, old=PASSWORD, new=NEW).status_code == 429


def test_without_the_old_one_nothing_changes(house: House) -> None:
    cookies = cookies_of(log_in(house, RECEPTION))
    assert change(house, cookies, new=NEW).json()["details"] == "sign_in_refused"
    assert log_in(house, RECEPTION).status_code == 200


@pytest.mark.parametrize("weak", ["short", "password1234", "reception at the desk", "x" * 300])
def test_a_weak_one_is_refused(house: House, weak: str) -> None:
    answer = change(house, cookies_of(log_in(house, RECEPTION)), old=PASSWORD, new=weak)
    assert (answer.status_code, answer.json()["details"]) == (422, "password_too_weak")
    assert answer.json()["hint"]


def test_who_is_not_signed_in_chooses_nothing(house: House) -> None:
    assert house.client.post(PATH, json={"new": NEW}).status_code == 401
    assert house.client.post(PATH, json={"new": NEW}, headers=house.guest().bearer).status_code == 401


def test_a_token_whose_session_is_over_chooses_nothing(house: House) -> None:
    give_password(house, RECEPTION, must_change=True)
    signed_in = log_in(house, RECEPTION)
    bearer = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}
    house.client.post("/functions/v1/auth-logout", headers=bearer)
    answer = house.client.post(PATH, json={"new": NEW}, headers=bearer)
    assert (answer.status_code, answer.json()["details"]) == (401, "session_over")
