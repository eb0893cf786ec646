"""Wrong passwords at the same moment: no more of them are looked at than one after the other would be."""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed

import pytest

from tests.functions.identity.people import give_password, log_in
from tests.functions.server import House
from tests.world import RECEPTION

BURST = 50
ADDRESS = "198.51.100.7"
REFUSED = (
    "select count(*) from identity.login_attempts as a join identity.memberships as m"
    " on m.tenant_id = a.tenant_id and m.id = a.membership_id join identity.users as u on u.id = m.user_id"
    " where a.outcome = 'refused' and u.email = %s"
)
ALERTS = "select count(*) from public.alerts where kind = 'sign_in_locked' and resolved_at is null"
Try = tuple[str, str]
"""An e-mail and an address."""


@pytest.fixture(autouse=True)
def _nobody_has_failed(house: House) -> None:
    give_password(house, RECEPTION)
    house.ask("with gone as (delete from public.alerts where kind = 'sign_in_locked') select 1")


def burst(house: House, tries: Iterable[Try]) -> Counter[int]:
    """So many at once with a wrong password; how often each status was the answer."""
    with ThreadPoolExecutor(BURST) as pool:
        answers = [pool.submit(log_in, house, email, "wrong", address) for email, address in tries]
        return Counter(one.result().status_code for one in as_completed(answers))


@pytest.mark.parametrize("is_one_address", [True, False])
def test_five_are_looked_at_for_an_account(house: House, is_one_address: bool) -> None:
    before = house.ask(REFUSED, RECEPTION)
    addresses = [ADDRESS if is_one_address else f"203.0.{place}.1" for place in range(BURST)]
    assert burst(house, [(RECEPTION, one) for one in addresses]) == {401: 5, 429: BURST - 5}
    assert house.ask(REFUSED, RECEPTION) == before + 5
    assert house.ask(ALERTS) == 1


def test_twenty_are_looked_at_for_an_address(house: House) -> None:
    strangers = [(f"nobody-{number}@hamsun.example", ADDRESS) for number in range(BURST)]
    assert burst(house, strangers) == {401: 20, 429: BURST - 20}


def test_a_hundred_are_looked_at_for_a_network(house: House) -> None:
    assert log_in(house, "nobody@hamsun.example", "wrong", "203.0.113.250").status_code == 401
    house.ask(
        "update identity.login_locks set failures = 80 where starts_with(bucket, 'network:') returning 1"
    )
    strangers = [
        (f"nobody-{number}@hamsun.example", f"203.0.113.{1 + number // 2}") for number in range(BURST)
    ]
    assert burst(house, strangers) == {401: 20, 429: BURST - 20}


def test_the_right_password_does_not_get_in_once_the_account_is_locked(house: House) -> None:
    """It is said while the burst is still under way, by its owner or by whoever guessed it."""
    with ThreadPoolExecutor(BURST) as pool:
        wrong = [pool.submit(log_in, house, RECEPTION, "wrong", ADDRESS) for _ in range(BURST)]
        next(one for one in as_completed(wrong) if one.result().status_code == 429)
        assert log_in(house, RECEPTION).status_code == 429
        assert log_in(house, RECEPTION, address="203.0.113.9").status_code == 429
    assert log_in(house, RECEPTION).status_code == 429
    assert house.ask(ALERTS) == 1
