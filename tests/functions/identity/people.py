"""Members with passwords, and browsers that keep their cookies."""

from collections.abc import Mapping
from typing import Any

import httpx2

from tests.functions.server import House
from tests.passwords import CHOSEN, GIVEN, HASH

PASSWORD = "a kettle on the balcony"
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


def give_password(house: House, *emails: str, must_change: bool = False) -> None:
    """Each of them has the password of the tests; nobody has failed before."""
    for email in emails:
        if must_change:
            house.ask(GIVEN, "".join(char for char in PASSWORD if char.isalpha()).encode(), email)
        else:
            house.ask(CHOSEN, HASH, email)
    house.ask("delete from identity.login_locks returning 1")


def log_in(
    house: House, email: str, password: str = PASSWORD, address: str = "198.51.100.7", **body: Any
) -> httpx2.Response:
    """auth-login by e-mail."""
    return house.client.post(
        "/functions/v1/auth-login",
        json={"email": email, "password": password, **body},
        headers={"X-Forwarded-For": address},
    )


def cookies_of(answer: httpx2.Response) -> dict[str, str]:
    """The cookies of an answer, without their attributes."""
    pairs = (line.split(";", 1)[0].split("=", 1) for line in answer.headers.get_list("set-cookie"))
    return {name: value.strip('"') for name, value in pairs}


def header(cookies: Mapping[str, str]) -> dict[str, str]:
    """The header by which a browser on our own page brings its cookies back."""
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), **OWN_PAGE}
