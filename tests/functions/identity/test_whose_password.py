"""A password opens the hotel that it was chosen for: nobody has proven that an e-mail address is theirs."""

from typing import Any

import httpx2
import pytest

from functions.shared.tokens import verify
from tests.functions.identity.people import PASSWORD, cookies_of, give_password, header, log_in
from tests.functions.identity.test_auth_register import register
from tests.functions.server import House
from tests.manager import call, invite, member_id
from tests.world import OWNER, RECEPTION, STRANGER, World

OWN = "three kettles and a moth"
COOK = "kitchen@hamsun.example"


@pytest.fixture(autouse=True)
def _nobody_waits(house: House) -> None:
    house.ask("delete from app.limits returning 1")
    give_password(house, OWNER, STRANGER)


def brought(house: House, by: str, email: str, **member: Any) -> str:
    """Somebody is invited; the password for once that the manager is shown."""
    with house.database.connect() as conn:
        return str(invite(World(conn), by, email=email, **member)["one_time_password"])


def reset(house: House, by: str, email: str, tenant: str) -> str:
    with house.database.connect() as conn:
        world = World(conn)
        given = call(world, "give_one_time_password", by, p_member_id=member_id(world, email, tenant))
    return str(given["one_time_password"])


def choose(house: House, answer: httpx2.Response, new: str = OWN) -> None:
    chosen = house.client.post(
        "/functions/v1/auth-password", json={"new": new}, headers=header(cookies_of(answer))
    )
    assert chosen.status_code == 200, chosen.text


def hotel(house: House, answer: httpx2.Response) -> str:
    """The hotel that a sign-in opened."""
    assert answer.status_code == 200, answer.text
    tenant = verify(house.settings, answer.json()["access_token"])["tenant_id"]
    return str(house.ask("select slug from public.tenants where id = %s", tenant))


def told(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["details"]


def test_whoever_registered_the_address_first_does_not_come_in_where_it_is_invited(house: House) -> None:
    email = "victim@squat.example"
    assert register(house, "squat", email=email, hotel_name="Squat").status_code == 201
    given = brought(house, OWNER, email, roles=["MANAGER"])
    assert hotel(house, log_in(house, email)) == "squat"
    assert told(log_in(house, email, tenant="hamsun")) == (409, "tenant_must_be_chosen")
    assert "hamsun" not in log_in(house, email, tenant="hamsun").text
    assert hotel(house, log_in(house, email, given)) == "hamsun"
    choose(house, log_in(house, email, given))
    assert hotel(house, log_in(house, email)) == "squat"
    assert hotel(house, log_in(house, email, OWN)) == "hamsun"


def test_a_foreign_hotel_that_invited_the_address_first_does_not_come_in(house: House) -> None:
    email = "noor@abroad.example"
    theirs = brought(house, STRANGER, email, roles=["OWNER"])
    choose(house, log_in(house, email, theirs), PASSWORD)
    ours = brought(house, OWNER, email)
    assert hotel(house, log_in(house, email)) == "alpine"
    assert told(log_in(house, email, theirs)) == (401, "sign_in_refused")
    assert hotel(house, log_in(house, email, ours)) == "hamsun"


def test_an_invitation_elsewhere_changes_nothing_at_home(house: House) -> None:
    """Not the sign-in, not the reset, and the foreign hotel reads nothing of tries at home."""
    give_password(house, COOK)
    brought(house, STRANGER, COOK, name="Cook")
    assert hotel(house, log_in(house, COOK)) == "hamsun"
    assert told(log_in(house, COOK, "wrong", "192.0.2.77")) == (401, "sign_in_refused")
    given = reset(house, OWNER, COOK, "hamsun")
    assert told(log_in(house, COOK)) == (401, "sign_in_refused")
    assert hotel(house, log_in(house, COOK, given)) == "hamsun"
    choose(house, log_in(house, COOK, given))
    with house.database.connect() as conn:
        world = World(conn)
        with world.member(STRANGER):
            assert world.rows("select 1 from api.login_attempts where member_name = 'Cook'") == []
        with world.member(OWNER):
            assert world.rows("select 1 from api.login_attempts where address = '192.0.2.77'") != []


def test_nobody_reads_where_another_person_of_the_same_address_tries(house: House) -> None:
    email = "rosa@shared.example"
    for by, own in ((OWNER, OWN), (STRANGER, PASSWORD)):
        choose(house, log_in(house, email, brought(house, by, email, name="Rosa")), own)
    log_in(house, email, "wrong", "192.0.2.78")
    log_in(house, email, "wrong", "192.0.2.79", tenant="hamsun")
    read = {}
    with house.database.connect() as conn:
        for by in (OWNER, STRANGER):
            world = World(conn)
            with world.member(by):
                read[by] = world.rows(
                    "select address from api.login_attempts"
                    " where member_name = 'Rosa' and outcome = 'refused' order by at"
                )
    assert read == {OWNER: [(None,), ("192.0.2.79",)], STRANGER: [(None,)]}


def test_a_hotel_of_one_s_own_forgives_no_guesses_at_another_s_password(house: House) -> None:
    give_password(house, RECEPTION)
    theirs = brought(house, STRANGER, RECEPTION, name="Nobody")
    for is_settled in (False, True):
        house.ask("delete from identity.login_locks returning 1")
        for number in range(4):
            assert log_in(house, RECEPTION, "wrong", f"192.0.{number}.2").status_code == 401
        assert hotel(house, log_in(house, RECEPTION, OWN if is_settled else theirs)) == "alpine"
        assert log_in(house, RECEPTION, "wrong", "192.0.9.2").status_code == 401
        assert told(log_in(house, RECEPTION, address="192.0.10.2")) == (429, "too_many_tries")
        if not is_settled:
            house.ask("delete from identity.login_locks returning 1")
            choose(house, log_in(house, RECEPTION, theirs))


def test_a_password_for_once_is_for_once(house: House) -> None:
    email = "once@once.example"
    given = brought(house, OWNER, email)
    first, again = (log_in(house, email, given.upper()) for _ in range(2))
    assert (first.json()["must_change_password"], again.status_code) == (True, 200)
    choose(house, again)
    assert told(log_in(house, email, given)) == (401, "sign_in_refused")
    assert hotel(house, log_in(house, email, OWN)) == "hamsun"


def test_a_password_for_once_is_over_after_its_time(house: House) -> None:
    email = "late@once.example"
    given = brought(house, OWNER, email)
    house.ask(
        "update identity.passwords set one_time_until = now() where one_time_digest = sha256(%s) returning 1",
        given.replace("-", "").encode(),
    )
    refused = log_in(house, email, given)
    assert told(refused) == (401, "one_time_password_over")
    assert "manager" in refused.json()["hint"]
    assert told(log_in(house, email, "abcd-efgh-jkmn-pqrs")) == (401, "sign_in_refused")
    again = reset(house, OWNER, email, "hamsun")
    assert hotel(house, log_in(house, email, again)) == "hamsun"


def test_a_person_with_one_password_changes_it_everywhere(house: House) -> None:
    email = "both@shared.example"
    for by in (OWNER, STRANGER):
        choose(house, log_in(house, email, brought(house, by, email)))
    assert told(log_in(house, email, OWN)) == (409, "tenant_must_be_chosen")
    here = log_in(house, email, OWN, tenant="alpine")
    body = {"old": OWN, "new": "four kettles and a wasp"}
    headers = header(cookies_of(here))
    assert house.client.post("/functions/v1/auth-password", json=body, headers=headers).status_code == 200
    for tenant in ("hamsun", "alpine"):
        assert hotel(house, log_in(house, email, body["new"], tenant=tenant)) == tenant
    assert log_in(house, email, OWN).status_code == 401
