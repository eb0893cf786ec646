"""What the check of a session costs, whether answers tell that an account exists, who waits for a hash."""

import json
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx2
import psycopg

from functions.cli import data_api, processes
from functions.cli.cluster import free_port
from functions.identity.passwords import HASHER
from tests.bench import raw
from tests.bench.figures import Figure, at_least, at_most, figure
from tests.bench.run import Run
from tests.passwords import CHOSEN

LOGIN = "/functions/v1/auth-login"
KNOWN, UNKNOWN = "reception@hamsun.example", "nobody@hamsun.example"
PASSWORD = "a kettle on the balcony"
AT_ONCE = 8

NOTHING = """\
create or replace function api.nothing() returns text language sql stable as $$ select 'nothing' $$;
grant execute on function api.nothing() to staff, admin;
create or replace function hook.nothing() returns void language plpgsql as $$ begin end $$;
grant execute on function hook.nothing() to staff, admin;
notify pgrst, 'reload schema';
"""
"""The same work for whoever asks: of a list, a caller whose session nobody looks at would see no row."""


def session_check(run: Run) -> list[Figure]:
    """A call of PostgREST with its `db-pre-request`, with one that does nothing, and without any, in turn."""
    run.report("the check of a session")
    run.conn.execute(NOTHING)
    run.wait(lambda: _is_known(run.postgrest, run.members[0].token), "PostgREST with a read of nothing", 30)
    checked, asked, plain = list[float](), list[float](), list[float]()
    with ExitStack() as opened:
        doors = (
            (run.postgrest, checked),
            (opened.enter_context(another_postgrest(run, "hook.nothing")), asked),
            (opened.enter_context(another_postgrest(run, None)), plain),
        )
        ways = [
            (opened.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=30))), times)
            for port, times in doors
        ]
        for number in range(run.plan.checks):
            caller = run.members[number % len(run.members)]
            for connection, times in ways if number % 2 else ways[::-1]:
                times.append(_milliseconds(_read, connection, caller.token))
    with_it, idle, without = median(checked), median(asked), median(plain)
    control = (
        f"{with_it:.3f} ms with it, {idle:.3f} ms with one that does nothing, {without:.3f} ms without;"
        f" alone, as a statement, it takes {_hook_alone(run):.3f} ms"
    )
    return [figure("session_check", [with_it - without], "ms", at_most(0.3), control=control)]


@contextmanager
def another_postgrest(run: Run, hook: str | None) -> Iterator[int]:
    """Another PostgREST on the same database, on loopback, that has this looked at before each call."""
    with TemporaryDirectory() as folder:
        port, admin = free_port(), free_port()
        settings = {
            **run.stack.settings,
            "STAYBASE_POSTGREST_URL": f"http://127.0.0.1:{port}",
            "STAYBASE_POSTGREST_ADMIN_URL": f"http://127.0.0.1:{admin}",
        }
        lines = data_api.configuration(settings).splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("db-pre-request")]
        file = Path(folder) / "postgrest.conf"
        file.touch(0o600)
        file.write_text("".join(kept) + (f'db-pre-request = "{hook}"\n' if hook else ""))
        with (Path(folder) / "postgrest.log").open("wb") as log:
            process = processes.start([data_api.binary(), file], env={}, output=log, cwd=Path("/"))
        try:
            run.wait(lambda: _is_ready(admin), "another PostgREST", 30)
            yield port
        finally:
            processes.end(process.pid, None)
            process.wait()


def _is_ready(admin: int) -> bool:
    try:
        return httpx2.get(f"http://127.0.0.1:{admin}/ready", timeout=2).status_code == 200
    except httpx2.TransportError:
        return False


def _is_known(port: int, token: str) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        return _asked(connection, token) == 200


def _read(connection: HTTPConnection, token: str) -> None:
    if (status := _asked(connection, token)) != 200:
        raise RuntimeError(f"a read was answered {status}")


def _asked(connection: HTTPConnection, token: str) -> int:
    connection.request("GET", "/rpc/nothing", headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _hook_alone(run: Run) -> float:
    """`hook.pre_request` as one of the statements that PostgREST sends, less one that does nothing."""
    caller = run.members[0]
    headers = json.dumps({"host": "127.0.0.1", "authorization": f"Bearer {caller.token}"})
    claims = json.dumps(dict(caller.claims), separators=(",", ":"))
    enter = raw.ENTER.format(
        role=caller.claims["role"], claims=claims, method="GET", path="/me", headers=headers
    )
    hooks, nothings = list[float](), list[float]()
    with psycopg.connect(run.authenticator, autocommit=True, prepare_threshold=0) as conn:
        for _ in range(run.plan.checks):
            with conn.transaction():
                conn.execute(enter.encode())
                nothings.append(_milliseconds(conn.execute, "select 1"))
                hooks.append(_milliseconds(conn.execute, raw.HOOK.encode()))
    return median(hooks) - median(nothings)


def sign_in(run: Run) -> list[Figure]:
    """Wrong passwords for an account that exists and one that does not, in turn; then many at once."""
    found = "select email from identity.users where email like '%@hamsun.example'"
    people = run.conn.execute(found).fetchall()
    for (email,) in people:
        run.conn.execute(CHOSEN, (HASHER.hash(PASSWORD), email))
    known, unknown = list[float](), list[float]()
    client = Visitor(run)
    for number in range(run.plan.tries):
        if number % 50 == 0:
            run.report(f"wrong passwords: {number} of {run.plan.tries}")
        for email, times in ((KNOWN, known), (UNKNOWN, unknown)):
            run.conn.execute("delete from identity.login_locks")
            times.append(_milliseconds(client.sign_in, email, "wrong", 401))
    control = (
        f"{median(known):.1f} ms where there is an account, {median(unknown):.1f} ms where there is none"
    )
    difference = abs(median(known) - median(unknown))
    return [
        figure("sign_in_tells_nothing", [difference], "ms", at_most(2), control=control),
        *_at_once(run, client, [email for (email,) in people]),
    ]


class Visitor:
    """Asks the functions by the plainest client there is, which shares the processors with them."""

    def __init__(self, run: Run) -> None:
        self._port = int(run.stack.settings["STAYBASE_FUNCTIONS_PORT"])

    def sign_in(self, email: str, password: str, expected: int) -> None:
        """Signs in, or is refused with what is expected."""
        body = json.dumps({"email": email, "password": password})
        status, told = self._ask("POST", LOGIN, body, {"Content-Type": "application/json"})
        if status != expected:
            raise RuntimeError(f"a sign-in was answered {status}: {told[:300]!r}")

    def ask_for_nothing(self) -> None:
        """What costs the functions least."""
        self._ask("GET", "/functions/v1/nothing", None, {})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=30)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()


def _at_once(run: Run, client: Visitor, people: list[str]) -> list[Figure]:
    """Right passwords, several at a time: beside hashing alone, and while somebody asks for what is cheap."""
    run.conn.execute("delete from identity.login_locks")
    alone, signed_in = list[float](), list[float]()
    for _ in range(run.plan.rounds):
        run.report("many sign in at once, and the same hashes alone")
        alone.append(_hashes_alone(run.plan.sign_ins))
        began = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            _finish(_signing(pool, run, client, people))
        signed_in.append(run.plan.sign_ins / (time.perf_counter() - began))

    waits = list[float]()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        signing = _signing(pool, run, client, people)
        while not all(one.done() for one in signing):
            waits.append(_milliseconds(client.ask_for_nothing))
        _finish(signing)
    waits.sort()
    slowest = waits[int(len(waits) * 0.99)]
    told = f"{median(signed_in):.1f} sign-ins a second, {median(alone):.1f} hashes in the same threads"
    ratios = [one / other for one, other in zip(signed_in, alone, strict=True)]
    return [
        figure("sign_ins", ratios, "ratio", at_least(0.85), control=told),
        figure("sign_in_bystander_p99", [slowest], "ms", at_most(20), control=f"{AT_ONCE} sign in at a time"),
    ]


def _signing(pool: ThreadPoolExecutor, run: Run, client: Visitor, people: list[str]) -> list[Future[None]]:
    return [
        pool.submit(client.sign_in, people[number % len(people)], PASSWORD, 200)
        for number in range(run.plan.sign_ins)
    ]


def _finish(signing: list[Future[None]]) -> None:
    for one in signing:
        one.result()


def _hashes_alone(count: int) -> float:
    """Hashes verified a second by as many threads as the functions have for it, and nothing else."""
    kept = HASHER.hash(PASSWORD)
    began = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        _finish([pool.submit(_verify, kept) for _ in range(count)])
    return count / (time.perf_counter() - began)


def _verify(kept: str) -> None:
    HASHER.verify(kept, PASSWORD)


def _milliseconds(work: Callable[..., object], *given: object) -> float:
    began = time.perf_counter()
    work(*given)
    return (time.perf_counter() - began) * 1000
