"""Strangers take turns: who is refused hears of it late, and nobody else waits for it."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from functions.portal.turns import CROWD, HELD_SECONDS, seconds_held
from tests.functions.server import House

SESSION, TURN = "/functions/v1/portal-session", "/functions/v1/portal-turn"


@pytest.fixture(autouse=True)
def _nobody_has_tried(house: House) -> None:
    house.ask("with gone as (delete from app.limits) select 1")


def guess(house: House, address: str, code: str = "ZZZZZZ") -> httpx2.Response:
    return house.client.post(SESSION, json={"code": code}, headers={"X-Forwarded-For": address})


def ask_for_a_turn(house: House, address: str) -> tuple[httpx2.Response, float]:
    began = time.perf_counter()
    answer = house.client.get(TURN, headers={"X-Forwarded-For": address})
    return answer, time.perf_counter() - began


def test_a_wrong_code_is_answered_late_and_a_right_one_at_once(house: House) -> None:
    began = time.perf_counter()
    assert guess(house, "198.51.100.1").status_code == 404
    assert time.perf_counter() - began >= HELD_SECONDS[0]
    began = time.perf_counter()
    assert guess(house, "198.51.100.2", house.code_of("Marutani")).status_code == 200
    assert time.perf_counter() - began < HELD_SECONDS[0]


def test_forty_strangers_at_once_are_refused_together(house: House) -> None:
    """Held refusals hold neither a turn nor a connection: the guest with a code comes in meanwhile."""
    code = house.code_of("Marutani")
    began = time.perf_counter()
    with ThreadPoolExecutor(40) as pool:
        strangers = [pool.submit(guess, house, f"203.0.{n}.1") for n in range(40)]
        guest = guess(house, "198.51.100.3", code)
        assert guest.status_code == 200
        assert {one.result().status_code for one in strangers} == {404}
    assert time.perf_counter() - began < 40 * HELD_SECONDS[0]


def test_the_gateway_hears_whose_turn_it_is(house: House) -> None:
    address = "198.51.100.4"
    first, took = ask_for_a_turn(house, address)
    assert (first.status_code, first.headers["cache-control"]) == (204, "no-store")
    assert took < HELD_SECONDS[0]
    with ThreadPoolExecutor(10) as pool:
        assert {one.status_code for one in pool.map(guess, [house] * 10, [address] * 10)} == {404}
    shut, took = ask_for_a_turn(house, address)
    assert (shut.status_code, shut.json()["details"]) == (429, "too_many_tries")
    assert 1 <= int(shut.headers["retry-after"]) <= 60
    assert took >= HELD_SECONDS[0]


def test_after_a_wrong_code_the_next_turn_comes_late(house: House) -> None:
    guess(house, "198.51.100.5")
    answer, took = ask_for_a_turn(house, "198.51.100.5")
    assert answer.status_code == 204
    assert took >= HELD_SECONDS[0]


def test_many_who_guess_wait_longer_than_one() -> None:
    shortest, longest = HELD_SECONDS
    assert shortest <= seconds_held(0) <= longest
    assert 3 * shortest <= seconds_held(2 * CROWD) <= 3 * longest
