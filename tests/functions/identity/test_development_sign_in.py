"""The development sign-in: one tap at this machine, nowhere else."""

from pathlib import Path

import pytest

from functions.cli.cluster import Cluster
from tests.functions.server import House, running_functions
from tests.house import cloned

RECEPTION = "reception@hamsun.example"


def test_a_link_signs_in_and_goes_to_the_inbox(house: House) -> None:
    answer = house.client.get(f"/dev/sign-in?as={RECEPTION}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/inbox")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("staybase_staff=")
    assert "httponly" in cookie.lower()
    with house.client.stream(
        "GET", "/functions/v1/events", headers={"Cookie": cookie.split(";")[0]}
    ) as stream:
        assert stream.status_code == 200


def test_the_cast_is_listed_with_a_link_each(house: House) -> None:
    page = house.client.get("/dev").text
    assert "/dev/sign-in?as=reception%40hamsun.example" in page
    assert "stranger@alpine.example" in page


def test_nobody_signs_in_as_nobody(house: House) -> None:
    answer = house.client.get("/dev/sign-in?as=nobody@hamsun.example")
    assert (answer.status_code, answer.json()["details"]) == (404, "member_not_found")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Forwarded-For": "127.0.0.1, 203.0.113.9"},
        {"Host": "stay.example"},
        {"Host": "127.0.0.1.stay.example:8080"},
    ],
)
@pytest.mark.parametrize("path", ["/dev", f"/dev/sign-in?as={RECEPTION}"])
def test_from_elsewhere_there_is_nothing_here(house: House, path: str, headers: dict[str, str]) -> None:
    answer = house.client.get(path, headers=headers)
    assert (answer.status_code, answer.json()["details"]) == (404, "not_found")
    assert "set-cookie" not in answer.headers


def test_a_production_build_has_no_such_door(cluster: Cluster, template: str, tmp_path: Path) -> None:
    with (
        cloned(cluster, template) as database,
        running_functions(database, tmp_path, STAYBASE_DEVELOPMENT="0") as house,
    ):
        for path in ("/dev", f"/dev/sign-in?as={RECEPTION}"):
            assert house.client.get(path).status_code == 404
