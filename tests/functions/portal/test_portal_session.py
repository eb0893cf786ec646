"""portal-session: from a code to a session, its cookie and its device."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from functions.shared.tokens import verify
from tests.functions.server import House, running_functions

PATH = "/functions/v1/portal-session"


def open_session(house: House, code: str, address: str = "198.51.100.1", **headers: str) -> httpx2.Response:
    return house.client.post(PATH, json={"code": code}, headers={"X-Forwarded-For": address, **headers})


def cookies_of(answer: httpx2.Response) -> dict[str, str]:
    pairs = (line.split(";", 1) for line in answer.headers.get_list("set-cookie"))
    return {pair.split("=", 1)[0]: pair.split("=", 1)[1] + ";" + rest for pair, rest in pairs}


def test_a_code_opens_a_session(house: House) -> None:
    answer = open_session(house, house.code_of("Marutani"))
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    assert set(body) == {"access_token", "expires_at", "level", "state"}
    assert (body["level"], body["state"]) == ("context", "in_house")
    claims = verify(house.settings, body["access_token"])
    assert claims["role"] == "guest"
    assert claims["booking_id"] == claims["sub"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("last_name", "state"),
    [
        ("Okafor", "pre_checkin"),
        ("Alvarez", "arrival_day"),
        ("Haddad", "departure_day"),
        ("Lindqvist", "post_checkout"),
    ],
)
def test_each_state_of_a_stay_has_its_session(house: House, last_name: str, state: str) -> None:
    assert open_session(house, house.code_of(last_name)).json()["state"] == state


def test_case_and_spaces_are_forgiven(house: House) -> None:
    code = house.code_of("Marutani").lower()
    assert open_session(house, f" {code[:3]} {code[3:]} ").status_code == 200


def test_the_cookies_are_out_of_reach_for_scripts(house: House) -> None:
    cookies = cookies_of(open_session(house, house.code_of("Marutani")))
    assert set(cookies) == {"staybase_guest", "staybase_guest_access", "staybase_device"}
    for attributes in (cookie.lower() for cookie in cookies.values()):
        assert "httponly" in attributes
        assert "samesite=lax" in attributes
        assert "path=/" in attributes
    assert "max-age=604800" in cookies["staybase_guest"].lower()


def test_by_https_the_cookies_are_this_hosts_alone(house: House, tmp_path: Path) -> None:
    public = {"STAYBASE_PUBLIC_URL": "https://stay.hotel.example"}
    with running_functions(house.database, tmp_path, **public) as by_https:
        answer = open_session(by_https, house.code_of("Marutani"))
        cookies = cookies_of(answer)
        device = cookies["__Host-staybase_device"].split(";")[0]
        known = open_session(
            by_https, house.code_of("Marutani"), Cookie=f"__Host-staybase_device={device}; staybase_device=x"
        )
    assert set(cookies) == {
        "__Host-staybase_guest",
        "__Host-staybase_guest_access",
        "__Host-staybase_device",
    }
    assert all("; secure" in one.lower() and "domain" not in one.lower() for one in cookies.values())
    assert cookies_of(known)["__Host-staybase_device"].split(";")[0] == device


def test_the_secrets_are_kept_as_digests(house: House) -> None:
    secret = cookies_of(open_session(house, house.code_of("Marutani")))["staybase_guest"].split(";")[0]
    assert (
        house.ask("select count(*) from identity.refresh_tokens where digest = sha256(%s)", secret.encode())
        == 1
    )


def test_the_cookie_opens_the_stream_and_not_the_staff_s(house: House) -> None:
    secret = cookies_of(open_session(house, house.code_of("Marutani")))["staybase_guest"].split(";")[0]
    with house.client.stream(
        "GET", "/functions/v1/events", headers={"Cookie": f"staybase_guest={secret}"}
    ) as answer:
        assert answer.status_code == 200
    answer = house.client.get("/functions/v1/events", headers={"Cookie": f"staybase_staff={secret}"})
    assert answer.status_code == 401


def test_a_device_that_was_identified_before_is_so_again(house: House) -> None:
    code = house.code_of("Haddad")
    first = open_session(house, code)
    device = cookies_of(first)["staybase_device"].split(";")[0]
    house.ask(
        "insert into identity.seen_devices (tenant_id, booking_id, device_digest)"
        " select c.tenant_id, c.booking_id, sha256(%s) from portal.codes as c where c.code = %s returning 1",
        device.encode(),
        code,
    )
    again = open_session(house, code, Cookie=f"staybase_device={device}")
    assert (first.json()["level"], again.json()["level"]) == ("context", "identified")
    assert cookies_of(again)["staybase_device"].split(";")[0] == device


def test_an_unknown_code_opens_nothing(house: House) -> None:
    for code in ("ZZZZZZ", "A", "ABCDEFGHIJ", "'; --", "🏨"):
        answer = open_session(house, code, "198.51.100.2")
        assert (answer.status_code, answer.json()["details"]) == (404, "portal_code_unknown")
        assert "set-cookie" not in answer.headers


def test_too_many_wrong_codes_are_slowed_down_by_address(house: House) -> None:
    for _ in range(10):
        assert open_session(house, "ZZZZZZ", "198.51.100.3").status_code == 404
    slowed = open_session(house, house.code_of("Marutani"), "198.51.100.3")
    assert (slowed.status_code, slowed.json()["details"]) == (429, "too_many_tries")
    assert 1 <= int(slowed.headers["retry-after"]) <= 60
    assert open_session(house, house.code_of("Marutani"), "203.0.113.3").status_code == 200


def test_another_site_s_page_opens_nothing(house: House) -> None:
    answer = open_session(house, house.code_of("Marutani"), **{"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.json()["details"]) == (403, "origin_not_ours")
