"""Supabase's own data API in front of it: its keys, its way of being configured, and our sessions."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import jwt
import pytest

from functions.cli import data_api, processes
from functions.cli.cluster import Cluster, free_port
from tests.functions.server import SECRET, House, running_functions
from tests.house import Database, cloned
from tests.isolation.doors import is_ready
from tests.supabase.guide import statements
from tests.supabase.house import as_superuser
from tests.world import wait_for

# What a project's PostgREST is started with; the rest the guide says to the role authenticator.
CONFIGURATION = """\
db-uri = "{address}"
db-schemas = "public, graphql_public"
db-anon-role = "anon"
db-extra-search-path = "public, extensions"
jwt-secret = "{secret}"
server-host = "127.0.0.1"
server-port = {port}
admin-server-port = {admin}
"""


@pytest.fixture(scope="module")
def house(cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The functions, run outside, on a project's database."""
    with cloned(cluster, template) as database:
        follow_the_guide(database)
        door = cluster.url(database.name, "staybase_door")
        folder = tmp_path_factory.mktemp("functions")
        with running_functions(database, folder, STAYBASE_AUTHENTICATOR_URL=door) as house:
            yield house


@pytest.fixture(scope="module")
def rest(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The project's PostgREST."""
    folder, database = tmp_path_factory.mktemp("rest"), house.database
    port, admin = free_port(), free_port()
    configuration = folder / "postgrest.conf"
    configuration.write_text(
        CONFIGURATION.format(address=database.authenticator_url, secret=SECRET, port=port, admin=admin)
    )
    with (folder / "postgrest.log").open("wb") as log:
        process = processes.start([data_api.binary(), configuration], env={}, output=log, cwd=Path("/"))
    try:
        wait_for(lambda: is_ready(f"http://127.0.0.1:{admin}/ready"), "PostgREST", 30)
        yield f"http://127.0.0.1:{port}"
    finally:
        processes.end(process.pid, None)
        process.wait()


def follow_the_guide(database: Database) -> None:
    """As Supabase lets its customers do it; plain PostgreSQL 15 takes the settings from a superuser alone."""
    logins, settings = statements()
    with database.connect() as conn:
        conn.execute(re.sub(r"'[A-Z]+-PASSWORD'", f"'{database.cluster.password}'", logins).encode())
    with as_superuser(database.cluster, database.name) as conn:
        conn.execute(settings.encode())


def key(role: str = "anon", **more: Any) -> dict[str, str]:
    """What the project's gateway sends for one of its keys."""
    now = int(time.time())
    claims = {
        "iss": "supabase",
        "ref": "abcdefghijklmnopqrst",
        "role": role,
        "iat": now,
        "exp": now + 600,
        **more,
    }
    return {"Authorization": f"Bearer {jwt.encode(claims, SECRET, algorithm='HS256')}"}


def resolve(rest: str, house: House, headers: dict[str, str]) -> httpx2.Response:
    body = {"p_code": house.code_of("Marutani")}
    return httpx2.post(f"{rest}/rpc/portal_resolve_code", json=body, headers=headers)


def test_the_publishable_key_is_nobody_in_particular(rest: str, house: House) -> None:
    answer = resolve(rest, house, key())
    assert (answer.status_code, answer.json()["state"]) == (200, "in_house")
    assert httpx2.get(f"{rest}/requests", headers=key()).status_code in (401, 403)


def test_a_key_that_says_more_is_no_key(rest: str, house: House) -> None:
    for more in ({"sub": "x"}, {"tenant_id": "x"}, {"iss": "elsewhere"}, {"session_id": "x"}):
        answer = resolve(rest, house, key(**more))
        assert (answer.status_code, answer.json()["details"]) == (401, "token_has_no_role")


@pytest.mark.parametrize("role", ["service_role", "authenticated", "postgres", "supabase_admin", "engine"])
def test_the_projects_other_roles_reach_nothing(rest: str, house: House, role: str) -> None:
    assert resolve(rest, house, key(role)).status_code in (401, 403)
    assert httpx2.get(f"{rest}/requests", headers=key(role)).status_code in (401, 403)


def test_nothing_but_the_api_is_exposed(rest: str) -> None:
    for schema in ("public", "portal", "auth", "hook"):
        answer = httpx2.get(f"{rest}/guests", headers={**key(), "Accept-Profile": schema})
        assert (answer.status_code, answer.json()["code"]) == (406, "PGRST106")


def test_a_members_session_works(rest: str, house: House) -> None:
    reception = house.member("reception@hamsun.example")
    answer = httpx2.get(f"{rest}/requests?select=number&limit=1", headers=reception.bearer)
    assert (answer.status_code, len(answer.json())) == (200, 1)
    ended = house.person(reception.session, session_id="0198c000-0000-7000-8000-000000000000")
    assert httpx2.get(f"{rest}/requests", headers=ended.bearer).status_code == 401


def test_a_guest_orders_by_the_functions_and_sees_it_by_the_data_api(rest: str, house: House) -> None:
    guest = house.guest("Marutani", "identified")
    order = {"type_slug": "housekeeping", "subtype": "towels", "items": [{"sku": "towel", "quantity": 2}]}
    made = guest.post("/functions/v1/portal-submit-request", order, "two towels")
    assert made.status_code == 201, made.text
    numbers = httpx2.get(f"{rest}/portal_requests?select=number", headers=guest.bearer).json()
    assert {"number": made.json()["request"]["number"]} in numbers
