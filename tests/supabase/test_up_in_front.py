"""`up --production` on a project's database, as the guide says: all of Staybase in front, the data there."""

import re
import ssl
from collections.abc import Iterator

import httpx2
import psycopg
import pytest

from functions.cli.cluster import Cluster, free_port
from functions.cli.migrate import migrate
from tests.cli.test_production import CREDENTIALS
from tests.house import execute
from tests.stack import Stack, running_stack
from tests.supabase.guide import statements
from tests.supabase.house import shape


@pytest.fixture(scope="module")
def hotel(cluster: Cluster) -> Iterator[Stack]:
    """A copy whose database is a project that the guide was followed for."""
    execute(cluster, "create database hotel")
    shape(cluster, "hotel")
    roles = {"STAYBASE_AUTHENTICATOR_URL": "staybase_door", "STAYBASE_SERVICE_URL": "service"}
    port = free_port()
    given = {
        **CREDENTIALS,
        "STAYBASE_PUBLIC_URL": f"https://localhost:{port}",
        "STAYBASE_DEVELOPMENT": "0",
        "DATABASE_URL": cluster.url("hotel"),
        **{name: cluster.url("hotel", role) for name, role in roles.items()},
    }
    migrate(cluster.url("hotel"))
    with psycopg.connect(cluster.url("hotel"), autocommit=True) as conn:
        conn.execute("drop role if exists staybase_door")
        conn.execute(re.sub(r"'[A-Z]+-PASSWORD'", f"'{cluster.password}'", statements()[0]).encode())
    with running_stack(given, "--production", port=port) as stack:
        yield stack


def test_it_is_all_there_but_the_database(hotel: Stack) -> None:
    assert set(hotel.state.parts) == {"postgrest", "functions", "worker", "gateway"}
    authority = str(hotel.home.run / "caddy/pki/authorities/local/root.crt")
    with httpx2.Client(base_url=hotel.url, verify=ssl.create_default_context(cafile=authority)) as visitor:
        assert visitor.get("/").status_code == 200
        assert visitor.get("/functions/v1/health").status_code == 200
        unknown = visitor.post("/rest/v1/rpc/portal_resolve_code", json={"p_code": "AAAAAA"})
    assert (unknown.status_code, unknown.json()["details"]) == (404, "portal_code_unknown")


def test_roles_that_the_owner_looks_after_keep_their_passwords(hotel: Stack, cluster: Cluster) -> None:
    for role in ("service", "staybase_door"):
        psycopg.connect(cluster.url("hotel", role)).close()
