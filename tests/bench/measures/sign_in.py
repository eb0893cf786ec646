"""What the check of a session costs, whether answers tell that an account exists, who waits for a hash."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import httpx2
import psycopg

from functions.identity.passwords import HASHER
from tests.bench import raw
from tests.bench.figures import Figure, at_most, figure
from tests.bench.run import Run

LOGIN = "/functions/v1/auth-login"
KNOWN, UNKNOWN = "reception@hamsun.example", "nobody@hamsun.example"
PASSWORD = "a kettle on the balcony"
AT_ONCE = 8


def session_check(run: Run) -> list[Figure]:
    """`hook.pre_request` as one of the statements that PostgREST sends, against one that does nothing."""
    caller = run.members[0]
    headers = json.dumps({"host": "127.0.0.1", "authorization": f"Bearer {caller.token}"})
    claims = json.dumps(dict(caller.claims))
    enter = raw.ENTER.format(
        role=caller.claims["role"], claims=claims, method="GET", path="/me", headers=headers
    )
    hooks, nothings = list[float](), list[float]()
    run.report("the check of a session")
    with psycopg.connect(run.authenticator, autocommit=True, prepare_threshold=0) as conn:
        for _ in range(run.plan.checks):
            with conn.transaction():
                conn.execute(enter.encode())
                nothings.append(_milliseconds(conn.execute, "select 1"))
                hooks.append(_milliseconds(conn.execute, raw.HOOK.encode()))
    control = f"a statement that does nothing {median(nothings):.3f} ms, taken off"
    added = median(hooks) - median(nothings)
    return [figure("session_check", [added], "ms", at_most(0.3), control=control)]


def sign_in(run: Run) -> list[Figure]:
    """Wrong passwords for an account that exists and one that does not, in turn; then many at once."""
    given = "update identity.users set password_hash = %s where email like %s returning email"
    people = run.conn.execute(given, (HASHER.hash(PASSWORD), "%@hamsun.example")).fetchall()
    address = f"http://127.0.0.1:{run.stack.settings['STAYBASE_FUNCTIONS_PORT']}"
    with httpx2.Client(base_url=address, timeout=30) as client:
        known, unknown = list[float](), list[float]()
        for number in range(run.plan.tries):
            if number % 50 == 0:
                run.report(f"wrong passwords: {number} of {run.plan.tries}")
            for email, times in ((KNOWN, known), (UNKNOWN, unknown)):
                run.conn.execute("delete from identity.login_locks")
                times.append(_milliseconds(_try, client, email, "wrong", 401))
        control = (
            f"{median(known):.1f} ms where there is an account, {median(unknown):.1f} ms where there is none"
        )
        difference = abs(median(known) - median(unknown))
        return [
            figure("sign_in_tells_nothing", [difference], "ms", at_most(2), control=control),
            *_at_once(run, client, [email for (email,) in people]),
        ]


def _at_once(run: Run, client: httpx2.Client, people: list[str]) -> list[Figure]:
    """Right passwords, several at a time, while somebody else asks for what costs nothing."""
    run.report("many sign in at once")
    run.conn.execute("delete from identity.login_locks")
    waits = list[float]()
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        signing = [
            pool.submit(_try, client, people[number % len(people)], PASSWORD, 200)
            for number in range(run.plan.sign_ins)
        ]
        while not all(one.done() for one in signing):
            waits.append(_milliseconds(client.get, "/functions/v1/nothing"))
    rate = run.plan.sign_ins / (time.perf_counter() - began)
    for one in signing:
        one.result()
    alone = median(_milliseconds(HASHER.hash, PASSWORD) for _ in range(5))
    waits.sort()
    slowest = waits[int(len(waits) * 0.99)]
    return [
        figure("sign_ins", [rate], "a second", control=f"a hash alone takes {alone:.0f} ms of a processor"),
        figure("sign_in_bystander_p99", [slowest], "ms", at_most(20), control=f"{AT_ONCE} sign in at a time"),
    ]


def _try(client: httpx2.Client, email: str, password: str, expected: int) -> None:
    answer = client.post(LOGIN, json={"email": email, "password": password})
    if answer.status_code != expected:
        raise RuntimeError(f"a sign-in was answered {answer.status_code}: {answer.text[:300]}")


def _milliseconds(work: Callable[..., object], *given: object) -> float:
    began = time.perf_counter()
    work(*given)
    return (time.perf_counter() - began) * 1000
