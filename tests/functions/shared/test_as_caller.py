"""as_caller and run_command: what PostgREST does for a request, done by a function."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, LiteralString, TypeVar

import httpx2
import psycopg
import pytest
from starlette.requests import Request

from functions.cli import data_api, processes
from functions.cli.cluster import Cluster, free_port
from functions.shared.caller import ANONYMOUS, Caller
from functions.shared.db import Answer, as_caller, run_command
from functions.shared.db import Database as Pools
from functions.shared.errors import Problem
from functions.shared.tokens import verify
from tests import loops
from tests.functions.server import House, Person, environment, running_functions, settings_of
from tests.house import cloned
from tests.world import wait_for

T = TypeVar("T")

PROBES = """
create function api.mirror() returns jsonb language sql volatile set search_path = '' as $$
  select jsonb_build_object(
    'role', current_user, 'claims', current_setting('request.jwt.claims')::jsonb,
    'method', current_setting('request.method'), 'is_read_only', current_setting('transaction_read_only'),
    'time_limit', current_setting('statement_timeout'),
    'settings', (select jsonb_object_agg(name, current_setting('app.' || name, true))
                 from unnest('{tenant_id,actor_id,session_id,role,permissions,property_ids,language,
                               address,call_id,level,booking_id}'::text[]) as name))
$$;
create function api.shaped() returns jsonb language sql volatile set search_path = '' as $$
  select jsonb_build_array(
    set_config('response.status', '418', true),
    set_config('response.headers', '[{"X-Pot": "tea"}, {"Retry-After": "7"}]', true))
$$;
create sequence public.tries;
create function api.unlucky(p_times bigint, p_state text) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_try bigint := nextval('public.tries');
begin
  if v_try <= p_times then
    raise exception 'Unlucky.' using errcode = p_state;
  end if;
  return v_try;
end
$$;
grant execute on function api.mirror(), api.shaped(), api.unlucky(bigint, text) to anon, guest, staff, admin;
"""


@pytest.fixture(scope="module")
def house(cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The functions, with a few commands that only look around."""
    with (
        cloned(cluster, template) as database,
        running_functions(database, tmp_path_factory.mktemp("house")) as house,
    ):
        with database.connect() as connection:
            connection.execute(PROBES)
        yield house


@pytest.fixture(scope="module")
def data_api_url(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real PostgREST on the same database."""
    folder = tmp_path_factory.mktemp("data_api")
    url, admin = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    settings = {
        **environment(house.database),
        "STAYBASE_JWT_AUDIENCE": "staybase",
        "STAYBASE_PUBLIC_URL": house.url,
        "STAYBASE_POSTGREST_URL": url,
        "STAYBASE_POSTGREST_ADMIN_URL": admin,
    }
    configuration = folder / "postgrest.conf"
    configuration.write_text(data_api.configuration(settings))
    with (folder / "log").open("wb") as log:
        process = processes.start([data_api.binary(), configuration], env={}, output=log, cwd=Path("/"))
    try:
        wait_for(lambda: answers(f"{admin}/ready"), "PostgREST", 20)
        yield url
    finally:
        processes.end(process.pid, None)
        process.wait()


def answers(url: str) -> bool:
    try:
        return httpx2.get(url).status_code == 200
    except httpx2.TransportError:
        return False


def caller_of(house: House, person: Person) -> Caller:
    claims = verify(house.settings, person.token)
    return Caller(str(claims["role"]), claims, person.token)


def in_functions(house: House, work: Callable[[Request], Awaitable[T]], method: str = "POST") -> T:
    """Runs work as a request of a functions process would."""

    async def run() -> T:
        class State:
            database = Pools(settings_of(house.database))

        class App:
            state = State

        headers = [(b"user-agent", b"probe"), (b"cookie", b"a=b"), (b"authorization", b"Bearer x")]
        scope: dict[str, Any] = {
            "type": "http",
            "method": method,
            "path": "/functions/v1/probe",
            "headers": headers,
        }
        scope |= {"client": ("127.0.0.1", 1), "app": App, "state": {"request_id": "probe-0001"}}
        await State.database.open()
        try:
            return await work(Request(scope))
        finally:
            await State.database.close()

    return loops.run(run())


def command(
    house: House, caller: Caller, statement: LiteralString, *arguments: Any, method: str = "POST"
) -> Answer:
    return in_functions(house, lambda request: run_command(request, caller, statement, arguments), method)


def mirrored_by_data_api(url: str, method: str, person: Person | None) -> dict[str, Any]:
    headers = {"X-Forwarded-For": "127.0.0.1", "X-Request-Id": "probe-0001"} | (
        person.bearer if person else {}
    )
    answer = httpx2.request(method, f"{url}/rpc/mirror", headers=headers)
    assert answer.status_code == 200, answer.text
    mirror: dict[str, Any] = answer.json()
    return mirror


@pytest.mark.parametrize("who", ["reception@hamsun.example", "owner@hamsun.example", "a guest"])
def test_the_transaction_is_entered_as_postgrest_enters_it(house: House, data_api_url: str, who: str) -> None:
    person = house.guest() if who == "a guest" else house.member(who)
    ours = command(house, caller_of(house, person), "select api.mirror()").row[0]
    theirs = mirrored_by_data_api(data_api_url, "POST", person)
    assert ours == theirs
    assert ours["settings"]["tenant_id"] == person.session["tenant_id"]


def test_nobody_is_entered_as_postgrest_does(house: House, data_api_url: str) -> None:
    ours = command(house, ANONYMOUS, "select api.mirror()").row[0]
    assert ours == mirrored_by_data_api(data_api_url, "POST", None)
    assert ours["role"] == "anon"


def test_reading_cannot_write(house: House) -> None:
    caller = caller_of(house, house.member("reception@hamsun.example"))
    assert command(house, caller, "select api.mirror()", method="GET").row[0]["is_read_only"] == "on"
    with pytest.raises(Problem) as refused:
        command(house, caller, "select api.unlucky(0, '40001')", method="GET")
    assert refused.value.status == 405


def test_status_and_headers_that_a_command_asks_for_are_given(house: House) -> None:
    answer = command(house, ANONYMOUS, "select api.shaped()")
    assert (answer.status, answer.headers) == (418, {"X-Pot": "tea", "Retry-After": "7"})


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_what_was_unlucky_is_tried_once_more(house: House, state: str) -> None:
    caller = caller_of(house, house.member("reception@hamsun.example"))
    house.ask("select setval('public.tries', 1, false)")
    assert command(house, caller, "select api.unlucky(1, %s)", state).row == (2,)
    house.ask("select setval('public.tries', 1, false)")
    with pytest.raises(Problem) as refused:
        command(house, caller, "select api.unlucky(9, %s)", state)
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (409, "1")
    assert house.ask("select last_value from public.tries") == 2


def test_other_refusals_are_not_tried_again(house: House) -> None:
    house.ask("select setval('public.tries', 1, false)")
    with pytest.raises(Problem):
        command(house, ANONYMOUS, "select api.unlucky(9, 'PT409')")
    assert house.ask("select last_value from public.tries") == 1


def test_no_caller_leaves_anything_for_the_next(house: House) -> None:
    """Five hundred turns of four callers on one pool, with refusals between: each sees only itself."""
    people = [house.member(e) for e in ("reception@hamsun.example", "stranger@alpine.example")]
    callers = [*(caller_of(house, person) for person in people), caller_of(house, house.guest()), ANONYMOUS]

    async def turn(request: Request, number: int) -> None:
        caller = callers[number % 4]
        if number % 5 == 0:
            with pytest.raises(Problem):
                await run_command(request, caller, "select 1 / 0")
        mirror = (await run_command(request, caller, "select api.mirror()")).row[0]
        tenant = caller.tenant_id if caller.claims else ""
        assert (mirror["role"], mirror["settings"]["tenant_id"]) == (caller.role, tenant)

    async def turns(request: Request) -> None:
        await asyncio.gather(*(turn(request, number) for number in range(500)))

    in_functions(house, turns)


def test_a_refusal_rolls_back(house: House) -> None:
    guest = caller_of(house, house.guest())

    async def wish(request: Request) -> None:
        async with as_caller(request, guest) as connection:
            wished = json.dumps({"type_slug": "concierge", "note": "rolled back"})
            await connection.execute("select api.portal_submit_request(%s, 'rolled back')", (wished,))
            await connection.execute("select 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        in_functions(house, wish)
    assert house.ask("select count(*) from portal.requests where note = 'rolled back'") == 0


def test_a_role_that_is_no_session_s_cannot_be_entered(house: House) -> None:
    for role in ("engine", "service", "postgres", "authenticator"):
        with pytest.raises(Problem) as refused:
            command(house, Caller(role, {"role": role}, None), "select 1")
        assert refused.value.status in (401, 403)
