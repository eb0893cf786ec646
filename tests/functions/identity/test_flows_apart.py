"""The security lines of the sign-in checklist about sessions: none is good for another flow."""

import pytest

from tests.functions.server import House, Person
from tests.world import HOUSEKEEPER, MANAGER

CHARGE = {"booking_id": "00000000-0000-0000-0000-000000000000", "category": "other", "description": "x"}
COOKIES = {"guest": "staybase_guest", "staff": "staybase_staff", "admin": "staybase_admin"}


def people(house: House) -> dict[str, Person]:
    return {"guest": house.guest(), "staff": house.member(HOUSEKEEPER), "admin": house.member(MANAGER)}


@pytest.mark.parametrize("flow", COOKIES)
def test_session_tokens_are_properly_isolated(house: House, flow: str) -> None:
    """A token in the cookie of another flow is no session there."""
    person = people(house)[flow]
    for other, cookie in COOKIES.items():
        answer = house.client.get(
            "/staff/password" if other == "staff" else "/admin" if other == "admin" else "/guest/services",
            headers={"Cookie": f"{cookie}_access={person.token}", "Accept": "text/html"},
        )
        if other != flow:
            door = {"guest": "/guest/access", "staff": "/staff/access", "admin": "/admin/login"}[other]
            assert answer.headers.get("location", "").startswith(door), (flow, other)


@pytest.mark.parametrize("flow", COOKIES)
def test_no_session_token_reuse_across_roles(house: House, flow: str) -> None:
    """A token that claims another role than its session has is refused."""
    person = people(house)[flow]
    for role in {*COOKIES, "kiosk", "platform"} - {flow}:
        forged = house.person(person.session, role=role)
        answer = forged.post("/functions/v1/post-charge", {**CHARGE, "unit_price": "1.00"}, "k")
        assert answer.status_code == 401, role
